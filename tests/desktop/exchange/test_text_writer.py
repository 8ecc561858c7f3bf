from dataclasses import replace
from uuid import UUID

from desktop.domain.blocks import (
    Heading,
    InternalNote,
    Paragraph,
    Quote,
)
from desktop.domain.entry import Correction, Stage, Withdrawal
from desktop.domain.text import Span, text
from tests.desktop.exchange.worded import NOON, entry, page, trimmed


def test_looks_are_not_carried_and_links_that_leave_say_so() -> None:
    told = entry(
        Paragraph((Span("Read "), Span("this", bold=True, href="https://a.example/"), Span(" now."))),
        Paragraph((Span("And "), Span("that", href="/inside"))),
        Heading(text("A heading")),
        Quote(text("Said."), "Somebody"),
        InternalNote("Secret", "desk"),
    )
    lines = trimmed(page(told))
    assert lines[1:] == ["Read this, external now.", "And that", "A heading", "Said.", "— Somebody"]


def test_a_withdrawn_and_a_corrected_entry_say_so() -> None:
    corrected = replace(entry(headline="B"), corrections=(Correction("It was ten.", NOON),), byline=("A", "B"))
    withdrawn = replace(entry(Paragraph(text("Gone."))), withdrawal=Withdrawal("It was not so.", NOON))
    written = page(corrected, replace(withdrawn, id=UUID(int=9)))
    assert "It was ten." in written
    assert "By A and B" in written
    assert "It was not so." in written
    assert "Gone." not in written


def test_drafts_are_not_printed() -> None:
    assert "A headline" not in page(replace(entry(), stage=Stage.DRAFT))
