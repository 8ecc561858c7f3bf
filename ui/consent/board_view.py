"""The board as it is seen: a table of scenarios and embeds under its verdict, and the chosen cell below."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QSplitter, QTableView, QVBoxLayout, QWidget

from desktop.domain.problem import Problem
from ui.consent.board import State
from ui.consent.board_model import FIRST, TITLE, WHOLE, BoardModel
from ui.consent.cell import CellView
from ui.consent.looks import look
from ui.consent.prover import Prover
from ui.consent.verdict_bar import VerdictBar
from ui.shared.label import Kind, Label
from ui.theme import tokens
from ui.words import tr

_MATRIX_FROM: Final = 560  # pixels: below this the columns give way, and the row's result stands for them
_TITLE_LETTERS: Final = 18
_RUNS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class BoardTable(QTableView):
    """The table; Enter or Space asks to run the chosen cell. `resized` tells that it has another width."""

    run_requested = Signal()
    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell of it once the room without scroll bars is known."""
        super().resizeEvent(event)
        self.resized.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Take another text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.size_rows()
            self.resized.emit()

    def size_rows(self) -> None:
        """Make rows and icons as high as the text in use asks."""
        self.setIconSize(QSize(tokens().icon, tokens().icon))
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + tokens().space_m)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter and Space; the rest is the table's own."""
        if event.key() in _RUNS and not event.isAutoRepeat():
            self.run_requested.emit()
        else:
            super().keyPressEvent(event)


class BoardView(QWidget):
    """One look at a prover's board. `board_requested` asks for a window of its own."""

    board_requested = Signal()

    def __init__(self, prover: Prover, *, has_own_window: bool = False) -> None:
        super().__init__()
        self._prover = prover
        self.model = BoardModel(prover.board, self)
        self.bar = VerdictBar(prover, has_own_window=has_own_window)
        self.table = BoardTable()
        self._trouble = Label(kind=Kind.DANGER, wraps=True)
        self._trouble.setContentsMargins(tokens().space_m, 0, tokens().space_m, tokens().space_s)
        self._trouble.hide()
        self.cell = CellView(prover, self.model)
        self._dress_table()
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.table)
        self._split.addWidget(self.cell)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._split.setSizes([420, 280])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._trouble)
        column.addWidget(self._split, 1)
        self.bar.report_requested.connect(self.open_report)
        self.bar.failure_requested.connect(self.go_to_failure)
        self.bar.board_requested.connect(self.board_requested)
        self.cell.run_requested.connect(prover.start)
        self.table.run_requested.connect(self._on_run_requested)
        self.table.resized.connect(self._fit)
        prover.laid_out.connect(self._on_laid_out)
        prover.went_on.connect(self._on_went_on)
        prover.failed.connect(self._on_failed)
        prover.progressed.connect(self._on_progressed)
        self._on_laid_out()

    def minimumSizeHint(self) -> QSize:
        """Fit into the narrowest pane of the window."""
        return QSize(300, super().minimumSizeHint().height())

    def go_to_failure(self) -> None:
        """Choose the next row in which something failed, round from where one is."""
        board, count = self._prover.board, self.model.rowCount()
        here = self.table.currentIndex().row()
        for row in ((here + step) % count for step in range(1, count + 1)):
            if board.count(board.layout.row(row), State.FAILED):
                self.table.setCurrentIndex(self.model.index(row, WHOLE))
                self.table.setFocus()
                return

    def open_report(self) -> None:
        """Open the evidence in the system's browser."""
        if (report := self._prover.report()) is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(report)))

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the page while the board is looked at."""
        super().showEvent(event)
        self._prover.watch(self, is_shown=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the page be."""
        super().hideEvent(event)
        self._prover.watch(self, is_shown=False)

    def changeEvent(self, event: QEvent) -> None:
        """Draw icons in other colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.bar.show_standing()
            self.model.refresh()
            self.cell.dress()

    def _dress_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(tr("Rehearsals by embed"))
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().hide()
        table.size_rows()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        table.selectionModel().currentChanged.connect(self._on_chosen)

    def _fit(self) -> None:
        table, count = self.table, self.model.columnCount()
        metrics, used = table.fontMetrics(), tokens()
        beside = used.icon + used.space_xl
        of_eight = (tr("{word}: {count} of {all}").format(word=look(state).word, count=8, all=8) for state in State)
        table.setColumnWidth(WHOLE, max(map(metrics.horizontalAdvance, of_eight)) + beside)
        for column in range(FIRST, count):
            table.setColumnHidden(column, self.width() < _MATRIX_FROM)
            name = str(self.model.headerData(column, Qt.Orientation.Horizontal))
            words = metrics.horizontalAdvance(tr("Not run")) + beside + used.space_s
            table.setColumnWidth(column, max(words, metrics.horizontalAdvance(name) + used.space_l))
        others = sum(table.columnWidth(column) for column in range(WHOLE, count))
        least = metrics.horizontalAdvance("m") * (_TITLE_LETTERS if self.width() >= _MATRIX_FROM else 0)
        table.setColumnWidth(TITLE, max(least, table.viewport().width() - others))

    def _on_laid_out(self) -> None:
        chosen = self.table.currentIndex()
        row = max(0, chosen.row())
        self.model.renew()
        self._fit()
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(min(row, self.model.rowCount() - 1), WHOLE))
        self._on_chosen(self.table.currentIndex())

    def _on_went_on(self) -> None:
        self.model.refresh()
        self.cell.refresh()

    def _on_chosen(self, index: QModelIndex) -> None:
        if not index.isValid():
            self.cell.show_cell("", (), ())
            return
        names = self.model.names(index)
        row = self.model.board.layout.row(index.row())
        title = str(self.model.index(index.row(), TITLE).data())
        if index.column() >= FIRST:
            title += f" · {self.model.headerData(index.column(), Qt.Orientation.Horizontal)}"
        self.cell.show_cell(title, names, row)

    def _on_run_requested(self) -> None:
        if names := self.model.names(self.table.currentIndex()):
            self._prover.start(names)

    def _on_progressed(self, _done: int, _count: int, _title: str) -> None:
        self._trouble.hide()

    def _on_failed(self, problem: Problem) -> None:
        self._trouble.setText(str(problem))
        self._trouble.show()
