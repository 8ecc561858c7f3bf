"""How things are measured: interleaved, so that what else the machine does meets every side alike."""

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True)
class Figure:
    """One measured value. `limit` is what it may be at most, None where there is none; `spread` a share of it."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    spread: float = 0.0

    @property
    def is_within(self) -> bool:
        """Tell whether it keeps to its limit."""
        return self.limit is None or self.value <= self.limit


def interleaved(
    works: Mapping[str, Callable[[], object]], rounds: int, clock: Callable[[], float] = perf_counter
) -> dict[str, list[float]]:
    """Run each work once a round, in turn, after one round that is not counted; seconds by name.

    Where nothing waits for anything, `time.process_time` as the clock leaves other programs out of the figure.
    """
    times: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            gc.collect()
            gc.disable()
            start = clock()
            work()
            taken = clock() - start
            gc.enable()
            if number:
                times[name].append(taken)
    return times
