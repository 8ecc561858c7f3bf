"""Third parties named in markup that a browser or a mail program would ask by itself, found without running it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

# Attributes whose address is asked without anybody clicking. Links of the class "a" and "area" are not among them.
_ASKING: Final = {
    "script": ("src",),
    "iframe": ("src", "srcdoc"),
    "frame": ("src",),
    "img": ("src", "srcset"),
    "image": ("href", "xlink:href"),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
    "body": ("background",),
    "td": ("background",),
    "table": ("background",),
}
_ASKING_LINKS: Final = frozenset(
    {
        "apple-touch-icon",
        "dns-prefetch",
        "icon",
        "manifest",
        "modulepreload",
        "preconnect",
        "prefetch",
        "preload",
        "prerender",
        "stylesheet",
    }
)


@dataclass(frozen=True, slots=True)
class Named:
    """A third party's address, and the element that would ask it."""

    element: str
    address: str


def strangers_in(markup: str, own_hosts: Iterable[str] = ()) -> tuple[Named, ...]:
    """Return every third party that markup would ask by itself, `<noscript>` and `srcdoc` included."""
    own = frozenset(own_hosts)
    finder = _Finder()
    finder.feed(markup)
    finder.close()
    return tuple(named for named in finder.found if _host(named.address) and _host(named.address) not in own)


def policies_in(markup: str) -> tuple[str, ...]:
    """Return the Content-Security-Policies that a document states in its own head."""
    finder = _Finder()
    finder.feed(markup)
    finder.close()
    return tuple(finder.policies)


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Named] = []
        self.policies: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "link" and _ASKING_LINKS & set(named.get("rel", "").lower().split()):
            self.found.append(Named("link", named.get("href", "")))
        if tag == "meta" and named.get("http-equiv", "").lower() == "refresh":
            self.found.append(Named("meta", named.get("content", "").partition("=")[2].strip("'\" ")))
        if tag == "meta" and named.get("http-equiv", "").lower() == "content-security-policy":
            self.policies.append(named.get("content", ""))
        for attribute in _ASKING.get(tag, ()):
            value = named.get(attribute, "")
            if attribute == "srcdoc":
                inner = _Finder()
                inner.feed(value)
                inner.close()
                self.found.extend(inner.found)
            elif value:
                self.found.extend(Named(tag, address) for address in _addresses(attribute, value))


def _addresses(attribute: str, value: str) -> Iterator[str]:
    if attribute == "srcset":
        yield from (part.split()[0] for part in value.split(",") if part.split())
    else:
        yield value


def _host(address: str) -> str:
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:
        # What cannot be read is not waved through.
        return address
