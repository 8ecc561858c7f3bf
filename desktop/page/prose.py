"""Running text as HTML, and which addresses may become links."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from desktop.domain.text import Span, Text

_SCHEMES: Final = frozenset({"http", "https", "mailto"})
# Browsers drop these inside an address before they look at its scheme, so "java\nscript:" is a script to them.
_HIDDEN: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]")


def safe_address(href: str) -> str:
    """Return an address that may be a link (http, https, mailto or relative), "" for any other."""
    address = href.strip()
    if not address or _HIDDEN.search(address) or "\\" in address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme:
        return address if parts.scheme in _SCHEMES and (parts.netloc or parts.scheme == "mailto") else ""
    return "" if ":" in address.split("/")[0].split("?")[0].split("#")[0] else address


def is_external(address: str, own_hosts: Sequence[str]) -> bool:
    """Tell whether an address leaves the publisher's hosts; relative ones and mailto do not."""
    host = (urlsplit(address).hostname or "").rstrip(".")
    return bool(host) and not any(host == own or host.endswith(f".{own}") for own in own_hosts)


def link(words: Markup, href: str, external: str, own_hosts: Sequence[str]) -> Markup:
    """Make words a link; one that leaves the house says so to whoever listens. Words alone when it may not be one."""
    address = safe_address(href)
    if not address:
        return words
    if not is_external(address, own_hosts):
        return Markup(f'<a href="{escape(address)}">{words}</a>')  # noqa: S704 - escaped here, the words before
    told = f'{words}<span class="vh">, {escape(external)}</span>'
    return Markup(f'<a href="{escape(address)}" rel="external noopener noreferrer">{told}</a>')  # noqa: S704 - likewise


def prose(running: Text, external: str, own_hosts: Sequence[str]) -> Markup:
    """Write running text as HTML; neighbours that share an address are one link."""
    # Joined as plain text: joining Markup would escape everything a second time to find that it is escaped.
    written = []
    for href, spans in groupby(running, key=lambda span: span.href):
        words = "".join(map(_looks, spans))
        written.append(link(Markup(words), href, external, own_hosts) if href else words)  # noqa: S704 - escaped by `_looks`
    return Markup("".join(written))  # noqa: S704 - escaped by `_looks` and `link`


def lines(words: str) -> Markup:
    """Escape plain words, a line feed being a line break."""
    return Markup(str(escape(words)).replace("\n", "<br>"))  # noqa: S704 - escaped just before


def _looks(span: Span) -> str:
    words = str(escape(span.text)).replace("\n", "<br>")
    if span.italic:
        words = f"<em>{words}</em>"
    if span.bold:
        words = f"<strong>{words}</strong>"
    return words
