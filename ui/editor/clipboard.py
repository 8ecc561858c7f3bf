"""What comes in through the clipboard or a drop, as blocks; and what goes out."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QFont, QImage, QImageWriter, QTextBlock, QTextDocument, QTextListFormat

from desktop.checks.findings import LINK_SCHEMES
from desktop.domain.block_codec import block_from_json, block_to_json
from desktop.domain.blocks import GENERIC_PROVIDER, Block, Embed, Heading, List, Paragraph, Quote, words
from desktop.domain.problem import Problem
from desktop.domain.text import Span, Text, join, text
from ui.editor.lines import Kind, Line, fit, fit_text, prose_of

OWN_TYPE: Final = "application/x-newsroom-blocks+json"
MAX_HTML: Final = 2_000_000
_PICTURES: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif"})
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")
# Word writes list items as paragraphs that begin with a glyph and a run of blanks.
_BULLET: Final = re.compile(r"^[·•▪‣◦§o][\u00a0\t ]{2,}|^[•▪‣◦][\u00a0\t ]+")
_OBJECT: Final = "\ufffc"
_QUOTE_MARGIN: Final = 40
_HTML_BEGINS: Final = re.compile(r"<!--StartFragment-->|<body[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was pasted: blocks or pictures. `address` is the one address it consists of, `embed` the post there."""

    blocks: tuple[Block, ...] = ()
    pictures: tuple[Path | bytes, ...] = ()
    address: str = ""
    embed: Embed | None = None


class _Page(QTextDocument):
    """A page that loads nothing it names: neither pictures nor style sheets, from no place."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Give nothing."""
        del kind, name
        return QByteArray()


def read_mime(data: QMimeData) -> Pasted:
    """Read what is pasted or dropped: our own blocks, pictures, a page, or plain text."""
    if data.hasFormat(OWN_TYPE):
        return Pasted(_own(bytes(data.data(OWN_TYPE).data())))
    pictures = tuple(
        Path(url.toLocalFile())
        for url in data.urls()
        if url.isLocalFile() and Path(url.toLocalFile()).suffix.lower() in _PICTURES
    )
    if pictures:
        return Pasted(pictures=pictures)
    plain = fit(data.text()).strip() if data.hasText() else ""
    if data.hasImage() and not plain:
        return Pasted(pictures=(_png(data.imageData()),))
    if _ADDRESS.fullmatch(plain):
        blocks = (Paragraph((Span(plain, href=plain),)),)
        return Pasted(blocks, address=plain, embed=_embed(plain))
    html = data.html() if data.hasHtml() else ""
    if html and len(html) <= MAX_HTML:
        return Pasted(blocks_of_html(html))
    return Pasted(blocks_of_plain(data.text()) if data.hasText() else ())


def blocks_of_plain(typed: str) -> tuple[Block, ...]:
    """Turn plain text into paragraphs, one a line; empty lines only divide."""
    return tuple(Paragraph(text(line.strip())) for line in fit(typed).split("\n") if line.strip())


def blocks_of_html(html: str) -> tuple[Block, ...]:
    """Turn a page into prose: bold, italic, safe links, headings, lists and quotes; everything else is left out."""
    page = _Page()
    page.setUndoRedoEnabled(False)
    found = list(_HTML_BEGINS.finditer(html))
    page.setHtml(html[found[-1].end() :] if found else html)
    lines: list[Line] = []
    block = page.begin()
    above = -1
    while block.isValid():
        line = _line(block)
        if line.text:
            group = block.textList().objectIndex() if block.textList() is not None else -1
            begins = bool(lines) and lines[-1].kind is line.kind and group != above and group >= 0
            lines.append(Line(line.kind, line.text, begins))
            above = group
        block = block.next()
    return tuple(prose_of(_with_sources(lines)))


def _with_sources(lines: Iterable[Line]) -> list[Line]:
    found: list[Line] = []
    for line in lines:
        found.append(line)
        if line.kind is Kind.QUOTE:
            found.append(Line(Kind.SOURCE))
    return found


def _line(block: QTextBlock) -> Line:
    kind = _kind(block)
    spans: list[Span] = []
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        place += 1
        look = fragment.charFormat()
        said = fit(fragment.text().replace(_OBJECT, ""))
        is_bold = look.fontWeight() >= QFont.Weight.DemiBold and kind is not Kind.HEADING
        spans.append(Span(said, is_bold, look.fontItalic(), _safe(look.anchorHref())))
    running = _trimmed(join(spans))
    if kind is Kind.PARAGRAPH and running and (glyph := _BULLET.match(running[0].text)):
        first = running[0]
        rest = Span(first.text[glyph.end() :], first.bold, first.italic, first.href)
        return Line(Kind.BULLET, _trimmed(join((rest, *running[1:]))))
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


def _safe(href: str) -> str:
    try:
        return fit(href) if urlsplit(href).scheme.lower() in LINK_SCHEMES else ""
    except ValueError:
        return ""


def _own(data: bytes) -> tuple[Block, ...]:
    try:
        return tuple(block_from_json(each) for each in json.loads(data))
    except (Problem, ValueError, TypeError):
        return ()


def _png(image: object) -> bytes:
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if isinstance(image, QImage):
        QImageWriter(buffer, b"png").write(image)
    return bytes(kept.data())


def _embed(address: str) -> Embed | None:
    from desktop.consent.recognise import recognise  # noqa: PLC0415 - names of hosts need big tables, not at the start

    try:
        found = recognise(address)
    except Problem:
        return None
    return found if found.provider != GENERIC_PROVIDER else None


def write_mime(blocks: Iterable[Block]) -> QMimeData:
    """Put blocks on the clipboard: as our own, as a simple page, and as plain text."""
    kept = tuple(blocks)
    data = QMimeData()
    data.setData(OWN_TYPE, json.dumps([block_to_json(block) for block in kept]).encode())
    data.setHtml("".join(_html(block) for block in kept))
    data.setText("\n".join(words(block) for block in kept))
    return data


def _html(block: Block) -> str:
    match block:
        case Heading():
            return f"<h3>{_runs(block.text)}</h3>"
        case List():
            mark = "ol" if block.ordered else "ul"
            return f"<{mark}>{''.join(f'<li>{_runs(item)}</li>' for item in block.items)}</{mark}>"
        case Quote():
            source = f"<p>— {escape(block.source)}</p>" if block.source else ""
            return f"<blockquote><p>{_runs(block.text)}</p></blockquote>{source}"
        case Paragraph():
            return f"<p>{_runs(block.text)}</p>"
        case _:
            return f"<p>{escape(words(block))}</p>"


def _runs(running: Text) -> str:
    return "".join(_run(span) for span in running)


def _run(span: Span) -> str:
    said = escape(span.text).replace("\n", "<br>")
    if span.bold:
        said = f"<strong>{said}</strong>"
    if span.italic:
        said = f"<em>{said}</em>"
    return f'<a href="{escape(span.href)}">{said}</a>' if span.href else said
