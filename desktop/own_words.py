"""What a workspace words differently from a house profile: kept apart from it, and laid over it wherever it is used."""

import json
from collections.abc import Mapping
from functools import lru_cache

from desktop.page.house import House
from desktop.store.reading import Reading
from desktop.store.writing import Writing

Own = Mapping[str, str]
"""Keys of a house profile, flat, and what the workspace has in their place."""


def read(reading: Reading, house_name: str) -> dict[str, str]:
    """Return what is worded differently from a house, empty when nothing is."""
    written = reading.setting(_key(house_name))
    return dict(json.loads(written)) if written else {}


def keep(writing: Writing, house: House, own: Own) -> None:
    """Keep what is worded differently from a house as it ships; raises HouseInvalid, naming the key, and keeps nothing.

    What says just what the house says anyway is not kept: it would hide what the house says later.
    """
    different = {key: words for key, words in own.items() if words != house.values.get(key)}
    house.with_own(different)
    writing.put_setting(_key(house.name), json.dumps(different, sort_keys=True) if different else "")


def laid_over(reading: Reading, house: House) -> House:
    """Return a house with what this workspace words differently."""
    return _laid(house, reading.setting(_key(house.name)))


@lru_cache(maxsize=64)
def _laid(house: House, written: str) -> House:
    return house.with_own(json.loads(written)) if written else house


def _key(house_name: str) -> str:
    return f"house_words:{house_name}"
