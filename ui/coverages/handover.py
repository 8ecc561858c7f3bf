"""Handing a page to the next shift: the sheet that asks for the note, and the strip that shows it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidgetItem, QPlainTextEdit, QWidget

from desktop.domain import moment
from desktop.domain.coverage import Coverage, Handover
from desktop.domain.problem import Problem
from ui.icons import icon
from ui.shared import times
from ui.shared.button import Button
from ui.shared.label import Kind, Label, Size
from ui.shared.picture import Picture
from ui.shared.plain_list import PlainList
from ui.shared.sheet import Sheet
from ui.theme import tokens
from ui.words import tr


class HandoverSheet(Sheet):
    """Asks for a note to the next shift, above the notes that were left before."""

    def __init__(
        self, handovers: Sequence[Handover], zone: ZoneInfo, hand_over: Callable[[str], object], parent: QWidget | None
    ) -> None:
        super().__init__(tr("Hand over to the next shift"), tr("Hand over"), parent)
        self.resize(560, 480)
        self._hand_over = hand_over
        self.say(tr("The note stays on this computer. Whoever opens the page next sees it first, with your name."))
        self.note = QPlainTextEdit()
        self.note.setAccessibleName(tr("Note to the next shift"))
        self.note.setPlaceholderText(tr("What is open, who is called back, what must not go out yet"))
        self.note.setTabChangesFocus(True)
        self.note.textChanged.connect(self._on_typed)
        self.body.addWidget(self.note, 1)
        self.history = PlainList(tr("Notes left before, newest first"))
        for each in reversed(handovers):
            self.history.addItem(QListWidgetItem(icon("users"), told(each, moment.now(), zone)))
        if handovers:
            self.body.addWidget(Label(tr("Left before"), kind=Kind.SOFT, size=Size.SMALL, bold=True))
            self.body.addWidget(self.history, 1)
        self.deed.setEnabled(False)
        self.confirmed.connect(self._on_confirmed)
        self.note.setFocus()

    def _on_typed(self) -> None:
        self.deed.setEnabled(bool(self.note.toPlainText().strip()))

    def _on_confirmed(self) -> None:
        try:
            self._hand_over(self.note.toPlainText())
        except Problem as problem:
            self.show_problem(problem)
        else:
            self.accept()


class HandoverStrip(QFrame):
    """Shows notes nobody has taken over, over the panes. `taken_over()` tells that they were read."""

    taken_over = Signal()

    def __init__(self) -> None:
        super().__init__()
        look = tokens()
        self.setProperty("kind", "news")
        self.setAccessibleName(tr("Handover"))
        self.words = Label(wraps=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.take = Button(tr("I take over"), icon("check"), tip=tr("Say that you have read it; the note is kept"))
        self.take.clicked.connect(self.taken_over)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.space_l, look.space_s, look.space_m, look.space_s)
        row.setSpacing(look.space_s)
        row.addWidget(Picture("users", "accent"), alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        row.addWidget(self.take, alignment=Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_coverage(self, coverage: Coverage | None, zone: ZoneInfo) -> None:
        """Show what was left to whoever opens a page."""
        waiting = [each for each in coverage.handovers if not each.taken_by] if coverage else []
        now = moment.now()
        self.words.setText("\n\n".join(told(each, now, zone) for each in waiting))
        self.words.setAccessibleName(self.words.text())
        self.setVisible(bool(waiting))


def told(handover: Handover, now: datetime, zone: ZoneInfo) -> str:
    """Return a handover as it is read: who, when, the note, and who took over."""
    when = times.moment(handover.at, now, zone)
    said = tr("{name} handed over {time}").format(name=handover.by, time=when)
    if handover.taken_at is not None:
        taken = times.moment(handover.taken_at, now, zone)
        said = tr("{handed}, {name} took over {time}").format(handed=said, name=handover.taken_by, time=taken)
    return f"{said}\n{handover.note}"
