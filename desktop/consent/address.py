"""Web addresses readers may be sent to, and a sentence for each that they may not."""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Final, NoReturn
from urllib.parse import quote, urlsplit

import idna

from desktop.domain.problem import Problem
from desktop.domain.words import tr

MAX_ADDRESS: Final = 2_000

# Controls, spaces, brackets of markup, the backslash browsers read as a slash, and characters nobody can see.
_UNSAFE: Final = re.compile(
    r"[\x00-\x20\x7f-\xa0<>\"\\]|\s|[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_NUMERIC_HOST: Final = re.compile(r"\[[0-9A-Fa-f:.]+\](?::\d*)?")
_NUMBER: Final = re.compile(r"0x[0-9a-f]*|[0-9]+")
_PRIVATE: Final = (
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "home.arpa",
    "test",
    "invalid",
    "onion",
)
# Scripts that are read together, so that a name in them is not mixed.
_TOGETHER: Final = ({"HAN", "HIRAGANA", "KATAKANA", "LATIN"}, {"HAN", "HANGUL", "LATIN"}, {"HAN", "BOPOMOFO", "LATIN"})
# Cyrillic and Greek letters that look like Latin ones: a label of these alone is read as something it is not.
_LOOKALIKES: Final = frozenset("аеорсухіјѕԁԛԝһӏѵοινρυχκα")
_PORTS: Final = {"http": 80, "https": 443}


class AddressRefused(Problem):
    """An address readers must not be sent to, or that is not one."""


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address.

    `host` is as readers may see it, `ascii_host` as machines must have it; `port` is "" when it is the usual one.
    """

    scheme: str
    host: str
    ascii_host: str
    port: str
    path: str
    query: str
    fragment: str

    def __str__(self) -> str:
        query = f"?{self.query}" if self.query else ""
        fragment = f"#{self.fragment}" if self.fragment else ""
        return f"{self.scheme}://{self.host}{self.port}{self.path}{query}{fragment}"

    def with_query(self, query: str) -> "Address":
        """Return the same address with another query."""
        return replace(self, query=query)


def read_address(typed: str) -> Address:
    """Read an address as a producer pastes it, with or without its scheme; one to refuse raises AddressRefused."""
    text = unicodedata.normalize("NFC", typed.strip())
    if not text or len(text) > MAX_ADDRESS:
        _refuse(
            tr("This is not an address.")
            if not text
            else tr("An address has at most {max_address} characters.").format(max_address=MAX_ADDRESS)
        )
    if _UNSAFE.search(text):
        _refuse(
            tr("This address holds characters an address cannot have."), tr("Copy the address from the browser again.")
        )
    if text.startswith("//"):
        text = f"https:{text}"
    elif re.match(r"[\w-]+(?:\.[\w-]+)+(?:[/?#]|$)", text):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        _refuse(tr("This is not an address a browser could open."))
    if parts.scheme not in _PORTS:
        _refuse(
            tr("An address starting with “{partition}:” cannot be shown to readers.").format(
                partition=text.partition(":")[0][:20]
            ),
            tr("Paste an https address."),
        )
    if not text[len(parts.scheme) :].startswith("://") or not parts.hostname:
        _refuse(tr("This address names no host."))
    if "@" in parts.netloc:
        _refuse(tr("This address holds a user name, which can disguise where it leads."))
    if "[" in parts.netloc and not _NUMERIC_HOST.fullmatch(parts.netloc):
        _refuse(tr("This address has a host name that cannot exist."))
    ascii_host = _ascii(parts.hostname)
    _check_public(ascii_host)
    return Address(
        parts.scheme,
        _shown(ascii_host),
        ascii_host,
        "" if port is None or port == _PORTS[parts.scheme] else f":{port}",
        quote(parts.path, safe="/%:@!$&'()*+,;=~-._") or "/",
        quote(parts.query, safe="/%:@!$&'()*+,;=~-._?"),
        quote(parts.fragment, safe="/%:@!$&'()*+,;=~-._?"),
    )


def _refuse(title: str, next_action: str = "") -> NoReturn:
    raise AddressRefused(title, next_action=next_action)


def _ascii(host: str) -> str:
    if host.startswith("[") or ":" in host:
        return host
    try:
        # Dots have many forms; the last one, whichever it is, says nothing.
        return idna.encode(host, uts46=True).decode().lower().rstrip(".")
    except idna.IDNAError:
        # Underscores and the like stand in real host names that IDNA does not know.
        if re.fullmatch(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*", host.rstrip(".").lower()):
            return host.rstrip(".").lower()
    return _refuse(tr("This address has a host name that cannot exist."))


def _shown(ascii_host: str) -> str:
    if ":" in ascii_host:
        return f"[{ascii_host}]"
    labels = []
    for label in ascii_host.split("."):
        try:
            shown = idna.decode(label)
        except idna.IDNAError:
            shown = label
        labels.append(label if _is_mixed(shown) else shown)
    return ".".join(labels)


def _is_mixed(label: str) -> bool:
    # The first word of a character's Unicode name is its script, for every script host names are written in.
    names = {unicodedata.name(each, "UNKNOWN").split()[0].split("-")[0] for each in label if each.isalpha()}
    scripts = {"HAN" if name == "CJK" else name for name in names}
    if len(scripts) > 1:
        return not any(scripts <= together for together in _TOGETHER)
    return bool(names) and not label.isascii() and all(each in _LOOKALIKES for each in label if each.isalpha())


def _check_public(host: str) -> None:
    labels = host.split(".")
    try:
        numeric = ipaddress.ip_address(host)
    except ValueError:
        if _NUMBER.fullmatch(labels[-1]):
            _refuse(tr("This address writes its host as a number, which can disguise where it leads."))
        if len(labels) == 1 or any(host == name or host.endswith(f".{name}") for name in _PRIVATE):
            _refuse(tr("This address is inside a private network: readers could not open it."))
        return
    if not numeric.is_global:
        _refuse(tr("This address is inside a private network: readers could not open it."))
