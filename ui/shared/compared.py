"""Two versions read as one text: what came and what went is told in words and marks before any colour."""

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit

from desktop.domain import moment
from desktop.domain.comparison import Change, is_changed
from desktop.domain.rewording import Fate
from ui.shared import times
from ui.theme import tokens
from ui.words import tr

_TIME: Final = "Time"


class Compared(QTextEdit):
    """Shows a comparison to be read: struck through is gone, underlined is new, and each line says so first."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._shown: tuple[tuple[Change, ...], ZoneInfo] = ((), ZoneInfo("UTC"))
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.document().setDocumentMargin(tokens().space_m)

    def show_changes(self, changes: Sequence[Change], zone: ZoneInfo) -> None:
        """Show a comparison, its times in a zone."""
        self._shown = (tuple(changes), zone)
        self.setAccessibleDescription(counted(changes))
        self.clear()
        cursor = QTextCursor(self.document())
        shape = QTextBlockFormat()
        shape.setBottomMargin(tokens().space_s)
        for number, change in enumerate(changes):
            if number:
                cursor.insertBlock()
            cursor.setBlockFormat(shape)
            self._write(cursor, change, zone)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def dress(self) -> None:
        """Take on the colours and text sizes now in use."""
        self.show_changes(*self._shown)

    def _write(self, cursor: QTextCursor, change: Change, zone: ZoneInfo) -> None:
        sign = _sign(change)
        said = " · ".join(filter(None, (sign, tr(_TIME) if change.label == _TIME else change.label)))
        if said:
            cursor.insertText(f"{said}  ", _label(is_changed=bool(sign)))
        for piece in change.pieces:
            words = _local(piece.text, zone) if change.label == _TIME else piece.text
            cursor.insertText(words, _look(piece.fate))


def counted(changes: Sequence[Change]) -> str:
    """Say in words how many lines changed."""
    if not is_changed(changes):
        return tr("Both versions say the same.")
    counts = (
        (sum(change.is_reworded for change in changes), tr("{count} reworded")),
        (sum(change.fate is Fate.ADDED for change in changes), tr("{count} added")),
        (sum(change.fate is Fate.REMOVED for change in changes), tr("{count} removed")),
    )
    return tr("Lines: {counts}.").format(counts=", ".join(said.format(count=count) for count, said in counts if count))


def _sign(change: Change) -> str:
    match change.fate:
        case Fate.ADDED:
            return tr("+ Added")
        case Fate.REMOVED:
            return tr("− Removed")
        case Fate.KEPT:
            return tr("± Changed") if change.is_reworded else ""


def _label(*, is_changed: bool) -> QTextCharFormat:
    look = tokens()
    form = QTextCharFormat()
    form.setFontPointSize(look.text_small)
    form.setFontWeight(QFont.Weight.DemiBold if is_changed else QFont.Weight.Normal)
    form.setForeground(QColor(look.ink_soft if is_changed else look.ink_faint))
    return form


def _look(fate: Fate) -> QTextCharFormat:
    look = tokens()
    form = QTextCharFormat()
    form.setFontPointSize(look.text_body)
    form.setForeground(QColor(look.ink))
    match fate:
        case Fate.ADDED:
            form.setFontUnderline(True)
            form.setFontWeight(QFont.Weight.DemiBold)
            form.setForeground(QColor(look.success))
        case Fate.REMOVED:
            form.setFontStrikeOut(True)
            form.setForeground(QColor(look.danger))
        case Fate.KEPT:
            pass
    return form


def _local(written: str, zone: ZoneInfo) -> str:
    at = moment.from_json(written)
    return f"{times.short_day(at, zone)} {times.clock(at, zone)}"
