"""Kept proofs, and the entries they are about."""

from functools import partial
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, insert, select

from desktop.domain.entry import Entry, Stage
from desktop.domain.members import canonical
from desktop.domain.proof import Proof, proof_from_json, proof_to_json
from desktop.store.sealed import entry_of, read_body
from desktop.store.seals import prove, sealed_row
from desktop.store.tables import entry
from desktop.store.tables import proof as table

_NEWEST: Final = (
    select(table).where(table.c.coverage == bindparam("of")).order_by(table.c.made_at.desc(), table.c.id.desc())
)
_GATED: Final = (
    select(entry.c.headline, entry.c.body, entry.c.seal)
    .where(
        entry.c.coverage == bindparam("of"),
        entry.c.binned_at.is_(None),
        entry.c.stage == Stage.READY.value,
        entry.c.embeds > 0,
    )
    .order_by(entry.c.at.desc(), entry.c.id.desc())
)


def newest(connection: Connection, coverage_id: UUID) -> Proof | None:
    """Read the proof of a coverage made last, None when there is none."""
    row = connection.execute(_NEWEST.limit(1), {"of": coverage_id}).first()
    return None if row is None else _proof(row)


def every(connection: Connection, coverage_id: UUID, limit: int) -> tuple[Proof, ...]:
    """Read the proofs of a coverage, the one made last first."""
    return tuple(_proof(row) for row in connection.execute(_NEWEST.limit(limit), {"of": coverage_id}))


def gated(connection: Connection, coverage_id: UUID) -> tuple[Entry, ...]:
    """Read the ready entries of a coverage that hold embeds, newest first."""
    return tuple(entry_of(row.headline, row.body, row.seal) for row in connection.execute(_GATED, {"of": coverage_id}))


def add(connection: Connection, proof: Proof) -> None:
    """Keep a proof for good."""
    row = {
        "id": proof.id,
        "coverage": proof.coverage_id,
        "made_at": proof.at,
        "body": canonical(proof_to_json(proof)),
    }
    connection.execute(insert(table), sealed_row(row))


def _proof(row: Row[Any]) -> Proof:
    what = "A kept proof"
    prove(row._asdict(), what)
    read = partial(proof_from_json, proof_id=row.id, coverage_id=row.coverage, at=row.made_at)
    return read_body(row.body, read, what)
