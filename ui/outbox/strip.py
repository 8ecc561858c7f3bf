"""The outbox strip: items that need somebody, or wait for longer than a moment, and what can be done."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain import moment
from desktop.domain.change import Change, ChangeKind
from desktop.domain.outbox import PARKED, OperationState
from ui.icons import icon
from ui.outbox.row import OutboxRow
from ui.shared.button import Button
from ui.shared.label import ElidedLabel, Kind, Label, heading
from ui.theme import tokens
from ui.words import tr

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.store.values import Outbox, OutboxItem
    from desktop.workspace import Workspace
    from ui.changes import ChangeBridge

_SHOWN: Final = 30
_TALLEST: Final = 132
# What goes out at once is counted in the status bar alone: a strip that came and went would move the whole window.
_MOMENT: Final = timedelta(milliseconds=1500)
_SOON: Final = timedelta(milliseconds=50)


class OutboxStrip(QFrame):
    """Shown while something was refused or has to wait; hidden when everything was accepted.

    `retry_requested(id)`, `discard_requested(id)`, `hold_requested(id)`, `first_requested(id)` and
    `settle_requested(id)` name an operation, `entry_chosen(id)` the entry it carries; `release_requested` asks for
    everything held, `endpoint_requested(id)` for an endpoint that stands still to be tried again. `standing` says
    what a producer should know of an endpoint.
    `counted(waiting, failed)` tells the numbers whenever they change.
    """

    retry_requested = Signal(object)
    discard_requested = Signal(object)
    hold_requested = Signal(object)
    first_requested = Signal(object)
    settle_requested = Signal(object)
    release_requested = Signal()
    endpoint_requested = Signal(object)
    entry_chosen = Signal(object)
    counted = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._counts = (0, 0)
        self.standing: Callable[[UUID], str] = _unknown
        self._stands: UUID | None = None
        self.rows: tuple[OutboxRow, ...] = ()
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._read)
        look = tokens()
        self.setAccessibleName(tr("Outbox"))
        self.title = heading(tr("Outbox"))
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
        column.addLayout(self._head())
        column.addWidget(self._scroll)
        column.addWidget(self._more)
        self.hide()

    def _head(self) -> QHBoxLayout:
        """The title, and beside it what concerns more than one item."""
        look = tokens()
        self.news = ElidedLabel(kind=Kind.WARNING)
        self.go_on = Button(tr("Go on"), icon("play"))
        self.go_on.clicked.connect(self._on_go_on)
        self.release = Button(tr("Send all that is held"), icon("send"))
        self.release.clicked.connect(self.release_requested)
        head = QHBoxLayout()
        head.setSpacing(look.space_s)
        head.addWidget(self.title)
        head.addWidget(self.news, 1)
        head.addWidget(self.go_on)
        head.addWidget(self.release)
        return head

    def attach(self, workspace: "Workspace", changes: "ChangeBridge") -> None:
        """List a workspace's outbox from now on."""
        self._workspace = workspace
        changes.changed.connect(self._on_changed)
        self._read()

    def detach(self) -> None:
        """Read nothing any more."""
        self._workspace = None
        self._later.stop()

    def _on_changed(self, change: Change) -> None:
        if change.kind in {ChangeKind.OUTBOX, ChangeKind.COVERAGES}:
            self._read()

    def _read(self) -> None:
        if self._workspace is None:
            return
        outbox = self._workspace.outbox(_SHOWN)
        before = moment.now() - _MOMENT
        shown = [item for item in outbox.items if needs_somebody(item) or item.made_at <= before]
        # Items are in the order they were made: the first that is not shown is the first to become due.
        later = next((item.made_at for item in outbox.items if item not in shown), None)
        if later is not None and not self._later.isActive():
            self._later.start(round(min(max(later - before, _SOON), _MOMENT) / timedelta(milliseconds=1)))
        self._show(shown, outbox)
        counts = (outbox.waiting, outbox.failed)
        if counts != self._counts:
            self._counts = counts
            self.counted.emit(*counts)

    def _show(self, items: "Sequence[OutboxItem]", outbox: "Outbox") -> None:
        if items != [row.item for row in self.rows]:
            self._place(items)
        left = outbox.waiting + outbox.failed - len(items)
        self._more.setText(tr("and {left} more").format(left=left))
        self._more.setVisible(left > 0)
        self._show_news(items, outbox)
        self.setVisible(bool(items))

    def _show_news(self, items: "Sequence[OutboxItem]", outbox: "Outbox") -> None:
        """Say why endpoints stand still, and how much is held."""
        told = {each: self.standing(each) for each in dict.fromkeys(item.endpoint_id for item in items)}
        self._stands = next((each for each, words in told.items() if words), None)
        held = tr("Held: {count}.").format(count=outbox.held) if outbox.held else ""
        self.news.setText(" ".join(filter(None, (*told.values(), held))))
        self.go_on.setVisible(self._stands is not None)
        self.release.setVisible(outbox.held > 1)

    def _on_go_on(self) -> None:
        if self._stands is not None:
            self.endpoint_requested.emit(self._stands)

    def _place(self, items: "Sequence[OutboxItem]") -> None:
        """Show items, a widget for what is new or changed alone: one that stands keeps its place and its focus."""
        standing = {row.item: row for row in self.rows}
        rows = tuple(standing.pop(item) if item in standing else OutboxRow(item, self) for item in items)
        for gone in standing.values():
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for at, row in enumerate(rows):
            if self._column.indexOf(row) != at:
                self._column.insertWidget(at, row)
                row.show()
        self.rows = rows
        self.dress()

    def dress(self) -> None:
        """Be as high as the rows are in the text size now in use."""
        # A button is as high as its style makes it, and has none before it is polished.
        for part in self._list.findChildren(QWidget):
            part.ensurePolished()
            part.updateGeometry()
        self._column.activate()
        self._scroll.setFixedHeight(min(self._list.sizeHint().height(), _TALLEST))


def _unknown(_endpoint_id: UUID) -> str:
    return ""


def needs_somebody(item: "OutboxItem") -> bool:
    """Tell whether an item was refused, has no answer, or failed before."""
    return item.state in PARKED or item.state is OperationState.UNKNOWN or item.attempts > 1
