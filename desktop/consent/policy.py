"""Content-Security-Policies: the one that allows exactly what a page needs, and what another allows beyond it.

Source: Content Security Policy Level 3, the serialised policy and the matching of host sources.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from desktop.consent.loading import Loading

# What says how a policy is enforced or reported, not who may be asked.
_NO_SOURCES: Final = frozenset({"sandbox", "upgrade-insecure-requests", "block-all-mixed-content", "report-to"})
_OF_OUR_OWN: Final = re.compile(
    r"'(?:none|self|sha(?:256|384|512)-[\w+/=-]+|nonce-[\w+/=-]+|strict-dynamic)'|data:|blob:"
)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def matches(host: str, source: str) -> bool:
    """Tell whether a CSP host source covers a host: the very host, or for "*.name" every host below that name."""
    return host == source or (source.startswith("*.") and host.endswith(source[1:]))


def page_policy(own_hosts: Iterable[str] = ()) -> str:
    """Return the policy of a page that asks nobody but its own publisher."""
    own = "".join(f" https://{host}" for host in sorted(own_hosts))
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        f"media-src 'self'{own}; frame-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
    )


def frame_policy(loads: Loading) -> str:
    """Return the policy of the document that loads one accepted embed, the hashes of its own script and style aside."""
    frames = loads.hosts.get("frame", ())
    # A provider's frame answers to its own policy; ours lets it stand, and an object tells whether it does.
    allowed: Mapping[str, Iterable[str]] = {"frame": frames} if loads.iframe else loads.hosts
    allowed = {**allowed, "object": frames}
    said = [
        f"{name}-src {' '.join(dict.fromkeys(f'https://{host}' for host in hosts))}"
        for name, hosts in allowed.items()
        if hosts
    ]
    return "; ".join(["default-src 'none'", *said, "base-uri 'none'", "form-action 'none'"])


def hosts_of(policy: str) -> tuple[str, ...]:
    """Return every host, and every wider source such as "*" or "https:", that a policy lets a page ask, each once."""
    found: dict[str, None] = {}
    for directive in policy.split(";"):
        name, *sources = directive.split()[:1] + directive.split()[1:] if directive.split() else [""]
        if name.lower() in _NO_SOURCES:
            continue
        for source in sources:
            if not source.startswith("'") and not _OF_OUR_OWN.fullmatch(source):
                found[_SCHEME.sub("", source).partition("/")[0].lower()] = None
    return tuple(found)


def beyond(policy: str, sources: Iterable[str]) -> tuple[str, ...]:
    """Return what a policy allows that host sources do not; without a policy everything, told as "*"."""
    if "default-src" not in policy:
        return ("*",)
    wanted = tuple(sources)
    return tuple(
        host for host in hosts_of(policy) if not any(matches(host, source) or host == source for source in wanted)
    )
