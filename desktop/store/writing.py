"""Writing to the store: one transaction, all or nothing."""

from collections.abc import Sequence
from uuid import UUID

from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.endpoint import Endpoint, Receipt
from desktop.domain.entry import Entry
from desktop.domain.outbox import Operation, OperationKind, Publication
from desktop.domain.progress import counted
from desktop.domain.proof import Proof
from desktop.domain.remote import RemoteVersion
from desktop.domain.revision import Reason, Revision
from desktop.domain.summary import Keeping, SummaryVersion
from desktop.domain.words import tr
from desktop.store import (
    coverages,
    endpoints,
    entries,
    media,
    outbox,
    proofs,
    publications,
    receipts,
    remotes,
    revisions,
    settings,
    summaries,
)
from desktop.store.reading import Reading
from desktop.store.sealed import write_down


class Writing(Reading):
    """Changes that are committed together at the end of the `with` block, and read back as already made."""

    def put_coverage(self, coverage: Coverage) -> None:
        """Keep a coverage as it stands."""
        coverages.put(self._now, coverage)

    def delete_coverage(self, coverage_id: UUID) -> None:
        """Delete a coverage and all that is in it; raises StillInUse while changes of it wait to be sent."""
        coverages.drop(self._now, coverage_id)

    def put_entry(self, entry: Entry, author: str = "") -> None:
        """Keep an entry as it stands; an empty author keeps the one before."""
        entries.put(self._now, (write_down(entry),), author)

    def bin_entry(self, entry_id: UUID) -> None:
        """Put an entry into the bin."""
        entries.move_to_bin(self._now, entry_id)

    def restore_entry(self, entry_id: UUID) -> None:
        """Bring an entry back from the bin."""
        entries.take_from_bin(self._now, entry_id)

    def add_revision(self, entry: Entry, reason: Reason, author: str) -> Revision:
        """Put an entry and keep it for good, as the next version of it."""
        return self.add_revisions((entry,), reason, author)[0]

    def add_revisions(self, many: Sequence[Entry], reason: Reason, author: str) -> tuple[Revision, ...]:
        """Put many entries, each at most once, and keep them for good: an import in few statements."""
        if not many:
            return ()
        written = [write_down(entry) for entry in counted(tr("Keeping entries"), many)]
        entries.put(self._now, written, author)
        return revisions.add(self._now, written, reason, author)

    def put_revisions(self, kept: Sequence[Revision]) -> None:
        """Take in versions of entries that are here, as they were kept elsewhere; a known one raises InvalidValue."""
        revisions.put(self._now, kept)

    def keep_summary(
        self, coverage_id: UUID, points: tuple[SummaryPoint, ...], keeping: Keeping, author: str
    ) -> SummaryVersion:
        """Keep a version of a summary for good."""
        return summaries.keep(self._now, coverage_id, points, keeping, author)

    def add_proof(self, proof: Proof) -> None:
        """Keep a proof of a coverage's page for good."""
        proofs.add(self._now, proof)

    def put_endpoint(self, endpoint: Endpoint) -> None:
        """Keep an endpoint; raises NameTaken."""
        endpoints.put(self._now, endpoint)

    def remove_endpoint(self, endpoint_id: UUID) -> None:
        """Remove an endpoint; raises StillInUse while changes wait for it."""
        endpoints.remove(self._now, endpoint_id)

    def add_operation(self, operation: Operation) -> Operation:
        """Append to the outbox and return the operation with its sequence; unsent ones it replaces are cancelled."""
        return outbox.add(self._now, operation)

    def set_operation(self, operation: Operation) -> None:
        """Keep an operation's new state; raises ValueError for one it cannot go to."""
        outbox.put_state(self._now, operation)

    def put_publication(self, publication: Publication) -> None:
        """Keep what an endpoint acknowledged."""
        publications.put(self._now, publication)

    def put_remote(self, remote: RemoteVersion) -> None:
        """Keep what somebody else put at an endpoint."""
        remotes.put(self._now, remote)

    def drop_remote(self, endpoint_id: UUID, kind: OperationKind, target_id: UUID) -> None:
        """Forget what somebody else put at an endpoint of one target: it is taken over, or ours stands there."""
        remotes.drop(self._now, endpoint_id, kind, target_id)

    def add_receipt(self, receipt: Receipt) -> None:
        """Keep what an endpoint answered."""
        receipts.add(self._now, receipt)

    def put_media(self, sha256: str, media_type: str, measures: tuple[int, int], size: int) -> None:
        """Keep what is known of a file in `media/`: width and height in pixels, size in bytes."""
        media.put(self._now, sha256, media_type, measures, size)

    def put_setting(self, key: str, value: str) -> None:
        """Keep a setting."""
        settings.put(self._now, key, value)
