"""Addresses of endpoints: web addresses without anything secret or surprising in them."""

import ipaddress
from urllib.parse import SplitResult, urlsplit

from desktop.domain.problem import InvalidValue


def check_url(written: str) -> str:
    """Return an endpoint's base address in one form, without a slash at its end; a wrong one raises InvalidValue."""
    url = written.strip()
    parts = _parts(url)
    if parts is None or any(character.isspace() or not character.isprintable() for character in url):
        message = f"“{url[:80]}” is not a web address."
        raise InvalidValue(message, next_action="Write it as https://publish.example.org.")
    _check_plain(parts)
    return url.rstrip("/")


def host_of(url: str) -> str:
    """Return an address's host and port, as a person would name the server."""
    return urlsplit(url).netloc.rpartition("@")[2]


def is_private_line(url: str) -> bool:
    """Tell whether nobody on the network can listen: the address is https, or this computer itself."""
    parts = urlsplit(url)
    if parts.scheme == "https" or parts.hostname == "localhost":
        return True
    try:
        return ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if is_whole else None


def _check_plain(parts: SplitResult) -> None:
    if parts.username is not None or parts.password is not None:
        message = "The address of an endpoint must not hold a name or a password."
        raise InvalidValue(message, next_action="Give the secret separately; it is kept in the system's keyring.")
    if parts.query or parts.fragment:
        message = "The address of an endpoint ends before any “?” or “#”."
        raise InvalidValue(message)
