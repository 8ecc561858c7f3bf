"""What comes in through the clipboard or a drop, as blocks; and what goes out."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

from desktop.domain.block_codec import block_from_json, block_to_json
from desktop.domain.blocks import GENERIC_PROVIDER, Block, Embed, Heading, List, Paragraph, Quote, words
from desktop.domain.problem import Problem
from desktop.domain.text import Span, Text, text
from ui.editor.cleaning import Cleaning
from ui.editor.lines import fit
from ui.editor.pasted_page import MAX_HTML, prose_of_html

OWN_TYPE: Final = "application/x-newsroom-blocks+json"
_PICTURES: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif"})
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was pasted: blocks or pictures. `address` is the one address it consists of, `embed` the post there.

    `told` says what came and what was taken away from it, "" when that goes without saying.
    """

    blocks: tuple[Block, ...] = ()
    pictures: tuple[Path | bytes, ...] = ()
    address: str = ""
    embed: Embed | None = None
    told: str = ""


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
    cleaning = Cleaning()
    if _ADDRESS.fullmatch(plain):
        address = cleaning.link(plain)
        blocks = (Paragraph((Span(address, href=address),)),)
        return Pasted(blocks, address=address, embed=_embed(plain), told=cleaning.sentence(()))
    html = data.html() if data.hasHtml() else ""
    if html and len(html) <= MAX_HTML:
        prose = prose_of_html(html, cleaning)
        return Pasted(prose, told=cleaning.sentence(prose))
    return read_plain(data)


def read_plain(data: QMimeData) -> Pasted:
    """Read what is pasted as plain text alone."""
    cleaning = Cleaning()
    blocks = blocks_of_plain(cleaning.text(data.text())) if data.hasText() else ()
    return Pasted(blocks, told=cleaning.sentence(blocks))


def blocks_of_plain(typed: str) -> tuple[Block, ...]:
    """Turn plain text into paragraphs, one a line; empty lines only divide."""
    return tuple(Paragraph(text(line.strip())) for line in fit(typed).split("\n") if line.strip())


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
