"""What the states of a rehearsal look like: an icon and a word first, a colour third."""

from dataclasses import dataclass

from ui.consent.board import State
from ui.theme import tokens
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Look:
    """An icon, a word, and the colour both are shown in."""

    icon: str
    word: str
    colour: str


def look(state: State) -> Look:
    """Return how a state is shown in the language and colours now in use."""
    of = tokens()
    match state:
        case State.HELD:
            return Look("circle-check", tr("Held"), of.success)
        case State.FAILED:
            return Look("octagon-x", tr("Failed"), of.danger)
        case State.RUNNING:
            return Look("loader", tr("Running"), of.accent)
        case State.WAITING:
            return Look("hourglass", tr("Waiting"), of.ink_soft)
        case State.LEFT:
            return Look("circle-slash", tr("Left out"), of.ink_faint)
        case State.NOT_RUN:
            return Look("circle-dashed", tr("Not run"), of.ink_faint)
