"""Labels: always plain text, so that nothing a page or a server says is read as markup."""

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

from ui.theme import tokens


class Kind(StrEnum):
    """How a label looks: its weight in the style sheet."""

    PLAIN = ""
    SOFT = "soft"
    FAINT = "faint"
    DANGER = "danger"
    WARNING = "warning"
    SUCCESS = "success"
    AIR = "air"
    REHEARSAL = "rehearsal"


class Size(StrEnum):
    """How large a label's text is, relative to the application's."""

    SMALL = "text_small"
    BODY = "text_body"
    LARGE = "text_large"
    TITLE = "text_title"


class Label(QLabel):
    """A label that shows characters as they are and wraps, when asked to."""

    def __init__(
        self,
        text: str = "",
        *,
        kind: Kind = Kind.PLAIN,
        size: Size = Size.BODY,
        bold: bool = False,
        wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        self.setProperty("kind", kind.value)
        self._size = size
        self._bold = bold
        self.size_text()
        self.setText(text)

    def size_text(self) -> None:
        """Take the text size of the tokens in use, after they changed."""
        font = self.font()
        font.setPointSizeF(getattr(tokens(), self._size.value))
        font.setWeight(QFont.Weight.DemiBold if self._bold else QFont.Weight.Normal)
        self.setFont(font)

    def set_kind(self, kind: Kind) -> None:
        """Show the label in another weight."""
        if self.property("kind") != kind.value:
            self.setProperty("kind", kind.value)
            self.style().unpolish(self)
            self.style().polish(self)
            # The style sheet puts back the font the label had when it was first polished.
            self.size_text()


class ElidedLabel(Label):
    """A label on one line that ends in … when it does not fit; its tooltip then says all of it."""

    def __init__(self, text: str = "", *, kind: Kind = Kind.PLAIN, size: Size = Size.BODY, bold: bool = False) -> None:
        super().__init__(text, kind=kind, size=size, bold=bold)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Give way to every neighbour."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        del event
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(plain_tip(self.text()) if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        align = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        painter.drawText(self.rect(), Qt.AlignmentFlag(align | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()


def heading(text: str) -> Label:
    """Make the small bold line above a pane."""
    made = Label(text.upper(), kind=Kind.SOFT, size=Size.SMALL, bold=True)
    font = made.font()
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 106)
    made.setFont(font)
    made.setAccessibleName(text)
    return made


def plain_tip(text: str) -> str:
    """Return a tooltip that shows a text as it is: Qt would read one that begins like markup as markup."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{escaped}</span>"
