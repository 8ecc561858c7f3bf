"""Strips over the text: what readers have of the entry, and what somebody else did to it meanwhile."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.domain.status import Status
from desktop.domain.timeline import TimelineRow
from ui.icons import icon, pixmap
from ui.shared import states, times
from ui.shared.button import Button
from ui.shared.label import ElidedLabel, Kind, Label
from ui.theme import tokens
from ui.words import tr


def told(row: TimelineRow, now: datetime, zone: ZoneInfo, *, is_rehearsal: bool) -> str:
    """Say what readers have of an entry, in one sentence."""
    who = tr("The rehearsal page has") if is_rehearsal else tr("Readers have")
    still = tr("The rehearsal page still shows") if is_rehearsal else tr("Readers still see")
    since = times.moment(row.live_at, now, zone) if row.live_at else ""
    match row.status:
        case Status.DRAFT:
            return tr("{who} nothing of it yet.").format(who=who)
        case Status.READY:
            return tr("May go out. {who} nothing of it yet.").format(who=who)
        case Status.QUEUED:
            return row.note or tr("Waiting to be sent.")
        case Status.SENDING:
            return row.note or tr("On its way, not yet accepted.")
        case Status.LIVE:
            return (
                tr("{who} this version, since {since}.").format(who=who, since=since)
                if since
                else tr("{who} this version.").format(who=who)
            )
        case Status.LIVE_EDITED:
            return (
                tr("{still} the {since} version.").format(still=still, since=since)
                if since
                else tr("{still} an earlier version.").format(still=still)
            )
        case Status.FAILED:
            return row.note or tr("It was refused; the outbox says why.")
        case Status.UNKNOWN:
            return row.note or tr("Sent without an answer; asking what arrived.")
        case Status.WITHDRAWN:
            return row.note or tr("Taken back.")


class StatusStrip(QWidget):
    """Icon, word and sentence of an entry's status.

    Where readers still see another version, `compare_requested()` and `revert_requested()` ask for it.
    """

    compare_requested = Signal()
    revert_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        look = tokens()
        self._drawing = QLabel()
        self.word = Label(bold=True)
        self.sentence = ElidedLabel(kind=Kind.SOFT)
        self.compare = Button(tr("Compare"), icon("git-compare"), kind="quiet")
        self.compare.setToolTip(tr("See what changed since the version readers have"))
        self.revert = Button(tr("Revert"), icon("undo-2"), kind="quiet")
        self.revert.setToolTip(tr("Bring back what readers have; this can be undone"))
        self.compare.clicked.connect(self.compare_requested)
        self.revert.clicked.connect(self.revert_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.space_xl, look.space_s, look.space_l, look.space_s)
        row.setSpacing(look.space_s)
        row.addWidget(self._drawing)
        row.addWidget(self.word)
        row.addWidget(self.sentence, 1)
        for button in (self.compare, self.revert):
            button.setAutoDefault(False)
            button.hide()
            row.addWidget(button)

    def show_row(self, row: TimelineRow | None, now: datetime, zone: ZoneInfo, *, is_rehearsal: bool) -> None:
        """Show an entry's status."""
        shown = states.look(row.status if row else Status.DRAFT)
        sentence = told(row, now, zone, is_rehearsal=is_rehearsal) if row else ""
        self._drawing.setPixmap(pixmap(shown.icon, shown.colour, tokens().icon, self.devicePixelRatioF()))
        self.word.setText(shown.word)
        self.word.setStyleSheet(f"color: {shown.colour}")
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(f"{shown.word}. {sentence}")
        for button in (self.compare, self.revert):
            button.setVisible(row is not None and row.status is Status.LIVE_EDITED)


class NoticeStrip(QWidget):
    """Tells that the entry changed elsewhere while something was typed here; `shown()` asks for the other version."""

    shown = Signal()
    kept = Signal()

    def __init__(self) -> None:
        super().__init__()
        look = tokens()
        self.sentence = Label(wraps=True)
        self.show_theirs = QPushButton(tr("Show theirs"))
        self.keep_mine = QPushButton(tr("Keep mine"))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.space_xl, look.space_s, look.space_l, look.space_s)
        row.addWidget(self.sentence, 1)
        for button in (self.show_theirs, self.keep_mine):
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
            row.addWidget(button)
        self.show_theirs.clicked.connect(self.shown)
        self.keep_mine.clicked.connect(self.kept)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strip's ground."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens().warning_soft))
        painter.end()
