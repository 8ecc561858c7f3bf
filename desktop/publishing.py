"""Publishing: what a producer puts into the outbox, and says about what waits there."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from desktop import proofs, summaries, versions
from desktop.checks.findings import NotReady, blockers
from desktop.domain import moment
from desktop.domain.change import Change, ChangeKind, Listener, Listeners
from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.entry import Correction, Entry, Stage, Withdrawal, is_empty
from desktop.domain.outbox import Operation, OperationKind
from desktop.domain.problem import InvalidValue
from desktop.domain.proof import Proof
from desktop.domain.revision import Reason, digest
from desktop.domain.text import clean
from desktop.domain.words import tr
from desktop.publish import difference, enqueue, guard
from desktop.publish.difference import Difference
from desktop.records import Records, house_of, producer_name
from desktop.store.store import Store
from desktop.store.writing import Writing


class _OnlyLooked(Exception):
    """Nothing of a transaction is to be kept."""


class Publishing(Records):
    """The acts that reach readers, each one transaction and one change told after commit; from any thread."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._listeners = Listeners()

    def listen(self, method: Listener) -> None:
        """Tell a bound method every change after it is committed, on the thread that committed it."""
        self._listeners.add(method)

    def tell(self, change: Change) -> None:
        """Tell everybody of a change that is committed; the outbox runner tells its own through here."""
        self._listeners.tell(change)

    def publish(
        self,
        coverage_id: UUID,
        entry_ids: Sequence[UUID] | None,
        endpoint_id: UUID,
        *,
        on_air: bool = False,
        by: object = None,
    ) -> tuple[Operation, ...]:
        """Put entries into the outbox with the page and the summary as they stand; None means every ready entry.

        Revisions and operations are written in one transaction. A production endpoint needs `on_air` and entries
        without blockers; where the house says so, a page that is proved as it is. Raises GuardRefused or NotReady, and
        then nothing is written.
        """
        with self.store.write() as writing:
            producer = producer_name(writing)
            endpoint = self._guarded(writing, endpoint_id, on_air=on_air)
            entries = (
                writing.entries(coverage_id, ready_only=True)
                if entry_ids is None
                else tuple(writing.entry(entry_id) for entry_id in entry_ids)
            )
            for entry in entries:
                self._refuse_unready(entry, endpoint)
            coverage = writing.coverage(coverage_id)
            unproved = proofs.allow(writing, coverage, house_of(writing, coverage), endpoint, entries)
            kept = tuple(
                self._publishable(writing, entry, endpoint, producer)
                for entry in sorted(entries, key=lambda each: (each.at, each.id))
            )
            operations = self._enqueue(writing, writing.coverage(coverage_id), kept, endpoint, producer)
            summaries.keep_published(writing, coverage_id, operations, producer)
        self._told(coverage_id, kept, by)
        if unproved:
            self.tell(Change(ChangeKind.UNPROVED, coverage_id, by=by))
        return operations

    def difference(self, coverage_id: UUID, entry_ids: Sequence[UUID] | None, endpoint_id: UUID) -> Difference:
        """Compare what readers have with what publishing now would send; nothing is kept and nothing is sent.

        It is what `publish` would do, with everything that waits already, undone before anybody sees it.
        """
        found = Difference()
        with suppress(_OnlyLooked), self.store.write() as writing:
            producer, coverage = producer_name(writing), writing.coverage(coverage_id)
            endpoint = writing.endpoint(endpoint_id)
            entries = (
                writing.entries(coverage_id, ready_only=True)
                if entry_ids is None
                else tuple(writing.entry(entry_id) for entry_id in entry_ids)
            )
            kept = tuple(self._publishable(writing, entry, endpoint, producer) for entry in entries)
            self._enqueue(writing, coverage, kept, endpoint, producer)
            found = difference.difference(writing, endpoint_id, coverage_id, house_of(writing, coverage))
            raise _OnlyLooked
        return found

    def publish_summary(
        self, coverage_id: UUID, endpoint_id: UUID, *, on_air: bool = False, by: object = None
    ) -> tuple[Operation, ...]:
        """Put the page and its summary bullets into the outbox, as one act, without any entry."""
        return self.publish(coverage_id, (), endpoint_id, on_air=on_air, by=by)

    def withdraw(
        self, entry_id: UUID, reason: str, endpoint_id: UUID, *, on_air: bool = False, by: object = None
    ) -> tuple[Operation, ...]:
        """Take an entry back from readers, who see the reason in its place; raises InvalidValue without a reason.

        One that only waited in the outbox leaves it and is a draft again: readers had nothing of it.
        """
        if not reason.strip():
            message = tr("A withdrawal needs a reason that readers will see.")
            raise InvalidValue(message)
        with self.store.write() as writing:
            producer = producer_name(writing)
            endpoint = self._guarded(writing, endpoint_id, on_air=on_air)
            entry = writing.entry(entry_id)
            coverage = writing.coverage(entry.coverage_id)
            withdrawn = replace(entry, withdrawal=Withdrawal(clean(reason.strip()), moment.now()), stage=Stage.READY)
            was_held = writing.publication(endpoint_id, OperationKind.ENTRY, entry_id) is not None
            operations = self._enqueue(writing, coverage, (withdrawn,), endpoint, producer)
            if not was_held and all(operation.target_id != entry_id for operation in operations):
                writing.put_entry(replace(entry, stage=Stage.DRAFT), producer)
        self._told(entry.coverage_id, (entry,), by)
        return operations

    def correct(self, entry_id: UUID, text: str, *, by: object = None) -> Entry:
        """Add a correction that readers will see with the entry's next publication."""
        if not text.strip():
            message = tr("A correction needs words that tell readers what was wrong.")
            raise InvalidValue(message)
        with self.store.write() as writing:
            producer = producer_name(writing)
            entry = writing.entry(entry_id)
            correction = Correction(clean(text.strip()), moment.now())
            corrected = replace(entry, corrections=(*entry.corrections, correction))
            writing.add_revision(corrected, Reason.CORRECTED, producer)
        self.tell(Change(ChangeKind.ENTRIES, entry.coverage_id, (entry_id,), by))
        return corrected

    def keep_proof(self, proof: Proof, *, by: object = None) -> Proof:
        """Keep what was proved of a page, joined to the proof before where both stand on the same page."""
        with self.store.write() as writing:
            kept = proofs.keep(writing, proof)
        self.tell(Change(ChangeKind.PROOFS, proof.coverage_id, by=by))
        return kept

    # --- endpoints ----------------------------------------------------------------------------------------------

    def add_endpoint(self, endpoint: Endpoint, *, by: object = None) -> None:
        """Configure an endpoint, or change one; raises NameTaken, or GuardRefused while something waits for it."""
        with self.store.write() as writing:
            enqueue.check_change(writing, endpoint)
            writing.put_endpoint(endpoint)
        self.tell(Change(ChangeKind.ENDPOINTS, by=by))

    def remove_endpoint(self, endpoint_id: UUID, *, by: object = None) -> None:
        """Forget an endpoint; one with operations still waiting raises StillInUse."""
        with self.store.write() as writing:
            writing.remove_endpoint(endpoint_id)
        self.tell(Change(ChangeKind.ENDPOINTS, by=by))

    def _guarded(self, writing: Writing, endpoint_id: UUID, *, on_air: bool) -> Endpoint:
        endpoint = writing.endpoint(endpoint_id)
        guard.allow(endpoint, on_air=on_air)
        return endpoint

    def _refuse_unready(self, entry: Entry, endpoint: Endpoint) -> None:
        if is_empty(entry):
            message = tr("An empty entry cannot be published.")
            raise NotReady(message, next_action=tr("Write it, or move it to the bin."))
        found = blockers(self.check(entry))
        if found and endpoint.environment is Environment.PRODUCTION and entry.withdrawal is None:
            message = tr("“{headline}” is not ready for readers.").format(headline=entry.headline[:60])
            raise NotReady(message, detail=" ".join(finding.sentence for finding in found))

    def _publishable(self, writing: Writing, entry: Entry, endpoint: Endpoint, producer: str) -> Entry:
        """Keep the revision that is published; one that changes what readers have says when it was edited."""
        held = writing.publication(endpoint.id, OperationKind.ENTRY, entry.id)
        ready = replace(entry, stage=Stage.READY)
        if held is not None and held.digest != digest(ready):
            ready = replace(ready, edited_at=moment.now())
        versions.keep(writing, ready, Reason.PUBLISHED, producer)
        return ready

    def _enqueue(
        self, writing: Writing, coverage: Coverage, entries: Sequence[Entry], endpoint: Endpoint, producer: str
    ) -> tuple[Operation, ...]:
        house = house_of(writing, coverage).to_json()
        return enqueue.enqueue(writing, coverage, entries, endpoint, house, by=producer, now=moment.now())

    def _told(self, coverage_id: UUID, entries: Sequence[Entry], by: object) -> None:
        self.tell(Change(ChangeKind.ENTRIES, coverage_id, tuple(entry.id for entry in entries), by))
        self.tell(Change(ChangeKind.OUTBOX, coverage_id, tuple(entry.id for entry in entries), by))
