"""The board as a table: a scenario a row; its rehearsals as one, then column by column."""

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from ui import icons
from ui.consent.board import PAGE, Board, State
from ui.consent.looks import look
from ui.shared.label import plain_tip
from ui.words import tr

TITLE, WHOLE, FIRST = range(3)
"""The columns: the scenario, its row as one, and the first of the board's own."""

_NONE: Final = "–"


class BoardModel(QAbstractTableModel):
    """Shows a board; `renew` after it was laid out anew, `refresh` after something of it went on."""

    def __init__(self, board: Board, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.board = board

    def renew(self) -> None:
        """Show another layout."""
        self.beginResetModel()
        self.endResetModel()

    def refresh(self) -> None:
        """Show how things stand."""
        rows = len(self.board.layout.rows)
        if rows:
            self.dataChanged.emit(self.index(0, WHOLE), self.index(rows - 1, self.columnCount() - 1))

    def names(self, index: QModelIndex) -> tuple[str, ...]:
        """Return the rehearsals of a cell: those of its row for the scenario and the row as one."""
        layout = self.board.layout
        if not index.isValid():
            return ()
        if index.column() < FIRST:
            return layout.row(index.row())
        return layout.cell(index.row(), index.column() - FIRST)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        """Count the scenarios."""
        return 0 if parent.isValid() else len(self.board.layout.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        """Count the columns."""
        return 0 if parent.isValid() else FIRST + len(self.board.layout.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name a column; its tooltip says which embed stands for it."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if section < FIRST:
            words = (tr("Rehearsal"), tr("Result"))[section]
            return words if role == Qt.ItemDataRole.DisplayRole else None
        column = self.board.layout.columns[section - FIRST]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tr("Page") if column.key == PAGE else column.name
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(column.about)
            case _:
                return None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Say one cell in words; colour and icon only repeat them."""
        row, column = index.row(), index.column()
        scenario = self.board.layout.rows[row]
        if column == TITLE:
            match role:
                case Qt.ItemDataRole.DisplayRole:
                    return scenario.title
                case Qt.ItemDataRole.ToolTipRole:
                    return plain_tip(scenario.expects)
                case _:
                    return None
        names = self.names(self.index(row, column))
        state = self.board.together(names)
        if state is None:
            return self._nothing(role)
        shown = look(state)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(names, state, shown.word)
            case Qt.ItemDataRole.AccessibleTextRole:
                where = "" if column < FIRST else f", {self.headerData(column, Qt.Orientation.Horizontal)}"
                return f"{scenario.title}{where}: {self._words(names, state, shown.word)}"
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(shown.colour)
            case Qt.ItemDataRole.DecorationRole:
                return icons.icon(shown.icon, shown.colour)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip("\n".join(self.sentence(name) for name in names))
            case _:
                return None

    def sentence(self, name: str) -> str:
        """Say how one rehearsal went."""
        found = self.board.went.get(name)
        word = look(self.board.state(name)).word
        return f"{word}. {found.sentence}" if found and found.sentence else f"{word}."

    def _words(self, names: tuple[str, ...], state: State, word: str) -> str:
        if len(names) == 1:
            return word
        count = self.board.count(names, state)
        if count == len(names):
            return word
        return tr("{word}: {count} of {all}").format(word=word, count=count, all=len(names))

    def _nothing(self, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _NONE
            case Qt.ItemDataRole.AccessibleTextRole:
                return tr("Says nothing about this")
            case _:
                return None
