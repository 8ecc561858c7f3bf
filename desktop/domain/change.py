"""What changed, told after it is committed."""

import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ChangeKind(StrEnum):
    """Which sort of thing changed; UNPROVED is that a page went to readers although its proof fell short."""

    COVERAGES = "coverages"
    COVERAGE = "coverage"
    ENTRIES = "entries"
    OUTBOX = "outbox"
    ENDPOINTS = "endpoints"
    PROOFS = "proofs"
    UNPROVED = "unproved"


@dataclass(frozen=True, slots=True)
class Change:
    """A committed change. `by` is who made it, so that the author can skip its own echo."""

    kind: ChangeKind
    coverage_id: UUID | None = None
    entry_ids: tuple[UUID, ...] = ()
    by: object = None


Listener = Callable[[Change], None]


class Listeners:
    """Tells changes to bound methods it holds weakly; safe to use from any thread."""

    def __init__(self) -> None:
        self._methods: list[weakref.WeakMethod[Listener]] = []
        self._lock = threading.Lock()

    def add(self, method: Listener) -> None:
        """Tell every later change to a bound method, for as long as its object lives."""
        with self._lock:
            self._methods.append(weakref.WeakMethod(method))

    def tell(self, change: Change) -> None:
        """Tell a change to everybody who still listens, on the calling thread."""
        with self._lock:
            self._methods = [held for held in self._methods if held() is not None]
            held = [method() for method in self._methods]
        for method in held:
            if method is not None:
                method(change)
