"""An entry on somebody else's page holds nothing that page would run, take away or load."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from uuid import UUID

from hypothesis import given, settings

from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.page.guest_html import entry_html, title_html
from desktop.page.house import House
from tests.strategies import ENTRIES

HOUSE = House.shipped()
# What WordPress leaves to a user without the right to unfiltered HTML, of what is written here.
KEPT = {
    "a": {"href", "rel", "aria-label"},
    "button": {"type"},
    "img": {"src", "alt", "width", "height"},
    "div": {"role", "hidden", "aria-label"},
}
TAGS = {
    "div",
    "p",
    "h2",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "strong",
    "em",
    "small",
    "br",
    "a",
    "img",
    "button",
    "span",
}


class Seen(HTMLParser):
    """Collects tags and attributes a filter would take away."""

    def __init__(self) -> None:
        super().__init__()
        self.lost: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        allowed = KEPT.get(tag, set())
        self.lost += [tag] if tag not in TAGS else []
        self.lost += [
            name for name, _ in attributes if name not in allowed and name != "class" and not name.startswith("data-")
        ]


@settings(max_examples=50, deadline=None)
@given(ENTRIES)
def test_whatever_an_entry_holds_a_filter_leaves_it_as_it_is(entry: Entry) -> None:
    html = entry_html(entry, HOUSE, "Europe/Berlin", {}, "op", banner="", has_gates=True)
    seen = Seen()
    seen.feed(html)
    assert seen.lost == []
    assert "[" not in html
    assert not re.search(r">\s*https?://[^\s<]+\s*<", html)


def test_a_headline_runs_nothing() -> None:
    assert title_html('[gallery ids="1"] <b>') == "&#91;gallery ids=&#34;1&#34;] &lt;b&gt;"


def test_a_withdrawn_entry_says_why_and_nothing_else() -> None:
    entry = Entry(id=new_id(), coverage_id=UUID(int=1), at=datetime(2026, 1, 1, tzinfo=UTC), headline="Gone")
    html = entry_html(entry, HOUSE, "UTC", {}, "op", banner="A rehearsal", has_gates=True)
    assert 'data-nc-mark="rehearsal"' in html
    assert f'data-nc-id="{entry.id}"' in html
