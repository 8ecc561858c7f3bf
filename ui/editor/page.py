"""The page of the editor as it lies on the desk: strips, tools, paper and foot, and what happens between them."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.editor.find_bar import FindBar
from ui.editor.footer import Footer
from ui.editor.link_field import LinkField
from ui.editor.manuscript import Manuscript
from ui.editor.pictures import Pictures
from ui.editor.prose_edit import ProseEdit
from ui.editor.slash import Offer, SlashList
from ui.editor.spelling import Spelling
from ui.editor.strips import NoticeStrip, StatusStrip
from ui.editor.text_edit import TextEdit
from ui.editor.toolbar import Toolbar
from ui.theme import tokens

_WIDEST: Final = 820


class Page(QWidget):
    """Holds the parts of the editor; knows nothing of entries."""

    def __init__(self, pictures: Pictures, spelling: Spelling) -> None:
        super().__init__()
        self.manuscript = Manuscript(pictures, spelling)
        self.toolbar = Toolbar()
        self.status = StatusStrip()
        self.notice = NoticeStrip()
        self.footer = Footer()
        self.link_field = LinkField(self)
        self.slash = SlashList(self)
        self.find_bar = FindBar(self.manuscript)
        self.find_bar.shown.connect(self._on_found)
        self._linked: ProseEdit | None = None
        self._body = QWidget()
        self._paper = QScrollArea()
        self._lay_out()
        self.manuscript.caret_moved.connect(self._on_caret_moved)
        self.manuscript.link_requested.connect(self._on_link)
        self.toolbar.kind_chosen.connect(self.manuscript.set_kind)
        self.toolbar.bold_chosen.connect(self._on_bold)
        self.toolbar.italic_chosen.connect(self._on_italic)
        self.toolbar.link_chosen.connect(self._on_link)
        self.toolbar.block_chosen.connect(self.manuscript.insert)
        self.manuscript.canvas.slashed.connect(self._on_slashed)
        self.slash.chosen.connect(self._on_offer)
        self.link_field.chosen.connect(self._on_link_chosen)
        self.link_field.closed.connect(self._on_link_closed)

    def begin(self) -> None:
        """Get ready for another entry: the top of the paper, nothing half done."""
        self.notice.hide()
        self.link_field.hide()
        self.slash.close_list()
        self.find_bar.stop()
        self._paper.verticalScrollBar().setValue(0)

    def show_looks(self) -> None:
        """Show in the tools what stands at the caret."""
        self.toolbar.show_looks(*self.manuscript.looks())

    def _lay_out(self) -> None:
        look = tokens()
        self.manuscript.setMaximumWidth(_WIDEST)
        middle = QHBoxLayout(self._body)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self.manuscript)
        self._paper.setFrameShape(QFrame.Shape.NoFrame)
        self._paper.setWidgetResizable(True)
        self._paper.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._paper.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._paper.setWidget(self._body)
        for each in (self._body, self._paper.viewport()):
            each.setAutoFillBackground(False)
        tools = QHBoxLayout()
        tools.setContentsMargins(look.space_l, 0, look.space_l, look.space_xs)
        tools.addWidget(self.toolbar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.status)
        column.addWidget(self.notice)
        column.addLayout(tools)
        column.addWidget(self.find_bar)
        column.addWidget(self._paper, 1)
        column.addWidget(self.footer)

    def _on_caret_moved(self) -> None:
        self.show_looks()
        caret = self.manuscript.caret_rectangle()
        if caret.isValid():
            self._bring_into_view(caret)

    def _on_found(self, surface: TextEdit) -> None:
        caret = surface.cursorRect()
        self._bring_into_view(QRect(surface.mapTo(self.manuscript, caret.topLeft()), caret.size()))

    def _bring_into_view(self, caret: QRect) -> None:
        inside = self.manuscript.mapTo(self._body, caret.topLeft())
        margin = tokens().space_xl
        height = min(caret.height(), self._paper.viewport().height() // 2)
        self._paper.ensureVisible(inside.x(), inside.y(), 0, margin)
        self._paper.ensureVisible(inside.x(), inside.y() + height, 0, margin)

    def _on_slashed(self) -> None:
        if (prose := self.manuscript.canvas.focused_prose()) is not None:
            self.slash.open(prose)

    def _on_offer(self, offer: Offer) -> None:
        prose = self.manuscript.canvas.focused_prose()
        if offer.kind is not None and prose is not None:
            prose.become(offer.kind, offer.step)
        else:
            self.manuscript.put_in_place(offer.blocks, offer.step)

    def _on_bold(self) -> None:
        if (prose := self.manuscript.canvas.focused_prose()) is not None:
            prose.toggle_bold()

    def _on_italic(self) -> None:
        if (prose := self.manuscript.canvas.focused_prose()) is not None:
            prose.toggle_italic()

    def _on_link(self) -> None:
        prose = self.manuscript.canvas.focused_prose()
        if prose is None:
            return
        href = prose.select_link()
        if href or prose.textCursor().hasSelection():
            self._linked = prose
            at = prose.mapTo(self, prose.cursorRect().bottomLeft()) + QPoint(-tokens().space_xl, tokens().space_xs)
            self.link_field.ask(href, at.x(), at.y())

    def _on_link_chosen(self, href: str) -> None:
        if self._linked is not None:
            self._linked.setFocus(Qt.FocusReason.OtherFocusReason)
            self._linked.set_link(href)

    def _on_link_closed(self) -> None:
        if self._linked is not None:
            self._linked.setFocus(Qt.FocusReason.OtherFocusReason)
