"""Version 4: kept proofs."""

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "proof",
        sa.Column("id", sa.LargeBinary, primary_key=True, nullable=False),
        sa.Column("coverage", sa.LargeBinary, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("seal", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["coverage"], ["coverage.id"], ondelete="CASCADE"),
    )
    op.create_index("proof_by_time", "proof", ["coverage", "made_at"])
