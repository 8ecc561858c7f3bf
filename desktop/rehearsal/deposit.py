"""Taking a change: at most once per operation, and only onto what its writer expects."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from desktop.domain import wire
from desktop.domain.entry import media_of
from desktop.domain.members import Json, parse
from desktop.domain.outbox import OperationKind
from desktop.rehearsal.ledger import Ledger, Taken, Target
from desktop.rehearsal.precondition import Precondition, strong_etag
from desktop.rehearsal.refusal import Ground, Refusal


class Outcome(Enum):
    """What became of a change."""

    CREATED = "created"
    REPLACED = "replaced"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """A change as it arrived, already checked. `media` are the files it shows; `needs_media`: all must be stored.

    `at` places an entry in the order readers see; `by` is who published, "" when the publisher does not say.
    """

    target: Target
    op: UUID
    body: bytes
    at: datetime
    media: tuple[str, ...] = ()
    needs_media: bool = False
    by: str = ""


def take(rows: Ledger, deposit: Deposit, expected: Precondition) -> tuple[Taken, Outcome]:
    """Store a change and return it; an operation taken before returns what it stored then; else raises Refusal."""
    target = deposit.target
    check_page(rows, target)
    if rows.is_taken_down(target):
        raise Refusal(Ground.TAKEN_DOWN)
    etag = strong_etag(deposit.body)
    # Before any precondition: a retry cannot meet the one its own success has changed.
    if earlier := rows.taken(target, deposit.op):
        if earlier.etag != etag:
            raise Refusal(Ground.OPERATION_REUSED, "Make a new operation for what changed.", op=str(deposit.op))
        return earlier, Outcome.REPEATED
    standing = rows.standing(target)
    check_precondition(expected, standing)
    missing = [file for file in deposit.media if rows.media(file) is None] if deposit.needs_media else []
    if missing:
        raise Refusal(Ground.MEDIA_UNSENT, "Send the files first.", media=missing)
    taken = rows.add(target, deposit.op, deposit.body, etag, deposit.by, deposit.at)
    if target.kind is OperationKind.ENTRY:
        rows.show_media(target, deposit.media)
    return taken, Outcome.REPLACED if standing else Outcome.CREATED


def take_down(rows: Ledger, target: Target, expected: Precondition, by: str) -> tuple[str, ...]:
    """Take an entry down for good, and return the files to remove: those it ever showed and nothing else shows.

    Raises Refusal when it is not there or not what the writer expects.
    """
    check_page(rows, target)
    if rows.is_taken_down(target):
        raise Refusal(Ground.TAKEN_DOWN)
    standing = rows.standing(target)
    if standing is None:
        raise Refusal(Ground.ENTRY_MISSING)
    check_precondition(expected, standing)
    showed = {file for each in rows.history(target) for file in _files(each)}
    rows.take_down(target, by)
    left = tuple(sorted(file for file in showed if not rows.is_shown(file)))
    for file in left:
        rows.forget_media(file)
    return left


def _files(taken: Taken) -> tuple[str, ...]:
    if taken.body is None:
        return ()
    entry, _ = wire.entry_from_wire(parse(taken.body), taken.target.page)
    return media_of(entry)


def check_page(rows: Ledger, target: Target) -> None:
    """Refuse whatever belongs to a page that was never published here."""
    page = Target(target.page, OperationKind.PAGE, target.page)
    if target.kind is not OperationKind.PAGE and rows.standing(page) is None:
        raise Refusal(Ground.PAGE_MISSING)


def check_precondition(expected: Precondition, standing: Taken | None) -> None:
    """Refuse a write that does not say what it expects, or expects something else; the refusal shows what stands."""
    if expected.is_missing:
        detail = "Send If-None-Match: * to create, or If-Match with the entity tag of what is to change."
        raise Refusal(Ground.PRECONDITION_NEEDED, detail)
    if expected.holds(standing.etag if standing else None):
        return
    if standing is None:
        raise Refusal(Ground.NOTHING_TO_CHANGE)
    members: Json = {"current": parse(standing.body or b"{}"), "etag": standing.etag}
    if standing.by:
        members["by"] = standing.by
    raise Refusal(Ground.CONFLICT, headers={"ETag": standing.etag}, **members)
