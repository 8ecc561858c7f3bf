"""Addresses without what only follows the reader: parameters of campaigns and clicks, and detours over a counter."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qs, urlsplit

# Names that mean the same wherever they stand; what a site may need to find its page is not among them.
_TRACKING: Final = re.compile(
    r"utm_\w+|mtm_\w+|pk_(?:campaign|kwd|source|medium)|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|twclid"
    r"|ttclid|li_fat_id|igshid?|mc_[ce]id|_ga|_gl|_hsenc|_hsmi|hsctatracking|mkt_tok|vero_id|oly_(?:enc|anon)_id"
    r"|ref_(?:src|url)|mibextid|cmpid|ns_(?:campaign|mchannel|source|linkname|fee)|smid|s_cid|wt_mc|xtor",
    re.IGNORECASE,
)
# Where an address is only a way round to another one: the path it begins with, and the parameter that holds the other.
_DETOURS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "www.google.com": ("/url", "q"),
        "l.facebook.com": ("/l.php", "u"),
        "lm.facebook.com": ("/l.php", "u"),
        "l.instagram.com": ("/", "u"),
        "out.reddit.com": ("/", "url"),
    }
)
_SAFE_LINKS: Final = ".safelinks.protection.outlook.com"


def without_tracking(address: str) -> tuple[str, int]:
    """Return an address without tracking, and how much was taken away; everything else keeps its exact characters."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address, 0
    if parts.scheme.lower() not in {"http", "https"}:
        return address, 0
    if (goal := _goal(parts.hostname or "", parts.path, parts.query)) is not None:
        straight, more = without_tracking(goal)
        return straight, more + 1
    pairs = parts.query.split("&") if parts.query else []
    kept = [pair for pair in pairs if not _TRACKING.fullmatch(pair.partition("=")[0])]
    if len(kept) == len(pairs):
        return address, 0
    head, _, tail = address.partition("?")
    fragment = f"#{tail.partition('#')[2]}" if "#" in tail else ""
    return f"{head}{'?' if kept else ''}{'&'.join(kept)}{fragment}", len(pairs) - len(kept)


def _goal(host: str, path: str, query: str) -> str | None:
    begins, name = ("/", "url") if host.endswith(_SAFE_LINKS) else _DETOURS.get(host, ("", ""))
    if not name or not path.startswith(begins):
        return None
    goal = parse_qs(query).get(name, [""])[0]
    return goal if goal.startswith(("http://", "https://")) else None
