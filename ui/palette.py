"""The palette: find an entry or run a command by typing a few letters of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final, TypeVar
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidgetItem, QVBoxLayout, QWidget

from ui.actions import ACTIONS, Actions
from ui.icons import icon
from ui.words import tr

if TYPE_CHECKING:  # the store's libraries are imported after the first paint
    from desktop.store.values import Hit
    from desktop.workspace import Workspace
    from ui.shared.plain_list import PlainList
    from ui.tasks import Tasks

Named = TypeVar("Named")

_PAUSE: Final = 120  # milliseconds of silence before entries are looked for
_ENTRIES: Final = 8
_COMMANDS: Final = 8
_ROWS: Final = 12
_TARGET: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class RunAction:
    """A row that runs a command."""

    id: str


@dataclass(frozen=True, slots=True)
class GoTo:
    """A row that goes to an entry."""

    entry_id: UUID
    coverage_id: UUID


def ranked(typed: str, things: Iterable[Named], name: Callable[[Named], str]) -> tuple[Named, ...]:
    """Return what holds every typed word, those whose words begin with them first."""
    words = typed.casefold().split()

    def rank(thing: Named) -> int | None:
        said = name(thing).casefold()
        if not all(word in said for word in words):
            return None
        begun = sum(any(part.startswith(word) for part in said.split()) for word in words)
        return (0 if said.startswith(typed.casefold().strip()) else 1) + 2 * (len(words) - begun)

    found = [(rank(thing), at, thing) for at, thing in enumerate(things)]
    return tuple(thing for _, _, thing in sorted((r, at, t) for r, at, t in found if r is not None))


class PaletteField(QLineEdit):
    """The field in the toolbar with its list below. `entry_chosen(coverage id, entry id)` tells where to go."""

    entry_chosen = Signal(object, object)

    def __init__(self, actions: Actions, window: QWidget) -> None:
        super().__init__()
        self._actions = actions
        self._window = window
        self._workspace: Workspace | None = None
        self._tasks: Tasks | None = None
        self._back_to: QWidget | None = None
        self._hits: Sequence[Hit] = ()
        self.setPlaceholderText(tr("Search entries or run a command"))
        self.setAccessibleName(tr("Search entries or run a command"))
        self.setClearButtonEnabled(True)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.setMinimumWidth(160)
        self.popup = QFrame(window)
        self.popup.setProperty("kind", "popup")
        self.popup.hide()
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE)
        self._typing.timeout.connect(self._look)
        self.textChanged.connect(self._on_typed)
        self.installEventFilter(self)

    def attach(self, workspace: "Workspace", tasks: "Tasks") -> None:
        """Find entries of a workspace from now on."""
        self._workspace = workspace
        self._tasks = tasks

    @cached_property
    def results(self) -> "PlainList":
        """The list below the field, made when it is first wanted."""
        from ui.shared.plain_list import PlainList  # noqa: PLC0415 - after the first paint

        made = PlainList(tr("Found entries and commands"))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.itemClicked.connect(self._on_clicked)
        inside = QVBoxLayout(self.popup)
        inside.setContentsMargins(4, 4, 4, 4)
        inside.addWidget(made)
        return made

    def summon(self) -> None:
        """Take the keyboard, and list what can be done."""
        if not self.hasFocus():
            self._back_to = self._window.focusWidget()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._fill()

    def leave(self) -> None:
        """Close the list and give the keyboard back to where it was."""
        self.popup.hide()
        self.clear()
        self.popup.hide()
        if self._back_to is not None:
            self._back_to.setFocus(Qt.FocusReason.OtherFocusReason)
            self._back_to = None

    @property
    def is_open(self) -> bool:
        """Tell whether the list is shown."""
        return self.popup.isVisible()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the list with the arrow keys while the keyboard stays in the field."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            match event.key():
                case Qt.Key.Key_Down:
                    self._step(1)
                case Qt.Key.Key_Up:
                    self._step(-1)
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._run()
                case Qt.Key.Key_Escape:
                    self.leave()
                case _:
                    return super().eventFilter(watched, event)
            return True
        if event.type() is QEvent.Type.FocusOut:
            self.popup.hide()
        return super().eventFilter(watched, event)

    def _on_typed(self) -> None:
        self._hits = ()
        if self.hasFocus():
            self._fill()
            self._typing.start()

    def _look(self) -> None:
        typed = self.text().strip()
        if typed and self._workspace is not None and self._tasks is not None:
            search = partial(self._workspace.search, typed, limit=_ENTRIES)
            self._tasks.run_in_thread(_with_words, typed, search, done=self._on_found)

    def _on_found(self, found: "tuple[str, Sequence[Hit]]") -> None:
        typed, hits = found
        if typed == self.text().strip() and self.hasFocus():
            self._hits = hits
            self._fill()

    def _fill(self) -> None:
        self.results.clear()
        enabled = [row for row in ACTIONS if self._actions[row.id].isEnabled() and not row.is_local]
        for row in ranked(self.text(), enabled, lambda row: row.name)[:_COMMANDS]:
            keys = self._actions[row.id].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            self._add(f"{row.name}   {keys}".rstrip(), row.icon, RunAction(row.id), row.tooltip)
        for hit in self._hits:
            said = hit.headline or tr("An entry without a headline")
            self._add(said, "file-text", GoTo(hit.entry_id, hit.coverage_id), hit.excerpt)
        self.results.setCurrentRow(0)
        self._place()

    def _add(self, text: str, picture: str, target: RunAction | GoTo, more: str) -> None:
        item = QListWidgetItem(text)
        if picture:
            item.setIcon(icon(picture))
        item.setData(_TARGET, target)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, more)
        self.results.addItem(item)

    def _place(self) -> None:
        rows = self.results.count()
        self.popup.setVisible(rows > 0)
        if rows:
            each = self.results.sizeHintForRow(0) + 2 * self.results.spacing()
            height = each * min(rows, _ROWS) + 14
            width = max(self.width(), 420)
            corner = self.mapTo(self._window, QPoint(self.width() - width, self.height() + 4))
            self.popup.setGeometry(max(corner.x(), 4), corner.y(), width, height)
            self.popup.raise_()

    def _step(self, rows: int) -> None:
        count = self.results.count()
        if count:
            self.results.setCurrentRow((self.results.currentRow() + rows) % count)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.results.setCurrentItem(item)
        self._run()

    def _run(self) -> None:
        chosen = self.results.selectedItems()
        if not chosen or not self.is_open:
            return
        target: RunAction | GoTo = chosen[0].data(_TARGET)
        self.leave()
        match target:
            case RunAction(action_id):
                self._actions[action_id].trigger()
            case GoTo(entry_id, coverage_id):
                self.entry_chosen.emit(coverage_id, entry_id)


def _with_words(typed: str, search: "Callable[[], Sequence[Hit]]") -> "tuple[str, Sequence[Hit]]":
    """Search in a thread, and say what was asked: the answer may be out of date when it arrives."""
    return typed, search()
