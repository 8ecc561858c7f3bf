"""One item of the outbox: its state, what it is, why it stands there, and the buttons that fit its state."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.outbox import PARKED, OperationKind, OperationState
from ui.icons import icon
from ui.shared.button import Button
from ui.shared.label import ElidedLabel, Kind, Label
from ui.shared.picture import Picture
from ui.theme import tokens
from ui.words import tr

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
        self.name.setAccessibleName(tr("Go to {name}").format(name=name))
        self.name.setEnabled(item.kind is OperationKind.ENTRY)
        self.name.clicked.connect(self._on_name)
        row.addWidget(self.name)
        self.reason = ElidedLabel(why(item), kind=kind if kind is Kind.DANGER else Kind.SOFT)
        row.addWidget(self.reason, 1)
        is_held, is_queued = item.state is OperationState.HELD, item.state is OperationState.QUEUED
        again = (tr("Send"), "send") if is_held else (tr("Try again"), "refresh-cw")
        self.retry = self._deed(*again, strip.retry_requested, row)
        self.retry.setVisible(is_held or item.state is OperationState.REFUSED)
        self.settle = self._deed(tr("Compare…"), "git-compare", strip.settle_requested, row)
        self.settle.setVisible(item.state is OperationState.CONFLICT)
        self.first = self._deed(tr("Send first"), "arrow-up", strip.first_requested, row)
        self.first.setVisible(is_queued)
        self.hold = self._deed(tr("Hold"), "pause", strip.hold_requested, row)
        self.hold.setVisible(is_queued)
        self.discard = self._deed(tr("Discard…"), "trash-2", strip.discard_requested, row)
        self.discard.setVisible(is_queued or item.state in PARKED)
        self.setAccessibleName(f"{word}: {name}. {why(item)}")

    def _on_name(self) -> None:
        self._strip.entry_chosen.emit(self.item.target_id)

    def _deed(self, words: str, picture: str, told: SignalInstance, row: QHBoxLayout) -> Button:
        """Add a button that tells the strip which operation it is pressed for."""
        button = Button(tr(words), icon(picture))
        button.setAccessibleName(f"{tr(words).removesuffix('…')}: {subject(self.item.kind, self.item.headline)}")
        button.clicked.connect(partial(self._tell, told))
        row.addWidget(button)
        return button

    def _tell(self, told: SignalInstance) -> None:
        told.emit(self.item.id)


def word(state: OperationState) -> str:
    """Say in a word where an operation stands."""
    return _state(state)[1]


def subject(kind: OperationKind, headline: str) -> str:
    """Say what an operation puts at the endpoint."""
    match kind:
        case OperationKind.PAGE:
            return tr("The page itself")
        case OperationKind.SUMMARY:
            return tr("Summary bullets")
        case OperationKind.ENTRY:
            return headline or tr("An entry without a headline")


def why(item: "OutboxItem") -> str:
    """Say why an item stands where it stands."""
    tries = tr("tried {attempts} times").format(attempts=item.attempts) if item.attempts > 1 else ""
    held = tr("next try at {at}").format(at=_at(item.not_before)) if item.not_before and item.attempts else ""
    return " · ".join(filter(None, (item.reason, tries, held)))


def _at(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M:%S}"


def _state(state: OperationState) -> tuple[str, str, Kind]:
    match state:
        case OperationState.QUEUED:
            return ("hourglass", tr("Queued"), Kind.WARNING)
        case OperationState.HELD:
            return ("pause", tr("Held"), Kind.WARNING)
        case OperationState.SENDING:
            return ("upload", tr("Sending"), Kind.WARNING)
        case OperationState.UNKNOWN:
            return ("circle-help", tr("Checking…"), Kind.WARNING)
        case OperationState.REFUSED:
            return ("triangle-alert", tr("Refused"), Kind.DANGER)
        case OperationState.CONFLICT:
            return ("git-compare", tr("Changed by somebody else"), Kind.DANGER)
        case OperationState.DONE:
            return ("circle-check", tr("Accepted"), Kind.SUCCESS)
        case OperationState.CANCELLED:
            return ("circle-slash", tr("Discarded"), Kind.SOFT)
