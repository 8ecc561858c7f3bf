"""The head of the board: one sentence, how old it is, and what can be done; while it is proved, how far it is."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop.domain import moment
from desktop.domain.proof import Standing
from ui import icons
from ui.consent import age
from ui.consent.prover import Prover
from ui.shared.button import Button
from ui.shared.fold import Fold
from ui.shared.label import ElidedLabel, Kind, Label, Size
from ui.theme import tokens
from ui.words import tr

_AGES_MS: Final = 30_000
_LOOKS: Final = {
    Standing.GOOD: ("circle-check", Kind.SUCCESS),
    Standing.FAILING: ("octagon-x", Kind.DANGER),
    Standing.STALE: ("triangle-alert", Kind.WARNING),
    Standing.PARTIAL: ("circle-dashed", Kind.SOFT),
    Standing.MISSING: ("circle-help", Kind.SOFT),
    Standing.NOT_NEEDED: ("shield-check", Kind.SOFT),
}


class VerdictBar(QWidget):
    """Shows what a prover knows.

    `report_requested` and `board_requested` ask for the evidence and a larger board, `failure_requested` for the next
    rehearsal that failed.
    """

    report_requested = Signal()
    failure_requested = Signal()
    board_requested = Signal()

    def __init__(self, prover: Prover, *, has_own_window: bool) -> None:
        super().__init__()
        self._prover = prover
        look = tokens()
        self._icon = QLabel(self)
        self.verdict = Label(wraps=True, bold=True)
        self.age = Label(kind=Kind.SOFT, size=Size.SMALL, wraps=True)
        self.run_all = Button(tr("Run all"), icons.icon("play"), tip=tr("Play every rehearsal of this page"))
        self.report = Button(tr("Report"), icons.icon("external-link"), tip=tr("Open the evidence in your browser"))
        self.report.setAccessibleName(tr("Open report"))
        self.board = Button("", icons.icon("panel-right"), tip=tr("Open the board in a window of its own"))
        self.board.setText("")
        self.board.setAccessibleName(tr("Open board"))
        self.board.setVisible(not has_own_window)
        self.failure = Button(tr("Show failed"), kind="quiet", tip=tr("Go to the next rehearsal that failed"))
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(tr("Rehearsals played"))
        self._playing = ElidedLabel(kind=Kind.SOFT, size=Size.SMALL)
        self.cancel = Button(tr("Cancel"), tip=tr("Stop now. What was played is kept"))
        self._place(look.space_s)
        self.run_all.clicked.connect(self._on_run_all)
        self.cancel.clicked.connect(prover.cancel)
        self.report.clicked.connect(self.report_requested)
        self.failure.clicked.connect(self.failure_requested)
        self.board.clicked.connect(self.board_requested)
        prover.stood.connect(self.show_standing)
        prover.progressed.connect(self._on_progressed)
        prover.ended.connect(self._on_ended)
        self._ages = QTimer(self, interval=_AGES_MS)
        self._ages.timeout.connect(self.show_standing)
        self._show_running(is_running=prover.is_running)
        self.show_standing()

    def _place(self, gap: int) -> None:
        line = QHBoxLayout()
        line.setSpacing(gap)
        line.addWidget(self._icon)
        line.addWidget(self.verdict, 1)
        self._idle = Fold(self.run_all, self.report, self.board, QWidget(), spacing=gap, stretched=3)
        self._busy = QWidget(self)
        busy = QVBoxLayout(self._busy)
        busy.setContentsMargins(0, 0, 0, 0)
        busy.setSpacing(gap)
        beside = QHBoxLayout()
        beside.setSpacing(gap)
        beside.addWidget(self._progress, 1)
        beside.addWidget(self.cancel)
        busy.addLayout(beside)
        busy.addWidget(self._playing)
        column = QVBoxLayout(self)
        look = tokens()
        column.setContentsMargins(look.space_m, look.space_s, look.space_m, look.space_s)
        column.setSpacing(gap)
        column.addLayout(line)
        aged = QHBoxLayout()
        aged.setSpacing(gap)
        aged.addWidget(self.age, 1)
        aged.addWidget(self.failure)
        column.addLayout(aged)
        column.addWidget(self._idle)
        column.addWidget(self._busy)

    def show_standing(self) -> None:
        """Say what the last proof comes down to, and how old it is now."""
        stood = self._prover.standing
        icon, kind = _LOOKS[stood.standing]
        proof = stood.proof
        colours = tokens()
        colour = {Kind.SUCCESS: colours.success, Kind.DANGER: colours.danger, Kind.WARNING: colours.warning}
        self._icon.setPixmap(
            icons.pixmap(icon, colour.get(kind, colours.ink_soft), colours.icon, self.devicePixelRatioF())
        )
        self.verdict.set_kind(Kind.DANGER if proof and proof.failing else kind)
        self.verdict.setText(proof.verdict if proof else tr("Not proved yet"))
        self.age.set_kind(Kind.WARNING if stood.standing is Standing.STALE else Kind.SOFT)
        self.age.setText(age.said(stood, moment.now()))
        self.failure.setVisible(bool(proof and proof.failing))
        self.report.setEnabled(self._prover.report() is not None)
        self.run_all.setEnabled(bool(self._prover.board.layout.rows))
        self._keep_room()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the age grow only while it is seen."""
        super().showEvent(event)
        self.show_standing()
        self._ages.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let nothing tick unseen."""
        super().hideEvent(event)
        self._ages.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for the words: they wrap at another width."""
        super().resizeEvent(event)
        self._keep_room()

    def _keep_room(self) -> None:
        if (layout := self.layout()) is not None:
            layout.invalidate()
            self.setMinimumHeight(max(0, layout.totalMinimumHeightForWidth(self.width())))

    def _on_run_all(self) -> None:
        self._prover.start()

    def _show_running(self, *, is_running: bool) -> None:
        had_focus = any(button.hasFocus() for button in (self.run_all, self.report, self.board))
        self._idle.setVisible(not is_running)
        self._busy.setVisible(is_running)
        if is_running and had_focus:
            self.cancel.setFocus()
        self._keep_room()

    def _on_progressed(self, done: int, count: int, title: str) -> None:
        if not self._busy.isVisibleTo(self):
            self._show_running(is_running=True)
        self._progress.setRange(0, count)
        self._progress.setValue(done)
        words = tr("{done} of {count}").format(done=done, count=count)
        self._playing.setText(f"{words} · {title}" if title else words)

    def _on_ended(self) -> None:
        had_focus = self.cancel.hasFocus()
        self._show_running(is_running=False)
        if had_focus:
            self.run_all.setFocus()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.verdict.text()))
