"""Kept versions of summaries, and the entries bullets rest on."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from desktop.domain import moment
from desktop.domain.codec import summary_point_from_json, summary_point_to_json
from desktop.domain.coverage import SummaryPoint
from desktop.domain.identity import new_id
from desktop.domain.members import Json, Reader, canonical
from desktop.domain.summary import Ground, Keeping, SummaryVersion, ground
from desktop.store.kept import member
from desktop.store.sealed import entry_of, read_body
from desktop.store.seals import prove, sealed_row
from desktop.store.tables import entry
from desktop.store.tables import summary_version as table

_OF_COVERAGE: Final = select(table).where(table.c.coverage == bindparam("of")).order_by(table.c.number.desc())
_LAST: Final = select(func.max(table.c.number)).where(table.c.coverage == bindparam("of"))
_GROUNDS: Final = select(entry.c.headline, entry.c.body, entry.c.seal).where(
    entry.c.id.in_(bindparam("wanted", expanding=True)), entry.c.binned_at.is_(None)
)


def grounds(connection: Connection, points: Iterable[SummaryPoint]) -> dict[UUID, Ground]:
    """Read the entries that bullets rest on, by id; one that is in the bin or not there is left out."""
    wanted = {entry_id for point in points for entry_id in point.rests_on}
    if not wanted:
        return {}
    rows = connection.execute(_GROUNDS, {"wanted": sorted(wanted)})
    found = (ground(entry_of(row.headline, row.body, row.seal)) for row in rows)
    return {each.entry_id: each for each in found}


def versions(connection: Connection, coverage_id: UUID) -> tuple[SummaryVersion, ...]:
    """Read every kept version of a summary, the newest first."""
    return tuple(_version(row) for row in connection.execute(_OF_COVERAGE, {"of": coverage_id}))


def keep(
    connection: Connection, coverage_id: UUID, points: tuple[SummaryPoint, ...], keeping: Keeping, author: str
) -> SummaryVersion:
    """Keep a version for good, as the next number."""
    last = connection.execute(_LAST, {"of": coverage_id}).scalar() or 0
    made = SummaryVersion(new_id(), last + 1, points, keeping, author, moment.now())
    body = canonical({"points": [summary_point_to_json(point) for point in points]})
    connection.execute(
        insert(table),
        sealed_row(
            {
                "id": made.id,
                "coverage": coverage_id,
                "number": made.number,
                "keeping": keeping.value,
                "author": author,
                "made_at": made.made_at,
                "body": body,
            }
        ),
    )
    return made


def _version(row: Row[Any]) -> SummaryVersion:
    what = f"Version {row.number} of a summary"
    prove(row._asdict(), what)
    points = read_body(row.body, _points, what)
    return SummaryVersion(row.id, row.number, points, member(Keeping, row.keeping), row.author, row.made_at)


def _points(value: Json) -> tuple[SummaryPoint, ...]:
    reader = Reader(value, "A kept summary")
    points = reader.many("points", summary_point_from_json, required=True)
    reader.end()
    return points
