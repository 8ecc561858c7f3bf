"""Version 1: the first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

UNFINISHED = "state NOT IN ('done', 'cancelled')"

# `coverage` is a column of its own so that a search within one coverage needs no other table. The first two letters
# of words are indexed by themselves, so that the first letter typed is answered as fast as a whole word.
WORDS = """
CREATE VIRTUAL TABLE entry_words USING fts5(
    headline, words, coverage, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2')
"""


def upgrade() -> None:
    """Make the tables."""
    _coverage()
    _entry()
    _revision()
    _endpoint()
    _operation()
    _publication()
    _receipt()
    _media_and_settings()
    op.execute(WORDS)


def _required(name: str, kind: type[sa.types.TypeEngine[Any]]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _of_coverage() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["coverage"], ["coverage.id"], ondelete="CASCADE")


def _coverage() -> None:
    op.create_table(
        "coverage",
        sa.Column("id", sa.LargeBinary, primary_key=True, nullable=False),
        _required("headline", sa.String),
        _required("state", sa.String),
        sa.Column("pinned", sa.LargeBinary),
        _required("body", sa.LargeBinary),
        _required("seal", sa.LargeBinary),
        _required("changed_at", sa.BigInteger),
    )


def _entry() -> None:
    op.create_table(
        "entry",
        sa.Column("id", sa.LargeBinary, primary_key=True, nullable=False),
        _required("coverage", sa.LargeBinary),
        _required("at", sa.BigInteger),
        _required("stage", sa.String),
        _required("headline", sa.String),
        _required("body", sa.LargeBinary),
        _required("seal", sa.LargeBinary),
        _required("digest", sa.String),
        _required("author", sa.String),
        _required("changed_at", sa.BigInteger),
        _required("embeds", sa.Integer),
        _required("images", sa.Integer),
        _required("is_key", sa.Boolean),
        _required("withdrawn_for", sa.String),
        sa.Column("binned_at", sa.BigInteger),
        _required("words_row", sa.Integer),
        _required("row_seal", sa.LargeBinary),
        sa.UniqueConstraint("words_row"),
        _of_coverage(),
    )
    op.create_index("entry_by_time", "entry", ["coverage", "at", "id"], sqlite_where=sa.text("binned_at IS NULL"))
    op.create_index("entry_by_coverage", "entry", ["coverage"])


def _revision() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.LargeBinary, primary_key=True, nullable=False),
        _required("entry", sa.LargeBinary),
        _required("number", sa.Integer),
        _required("reason", sa.String),
        _required("author", sa.String),
        _required("made_at", sa.BigInteger),
        _required("body", sa.LargeBinary),
        _required("digest", sa.String),
        _required("seal", sa.LargeBinary),
        sa.ForeignKeyConstraint(["entry"], ["entry.id"], ondelete="CASCADE"),
    )
    op.create_index("revision_by_number", "revision", ["entry", "number"], unique=True)


def _endpoint() -> None:
    op.create_table(
        "endpoint",
        sa.Column("id", sa.LargeBinary, primary_key=True, nullable=False),
        _required("name", sa.String),
        _required("url", sa.String),
        _required("environment", sa.String),
        _required("kind", sa.String),
        sa.Column("instance", sa.LargeBinary),
        _required("secret_source", sa.String),
        _required("secret_name", sa.String),
        _required("seal", sa.LargeBinary),
        sa.UniqueConstraint("name"),
    )


def _operation() -> None:
    op.create_table(
        "operation",
        sa.Column("sequence", sa.Integer, primary_key=True, nullable=False),
        _required("id", sa.LargeBinary),
        _required("endpoint", sa.LargeBinary),
        sa.Column("instance", sa.LargeBinary),
        _required("coverage", sa.LargeBinary),
        _required("kind", sa.String),
        _required("target", sa.LargeBinary),
        _required("revision", sa.Integer),
        _required("digest", sa.String),
        _required("payload", sa.LargeBinary),
        _required("media", sa.String),
        _required("state", sa.String),
        _required("attempts", sa.Integer),
        _required("reason", sa.String),
        _required("by", sa.String),
        _required("made_at", sa.BigInteger),
        sa.Column("not_before", sa.BigInteger),
        _required("seal", sa.LargeBinary),
        sa.UniqueConstraint("id"),
        _of_coverage(),
        sqlite_autoincrement=True,
    )
    key = ["endpoint", "kind", "target", "sequence"]
    op.create_index("operation_unfinished", "operation", key, sqlite_where=sa.text(UNFINISHED))
    op.create_index("operation_by_coverage", "operation", ["coverage"])


def _publication() -> None:
    op.create_table(
        "publication",
        sa.Column("endpoint", sa.LargeBinary, primary_key=True, nullable=False),
        sa.Column("kind", sa.String, primary_key=True, nullable=False),
        sa.Column("target", sa.LargeBinary, primary_key=True, nullable=False),
        _required("coverage", sa.LargeBinary),
        _required("operation", sa.LargeBinary),
        _required("revision", sa.Integer),
        _required("digest", sa.String),
        _required("etag", sa.String),
        _required("acknowledged_at", sa.BigInteger),
        _required("is_withdrawn", sa.Boolean),
        _required("seal", sa.LargeBinary),
        _of_coverage(),
    )
    op.create_index("publication_by_coverage", "publication", ["coverage"])


def _receipt() -> None:
    op.create_table(
        "receipt",
        sa.Column("sequence", sa.Integer, primary_key=True, nullable=False),
        _required("id", sa.LargeBinary),
        _required("operation", sa.LargeBinary),
        _required("endpoint", sa.LargeBinary),
        _required("coverage", sa.LargeBinary),
        _required("at", sa.BigInteger),
        _required("outcome", sa.String),
        _required("detail", sa.String),
        _required("etag", sa.String),
        _required("seal", sa.LargeBinary),
        sa.UniqueConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("receipt_by_coverage", "receipt", ["coverage"])


def _media_and_settings() -> None:
    op.create_table(
        "media",
        sa.Column("sha256", sa.String, primary_key=True, nullable=False),
        _required("media_type", sa.String),
        _required("width", sa.Integer),
        _required("height", sa.Integer),
        _required("size", sa.Integer),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String, primary_key=True, nullable=False),
        _required("value", sa.String),
    )
