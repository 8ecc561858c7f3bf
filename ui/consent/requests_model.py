"""The list of requests as a table: strangers first, each side in the order they were made."""

from typing import Any, Final
from urllib.parse import urlsplit

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui import icons
from ui.consent.observation import Expected
from ui.sealed.requests import Logged, Party, Verdict
from ui.theme import tokens
from ui.words import tr

COLUMNS: Final = ("Request", "Party", "Kind", "Result")
REQUEST, PARTY, KIND, RESULT = range(len(COLUMNS))
_RESULTS: Final = {
    Verdict.LOADED: "Loaded",
    Verdict.BLOCKED: "Sealed off",
    Verdict.FAILED: "Not found",
}
# The longest words of each column, so that a view can make room once.
WIDEST: Final = {PARTY: "Third: YouTube", KIND: "Picture", RESULT: max(_RESULTS.values(), key=len)}
_ICONS: Final = {Verdict.LOADED: "circle-check", Verdict.BLOCKED: "shield-check", Verdict.FAILED: "circle-alert"}


class RequestsModel(QAbstractTableModel):
    """Requests of one visit. Before consent a stranger is a fault; after, only one that the table does not name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Logged] = []
        self._strangers = 0
        self._may_ask = Expected({})

    def clear(self, may_ask: Expected) -> None:
        """Begin an empty list; `may_ask` names the hosts that may be asked."""
        self.beginResetModel()
        self._rows, self._strangers, self._may_ask = [], 0, may_ask
        self.endResetModel()

    def add(self, logged: Logged) -> None:
        """Add a request."""
        is_stranger = logged.party is Party.THIRD
        row = self._strangers if is_stranger else len(self._rows)
        self.beginInsertRows(QModelIndex(), row, row)
        self._rows.insert(row, logged)
        self._strangers += is_stranger
        self.endInsertRows()

    def replace(self, logged: Logged) -> None:
        """Show what became of a request that is already listed."""
        for row, each in enumerate(self._rows):
            if each.address == logged.address and each.at == logged.at:
                self._rows[row] = logged
                self.dataChanged.emit(self.index(row, 0), self.index(row, RESULT))
                return

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        """Count the requests."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Count the columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Say one cell in words; colour and icon only repeat them."""
        logged = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(logged, index.column())
            case Qt.ItemDataRole.ToolTipRole if index.column() == REQUEST:
                # Tooltips read text as HTML; an encoded address holds no character that could begin any.
                return logged.address
            case Qt.ItemDataRole.AccessibleTextRole if index.column() == REQUEST:
                return logged.address
            case Qt.ItemDataRole.DecorationRole if index.column() == RESULT:
                return icons.icon(_ICONS[logged.verdict], self._colour(logged))
            case Qt.ItemDataRole.DecorationRole if index.column() == PARTY and self._is_fault(logged):
                return icons.icon("triangle-alert", tokens().danger)
        return None

    def _words(self, logged: Logged, column: int) -> str:
        if column == REQUEST:
            return short(logged)
        if column == PARTY:
            return self._party(logged)
        return str(logged.kind).capitalize() if column == KIND else _RESULTS[logged.verdict]

    def _party(self, logged: Logged) -> str:
        if logged.party is Party.FIRST:
            return tr("First")
        name = self._may_ask.provider_of(logged.host)
        return tr("Third: {name}").format(name=name) if name else tr("Third")

    def _is_fault(self, logged: Logged) -> bool:
        return logged.party is Party.THIRD and self._may_ask.provider_of(logged.host) is None

    def _colour(self, logged: Logged) -> str:
        look = tokens()
        if self._is_fault(logged):
            return look.danger
        return look.warning if logged.verdict is Verdict.FAILED else look.success


def short(logged: Logged) -> str:
    """Write an address as people read it: ours by its path alone, a stranger's from its host on."""
    if logged.party is Party.THIRD or not logged.host:
        return logged.address.partition("//")[2] or logged.address[:80]
    return urlsplit(logged.address).path or "/"
