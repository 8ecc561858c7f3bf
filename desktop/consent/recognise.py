"""Recognising what a producer pastes: an address or an embed code becomes an embed. No network, ever."""

import re
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

from desktop.consent.address import Address, AddressRefused, read_address
from desktop.consent.embed_code import read_embed_code
from desktop.consent.providers import Provider, table
from desktop.domain.blocks import Embed
from desktop.domain.words import tr

MAX_PASTED: Final = 100_000

_TRACKING: Final = re.compile(
    r"utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid?|mc_[ce]id|_ga|_gl"
    r"|ref_(?:src|url)|mibextid|rdt|share_id|feature|si|is_from_webapp|sender_device|xmt|source_ve_path"
)
# What these mean elsewhere differs, so they are dropped only where the platform is known to add them for tracking.
_TRACKING_AT: Final = {"x": frozenset({"s", "t"}), "tiktok": frozenset({"_r", "_t"})}
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")


def recognise(pasted: str) -> Embed:
    """Recognise an address or an embed code as an embed; what readers must not be sent to raises AddressRefused.

    The embed has its provider, kind and canonical address, without tracking parameters; a host nobody knows gives an
    embed of the generic provider. An embed code's quotation, where it holds one, is kept with its author and its day.
    """
    typed = pasted.strip()
    if len(typed) > MAX_PASTED:
        message = tr("This is too long for an address or an embed code: at most {max_pasted} characters.").format(
            max_pasted=MAX_PASTED
        )
        raise AddressRefused(message)
    if typed.startswith("<"):
        code = read_embed_code(typed)
        provider, canonical = _place(read_address(code.address))
        return Embed(
            provider.id, provider.kind, canonical, quoted=code.quoted, author=code.author, posted_at=code.posted_at
        )
    provider, canonical = _place(read_address(typed))
    return Embed(provider.id, provider.kind, canonical)


def provider_of(address: str) -> Provider:
    """Return the provider an address belongs to; an address readers must not be sent to raises AddressRefused."""
    return _place(read_address(address))[0]


def parts_of(provider: Provider, address: str) -> dict[str, str]:
    """Return what fills a provider's {braces} for one address: the named parts of its patterns, and "url"."""
    parts = {"url": quote(address, safe="")}
    read = read_address(address)
    for pattern in provider.url_patterns:
        if match := pattern.match(address):
            parts.update({name: value for name, value in match.groupdict().items() if value})
            break
    parts.update({name: value for name, value in parse_qsl(read.query) if name == "pb"})
    # Hosts go into policies, which know ASCII alone.
    parts.update(dict.fromkeys({"host", "instance"} & parts.keys(), read.ascii_host))
    return parts


def fill(template: str, parts: dict[str, str]) -> str | None:
    """Fill a template's {braces}; None when one of them has nothing to stand there."""
    if any(name not in parts for name in _PLACEHOLDER.findall(template)):
        return None
    return _PLACEHOLDER.sub(lambda match: parts[match.group(1)], template)


def _place(address: Address) -> tuple[Provider, str]:
    providers = table()
    owner = next((each for each in providers if each.owns(address.ascii_host)), None)
    if owner and not address.port:
        # Every provider of the table serves https, and a page that does would not load its posts from elsewhere.
        address = replace(address, scheme="https")
    pasted = str(address)
    candidates = (owner,) if owner else tuple(each for each in providers if each is not providers.generic)
    for provider in candidates:
        if any(pattern.match(pasted) for pattern in provider.url_patterns):
            return provider, _canonical(provider, address)
    provider = owner or providers.generic
    return provider, str(_without_tracking(provider, address))


def _canonical(provider: Provider, address: Address) -> str:
    # A form nobody verified could lead readers astray: there the pasted address stays.
    if provider.original_link and not provider.is_unverified("original_link"):
        filled = fill(provider.original_link, parts_of(provider, str(address)))
        if filled:
            kept = [(name, value) for name, value in parse_qsl(address.query) if name in provider.keeps]
            joint = "&" if "?" in filled else "?"
            return f"{filled}{joint}{urlencode(kept)}" if kept else filled
    return str(_without_tracking(provider, address))


def _without_tracking(provider: Provider, address: Address) -> Address:
    dropped = _TRACKING_AT.get(provider.id, frozenset())
    # Only whole parameters go; the others keep the exact characters the site gave them.
    kept = [
        part
        for part in address.query.split("&")
        if part and not _TRACKING.fullmatch(name := part.partition("=")[0]) and name not in dropped
    ]
    return address.with_query("&".join(kept))
