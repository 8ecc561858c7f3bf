"""The tables, declared once; `migrations` makes them, and a test holds the two equal.

`seal` columns hold a SHA-256, so that a flipped bit is noticed when it is read: of `body` in coverages and entries,
of all other columns elsewhere. `row_seal` is that of the columns the timeline shows.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Index, Table, text
from sqlmodel import Field, SQLModel

from desktop.store.columns import Id, Moment

# SQLite uses a partial index only where a statement repeats its condition word for word.
UNFINISHED: Final = "state NOT IN ('done', 'cancelled')"


class CoverageRecord(SQLModel, table=True):
    """A coverage. `changed_at` is the last save of it or of one of its entries."""

    __tablename__ = "coverage"
    id: UUID = Field(primary_key=True, sa_type=Id)
    headline: str
    state: str
    pinned: UUID | None = Field(sa_type=Id)
    body: bytes
    seal: bytes
    changed_at: datetime = Field(sa_type=Moment)


class EntryRecord(SQLModel, table=True):
    """The working copy of an entry. `digest` is that of what readers get; `words_row` is its row in `entry_words`."""

    __tablename__ = "entry"
    __table_args__ = (
        Index("entry_by_time", "coverage", "at", "id", sqlite_where=text("binned_at IS NULL")),
        Index("entry_by_coverage", "coverage"),
    )
    id: UUID = Field(primary_key=True, sa_type=Id)
    coverage: UUID = Field(sa_type=Id, foreign_key="coverage.id", ondelete="CASCADE")
    at: datetime = Field(sa_type=Moment)
    stage: str
    headline: str
    body: bytes
    seal: bytes
    digest: str
    author: str
    changed_at: datetime = Field(sa_type=Moment)
    embeds: int
    images: int
    is_key: bool
    withdrawn_for: str
    binned_at: datetime | None = Field(sa_type=Moment)
    words_row: int = Field(unique=True)
    row_seal: bytes


class RevisionRecord(SQLModel, table=True):
    """A kept version of an entry; never changed."""

    __tablename__ = "revision"
    __table_args__ = (Index("revision_by_number", "entry", "number", unique=True),)
    id: UUID = Field(primary_key=True, sa_type=Id)
    entry: UUID = Field(sa_type=Id, foreign_key="entry.id", ondelete="CASCADE")
    number: int
    reason: str
    author: str
    made_at: datetime = Field(sa_type=Moment)
    body: bytes
    digest: str
    seal: bytes


class SummaryVersionRecord(SQLModel, table=True):
    """A kept version of a coverage's bullets; never changed."""

    __tablename__ = "summary_version"
    __table_args__ = (Index("summary_version_by_number", "coverage", "number", unique=True),)
    id: UUID = Field(primary_key=True, sa_type=Id)
    coverage: UUID = Field(sa_type=Id, foreign_key="coverage.id", ondelete="CASCADE")
    number: int
    keeping: str
    author: str
    made_at: datetime = Field(sa_type=Moment)
    body: bytes
    seal: bytes


class EndpointRecord(SQLModel, table=True):
    """A configured endpoint; never its secret. `details` is a JSON object of strings."""

    __tablename__ = "endpoint"
    id: UUID = Field(primary_key=True, sa_type=Id)
    name: str = Field(unique=True)
    url: str
    environment: str
    kind: str
    instance: UUID | None = Field(sa_type=Id)
    secret_source: str
    secret_name: str
    account: str
    details: str
    seal: bytes


class OperationRecord(SQLModel, table=True):
    """A row of the outbox. `sequence` only ever grows; `media` is a JSON array of SHA-256 in hex."""

    __tablename__ = "operation"
    __table_args__ = (
        Index("operation_unfinished", "endpoint", "kind", "target", "sequence", sqlite_where=text(UNFINISHED)),
        Index("operation_by_coverage", "coverage"),
        {"sqlite_autoincrement": True},
    )
    sequence: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(sa_type=Id, unique=True)
    endpoint: UUID = Field(sa_type=Id)
    instance: UUID | None = Field(sa_type=Id)
    coverage: UUID = Field(sa_type=Id, foreign_key="coverage.id", ondelete="CASCADE")
    kind: str
    target: UUID = Field(sa_type=Id)
    revision: int
    digest: str
    payload: bytes
    media: str
    state: str
    attempts: int
    reason: str
    by: str
    made_at: datetime = Field(sa_type=Moment)
    not_before: datetime | None = Field(sa_type=Moment)
    reserved: str
    rank: int
    seal: bytes


class PublicationRecord(SQLModel, table=True):
    """What an endpoint acknowledged to hold, per target."""

    __tablename__ = "publication"
    __table_args__ = (Index("publication_by_coverage", "coverage"),)
    endpoint: UUID = Field(primary_key=True, sa_type=Id)
    kind: str = Field(primary_key=True)
    target: UUID = Field(primary_key=True, sa_type=Id)
    coverage: UUID = Field(sa_type=Id, foreign_key="coverage.id", ondelete="CASCADE")
    operation: UUID = Field(sa_type=Id)
    revision: int
    digest: str
    etag: str
    acknowledged_at: datetime = Field(sa_type=Moment)
    is_withdrawn: bool
    seal: bytes


class RemoteRecord(SQLModel, table=True):
    """What somebody else put at an endpoint, per target, over what the desk knows; an empty body: taken down."""

    __tablename__ = "remote"
    __table_args__ = (Index("remote_by_coverage", "coverage"),)
    endpoint: UUID = Field(primary_key=True, sa_type=Id)
    kind: str = Field(primary_key=True)
    target: UUID = Field(primary_key=True, sa_type=Id)
    coverage: UUID = Field(sa_type=Id, foreign_key="coverage.id", ondelete="CASCADE")
    operation: UUID | None = Field(sa_type=Id)
    etag: str
    body: bytes
    by: str
    at: datetime = Field(sa_type=Moment)
    seal: bytes


class ReceiptRecord(SQLModel, table=True):
    """What an endpoint answered. Kept when its coverage or endpoint is removed: it says what readers were sent."""

    __tablename__ = "receipt"
    __table_args__ = (Index("receipt_by_coverage", "coverage"), {"sqlite_autoincrement": True})
    sequence: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(sa_type=Id, unique=True)
    operation: UUID = Field(sa_type=Id)
    endpoint: UUID = Field(sa_type=Id)
    coverage: UUID = Field(sa_type=Id)
    at: datetime = Field(sa_type=Moment)
    outcome: str
    detail: str
    etag: str
    seal: bytes


class ProofRecord(SQLModel, table=True):
    """A kept proof of a coverage's page; never changed."""

    __tablename__ = "proof"
    __table_args__ = (Index("proof_by_time", "coverage", "made_at"),)
    id: UUID = Field(primary_key=True, sa_type=Id)
    coverage: UUID = Field(sa_type=Id, foreign_key="coverage.id", ondelete="CASCADE")
    made_at: datetime = Field(sa_type=Moment)
    body: bytes
    seal: bytes


class MediaRecord(SQLModel, table=True):
    """A file in `media/`, named by its SHA-256 in hex."""

    __tablename__ = "media"
    sha256: str = Field(primary_key=True)
    media_type: str
    width: int
    height: int
    size: int


class SettingRecord(SQLModel, table=True):
    """A choice of the desk, such as the coverage used last."""

    __tablename__ = "setting"
    key: str = Field(primary_key=True)
    value: str


metadata: Final = SQLModel.metadata


def _table(name: str) -> Table:
    return metadata.tables[name]


coverage: Final = _table("coverage")
entry: Final = _table("entry")
revision: Final = _table("revision")
summary_version: Final = _table("summary_version")
endpoint: Final = _table("endpoint")
operation: Final = _table("operation")
publication: Final = _table("publication")
remote: Final = _table("remote")
receipt: Final = _table("receipt")
proof: Final = _table("proof")
media: Final = _table("media")
setting: Final = _table("setting")
