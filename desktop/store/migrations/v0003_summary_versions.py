"""Version 3: kept versions of the summary."""

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "summary_version",
        sa.Column("id", sa.LargeBinary, primary_key=True, nullable=False),
        sa.Column("coverage", sa.LargeBinary, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("keeping", sa.String, nullable=False),
        sa.Column("author", sa.String, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("seal", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["coverage"], ["coverage.id"], ondelete="CASCADE"),
    )
    op.create_index("summary_version_by_number", "summary_version", ["coverage", "number"], unique=True)
