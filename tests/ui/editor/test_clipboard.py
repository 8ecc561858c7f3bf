from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from desktop.domain.blocks import Heading, InternalNote, List, Paragraph, Prose, Quote
from desktop.domain.text import Span, text
from ui.editor.cleaning import Cleaning
from ui.editor.clipboard import OWN_TYPE, blocks_of_plain, read_mime, write_mime
from ui.editor.pasted_page import prose_of_html

pytestmark = pytest.mark.usefixtures("qapp")


def blocks_of_html(page: str) -> tuple[Prose, ...]:
    return prose_of_html(page, Cleaning())


def test_plain_text_is_paragraphs() -> None:
    assert blocks_of_plain("one\r\n\r\n  two\n") == (Paragraph(text("one")), Paragraph(text("two")))


def test_a_page_keeps_bold_italic_and_safe_links_alone() -> None:
    page = (
        '<p style="color:red">Say <b>this</b> and <i>that</i>, '
        '<a href="https://example.org/a">here</a>, <a href="javascript:alert(1)">not here</a>.</p>'
        '<script>alert(1)</script><img src="https://tracker.example/pixel.gif"><p></p>'
    )
    assert blocks_of_html(page) == (
        Paragraph(
            (
                Span("Say "),
                Span("this", bold=True),
                Span(" and "),
                Span("that", italic=True),
                Span(", "),
                Span("here", href="https://example.org/a"),
                Span(", not here."),
            )
        ),
    )


def test_a_page_keeps_headings_lists_and_quotes() -> None:
    page = (
        "<h2>Roads <b>open</b></h2><ul><li>A49</li><li>A5</li></ul><ol><li>first</li></ol>"
        "<blockquote><p>We left.</p></blockquote>"
    )
    assert blocks_of_html(page) == (
        Heading(text("Roads open")),
        List((text("A49"), text("A5"))),
        List((text("first"),), ordered=True),
        Quote(text("We left.")),
    )


def test_the_bullets_a_word_processor_fakes_become_a_list() -> None:
    page = (
        "<html><body><!--StartFragment-->"
        '<p class="MsoListParagraph">·<span>&nbsp;&nbsp;&nbsp; </span>A49 shut</p>'
        '<p class="MsoListParagraph">·<span>&nbsp;&nbsp;&nbsp; </span>A5 open</p><!--EndFragment--></body></html>'
    )
    assert blocks_of_html(page) == (List((text("A49 shut"), text("A5 open"))),)


def test_two_lists_of_a_page_stay_two() -> None:
    assert blocks_of_html("<ul><li>a</li></ul><ul><li>b</li></ul>") == (List((text("a"),)), List((text("b"),)))


def test_our_own_blocks_come_back_whole() -> None:
    blocks = (Paragraph((Span("a", italic=True),)), InternalNote("ring back", "Jo"))
    assert read_mime(write_mime(blocks)).blocks == blocks


def test_damaged_blocks_of_our_own_are_nothing() -> None:
    data = QMimeData()
    data.setData(OWN_TYPE, b'[{"type": "nothing"}]')
    assert read_mime(data).blocks == ()


def test_a_copied_page_reads_the_same_in_other_programs() -> None:
    blocks = (Paragraph((Span("a <b> "), Span("c", bold=True, href="https://example.org/?a=1&b=2"))),)
    data = write_mime(blocks)
    assert data.text() == "a <b> c"
    assert blocks_of_html(data.html()) == blocks


def test_an_address_of_a_known_post_is_an_embed_and_others_are_links() -> None:
    data = QMimeData()
    data.setText(" https://x.com/EnvAgency/status/20\n")
    pasted = read_mime(data)
    assert pasted.embed is not None
    assert pasted.embed.provider == "x"
    data.setText("https://example.org/report")
    pasted = read_mime(data)
    assert pasted.embed is None
    assert pasted.blocks == (Paragraph((Span("https://example.org/report", href="https://example.org/report"),)),)


def test_pictures_come_as_files_or_pixels(tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.JPG")), QUrl.fromLocalFile(str(tmp_path / "a.txt"))])
    assert read_mime(data).pictures == (tmp_path / "a.JPG",)
    pixels = QMimeData()
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(0)
    pixels.setImageData(image)
    (png,) = read_mime(pixels).pictures
    assert isinstance(png, bytes)
    assert png.startswith(b"\x89PNG")


@given(st.text(st.sampled_from("<>/abipulo h2&;\u00a0·\ufffc\"='"), max_size=80))
def test_no_page_breaks_the_reading(page: str) -> None:
    for block in blocks_of_html(page):
        assert isinstance(block, Paragraph | Heading | List | Quote)
        assert "\ufffc" not in repr(block)
