"""The timeline as a list of rows; a change becomes the smallest difference."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain import moment
from desktop.domain.status import Status
from desktop.domain.timeline import Boundary, TimelineRow
from ui.shared import states, times
from ui.shared.label import plain_tip
from ui.timeline import boundary
from ui.timeline.difference import Insert, Remove, Rows, Update, is_another_list, steps
from ui.timeline.hits import around, hits, terms
from ui.timeline.note import note
from ui.words import tr

Index = QModelIndex | QPersistentModelIndex

ROW: Final = Qt.ItemDataRole.UserRole
STARTS_DAY: Final = Qt.ItemDataRole.UserRole + 1
NOTE: Final = Qt.ItemDataRole.UserRole + 2
TIME: Final = Qt.ItemDataRole.UserRole + 3
BOUNDARY: Final = Qt.ItemDataRole.UserRole + 4
WANTED: Final = Qt.ItemDataRole.UserRole + 5


class TimelineModel(QAbstractListModel):
    """Rows of one coverage, newest first. Times are shown in `zone`."""

    def __init__(self, parent: QObject | None = None, now: Callable[[], datetime] = moment.now) -> None:
        super().__init__(parent)
        self._rows: list[TimelineRow] = []
        self._zone = ZoneInfo("UTC")
        self._now = now
        self._places: dict[UUID, int] | None = None
        self._boundaries: Mapping[UUID, Boundary] = {}
        self._wanted: tuple[str, ...] = ()
        self._excerpts: Mapping[UUID, str] = {}

    @property
    def rows(self) -> Rows:
        """The rows shown now."""
        return tuple(self._rows)

    @property
    def zone(self) -> ZoneInfo:
        """The zone times are shown in."""
        return self._zone

    def set_zone(self, zone: ZoneInfo) -> None:
        """Show times in another zone."""
        self._zone = zone
        self._say_anew(0, len(self._rows) - 1)

    def set_boundaries(self, boundaries: Mapping[UUID, Boundary]) -> None:
        """Show what lies between rows, by the row below."""
        if boundaries != self._boundaries:
            changed = {*boundaries.items()} ^ {*self._boundaries.items()}
            self._boundaries = boundaries
            for entry_id, _ in changed:
                at = self.row_of(entry_id)
                if at >= 0:
                    self._say_anew(at, at)

    def set_found(self, typed: str, excerpts: Mapping[UUID, str]) -> None:
        """Mark typed words in the rows; `excerpts` are the words around them where the headline has none."""
        self._wanted, self._excerpts = terms(typed), excerpts
        self._say_anew(0, len(self._rows) - 1)

    def show_rows(self, after: Rows) -> None:
        """Show other rows, telling views no more than what differs."""
        self._places = None
        if is_another_list(self.rows, after):
            self.beginResetModel()
            self._rows = list(after)
            self.endResetModel()
            return
        for step in steps(self.rows, after):
            match step:
                case Remove(first, count):
                    self.beginRemoveRows(QModelIndex(), first, first + count - 1)
                    del self._rows[first : first + count]
                    self._places = None
                    self.endRemoveRows()
                    self._say_anew(first - 1, first)
                case Insert(first, rows):
                    self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
                    self._rows[first:first] = rows
                    self._places = None
                    self.endInsertRows()
                    # Whether the row below still begins a day depends on its new neighbour.
                    self._say_anew(first + len(rows), first + len(rows))
                case Update(first, rows):
                    self._rows[first : first + len(rows)] = rows
                    self._say_anew(first, first + len(rows) - 1)

    def is_in_place(self, row: TimelineRow) -> bool:
        """Tell whether an entry is shown, at the place where its row would stand."""
        at = self.row_of(row.id)
        return at >= 0 and self._rows[at].at == row.at

    def cuts_anew(self, rows: Iterable[TimelineRow]) -> bool:
        """Tell whether rows as they are now would cut pages elsewhere: one became a draft, or is none any more."""
        places = ((self.row_of(row.id), row) for row in rows)
        return any((self._rows[at].status is Status.DRAFT) != (row.status is Status.DRAFT) for at, row in places)

    def update(self, rows: Iterable[TimelineRow]) -> Rows:
        """Say rows anew that are in place, looking at no other, and return all."""
        for row in rows:
            at = self.row_of(row.id)
            if self._rows[at] != row:
                self._rows[at] = row
                self._say_anew(at, at)
        return self.rows

    def row_of(self, entry_id: UUID | None) -> int:
        """Return where an entry stands, -1 when it is not shown."""
        if entry_id is None:
            return -1
        if self._places is None:
            self._places = {row.id: at for at, row in enumerate(self._rows)}
        return self._places.get(entry_id, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row says in a role."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.headline
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case _ if role == ROW:
                return row
            case _ if role == STARTS_DAY:
                return self._starts_day(index.row())
            case Qt.ItemDataRole.ToolTipRole:
                lies = self._boundaries.get(row.id)
                return plain_tip(boundary.spoken(lies, self._now(), self._zone)) if lies else None
            case _ if role == NOTE:
                return self._note(row)
            case _ if role == BOUNDARY:
                lies = self._boundaries.get(row.id)
                return boundary.label(lies, self._zone) if lies else ""
            case _ if role == WANTED:
                return self._wanted
            case _ if role == TIME:
                written = times.minute(row.at, self._zone)
                return f"{times.short_day(row.at, self._zone)}, {written}" if self._starts_day(index.row()) else written
        return None

    def _note(self, row: TimelineRow) -> str:
        """What stands behind the status, or the words that were looked for when only the text has them."""
        excerpt = self._excerpts.get(row.id, "")
        if excerpt and not hits(row.headline, self._wanted):
            return around(excerpt, self._wanted)
        return note(row, self._now(), self._zone)

    def _starts_day(self, at: int) -> bool:
        """Tell whether the row above, which is newer, lies on another day; the first row says no more than today."""
        above = self._now() if at == 0 else self._rows[at - 1].at
        return not times.is_same_day(self._rows[at].at, above, self._zone)

    def _spoken(self, row: TimelineRow) -> str:
        marks = [
            mark for mark, there in ((tr("key moment"), row.is_key_moment), (tr("pinned"), row.is_pinned)) if there
        ]
        headline = row.headline or tr("No headline")
        said = [
            states.look(row.status).word,
            headline,
            times.moment(row.at, self._now(), self._zone),
            *marks,
            self._note(row),
            boundary.spoken(self._boundaries.get(row.id, Boundary()), self._now(), self._zone),
        ]
        return ". ".join(filter(None, said))

    def _say_anew(self, first: int, last: int) -> None:
        first, last = max(first, 0), min(last, len(self._rows) - 1)
        if first <= last:
            self.dataChanged.emit(self.index(first), self.index(last))
