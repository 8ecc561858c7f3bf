"""What will be sent, against what readers have: a list of what changes, and its words beside each other."""

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QSplitter, QVBoxLayout, QWidget

from desktop.domain.comparison import Change, is_changed
from ui.shared.compared import Compared
from ui.shared.label import Kind, Label, Size
from ui.theme import tokens
from ui.words import tr

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.publish.difference import Difference, EntryDifference

_COMING: Final = {"new": "New", "changed": "Changed", "withdrawn": "Taken back"}


class DifferenceSheet(QDialog):
    """Shown with `open()`; changes nothing."""

    def __init__(self, difference: "Difference", name: str, zone: ZoneInfo, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._zone = zone
        look = tokens()
        self.setWindowTitle(tr("What will be sent"))
        self.resize(940, 600)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space_xl, look.space_l, look.space_xl, look.space_l)
        column.setSpacing(look.space_m)
        column.addWidget(Label(tr("What will be sent"), size=Size.TITLE, bold=True))
        self.story = Label(_story(difference, name), kind=Kind.SOFT, wraps=True)
        column.addWidget(self.story)
        self._items = _items(difference)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("What changes"))
        self.list.addItems([title for title, _, _ in self._items])
        self.words = Compared(tr("What readers have against what they will have"))
        self.note = Label(kind=Kind.FAINT, wraps=True)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(look.space_s, 0, 0, 0)
        beside.addWidget(self.words, 1)
        beside.addWidget(self.note)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(right)
        split.setSizes([300, 640])
        split.setVisible(bool(self._items))
        column.addWidget(split, 1)
        if not self._items:
            column.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.list.currentRowChanged.connect(self._on_row)
        self.list.setCurrentRow(0)

    def _on_row(self, at: int) -> None:
        if 0 <= at < len(self._items):
            _, changes, note = self._items[at]
            self.words.show_changes(changes, self._zone)
            self.note.setText(note)


def _story(difference: "Difference", name: str) -> str:
    if difference.is_empty:
        return tr("{name} has everything as it stands.").format(name=name)
    before, after = difference.pages
    said = [tr("Compared with what {name} acknowledged.").format(name=name)]
    if before != after:
        said.append(tr("The coverage grows from {before} to {after} pages.").format(before=before, after=after))
    if difference.moved:
        said.append(tr("{count} live entries move to another page.").format(count=difference.moved))
    return " ".join(said)


def _items(difference: "Difference") -> list[tuple[str, tuple[Change, ...], str]]:
    around = ((tr("The page itself"), difference.page), (tr("Summary bullets"), difference.summary))
    items = [(title, changes, "") for title, changes in around if is_changed(changes)]
    return items + [(_title(each), each.changes, _note(each)) for each in difference.entries]


def _title(entry: "EntryDifference") -> str:
    return f"{tr(_COMING[entry.coming.value])} · {entry.headline or tr('No headline')}"


def _note(entry: "EntryDifference") -> str:
    before, after = entry.pages
    page = tr("On page {after}, counted from the oldest.").format(after=after)
    if before and before != after:
        page = tr("Moves from page {before} to page {after}.").format(before=before, after=after)
    data = tr("Structured data that changes: {names}.").format(names=", ".join(entry.data)) if entry.data else ""
    return " ".join(filter(None, (page, data)))
