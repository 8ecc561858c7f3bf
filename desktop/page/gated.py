"""What a proof of a page stands on: each gated embed as readers meet it, and the wording and script of the gates."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache, lru_cache
from typing import Final

from desktop.consent.providers import TABLE
from desktop.domain.block_codec import block_to_json
from desktop.domain.blocks import Embed
from desktop.domain.entry import Entry, for_readers, number_embeds
from desktop.domain.members import canonical
from desktop.domain.proof import WORDING
from desktop.page.document import policy
from desktop.page.frame import frame
from desktop.page.gate import gate, our_host, what_loads
from desktop.page.house import House
from desktop.page.template_set import read

_WORDS: Final = ("embed.", "memory.", "copy.external", "publisher.hosts")
_FILES: Final = ("block.html", "reader.js", "page.html")


def parts(entries: Iterable[Entry], zone: str, house: House) -> dict[str, str]:
    """Return the SHA-256, in hex, of each embed by its element's id and of the wording; nothing for no embeds."""
    found: dict[str, str] = {}
    for entry in entries:
        public = for_readers(entry)
        if public.withdrawal is None:
            found.update(_embeds(public, zone, house))
    return {WORDING: _wording(house), **found} if found else {}


def _embeds(public: Entry, zone: str, house: House) -> Iterable[tuple[str, str]]:
    numbers = number_embeds(public)
    for index, block in enumerate(public.blocks):
        if isinstance(block, Embed):
            made = gate(public, index, block, numbers[index], zone, house)
            loads = what_loads(block, our_host(house))
            said = {**asdict(made), "embed": block_to_json(block), "permission": str(made.permission)}
            document = frame(made, loads, house) if loads else ""
            yield made.id, _digest(canonical({"gate": said, "frame": document}))


@lru_cache(maxsize=64)
def _wording(house: House) -> str:
    said = {key: value for key, value in house.values.items() if key.startswith(_WORDS)}
    # Names and policies of providers are part of their embeds' own gates.
    own = {key: value for key, value in said.items() if not key.startswith(("embed.names.", "embed.kinds."))}
    own = {key: value for key, value in own.items() if "_policies." not in key}
    return _digest(canonical({"words": own, "policy": policy(house), "made_of": _made_of()}))


@cache
def _made_of() -> str:
    return _digest(b"\0".join((TABLE.read_bytes(), *(read(name).encode() for name in _FILES))))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
