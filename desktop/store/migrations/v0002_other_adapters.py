"""Version 2: endpoints have an account and their adapter's settings, operations a place held for them."""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

from desktop.store.seals import sealed_row

_ADDED = {"endpoint": {"account": "", "details": "{}"}, "operation": {"reserved": ""}}


def upgrade() -> None:
    """Add the columns and seal the rows anew: a database is upgraded only once it is proved whole."""
    for table, added in _ADDED.items():
        rows = op.get_bind().execute(sa.text(f'SELECT * FROM "{table}"'))  # noqa: S608 - names of ours
        seals = [{"of": row.id, "to": brought_up(table, row._asdict())["seal"]} for row in rows]
        for name, value in added.items():
            op.add_column(table, sa.Column(name, sa.String, nullable=False, server_default=value))
        if seals:
            op.get_bind().execute(sa.text(f'UPDATE "{table}" SET seal = :to WHERE id = :of'), seals)  # noqa: S608 - names of ours


def brought_up(table: str, row: Mapping[str, object]) -> dict[str, object]:
    """Return a whole row of an older database as this version keeps it."""
    added = {name: value for name, value in _ADDED.get(table, {}).items() if name not in row}
    return sealed_row({**row, **added}) if added else dict(row)
