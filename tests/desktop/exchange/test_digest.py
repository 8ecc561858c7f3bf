import re
from dataclasses import replace

import html5lib
import pytest

from desktop.domain.blocks import Embed, Paragraph
from desktop.domain.entry import Withdrawal
from desktop.domain.text import text
from desktop.exchange.digest import MAX_BYTES, NEWEST, digest
from desktop.page.house import House
from tests.desktop.exchange.exported import sample

LOADING = {
    "script",
    "style",
    "link",
    "img",
    "iframe",
    "object",
    "embed",
    "video",
    "audio",
    "source",
    "form",
    "button",
    "input",
}


def test_a_mail_loads_nothing_and_offers_no_button() -> None:
    tree = html5lib.parse(digest(sample()).html, namespaceHTMLElements=False)
    assert LOADING.isdisjoint(element.tag for element in tree.iter())
    for element in tree.iter():
        assert not [name for name in element.attrib if name.startswith("on") or name in {"src", "srcset", "background"}]
        assert "url(" not in element.get("style", "")


def test_both_forms_say_the_same_words() -> None:
    shown, made = sample(), digest(sample())
    told = made.text.decode()
    html = "".join(html5lib.parse(made.html, namespaceHTMLElements=False).itertext())
    for sentence in [
        shown.coverage.headline,
        *(point.text for point in shown.coverage.summary),
        *(entry.headline for entry in shown.entries[:NEWEST]),
    ]:
        assert sentence in html
        assert sentence in re.sub(r"\s+", " ", told)
    assert shown.entries[NEWEST].headline not in html


def test_a_post_is_its_quotation_author_date_and_link() -> None:
    shown = sample()
    embeds = [block for entry in shown.entries[:NEWEST] for block in entry.blocks if isinstance(block, Embed)]
    told = re.sub(r"\s*\n>?\s*", " ", digest(shown).text.decode())
    assert embeds
    for embed in embeds:
        assert re.sub(r"\s+", " ", embed.quoted) in told
        assert embed.author in told
        assert f"<{embed.address}>" in told


def test_a_long_page_stays_below_what_mail_programs_cut() -> None:
    shown = sample()
    long = tuple(replace(entry, blocks=(Paragraph(text("Water. " * 4_000)),)) for entry in shown.entries)
    made = digest(replace(shown, entries=long))
    assert len(made.html) < MAX_BYTES
    assert all(entry.headline.encode() in made.html for entry in long[:NEWEST])
    assert made.html.count(b"Water. Water.") == 3 * 2_000


def test_no_line_of_text_is_longer_than_mails_have_them() -> None:
    lines = digest(sample()).text.decode().splitlines()
    assert [line for line in lines if len(line) > 76 and "://" not in line] == []


def test_of_a_withdrawn_entry_the_reason_is_told() -> None:
    shown = sample()
    gone = replace(shown.entries[0], withdrawal=Withdrawal("The figure was wrong.", shown.entries[0].at))
    made = digest(replace(shown, entries=(gone, *shown.entries[1:])))
    assert b"The figure was wrong." in made.html
    assert shown.entries[0].headline.encode() not in made.html + made.text


@pytest.mark.parametrize("words", ["</title><script>alert(1)</script>", "a & b <i>c</i>", "\ufffe\uffff"])
def test_hostile_words_stay_words(words: str) -> None:
    shown = sample()
    coverage = replace(shown.coverage, headline=words)
    entry = replace(shown.entries[0], headline=words, blocks=(Paragraph(text(words)),))
    tree = html5lib.parse(digest(replace(shown, coverage=coverage, entries=(entry,))).html, namespaceHTMLElements=False)
    assert LOADING.isdisjoint(element.tag for element in tree.iter())
    assert tree.findtext("body/h1") == words.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def test_where_the_page_is_known_headlines_lead_to_it() -> None:
    shown = sample()
    values = {**shown.house.values, "publisher.address": "https://news.example/live/{page}/"}
    made = digest(replace(shown, house=House.resolve("mine", values, "The house profile")))
    assert f'href="https://news.example/live/{shown.coverage.id}/page-2.html#'.encode() in made.html


def test_a_page_with_nothing_yet_says_so() -> None:
    shown = sample()
    made = digest(replace(shown, entries=()))
    assert shown.house.word("copy.no_entries").encode() in made.text
