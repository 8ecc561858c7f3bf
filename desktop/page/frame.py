"""The first-party document that loads one accepted embed: its own policy, naming exactly that provider's hosts."""

import base64
import hashlib
import re
from functools import cache
from typing import Final

from markupsafe import Markup

from desktop.consent.loading import Loading
from desktop.consent.providers import table
from desktop.consent.recognise import parts_of
from desktop.domain.blocks import Embed
from desktop.page.gate import Gate
from desktop.page.house import House
from desktop.page.template_set import read, render

_COMPANION: Final = re.compile(
    r'(?P<tag>[a-z]+)(?:\.(?P<cls>[\w-]+))?(?:\[(?P<name>[\w-]+)(?:="(?P<value>[^"]*)")?\])?'
)
# Where each script looks for the post on the element it replaces; {braces} are parts of the address.
_POINTERS: Final = {
    "twitter-tweet": {"data-dnt": "true"},
    "fb-post": {"data-href": "{address}"},
    "instagram-media": {"data-instgrm-permalink": "{address}"},
    "tiktok-embed": {"cite": "{address}", "data-video-id": "{id}"},
    "text-post-media": {"data-text-post-permalink": "{address}"},
    "bluesky-embed": {"data-bluesky-uri": "at://{actor}/app.bsky.feed.post/{id}"},
}


def frame(gate: Gate, loads: Loading, house: House) -> str:
    """Render the frame document of one embed."""
    script, style = _source("frame.js"), _source("frame.css")
    return render(
        "frame.html",
        house=house,
        gate=gate,
        loads=loads,
        policy=policy(loads),
        companion=companion(gate.embed, loads),
        script=Markup(script),  # noqa: S704 - our own file, no word of anybody's in it
        style=Markup(style),  # noqa: S704 - likewise
    )


def policy(loads: Loading) -> str:
    """Return the frame document's Content-Security-Policy."""
    named = {name: [f"https://{host}" for host in loads.hosts.get(name, ())] for name in loads.hosts}
    script = [_hash(_source("frame.js"))]
    if loads.iframe:
        # The provider's frame answers to its own policy; ours lets it stand.
        allowed = {"script": script, "style": [], "frame": named["frame"]}
    else:
        allowed = {**named, "script": [*script, *named["script"]]}
    # Whoever may have a frame may be asked whether it stands, which only an object tells.
    allowed["object"] = named.get("frame", [])
    allowed["style"] = [_hash(_source("frame.css")), *allowed["style"]]
    said = [f"{name}-src {' '.join(dict.fromkeys(hosts))}" for name, hosts in allowed.items() if hosts]
    return "; ".join(["default-src 'none'", *said, "base-uri 'none'", "form-action 'none'"])


def companion(embed: Embed, loads: Loading) -> dict[str, object] | None:
    """Return the element a provider's script looks for: its tag, class and attributes, None when it needs none."""
    match = _COMPANION.fullmatch(loads.companion)
    if match is None or embed.address is None:
        return None
    parts = {**parts_of(table().get(embed.provider), embed.address), "address": embed.address}
    attributes = {
        name: re.sub(r"\{(\w+)\}", lambda hole: parts.get(hole[1], ""), value)
        for name, value in _POINTERS.get(match["cls"] or "", {}).items()
    }
    if match["name"] and match["value"]:
        attributes[match["name"]] = match["value"]
    return {"tag": match["tag"], "class": match["cls"] or "", "attributes": attributes}


@cache
def _source(name: str) -> str:
    return read(name).strip()


@cache
def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"
