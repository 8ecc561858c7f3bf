import gc
from collections.abc import Iterator

import pytest

from ui.collecting import settle


@pytest.fixture
def as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)
    gc.enable()


@pytest.mark.usefixtures("as_before")
def test_a_million_objects_are_made_without_a_look_at_everything() -> None:
    gc.disable()
    settle()
    assert gc.isenabled()
    before = gc.get_stats()[2]["collections"]
    kept = [[number] for number in range(1_000_000)]
    assert gc.get_stats()[2]["collections"] == before
    assert len(kept) == 1_000_000
