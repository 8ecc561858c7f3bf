"""What came before: every kept version of a coverage's entries, and what lies in its bin."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from desktop.domain import moment
from desktop.domain.codec import entry_from_json, entry_to_json
from desktop.domain.entry import Entry
from desktop.domain.members import Json, Reader
from desktop.domain.problem import InvalidValue
from desktop.domain.revision import Reason, Revision, digest
from desktop.domain.words import tr


@dataclass(frozen=True, slots=True)
class Past:
    """The entries in the bin, and every version of every entry, by entry and number."""

    binned: tuple[Entry, ...] = ()
    history: tuple[Revision, ...] = ()

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry that is told of, versions of the same one included."""
        return (*self.binned, *(revision.entry for revision in self.history))

    def check(self, coverage_id: UUID, entry_ids: set[UUID]) -> None:
        """Refuse versions that are not of these entries, that are two of one number, or that share an id."""
        if any(each.entry.id not in entry_ids or each.entry.coverage_id != coverage_id for each in self.history):
            message = tr("A version in this file is of an entry that is not in it.")
            raise InvalidValue(message)
        numbered = {(each.entry.id, each.number) for each in self.history}
        if len(numbered) != len(self.history) or len({each.id for each in self.history}) != len(self.history):
            message = tr("Two versions in this file are of the same number.")
            raise InvalidValue(message)


NO_PAST: Final = Past()


def past_to_json(past: Past) -> Json:
    """Write what came before."""
    return {
        "bin": [entry_to_json(entry) for entry in past.binned],
        "versions": [_revision_to_json(revision) for revision in past.history],
    }


def past_from_json(value: object) -> Past:
    """Read what came before; raises InvalidValue."""
    reader = Reader(value, "The history")
    past = Past(
        reader.many("bin", entry_from_json, required=True),
        reader.many("versions", _revision_from_json, required=True),
    )
    reader.end()
    return past


def _revision_to_json(revision: Revision) -> Json:
    return {
        "id": str(revision.id),
        "number": revision.number,
        "reason": revision.reason.value,
        "author": revision.author,
        "made_at": moment.to_json(revision.made_at),
        "entry": entry_to_json(revision.entry),
    }


def _revision_from_json(value: object) -> Revision:
    reader = Reader(value, "A version")
    entry = reader.one("entry", entry_from_json)
    if entry is None:
        message = tr("A version holds no entry.")
        raise InvalidValue(message)
    number, reason = reader.whole("number"), reader.text("reason")
    if number < 1 or reason not in set(Reason):
        message = tr("“{reason}” number {number} is not a version of an entry.").format(
            reason=reason[:40], number=number
        )
        raise InvalidValue(message)
    revision = Revision(
        reader.ident("id"),
        entry,
        number,
        Reason(reason),
        reader.text("author", ""),
        reader.time("made_at"),
        digest(entry),
    )
    reader.end()
    return revision
