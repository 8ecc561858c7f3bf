"""Reading from the store: one consistent snapshot."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import Connection

from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.endpoint import Endpoint, Receipt
from desktop.domain.entry import Entry
from desktop.domain.outbox import Operation, OperationKind, OperationState, Publication
from desktop.domain.proof import Proof
from desktop.domain.remote import RemoteVersion
from desktop.domain.revision import Revision
from desktop.domain.summary import Ground, SummaryVersion
from desktop.domain.timeline import TimelineRow
from desktop.store import (
    coverages,
    endpoints,
    entries,
    journal,
    listing,
    outbox,
    outbox_look,
    proofs,
    publications,
    receipts,
    remotes,
    revisions,
    search,
    settings,
    summaries,
)
from desktop.store.values import Answered, CoverageRow, Hit, Outbox


class Reading:
    """What the store holds, as it was when the first question was asked. Good only inside its `with` block."""

    def __init__(self, connection: Connection) -> None:
        self._connection: Connection | None = connection

    def end(self) -> None:
        """Refuse every later question: outside its block there is no snapshot, and no transaction, to ask in."""
        self._connection = None

    @property
    def _now(self) -> Connection:
        if self._connection is None:
            message = "The store was asked through a reading or writing whose block has ended."
            raise RuntimeError(message)
        return self._connection

    def coverages(self) -> tuple[CoverageRow, ...]:
        """List coverages, the one changed last first."""
        return coverages.rows(self._now)

    def coverage(self, coverage_id: UUID) -> Coverage:
        """Read a coverage; raises NotFound."""
        return coverages.one(self._now, coverage_id)

    def entry(self, entry_id: UUID) -> Entry:
        """Read the working copy of an entry, also one in the bin; raises NotFound."""
        return entries.one(self._now, entry_id)

    def entries(self, coverage_id: UUID, *, ready_only: bool = False) -> tuple[Entry, ...]:
        """Read a coverage's entries, newest first, without the bin."""
        return entries.of_coverage(self._now, coverage_id, ready_only=ready_only)

    def binned(self, coverage_id: UUID) -> tuple[Entry, ...]:
        """Read the entries in a coverage's bin, the last one put there first."""
        return entries.binned(self._now, coverage_id)

    def timeline(
        self, coverage_id: UUID, endpoint_id: UUID | None, *, limit: int | None = None, words: str = ""
    ) -> tuple[TimelineRow, ...]:
        """List a coverage's entries as they stand at an endpoint, newest first; `words` keeps those that hold them."""
        return listing.newest(self._now, coverage_id, endpoint_id, limit=limit, typed=words)

    def timeline_row(self, entry_id: UUID, endpoint_id: UUID | None) -> TimelineRow | None:
        """Return one entry's row, None when it is in the bin or not there."""
        return listing.one(self._now, entry_id, endpoint_id)

    def timeline_rows(self, entry_ids: Sequence[UUID], endpoint_id: UUID | None) -> dict[UUID, TimelineRow]:
        """Return some entries' rows by id; one that is in the bin or not there has none."""
        return listing.of_entries(self._now, entry_ids, endpoint_id)

    def search(self, words: str, *, coverage_id: UUID | None = None, limit: int = 20) -> tuple[Hit, ...]:
        """Find entries that hold all the words, the last one as the start of a word, newest first."""
        return search.newest(self._now, words, coverage_id, limit)

    def revisions(self, entry_id: UUID) -> tuple[Revision, ...]:
        """Read the kept versions of an entry, newest first."""
        return revisions.of_entry(self._now, entry_id)

    def newest_revision(self, entry_id: UUID) -> Revision | None:
        """Read the newest kept version of an entry."""
        return revisions.newest(self._now, entry_id)

    def grounds(self, points: Iterable[SummaryPoint]) -> dict[UUID, Ground]:
        """Read the entries bullets rest on, by id; one in the bin or gone is left out."""
        return summaries.grounds(self._now, points)

    def summary_versions(self, coverage_id: UUID) -> tuple[SummaryVersion, ...]:
        """Read every kept version of a coverage's summary, newest first."""
        return summaries.versions(self._now, coverage_id)

    def proof(self, coverage_id: UUID) -> Proof | None:
        """Read the proof of a coverage's page made last, None when there is none."""
        return proofs.newest(self._now, coverage_id)

    def proofs(self, coverage_id: UUID, limit: int) -> tuple[Proof, ...]:
        """Read the proofs of a coverage's page, the one made last first."""
        return proofs.every(self._now, coverage_id, limit)

    def gated(self, coverage_id: UUID) -> tuple[Entry, ...]:
        """Read a coverage's ready entries that hold embeds, newest first, without the bin."""
        return proofs.gated(self._now, coverage_id)

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Read the endpoints, by name."""
        return endpoints.every(self._now)

    def endpoint(self, endpoint_id: UUID) -> Endpoint:
        """Read an endpoint; raises NotFound."""
        return endpoints.one(self._now, endpoint_id)

    def endpoint_named(self, name: str) -> Endpoint:
        """Read the endpoint of a name; raises NotFound."""
        return endpoints.named(self._now, name)

    def operations(
        self,
        *,
        endpoint_id: UUID | None = None,
        coverage_id: UUID | None = None,
        states: Iterable[OperationState] | None = None,
        target_ids: Collection[UUID] | None = None,
        limit: int | None = None,
    ) -> tuple[Operation, ...]:
        """Read operations by sequence, those of some targets when `target_ids` names them, the oldest `limit`."""
        return outbox.every(
            self._now,
            endpoint_id=endpoint_id,
            coverage_id=coverage_id,
            states=states,
            target_ids=target_ids,
            limit=limit,
        )

    def operation(self, operation_id: UUID) -> Operation:
        """Read an operation; raises NotFound."""
        return outbox.one(self._now, operation_id)

    def publication(self, endpoint_id: UUID, kind: OperationKind, target_id: UUID) -> Publication | None:
        """Read what an endpoint acknowledged of one target."""
        return publications.one(self._now, endpoint_id, kind, target_id)

    def publications(
        self, endpoint_id: UUID, coverage_id: UUID, target_ids: Collection[UUID] | None = None
    ) -> tuple[Publication, ...]:
        """Read what an endpoint acknowledged of a coverage, or of some targets of it."""
        return publications.of_coverage(self._now, endpoint_id, coverage_id, target_ids)

    def remote(self, endpoint_id: UUID, kind: OperationKind, target_id: UUID) -> RemoteVersion | None:
        """Read what somebody else put at an endpoint over what the desk knows of one target."""
        return remotes.one(self._now, endpoint_id, kind, target_id)

    def remotes(self, endpoint_id: UUID, coverage_id: UUID) -> tuple[RemoteVersion, ...]:
        """Read what others put at an endpoint over what the desk knows of a coverage, the oldest first."""
        return remotes.of_coverage(self._now, endpoint_id, coverage_id)

    def receipts(
        self, *, endpoint_id: UUID | None = None, coverage_id: UUID | None = None, limit: int = 200
    ) -> tuple[Receipt, ...]:
        """Read what endpoints answered, the newest first."""
        return receipts.newest(self._now, endpoint_id=endpoint_id, coverage_id=coverage_id, limit=limit)

    def answered(self, *, coverage_id: UUID | None = None, limit: int = 200) -> tuple[Answered, ...]:
        """Read what endpoints answered with what each receipt was for, the newest first."""
        return journal.search(self._now, journal.Search(coverage_id=coverage_id), limit)

    def journal(self, wanted: journal.Search, limit: int) -> tuple[Answered, ...]:
        """Search what was sent and which answer it had, the newest first."""
        return journal.search(self._now, wanted, limit)

    def outbox(self, limit: int) -> Outbox:
        """List the first unfinished operations, the parked ones before those that wait, and count all."""
        return outbox_look.look(self._now, limit)

    def is_unanswered(self, endpoint_id: UUID) -> bool:
        """Tell whether something for an endpoint was tried without an answer, and waits to be tried again."""
        return outbox_look.is_unanswered(self._now, endpoint_id)

    def setting(self, key: str, default: str = "") -> str:
        """Read a setting."""
        return settings.one(self._now, key, default)
