"""What becomes of a rehearsal: it was played, or it was left, and why."""

from dataclasses import dataclass

from ui.proof.plan import Plan, Played


@dataclass(frozen=True, slots=True)
class Left:
    """A rehearsal that was not played, and why: it says nothing about this page, or it could not be played."""

    plan: Plan
    why: str
    is_failure: bool


Result = Played | Left
