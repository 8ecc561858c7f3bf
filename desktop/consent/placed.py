"""The embeds of a page, each with the id of the element that holds it."""

from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

from desktop.consent.address import AddressRefused
from desktop.consent.recognise import recognise
from desktop.domain.blocks import Embed
from desktop.domain.entry import Entry, for_readers

# Elements that never have an end tag.
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


@dataclass(frozen=True, slots=True)
class Placed:
    """An embed and the `id` of its element; `frame` is the relative address of the document that loads it, or ""."""

    id: str
    embed: Embed
    frame: str = ""


def embeds_of(entries: Iterable[Entry]) -> tuple[Placed, ...]:
    """Place the embeds of entries as the page does: an element's id is its entry's, a dash and its block's number."""
    return tuple(
        Placed(f"{entry.id}-{index}", block)
        for entry in entries
        if not entry.withdrawal
        for index, block in enumerate(for_readers(entry).blocks)
        if isinstance(block, Embed)
    )


def embeds_on(html: str) -> tuple[Placed, ...]:
    """Find the embeds of a page that somebody else rendered, by the marks its gate leaves on it.

    An embed is an element of the class "embed" with an id; its post is the link inside the class "original".
    """
    finder = _Finder()
    finder.feed(html)
    finder.close()
    return tuple(finder.found)


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Placed] = []
        # The elements that are open inside an embed, its own first.
        self._open: list[str] = []
        self._original = 0
        self._id = ""
        self._frame = ""
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        classes = named.get("class", "").split()
        if not self._open:
            if "embed" in classes and named.get("id"):
                self._open = [tag]
                self._id, self._frame, self._address = named["id"], named.get("data-frame", ""), ""
            return
        if tag not in _VOID:
            self._open.append(tag)
        if "original" in classes and not self._original:
            self._original = len(self._open)
        if tag == "a" and self._original and not self._address:
            self._address = named.get("href", "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # HTML knows no self-closing elements; the slash says nothing.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while self._open.pop() != tag:
            pass
        if len(self._open) < self._original:
            self._original = 0
        if not self._open:
            self.found.append(Placed(self._id, _embed(self._address), self._frame))


def _embed(address: str) -> Embed:
    try:
        return recognise(address)
    except AddressRefused:
        return Embed()
