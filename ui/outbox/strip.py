"""The outbox strip: items that wait or were refused, with the reason and what can be done."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.change import Change, ChangeKind
from desktop.domain.outbox import PARKED, WAITING, Operation, OperationKind, OperationState
from ui.icons import icon
from ui.shared.button import Button
from ui.shared.label import ElidedLabel, Kind, Label, heading
from ui.shared.picture import Picture
from ui.theme import tokens

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.workspace import Workspace
    from ui.changes import ChangeBridge

_SHOWN = 30
_TALLEST = 132


class OutboxStrip(QFrame):
    """Shown while something waits or was refused; hidden when everything was accepted.

    `retry_requested(id)` and `discard_requested(id)` name an operation, `entry_chosen(id)` the entry it carries.
    `counted(waiting, failed)` tells the numbers whenever they change.
    """

    retry_requested = Signal(object)
    discard_requested = Signal(object)
    entry_chosen = Signal(object)
    counted = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._operations: tuple[Operation, ...] = ()
        self.rows: tuple[OutboxRow, ...] = ()
        look = tokens()
        self.setAccessibleName("Outbox")
        self.title = heading("Outbox")
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self._list)
        self._scroll.setMaximumHeight(_TALLEST)
        self._more = Label(kind=Kind.SOFT)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space_l, look.space_s, look.space_l, look.space_s)
        column.setSpacing(look.space_xs)
        column.addWidget(self.title)
        column.addWidget(self._scroll)
        column.addWidget(self._more)
        self.hide()

    def attach(self, workspace: "Workspace", changes: "ChangeBridge") -> None:
        """List a workspace's outbox from now on."""
        self._workspace = workspace
        changes.changed.connect(self._on_changed)
        self._read()

    def _on_changed(self, change: Change) -> None:
        if change.kind in {ChangeKind.OUTBOX, ChangeKind.COVERAGES}:
            self._read()

    def _read(self) -> None:
        if self._workspace is None:
            return
        operations = self._workspace.operations(states=WAITING | PARKED)
        if operations == self._operations:
            return
        self._operations = operations
        # Refused items first: they are the ones that need somebody.
        ordered = sorted(operations, key=lambda each: (each.state not in PARKED, each.sequence))
        self._show(ordered)
        failed = sum(each.state in PARKED for each in operations)
        self.counted.emit(len(operations) - failed, failed)

    def _show(self, operations: Sequence[Operation]) -> None:
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = tuple(OutboxRow(each, self._name(each), self) for each in operations[:_SHOWN])
        for row in self.rows:
            self._column.addWidget(row)
        left = len(operations) - len(self.rows)
        self._more.setText(f"and {left} more")
        self._more.setVisible(left > 0)
        self._scroll.setFixedHeight(min(self._list.sizeHint().height(), _TALLEST))
        self.setVisible(bool(operations))

    def _name(self, operation: Operation) -> str:
        match operation.kind:
            case OperationKind.PAGE:
                return "The page itself"
            case OperationKind.SUMMARY:
                return "Summary bullets"
            case OperationKind.ENTRY:
                return self._headline(operation.target_id)

    def _headline(self, entry_id: UUID) -> str:
        row = self._workspace.timeline_row(entry_id, None) if self._workspace else None
        return (row.headline if row else "") or "An entry without a headline"


class OutboxRow(QWidget):
    """One item: its state, what it is, why it stands there, and the buttons that fit its state."""

    def __init__(self, operation: Operation, name: str, strip: OutboxStrip) -> None:
        super().__init__(strip)
        self.operation = operation
        self._strip = strip
        look = tokens()
        picture, word, kind = _state(operation.state)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space_s)
        row.addWidget(Picture(picture, "danger" if kind is Kind.DANGER else "warning"))
        row.addWidget(Label(word, kind=kind, bold=True))
        self.name = Button(name, kind="quiet")
        self.name.setAccessibleName(f"Go to {name}")
        self.name.setEnabled(operation.kind is OperationKind.ENTRY)
        self.name.clicked.connect(self._on_name)
        row.addWidget(self.name)
        self.reason = ElidedLabel(why(operation), kind=kind if kind is Kind.DANGER else Kind.SOFT)
        row.addWidget(self.reason, 1)
        self.retry = Button("Try again", icon("refresh-cw"))
        self.retry.setAccessibleName(f"Try again: {name}")
        self.retry.setVisible(operation.state in PARKED)
        self.retry.clicked.connect(self._on_retry)
        self.discard = Button("Discard…", icon("trash-2"))
        self.discard.setAccessibleName(f"Discard: {name}")
        self.discard.setVisible(operation.state in PARKED | {OperationState.QUEUED})
        self.discard.clicked.connect(self._on_discard)
        row.addWidget(self.retry)
        row.addWidget(self.discard)
        self.setAccessibleName(f"{word}: {name}. {why(operation)}")

    def _on_name(self) -> None:
        self._strip.entry_chosen.emit(self.operation.target_id)

    def _on_retry(self) -> None:
        self._strip.retry_requested.emit(self.operation.id)

    def _on_discard(self) -> None:
        self._strip.discard_requested.emit(self.operation.id)


def why(operation: Operation) -> str:
    """Say why an item stands where it stands."""
    tries = f"tried {operation.attempts} times" if operation.attempts > 1 else ""
    held = f"next try at {_at(operation.not_before)}" if operation.not_before and operation.attempts else ""
    return " · ".join(filter(None, (operation.reason, tries, held)))


def _at(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M:%S}"


def _state(state: OperationState) -> tuple[str, str, Kind]:
    match state:
        case OperationState.QUEUED:
            return ("hourglass", "Queued", Kind.WARNING)
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
