"""What a native endpoint tells of changes made there."""

from desktop.domain.members import Reader, parse, read_id, read_text, read_time
from desktop.domain.outbox import OperationKind
from desktop.domain.problem import InvalidValue
from desktop.publish.line import Changes, RemoteChange


def read_changes(body: bytes) -> Changes:
    """Read a list of changes; one that is not as the contract has it raises InvalidValue."""
    reader = Reader(parse(body), "The list of changes")
    changes = reader.many("changes", _change, required=True)
    return Changes(changes, reader.text("cursor"), reader.flag("more"), reader.one("next_poll", _seconds))


def _seconds(value: object) -> float:
    """Read how long to wait, between a second and five minutes whatever is asked."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = "The time of the next question is not a number of seconds."
        raise InvalidValue(message)
    return min(max(float(value), 1.0), 300.0)


def _change(value: object) -> RemoteChange:
    reader = Reader(value, "A change")
    kind = reader.text("kind")
    if kind not in set(OperationKind):
        message = f"“{kind[:40]}” is nothing that changes on a page."
        raise InvalidValue(message)
    return RemoteChange(
        kind=OperationKind(kind),
        target_id=reader.ident("id"),
        etag=reader.text("etag", ""),
        body=reader.one("value", _object),
        op=reader.one("op", read_id),
        by=reader.one("by", read_text) or "",
        at=reader.one("at", read_time),
    )


def _object(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        message = "What was changed is not an object."
        raise InvalidValue(message)
    return value
