"""A page from the clipboard as prose: from a word processor, a shared document or a site."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QFont, QTextBlock, QTextDocument, QTextListFormat

from desktop.domain.blocks import Prose
from desktop.domain.text import Span, Text, join, plain
from ui.editor.cleaning import Cleaning, Dirt
from ui.editor.lines import Kind, Line, cut, fit_text, prose_of

MAX_HTML: Final = 2_000_000
# Word writes list items as paragraphs that begin with a glyph or a number and a run of blanks.
_BULLET: Final = re.compile(r"^[·•▪‣◦§o][\u00a0\t ]{2,}|^[•▪‣◦][\u00a0\t ]+")
_NUMBER: Final = re.compile(r"^(?:\d{1,3}|[a-z])[.)](?:[\u00a0\t ]*\u00a0[\u00a0\t ]*|[\t ]{2,})")
_FAKED: Final = ((_BULLET, Kind.BULLET), (_NUMBER, Kind.NUMBER))
_QUOTE_MARGIN: Final = 40
_BEGINS: Final = re.compile(r"<!--StartFragment-->|<body[^>]*>", re.IGNORECASE)
_LOOKS: Final = re.compile(r"<font\b|<[^>]+\bstyle\s*=[^>]*(?:font-family|font-size|color|background)", re.IGNORECASE)
_PICTURE: Final = re.compile(r"<img\b", re.IGNORECASE)
# Qt reads these as text, or not at all: what a word processor wraps around what it says twice.
_WRAPPED: Final = re.compile(r"<!\[[^>]*>|</?o:p[^>]*>", re.IGNORECASE)
_WORD_QUOTE: Final = re.compile(r"<p[^>]*class=\"?Mso(?:Intense)?Quote\b[^>]*>(.*?)</p>", re.IGNORECASE | re.DOTALL)


class _Page(QTextDocument):
    """A page that loads nothing it names: neither pictures nor style sheets, from no place."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Give nothing."""
        del kind, name
        return QByteArray()


def prose_of_html(html: str, cleaning: Cleaning) -> tuple[Prose, ...]:
    """Turn a page into prose: bold, italic, safe links, headings, lists and quotes; everything else is left out."""
    found = list(_BEGINS.finditer(html))
    body = html[found[-1].end() :] if found else html
    cleaning.found[Dirt.LOOKS] += bool(_LOOKS.search(body))
    cleaning.found[Dirt.PICTURE] += len(_PICTURE.findall(body))
    page = _Page()
    page.setUndoRedoEnabled(False)
    page.setHtml(_WORD_QUOTE.sub(r"<blockquote><p>\1</p></blockquote>", _WRAPPED.sub("", body)))
    lines: list[Line] = []
    block, above = page.begin(), -1
    while block.isValid():
        line = _line(block, cleaning)
        if line.text:
            group = block.textList().objectIndex() if block.textList() is not None else -1
            begins = bool(lines) and lines[-1].kind is line.kind and group != above and group >= 0
            lines.append(Line(line.kind, line.text, begins))
            above = group
        block = block.next()
    return prose_of(_with_sources(lines))


def _with_sources(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        yield line
        if line.kind is Kind.QUOTE:
            yield Line(Kind.SOURCE)


def _line(block: QTextBlock, cleaning: Cleaning) -> Line:
    kind = _kind(block)
    spans: list[Span] = []
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        place += 1
        look = fragment.charFormat()
        # A picture leaves the place of an object, which is counted as the picture it was.
        said = cleaning.text(fragment.text().replace("\ufffc", ""))
        is_bold = look.fontWeight() >= QFont.Weight.DemiBold and kind is not Kind.HEADING
        spans.append(Span(said, is_bold, look.fontItalic(), cleaning.link(look.anchorHref()) if said else ""))
    running = _trimmed(join(spans))
    for pattern, faked in _FAKED if kind is Kind.PARAGRAPH else ():
        if mark := pattern.match(plain(running)):
            return Line(faked, _trimmed(cut(running, mark.end())[1]))
    return Line(kind, running)


def _kind(block: QTextBlock) -> Kind:
    listed = block.textList()
    shape = block.blockFormat()
    if shape.headingLevel():
        return Kind.HEADING
    if listed is not None:
        is_numbered = listed.format().style().value <= QTextListFormat.Style.ListDecimal.value
        return Kind.NUMBER if is_numbered else Kind.BULLET
    # Qt reads a quotation as a paragraph set in from both sides.
    is_quote = shape.leftMargin() >= _QUOTE_MARGIN and shape.rightMargin() >= _QUOTE_MARGIN
    return Kind.QUOTE if is_quote else Kind.PARAGRAPH


def _trimmed(running: Text) -> Text:
    spans = list(running)
    if spans:
        first = spans[0]
        spans[0] = Span(first.text.lstrip(), first.bold, first.italic, first.href)
        last = spans[-1]
        spans[-1] = Span(last.text.rstrip(), last.bold, last.italic, last.href)
    return fit_text(join(spans))
