"""Addresses of endpoints: web addresses, and folders of this machine, without anything secret or surprising in them."""

import ipaddress
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from urllib.request import url2pathname

from desktop.domain.problem import InvalidValue
from desktop.domain.words import tr


def check_url(written: str, *, is_folder: bool = False) -> str:
    """Return an endpoint's base address in one form, without a slash at its end; a wrong one raises InvalidValue.

    That of a folder of this machine is its absolute path, or a file address.
    """
    url = written.strip()
    if is_folder:
        return _folder(url)
    parts = _parts(url)
    if parts is None or any(character.isspace() or not character.isprintable() for character in url):
        message = tr("“{url}” is not a web address.").format(url=url[:80])
        raise InvalidValue(message, next_action=tr("Write it as https://publish.example.org."))
    _check_plain(parts)
    return url.rstrip("/")


def host_of(url: str) -> str:
    """Return an address's host and port, as a person would name the server."""
    parts = urlsplit(url)
    return url2pathname(parts.path) if parts.scheme == "file" else parts.netloc.rpartition("@")[2]


def is_private_line(url: str) -> bool:
    """Tell whether nobody on the network can listen: the address is https, or this computer itself."""
    parts = urlsplit(url)
    if parts.scheme in {"https", "file"} or parts.hostname == "localhost":
        return True
    try:
        return ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def _folder(url: str) -> str:
    parts = urlsplit(url)
    path = Path(url2pathname(parts.path)) if parts.scheme == "file" else Path(url)
    if not url or parts.netloc or parts.query or parts.fragment or not path.is_absolute() or not url.isprintable():
        message = tr("“{url}” is not the whole path of a folder.").format(url=url[:80])
        raise InvalidValue(message, next_action=tr("Write it from its beginning, as /srv/pages."))
    return path.as_uri()


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if is_whole else None


def _check_plain(parts: SplitResult) -> None:
    if parts.username is not None or parts.password is not None:
        message = tr("The address of an endpoint must not hold a name or a password.")
        raise InvalidValue(message, next_action=tr("Give the secret separately; it is kept in the system's keyring."))
    if parts.query or parts.fragment:
        message = tr("The address of an endpoint ends before any “?” or “#”.")
        raise InvalidValue(message)
