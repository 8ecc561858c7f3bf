"""Long work: what runs in a thread and takes its time shows how far it is, and can be stopped."""

import threading
from collections.abc import Callable
from typing import Final, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.domain.progress import Cancelled, watched
from ui.icons import icon
from ui.shared.button import Button
from ui.shared.label import ElidedLabel
from ui.tasks import Tasks
from ui.theme import tokens
from ui.whisper import announce
from ui.words import tr

Result = TypeVar("Result")

SHOWN_AFTER_MILLISECONDS: Final = 500


_Tell = Callable[["Work", str, int, int], object]


class Work:
    """One piece of work in a thread; `stop` may be asked any time."""

    def __init__(self, words: str, tell: _Tell) -> None:
        self.words = words
        self._tell = tell
        self._is_unwanted = threading.Event()

    def stop(self) -> None:
        """Ask the work to end at its next step; what it wrote is taken back."""
        self._is_unwanted.set()

    def watch(self, what: str, done: int, of: int) -> None:
        """Hear from the thread how far the work is; raises Cancelled once it is not wanted any more."""
        if self._is_unwanted.is_set():
            message = f"{self.words}: stopped."
            raise Cancelled(message, done="Nothing was changed.")
        self._tell(self, what, done, of)


class WorkBench(QWidget):
    """The strips of what is being worked on now. `stopped` says in a sentence that something was cancelled."""

    stopped = Signal(str)
    _told = Signal(object, str, int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Work in progress"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.strips: list[WorkStrip] = []
        # One signal of the bench's own brings every thread's words here: an object that ends with its work must
        # not, because a word may still be on its way to it.
        self._told.connect(self._on_told)
        self.hide()

    def start(
        self,
        tasks: Tasks,
        words: str,
        function: Callable[[], Result],
        done: Callable[[Result], object],
    ) -> Work:
        """Do something in a thread, shown under `words` once it takes longer than half a second."""
        work = Work(words, self._told.emit)
        strip = WorkStrip(work)
        self.strips.append(strip)
        self._column.addWidget(strip)
        strip.hide()
        strip.due.connect(self._show)
        tasks.start(self._do(tasks, strip, function, done), words)
        return work

    async def _do(
        self, tasks: Tasks, strip: "WorkStrip", function: Callable[[], Result], done: Callable[[Result], object]
    ) -> None:
        try:
            with watched(strip.work.watch):
                result = await tasks.in_thread(function)
        except Cancelled as cancelled:
            self.stopped.emit(str(cancelled))
        else:
            done(result)
        finally:
            strip.work.stop()
            self._clear(strip)

    def _on_told(self, work: Work, what: str, done: int, of: int) -> None:
        for strip in self.strips:
            if strip.work is work:
                strip.show_step(what, done, of)

    def _show(self, strip: "WorkStrip") -> None:
        if strip in self.strips:
            strip.show()
            self.show()
            announce(self, strip.work.words)

    def _clear(self, strip: "WorkStrip") -> None:
        self.strips.remove(strip)
        self._column.removeWidget(strip)
        strip.hide()
        strip.deleteLater()
        self.setVisible(any(each.isVisibleTo(self) for each in self.strips))


class WorkStrip(QFrame):
    """What is being done, how much of it is done, and the button that stops it. `due` tells when to show it."""

    due = Signal(object)

    def __init__(self, work: Work) -> None:
        super().__init__()
        look = tokens()
        self.work = work
        # A timer of its own ends with the strip: a single shot would outlive it.
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._on_waited)
        self._wait.start(SHOWN_AFTER_MILLISECONDS)
        self.words = ElidedLabel(f"{work.words} …")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(260)
        self.bar.setAccessibleName(work.words)
        self.stop = Button(tr("Stop"), icon("x"), kind="quiet", tip=tr("Stop this; nothing is changed then"))
        self.stop.setAccessibleName(tr("Stop: {work}").format(work=work.words))
        self.stop.clicked.connect(self._on_stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.space_l, look.space_xs, look.space_s, look.space_xs)
        row.setSpacing(look.space_m)
        row.addWidget(self.words, 1)
        row.addWidget(self.bar)
        row.addWidget(self.stop)

    def show_step(self, what: str, done: int, of: int) -> None:
        """Show what is done now, and how much of it is done."""
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        said = tr("{work}: {what}, {done} of {of}")
        self.words.setText(said.format(work=self.work.words, what=tr(what).lower(), done=f"{done:,}", of=f"{of:,}"))

    def _on_waited(self) -> None:
        self.due.emit(self)

    def _on_stop(self) -> None:
        self.stop.setEnabled(False)
        self.words.setText(tr("{work}: stopping …").format(work=self.work.words))
        self.work.stop()
