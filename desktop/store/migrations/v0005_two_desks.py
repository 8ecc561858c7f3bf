"""Version 5: operations may go before others, and what other desks put at an endpoint is kept."""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

from desktop.store.migrations import v0002_other_adapters
from desktop.store.seals import sealed_row


def upgrade() -> None:
    """Add the column, seal the operations anew, and make the table."""
    rows = op.get_bind().execute(sa.text("SELECT * FROM operation"))
    seals = [{"of": row.id, "to": brought_up("operation", row._asdict())["seal"]} for row in rows]
    op.add_column("operation", sa.Column("rank", sa.Integer, nullable=False, server_default="0"))
    if seals:
        op.get_bind().execute(sa.text("UPDATE operation SET seal = :to WHERE id = :of"), seals)
    op.create_table(
        "remote",
        sa.Column("endpoint", sa.LargeBinary, primary_key=True, nullable=False),
        sa.Column("kind", sa.String, primary_key=True, nullable=False),
        sa.Column("target", sa.LargeBinary, primary_key=True, nullable=False),
        sa.Column("coverage", sa.LargeBinary, nullable=False),
        sa.Column("operation", sa.LargeBinary, nullable=True),
        sa.Column("etag", sa.String, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("seal", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["coverage"], ["coverage.id"], ondelete="CASCADE"),
    )
    op.create_index("remote_by_coverage", "remote", ["coverage"])


def brought_up(table: str, row: Mapping[str, object]) -> dict[str, object]:
    """Return a whole row of any older database as this version keeps it."""
    before = v0002_other_adapters.brought_up(table, row)
    return sealed_row({**before, "rank": 0}) if table == "operation" and "rank" not in before else before
