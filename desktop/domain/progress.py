"""How far long work is, and the way to stop it: whoever started the work watches, and the work need not know who."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TypeVar

from desktop.domain.problem import Problem

Item = TypeVar("Item")

Watcher = Callable[[str, int, int], None]
"""Told what is done now, how many of it are done, and of how many; raises Cancelled to stop the work."""

_watcher: Final[ContextVar[Watcher | None]] = ContextVar("watcher", default=None)
_STEPS: Final = 200


class Cancelled(Problem):
    """The producer stopped the work; what it had written was taken back."""


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Have all work inside the block, also in threads that take the context along, tell how far it is."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def step(words: str, done: int, of: int) -> None:
    """Tell how far the work is, and stop here when it is no longer wanted."""
    watcher = _watcher.get()
    if watcher is not None and done % max(of // _STEPS, 1) == 0:
        watcher(words, done, of)


def counted(words: str, items: Sequence[Item]) -> Iterator[Item]:
    """Give items one after the other and tell how many are done, about 200 times in all."""
    for at, item in enumerate(items):
        step(words, at, len(items))
        yield item
