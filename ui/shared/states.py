"""What a status looks like: an icon and a word first, a colour third."""

from dataclasses import dataclass

from desktop.domain.status import Status
from ui.theme import tokens
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Look:
    """An icon, a word, and the colour both are shown in."""

    icon: str
    word: str
    colour: str


def look(status: Status) -> Look:
    """Return how a status is shown in the colours now in use."""
    icon, word = _shown(status)
    return Look(icon, word, tokens().status[status])


def _shown(status: Status) -> tuple[str, str]:
    match status:
        case Status.DRAFT:
            return ("circle-dashed", tr("Draft"))
        case Status.READY:
            return ("circle-check", tr("Ready"))
        case Status.QUEUED:
            return ("hourglass", tr("Queued"))
        case Status.SENDING:
            return ("upload", tr("Sending"))
        case Status.LIVE:
            return ("radio", tr("Live"))
        case Status.LIVE_EDITED:
            return ("git-compare", tr("Live, edited"))
        case Status.FAILED:
            return ("triangle-alert", tr("Failed"))
        case Status.UNKNOWN:
            return ("circle-help", tr("Checking…"))
        case Status.WITHDRAWN:
            return ("circle-slash", tr("Withdrawn"))
