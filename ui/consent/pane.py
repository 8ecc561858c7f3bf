"""The consent pane: the board of what was proved, and the page as one reader meets it."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.changes import ChangeBridge
from ui.consent.board_view import BoardView
from ui.consent.board_window import BoardWindow
from ui.consent.observation import Observation, ReaderState
from ui.consent.prover import Prover
from ui.consent.reader import ReaderView
from ui.shared.button import Button
from ui.tasks import Tasks
from ui.theme import tokens
from ui.words import tr

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.workspace import Workspace

_BOARD, _PAGE = range(2)


class ConsentPane(QWidget):
    """One prover, its board, and a reader.

    `observed(Observation)` tells the outcome of each visit of the reader, `board_opened` that the board now stands in
    a window of its own too.
    """

    observed = Signal(object)
    board_opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attached: tuple[Workspace, ChangeBridge, Tasks] | None = None
        self._coverage_id: UUID | None = None
        self._entry_id: UUID | None = None
        self.prover = Prover(self)
        self.board = BoardView(self.prover)
        self.reader = ReaderView()
        self.board_window: BoardWindow | None = None
        self._views = QStackedWidget(self)
        self._choice = QButtonGroup(self)
        look = tokens()
        row = QHBoxLayout()
        row.setContentsMargins(look.space_m, look.space_s, look.space_m, 0)
        row.setSpacing(look.space_s)
        for view, words, tip in (
            (self.board, tr("Board"), tr("What was proved of this page, rehearsal by rehearsal")),
            (self.reader, tr("Page"), tr("The page as one reader meets it, and what it asks for")),
        ):
            button = Button(words, tip=tip)
            button.setCheckable(True)
            self._choice.addButton(button, self._views.addWidget(view))
            row.addWidget(button)
        row.addStretch(1)
        self._choice.idClicked.connect(self._views.setCurrentIndex)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._views, 1)
        self._choice.button(_BOARD).setChecked(True)
        self.reader.observed.connect(self.observed)
        self.board.board_requested.connect(self.open_board)

    def attach(self, workspace: "Workspace", changes: ChangeBridge, tasks: Tasks) -> None:
        """Read from a workspace and follow its changes."""
        self._attached = (workspace, changes, tasks)
        self.prover.attach(workspace, changes, tasks)
        self.reader.attach(workspace, changes, tasks)

    def show_coverage(self, coverage_id: UUID | None) -> None:
        """Show a coverage's page, None for none."""
        if coverage_id != self._coverage_id:
            self._coverage_id, self._entry_id = coverage_id, None
            self._show()

    def show_entry(self, entry_id: UUID | None) -> None:
        """Have an entry on the page, a draft too, and accept its embeds alone; all of the front page for None."""
        if entry_id != self._entry_id:
            self._entry_id = entry_id
            self._show()

    def show_page(self) -> None:
        """Bring the page to the front."""
        self._choice.button(_PAGE).setChecked(True)
        self._views.setCurrentIndex(_PAGE)

    async def run(self, state: ReaderState) -> Observation:
        """Visit the page as one reader; see `ReaderView.run`."""
        self.show_page()
        return await self.reader.run(state)

    def open_board(self) -> None:
        """Show the board in a window of its own, with the page beside it."""
        if self.board_window is None and self._attached is not None:
            self.board_window = BoardWindow(self.prover, self.window())
            self.board_window.destroyed.connect(self._on_window_gone)
            self.board_window.reader.attach(*self._attached)
            self._show()
            self.board_opened.emit()
        if self.board_window is not None:
            self.board_window.show()
            self.board_window.raise_()
            self.board_window.activateWindow()

    def close_page(self) -> None:
        """Leave the page; the pane can be shown again."""
        self.reader.close_page()
        if self.board_window is not None:
            self.board_window.close()

    def _show(self) -> None:
        self.prover.show(self._coverage_id, self._entry_id)
        beside = () if self.board_window is None else (self.board_window.reader,)
        for reader in (self.reader, *beside):
            reader.show_coverage(self._coverage_id)
            reader.show_entry(self._entry_id)

    def _on_window_gone(self) -> None:
        self.board_window = None
