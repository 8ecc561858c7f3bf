from pathlib import Path

import pytest

from desktop.domain.blocks import Heading, List, Paragraph, Prose, Quote
from desktop.domain.text import Span, text
from ui.editor.cleaning import Cleaning
from ui.editor.pasted_page import prose_of_html

pytestmark = pytest.mark.usefixtures("qapp")

HEADING = Heading(text("At the quay"))
PORT = Span("the port", href="https://port.example/notices?id=4")
SHUT = (Span("The "), Span("east pontoon", bold=True), Span(" is shut, says "), PORT)
BOATS = List(((Span("No boats before "), Span("six", italic=True)), text("Buses from the north gate")))
THEN = (Paragraph(text("Then:")), List((text("Divers"), text("Inspection")), ordered=True))
QUOTE = Quote(text("We open when it holds."))


def pasted(name: str) -> tuple[tuple[Prose, ...], str]:
    page = (Path(__file__).parent / "fixtures" / name).read_text(encoding="utf-8")
    cleaning = Cleaning()
    prose = prose_of_html(page, cleaning)
    return prose, cleaning.sentence(prose)


def test_what_comes_from_a_word_processor() -> None:
    assert pasted("word.html") == (
        (HEADING, Paragraph((*SHUT, Span("."))), BOATS, *THEN, QUOTE),
        "Pasted 2 paragraphs, a heading, 2 lists and a quote; removed 2 tracking parameters and fonts and colours",
    )


def test_what_comes_from_a_shared_document() -> None:
    assert pasted("docs.html") == (
        (HEADING, Paragraph((*SHUT, Span("."))), BOATS, *THEN),
        "Pasted 2 paragraphs, a heading and 2 lists; removed a tracking parameter and fonts and colours",
    )


def test_what_comes_from_a_site() -> None:
    prose, told = pasted("web.html")
    assert prose == (
        HEADING,
        Paragraph(text("The pontoon at noon")),
        Paragraph((*SHUT, Span(" and its office."))),
        Paragraph(text("See all notices.")),
        BOATS,
        *THEN,
        QUOTE,
    )
    assert told == (
        "Pasted 4 paragraphs, a heading, 2 lists and a quote; removed a tracking parameter, "
        "2 links readers could not follow, a picture that was not in it, an invisible character and fonts and colours"
    )


def test_what_goes_without_saying_is_not_said() -> None:
    cleaning = Cleaning()
    assert cleaning.sentence(prose_of_html("<p>One <b>line</b></p>", cleaning)) == ""
    prose = prose_of_html("<p>One</p><p>Two</p>", cleaning)
    assert cleaning.sentence(prose) == "Pasted 2 paragraphs"
