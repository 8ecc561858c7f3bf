"""How a workspace spells: the language chosen once, and the names that a page has of its own."""

import json
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from desktop.checks import spelling
from desktop.checks.findings import Finding
from desktop.domain.entry import Entry
from desktop.domain.problem import InvalidValue
from desktop.domain.text import clean
from desktop.domain.words import tr
from desktop.store.reading import Reading
from desktop.store.writing import Writing

_LANGUAGE: Final = "spelling"
_DEFAULT: Final = "en-GB"


def language(reading: Reading) -> str:
    """Return the language spelling is checked in, `spelling.OFF` when it is not."""
    kept = reading.setting(_LANGUAGE, _DEFAULT)
    return kept if kept in spelling.LANGUAGES else spelling.OFF


def put_language(writing: Writing, chosen: str) -> None:
    """Keep the language to check spelling in; one that has no dictionary raises InvalidValue."""
    if chosen != spelling.OFF and chosen not in spelling.LANGUAGES:
        message = tr("There is no dictionary for {chosen}.").format(chosen=chosen)
        raise InvalidValue(message)
    writing.put_setting(_LANGUAGE, chosen)


def names(reading: Reading, coverage_id: UUID) -> frozenset[str]:
    """Return the names a page has of its own, which no dictionary knows."""
    kept = json.loads(reading.setting(_names(coverage_id), "[]"))
    return frozenset(each for each in kept if isinstance(each, str)) if isinstance(kept, list) else frozenset()


def put_names(writing: Writing, coverage_id: UUID, kept: Iterable[str]) -> None:
    """Keep the names of a page."""
    wanted = sorted({name for each in kept if (name := clean(each).strip())})
    writing.put_setting(_names(coverage_id), json.dumps(wanted, ensure_ascii=False))


def findings(reading: Reading, entry: Entry) -> tuple[Finding, ...]:
    """Return what may be misspelt in an entry; the first one after the start reads the dictionary."""
    chosen = language(reading)
    if chosen == spelling.OFF:
        return ()
    return tuple(spelling.findings(entry, spelling.speller(chosen), names(reading, entry.coverage_id)))


def _names(coverage_id: UUID) -> str:
    return f"names:{coverage_id}"
