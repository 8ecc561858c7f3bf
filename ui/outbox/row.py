"""One item of the outbox: its state, what it is, why it stands there, and the buttons that fit its state."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.outbox import PARKED, OperationKind, OperationState
from ui.icons import icon
from ui.shared.button import Button
from ui.shared.label import ElidedLabel, Kind, Label
from ui.shared.picture import Picture
from ui.theme import tokens

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.store.values import OutboxItem
    from ui.outbox.strip import OutboxStrip


class OutboxRow(QWidget):
    """Shows an item as it stood when the row was made; its buttons tell the strip."""

    def __init__(self, item: "OutboxItem", strip: "OutboxStrip") -> None:
        super().__init__(strip)
        self.item = item
        self._strip = strip
        look = tokens()
        name = subject(item.kind, item.headline)
        picture, word, kind = _state(item.state)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space_s)
        row.addWidget(Picture(picture, "danger" if kind is Kind.DANGER else "warning"))
        row.addWidget(Label(word, kind=kind, bold=True))
        self.name = Button(name, kind="quiet")
        self.name.setAccessibleName(f"Go to {name}")
        self.name.setEnabled(item.kind is OperationKind.ENTRY)
        self.name.clicked.connect(self._on_name)
        row.addWidget(self.name)
        self.reason = ElidedLabel(why(item), kind=kind if kind is Kind.DANGER else Kind.SOFT)
        row.addWidget(self.reason, 1)
        self.retry = Button("Try again", icon("refresh-cw"))
        self.retry.setAccessibleName(f"Try again: {name}")
        self.retry.setVisible(item.state in PARKED)
        self.retry.clicked.connect(self._on_retry)
        self.discard = Button("Discard…", icon("trash-2"))
        self.discard.setAccessibleName(f"Discard: {name}")
        self.discard.setVisible(item.state in PARKED | {OperationState.QUEUED})
        self.discard.clicked.connect(self._on_discard)
        row.addWidget(self.retry)
        row.addWidget(self.discard)
        self.setAccessibleName(f"{word}: {name}. {why(item)}")

    def _on_name(self) -> None:
        self._strip.entry_chosen.emit(self.item.target_id)

    def _on_retry(self) -> None:
        self._strip.retry_requested.emit(self.item.id)

    def _on_discard(self) -> None:
        self._strip.discard_requested.emit(self.item.id)


def word(state: OperationState) -> str:
    """Say in a word where an operation stands."""
    return _state(state)[1]


def subject(kind: OperationKind, headline: str) -> str:
    """Say what an operation puts at the endpoint."""
    match kind:
        case OperationKind.PAGE:
            return "The page itself"
        case OperationKind.SUMMARY:
            return "Summary bullets"
        case OperationKind.ENTRY:
            return headline or "An entry without a headline"


def why(item: "OutboxItem") -> str:
    """Say why an item stands where it stands."""
    tries = f"tried {item.attempts} times" if item.attempts > 1 else ""
    held = f"next try at {_at(item.not_before)}" if item.not_before and item.attempts else ""
    return " · ".join(filter(None, (item.reason, tries, held)))


def _at(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M:%S}"


def _state(state: OperationState) -> tuple[str, str, Kind]:
    match state:
        case OperationState.QUEUED:
            return ("hourglass", "Queued", Kind.WARNING)
        case OperationState.HELD:
            return ("pause", "Held", Kind.WARNING)
        case OperationState.SENDING:
            return ("upload", "Sending", Kind.WARNING)
        case OperationState.UNKNOWN:
            return ("circle-help", "Checking…", Kind.WARNING)
        case OperationState.REFUSED:
            return ("triangle-alert", "Refused", Kind.DANGER)
        case OperationState.CONFLICT:
            return ("git-compare", "Changed by somebody else", Kind.DANGER)
        case OperationState.DONE:
            return ("circle-check", "Accepted", Kind.SUCCESS)
        case OperationState.CANCELLED:
            return ("circle-slash", "Discarded", Kind.SOFT)
