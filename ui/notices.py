"""Notices: what went wrong or was done, in a strip over the panes; never modal, never taking the focus."""

import sys
import traceback
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.problem import Problem
from ui.icons import icon
from ui.shared.button import Button
from ui.shared.label import Kind, Label
from ui.shared.picture import Picture
from ui.theme import tokens
from ui.whisper import announce
from ui.words import tr

_MOST: Final = 3

KEPT: Final = "Everything you typed is kept on this computer."


class Notices(QWidget):
    """The strips that stand now, the newest first. A problem stays until it is dismissed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.setAccessibleName(tr("Notices"))
        self.shown: list[Notice] = []
        self.hide()

    def show_error(self, error: BaseException) -> None:
        """Show a Problem as it explains itself, and any other exception as a mistake of ours that can be copied."""
        if isinstance(error, Problem):
            self._add(Notice(str(error), "", self))
        else:
            first = tr("The console made a mistake: {type}.").format(type=type(error).__name__)
            self._add(Notice(f"{first} {KEPT}", report(error), self))

    def tell(self, words: str, report: str = "") -> None:
        """Show something the producer should know, with a report that can be copied when there is one."""
        self._add(Notice(words, report, self, is_trouble=False))

    def dismiss(self, notice: "Notice") -> None:
        """Take a strip away."""
        if notice in self.shown:
            self.shown.remove(notice)
            self._column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
        self.setVisible(bool(self.shown))

    def clear(self) -> None:
        """Take every strip away."""
        for notice in tuple(self.shown):
            self.dismiss(notice)

    def _add(self, notice: "Notice") -> None:
        repeated = next((each for each in self.shown if each.text == notice.text), None)
        if repeated is not None:
            notice.deleteLater()
            return
        notice.dismissed.connect(self.dismiss)
        self.shown.insert(0, notice)
        self._column.insertWidget(0, notice)
        for old in self.shown[_MOST:]:
            self.dismiss(old)
        self.show()
        announce(self, notice.text)


class Notice(QFrame):
    """One strip: what happened, a copy button when there is a report, and a button that takes it away."""

    dismissed = Signal(object)

    def __init__(self, text: str, report: str, parent: QWidget, *, is_trouble: bool = True) -> None:
        super().__init__(parent)
        look = tokens()
        self.text = text
        self.report = report
        self.setProperty("kind", "notice" if is_trouble else "news")
        row = QHBoxLayout(self)
        row.setContentsMargins(look.space_l, look.space_s, look.space_s, look.space_s)
        row.setSpacing(look.space_s)
        mark = Picture("triangle-alert", "danger") if is_trouble else Picture("info", "accent")
        row.addWidget(mark)
        row.addWidget(Label(text, kind=Kind.DANGER if is_trouble else Kind.PLAIN, wraps=True), 1)
        self.copy = Button(tr("Copy report"), icon("copy"))
        self.copy.setVisible(bool(report))
        self.copy.clicked.connect(self._on_copy)
        row.addWidget(self.copy)
        self.close_button = Button(
            "", icon("x", look.danger if is_trouble else look.ink_soft), kind="quiet", tip=tr("Dismiss")
        )
        self.close_button.setAccessibleName(tr("Dismiss"))
        self.close_button.clicked.connect(self._on_close)
        row.addWidget(self.close_button)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report)
        self.copy.say(tr("Copied"))

    def _on_close(self) -> None:
        self.dismissed.emit(self)


def report(error: BaseException) -> str:
    """Write down a mistake for the people who can mend it: versions and the way it came about, no words of anybody."""
    way = "".join(traceback.format_exception(error))
    return f"Newsroom Console, {sys.platform}, Python {sys.version.split()[0]}\n{way}"
