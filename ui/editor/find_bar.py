"""The bar that finds and replaces words in the entry, over its text."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QToolButton, QWidget

from ui.editor.find import Finder
from ui.editor.manuscript import Manuscript
from ui.editor.text_edit import TextEdit
from ui.icons import icon
from ui.shared.button import Button
from ui.shared.label import Kind, Label, Size
from ui.theme import tokens
from ui.whisper import announce
from ui.words import tr


class FindBar(QWidget):
    """Finds as it is typed. `shown(TextEdit)` tells the surface whose selection is to be brought into view.

    Enter goes on, Shift+Enter back, Esc closes and gives the keyboard back to the text.
    """

    shown = Signal(object)

    def __init__(self, manuscript: Manuscript) -> None:
        super().__init__()
        self._manuscript = manuscript
        self._finder = Finder(manuscript)
        self._back_to: TextEdit | None = None
        self._caret = (0, 0)
        self._is_replacing = False
        self.words = _field(tr("Find in this entry"))
        self.others = _field(tr("Replace with"))
        self.told = Label(kind=Kind.SOFT, size=Size.SMALL)
        self.before = _tool(tr("Previous (Shift+Enter)"), "chevron-up")
        self.next = _tool(tr("Next (Enter)"), "chevron-down")
        self.exact = _tool(tr("Match capitals"), "")
        self.exact.setText("Aa")
        self.exact.setCheckable(True)
        self.close_button = _tool(tr("Close (Esc)"), "x")
        self.one = Button(tr("Replace"))
        self.all = Button(tr("Replace all"))
        self._lay_out()
        self.words.textEdited.connect(self._on_typed)
        self.exact.toggled.connect(self._on_typed)
        self.before.clicked.connect(self._on_before)
        self.next.clicked.connect(self._on_next)
        self.one.clicked.connect(self._on_one)
        self.all.clicked.connect(self._on_all)
        self.close_button.clicked.connect(self.leave)
        manuscript.changed.connect(self._on_changed)
        self.hide()

    def _lay_out(self) -> None:
        look = tokens()
        grid = QGridLayout(self)
        grid.setContentsMargins(look.space_xl, look.space_s, look.space_l, look.space_s)
        grid.setHorizontalSpacing(look.space_s)
        grid.setVerticalSpacing(look.space_xs)
        grid.setColumnStretch(0, 1)
        for row, (field, parts) in enumerate(
            (
                (self.words, (self.told, self.before, self.next, self.exact, self.close_button)),
                (self.others, (self.one, self.all)),
            )
        ):
            grid.addWidget(field, row, 0)
            beside = QHBoxLayout()
            beside.setSpacing(look.space_xs)
            for part in parts:
                beside.addWidget(part)
                if isinstance(part, QPushButton):
                    part.setAutoDefault(False)
            grid.addLayout(beside, row, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def ask(self) -> None:
        """Take the keyboard; words selected in the text are looked for at once."""
        surface = self._manuscript.focused_surface()
        if surface is not None:
            self._back_to, self._caret = surface, surface.caret()
            selected = surface.said(*sorted(self._caret))
            if selected and "\n" not in selected:
                self.words.setText(selected)
        self.show()
        self._finder.begin()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()
        self._look()

    def leave(self) -> None:
        """Close; the keyboard goes back to the text, to where it was or to what was gone to."""
        back, caret = self._back_to, self._caret
        went = self._finder.gone_to
        self._finder.end()
        self._back_to = None
        self.hide()
        if went is not None:
            went.setFocus(Qt.FocusReason.OtherFocusReason)
        elif back is not None and back in self._manuscript.surfaces():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
            back.set_caret(*caret)
        else:
            self._manuscript.focus_end()

    def stop(self) -> None:
        """Close without moving the keyboard: another entry is shown."""
        self._finder.end()
        self._back_to = None
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on, back, replace or close."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif is_enter and self.others.hasFocus():
            self._on_one()
        elif is_enter and not isinstance(self.focusWidget(), QPushButton | QToolButton):
            self._go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar's ground and the line below it."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens().raised))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens().line))
        painter.end()

    def dress(self) -> None:
        """Take on the text size now in use."""
        for tool in (self.before, self.next, self.close_button):
            tool.setIconSize(QSize(tokens().icon, tokens().icon))

    def _look(self) -> None:
        self._finder.look(self.words.text(), is_exact=self.exact.isChecked())
        self._tell()

    def _go(self, by: int) -> None:
        surface = self._finder.go(by)
        self._tell()
        if surface is not None:
            announce(self.words, self.told.text())
            self.shown.emit(surface)

    def _tell(self) -> None:
        count, at = self._finder.count, self._finder.at
        if not self.words.text():
            said = ""
        elif not count:
            said = tr("Not found")
        elif at:
            said = tr("{at} of {count}").format(at=at, count=count)
        else:
            said = tr("{count} found").format(count=count)
        self.told.setText(said)
        for button in (self.before, self.next, self.one, self.all):
            button.setEnabled(bool(count))

    def _on_typed(self) -> None:
        self._finder.begin()
        self._look()

    def _on_before(self) -> None:
        self._go(-1)

    def _on_next(self) -> None:
        self._go(1)

    def _on_one(self) -> None:
        self._is_replacing = True
        surface = self._finder.replace(self.others.text())
        self._is_replacing = False
        self._tell()
        if surface is not None:
            self.shown.emit(surface)

    def _on_all(self) -> None:
        self._is_replacing = True
        replaced = self._finder.replace_all(self.others.text())
        self._is_replacing = False
        self._tell()
        self.told.setText(tr("{count} replaced").format(count=replaced))
        announce(self.words, self.told.text())

    def _on_changed(self) -> None:
        if self.isVisible() and not self._is_replacing:
            self._look()


def _field(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(name)
    made.setAccessibleName(name)
    return made


def _tool(name: str, drawing: str) -> QToolButton:
    made = QToolButton()
    made.setAccessibleName(name.split(" (", maxsplit=1)[0])
    made.setToolTip(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if drawing:
        made.setIcon(icon(drawing))
        made.setIconSize(QSize(tokens().icon, tokens().icon))
    return made
