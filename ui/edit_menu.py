"""The deeds of the Edit menu, done to whatever has the keyboard, and offered only when it can be done there."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QMenuBar, QPlainTextEdit, QTextEdit, QWidget

from ui.words import tr

if TYPE_CHECKING:
    from ui.editor.pane import EditorPane
    from ui.window import Window

_DEEDS: Final = ("undo", "redo", "cut", "copy", "paste", "paste_plain", "select_all")
Writable = QLineEdit | QTextEdit | QPlainTextEdit


class EditMenu(QObject):
    """Follows the keyboard through a window."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._held: QWidget | None = None
        self._names = {each: window.deeds[each].text() for each in ("undo", "redo")}
        for action_id, deed in {
            "undo": self._on_undo,
            "redo": self._on_redo,
            "cut": self._on_cut,
            "copy": self._on_copy,
            "paste": self._on_paste,
            "paste_plain": self._on_paste_plain,
            "select_all": self._on_select_all,
            "find_in_entry": self._on_find,
            "next_misspelling": self._on_next_misspelling,
            "snippets": self._on_snippets,
        }.items():
            window.deeds.connect_to(action_id, deed)
        for held in window.deeds["undo"].associatedObjects():
            if isinstance(held, QMenu):
                held.aboutToShow.connect(self.look)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
        self.look()

    def look(self) -> None:
        """Enable what can be done where the keyboard is, and name the steps."""
        can = self._can()
        for action_id in _DEEDS:
            self._window.deeds[action_id].setEnabled(action_id in can)
        pane = self._editor()
        names = (pane.manuscript.undo_text(), pane.manuscript.redo_text()) if pane is not None else ("", "")
        for action_id, name in zip(("undo", "redo"), names, strict=True):
            deed = self._names[action_id]
            self._window.deeds[action_id].setText(f"{deed} {tr(name).lower()}" if name else deed)

    def _can(self) -> set[str]:
        held, pane = self._held, self._editor()
        can: set[str] = set()
        if pane is not None:
            can |= {deed for deed in ("undo", "redo") if getattr(pane.manuscript, f"{deed}_text")()}
        if not isinstance(held, Writable):
            return can
        is_writable = not held.isReadOnly() and held.isEnabled()
        if isinstance(held, QLineEdit):
            has_selection = held.hasSelectedText()
            can |= {
                name for name, there in (("undo", held.isUndoAvailable()), ("redo", held.isRedoAvailable())) if there
            }
        else:
            has_selection = held.textCursor().hasSelection()
        can.add("select_all")
        can |= {"copy"} if has_selection else set()
        if is_writable:
            can |= {"cut"} if has_selection else set()
            # Asking what is on the clipboard can wait for another program: pasting nothing does no harm.
            can |= {"paste", "paste_plain"}
        return can

    def _editor(self) -> "EditorPane | None":
        """Return the editor when the keyboard is in its text or cards."""
        pane: EditorPane | None = self._window.editor.pane
        held = self._held
        is_there = pane is not None and held is not None and pane.manuscript.isAncestorOf(held)
        return pane if is_there else None

    def _on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        del before
        # A menu takes the keyboard for as long as it is open; what is done is meant for what had it before.
        if now is not None and not isinstance(now, QMenu | QMenuBar):
            self._held = now if self._window.isAncestorOf(now) else None
            self.look()

    def _step(self, by: int) -> None:
        pane, held = self._editor(), self._held
        if pane is not None:
            pane.manuscript.step(by)
        elif isinstance(held, QLineEdit | QPlainTextEdit):
            held.undo() if by < 0 else held.redo()
        self.look()

    def _on_undo(self) -> None:
        self._step(-1)

    def _on_redo(self) -> None:
        self._step(1)

    def _on_cut(self) -> None:
        if isinstance(self._held, Writable):
            self._held.cut()

    def _on_copy(self) -> None:
        if isinstance(self._held, Writable):
            self._held.copy()

    def _on_paste(self) -> None:
        if isinstance(self._held, Writable):
            self._held.paste()

    def _on_paste_plain(self) -> None:
        pane, held = self._editor(), self._held
        if pane is not None and held is not None:
            held.setFocus()
            pane.manuscript.paste_plain(QGuiApplication.clipboard().mimeData())
        elif isinstance(held, QPlainTextEdit):
            held.insertPlainText(QGuiApplication.clipboard().text())
        elif isinstance(held, QLineEdit):
            held.paste()

    def _on_select_all(self) -> None:
        if isinstance(self._held, Writable):
            self._held.selectAll()

    def _on_find(self) -> None:
        if (pane := self._window.editor.pane) is not None:
            pane.find_bar.ask()

    def _on_next_misspelling(self) -> None:
        if (pane := self._window.editor.pane) is not None:
            pane.next_misspelling()

    def _on_snippets(self) -> None:
        if (pane := self._window.editor.pane) is not None:
            pane.show_snippets()
