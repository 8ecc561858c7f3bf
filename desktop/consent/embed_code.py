"""Embed codes, as platforms hand them out: the post's address, and the words quoted in them."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Final
from urllib.parse import parse_qs, urlsplit

from desktop.consent.address import AddressRefused
from desktop.domain.words import tr

# Attributes in which embed codes carry the post's own address, the most trusted first.
_ADDRESS_ATTRIBUTES: Final = (
    "data-instgrm-permalink",
    "data-text-post-permalink",
    "data-bluesky-uri",
    "data-telegram-post",
    "data-href",
    "cite",
)
_AT_URI: Final = re.compile(
    r"(?:at://|^https://embed\.bsky\.app/embed/)(?P<actor>[^/]+)/app\.bsky\.feed\.post/(?P<id>[a-z0-9]+)"
)
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# "May 1, 2026", as the codes have it, and the form of <time>.
_DAY: Final = re.compile(rf"(?P<month>{'|'.join(_MONTHS)}) (?P<day>\d{{1,2}}), (?P<year>\d{{4}})")
_ISO_DAY: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")
_AUTHOR: Final = re.compile(r"^\s*[—–-]\s*(?P<author>[^\n]+?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class EmbedCode:
    """What an embed code holds: the post's address, the words quoted in it, who wrote them ("" when not said) and when.

    Codes tell a day alone: `posted_at` is its noon in UTC, which is that day nearly everywhere.
    """

    address: str
    quoted: str = ""
    author: str = ""
    posted_at: datetime | None = None


def read_embed_code(code: str) -> EmbedCode:
    """Read an embed code; one that names no post raises AddressRefused."""
    found = _Finder()
    found.feed(code)
    found.close()
    address = found.address()
    if not address:
        message = tr("This embed code names no post.")
        raise AddressRefused(message, next_action=tr("Paste the address of the post instead."))
    return EmbedCode(_unwrap(address), found.quoted(), found.author(), found.posted_at())


@dataclass
class _Quotation:
    paragraphs: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._attributes: dict[str, str] = {}
        self._frames: list[str] = []
        self._charts: list[str] = []
        self._quotation = _Quotation()
        self._depth = 0
        self._in_paragraph = False
        self._in_link = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        for name in _ADDRESS_ATTRIBUTES:
            if named.get(name):
                self._attributes.setdefault(name, named[name])
        match tag:
            case "iframe" if named.get("src"):
                self._frames.append(named["src"])
            case "div" if "flourish-embed" in named.get("class", "").split():
                self._charts.append(named.get("data-src", ""))
            case "blockquote":
                self._depth += 1
            case "p" if self._depth:
                self._in_paragraph = True
                self._quotation.paragraphs.append("")
            case "br":
                self.handle_data("\n")
            case "a" if self._depth and named.get("href"):
                self._quotation.links.append(named["href"])
                self._in_link = True
            case "time" if self._depth:
                self._quotation.days.append(named.get("datetime", ""))
            case _:
                pass

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            self._depth = max(0, self._depth - 1)
        elif tag == "p":
            self._in_paragraph = False
        elif tag == "a":
            self._in_link = False

    def handle_data(self, data: str) -> None:
        if not self._depth:
            return
        if self._in_paragraph:
            self._quotation.paragraphs[-1] += data
        elif self._in_link:
            # What closes a quotation is a link that bears the day.
            self._quotation.days.append(data)
        else:
            self._quotation.after.append(data)

    def address(self) -> str:
        for name in _ADDRESS_ATTRIBUTES:
            if value := self._attributes.get(name):
                return f"https://t.me/{value}" if name == "data-telegram-post" else value
        if self._charts:
            return f"https://public.flourish.studio/{self._charts[0].partition('?')[0].strip('/')}/"
        if self._quotation.links:
            # The post's own link closes the quotation; links before it are part of what was said.
            return self._quotation.links[-1]
        return self._frames[0] if self._frames else ""

    def quoted(self) -> str:
        return "\n".join(filter(None, (paragraph.strip() for paragraph in self._quotation.paragraphs)))

    def author(self) -> str:
        match = _AUTHOR.search("".join(self._quotation.after))
        return match["author"] if match else ""

    def posted_at(self) -> datetime | None:
        for said in self._quotation.days:
            if match := _DAY.search(said):
                return _noon(int(match["year"]), _MONTHS.index(match["month"]) + 1, int(match["day"]))
            if match := _ISO_DAY.match(said):
                return _noon(int(match["year"]), int(match["month"]), int(match["day"]))
        return None


def _noon(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, 12, tzinfo=UTC)
    except ValueError:
        # A day no calendar has says nothing.
        return None


def _unwrap(address: str) -> str:
    """Return the post inside a player's or plugin's own address."""
    if match := _AT_URI.search(address):
        return f"https://bsky.app/profile/{match['actor']}/post/{match['id']}"
    try:
        parts = urlsplit(address if "//" in address else f"https://{address}")
    except ValueError:
        return address
    host, query = parts.netloc.lower(), parse_qs(parts.query)
    match host:
        case "www.facebook.com" if parts.path.startswith("/plugins/") and "href" in query:
            return query["href"][0]
        case "w.soundcloud.com" if "url" in query:
            return query["url"][0]
        case "player.twitch.tv" if "video" in query:
            return f"https://www.twitch.tv/videos/{query['video'][0].lstrip('v')}"
        case "player.twitch.tv" if "channel" in query:
            return f"https://www.twitch.tv/{query['channel'][0]}"
        case "clips.twitch.tv" if "clip" in query:
            return f"https://clips.twitch.tv/{query['clip'][0]}"
        case _:
            return address
