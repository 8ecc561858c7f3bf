"""Snippets: blocks kept by name for using again, in every page of a workspace."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from desktop.domain.block_codec import block_from_json, block_to_json
from desktop.domain.blocks import Block
from desktop.domain.problem import InvalidValue, Problem
from desktop.domain.text import clean
from desktop.domain.words import tr
from desktop.store.reading import Reading
from desktop.store.writing import Writing

_SETTING: Final = "snippets"


@dataclass(frozen=True, slots=True)
class Snippet:
    """Blocks under a name."""

    name: str
    blocks: tuple[Block, ...]


def snippets(reading: Reading) -> tuple[Snippet, ...]:
    """Return what is kept, by name; a snippet that can no longer be read is left out."""
    kept = json.loads(reading.setting(_SETTING, "[]"))
    found = []
    for each in kept if isinstance(kept, list) else []:
        try:
            found.append(Snippet(str(each["name"]), tuple(block_from_json(block) for block in each["blocks"])))
        except (Problem, KeyError, TypeError, ValueError):
            continue
    return tuple(sorted(found, key=lambda snippet: snippet.name.casefold()))


def put(writing: Writing, kept: Iterable[Snippet]) -> None:
    """Keep snippets in place of those before; one without a name or words, or a name twice, raises InvalidValue."""
    written: dict[str, dict[str, object]] = {}
    for each in kept:
        name = clean(each.name).strip()
        if not name or not each.blocks:
            message = tr("A snippet needs a name and something to keep.")
            raise InvalidValue(message)
        if name.casefold() in written:
            message = tr("There is a snippet “{name}” already.").format(name=name)
            raise InvalidValue(message)
        written[name.casefold()] = {"name": name, "blocks": [block_to_json(block) for block in each.blocks]}
    writing.put_setting(_SETTING, json.dumps(list(written.values()), ensure_ascii=False))
