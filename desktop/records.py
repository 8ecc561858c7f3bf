"""What a workspace holds, to be read: every method is one consistent look at what is committed."""

import getpass
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final
from uuid import UUID

from desktop import own_words, proofreading, proofs, snippets, summaries, versions
from desktop.checks.findings import Finding, Severity, check, unsupported_figures
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.endpoint import Endpoint, Environment, Receipt
from desktop.domain.entry import Entry, Stage, for_readers, is_empty, media_of, words_of
from desktop.domain.outbox import Operation, OperationState
from desktop.domain.proof import Proof, Stood, shortfall
from desktop.domain.revision import Revision
from desktop.domain.summary import Ground, LiveSummary, SummaryVersion
from desktop.domain.timeline import TimelineRow
from desktop.domain.words import tr
from desktop.exchange.history import Past
from desktop.page.house import House
from desktop.page.profile import shipped_names
from desktop.page.site import Site
from desktop.snippets import Snippet
from desktop.store.journal import Search
from desktop.store.reading import Reading
from desktop.store.store import Store
from desktop.store.values import Answered, CoverageRow, Hit, MediaFile, Outbox

PRODUCER: Final = "producer"


def producer_name(reading: Reading) -> str:
    """Return who works here: the name asked once, else that of the computer's account."""
    return reading.setting(PRODUCER) or getpass.getuser()


def house_of(reading: Reading, coverage: Coverage) -> House:
    """Return the profile that words a coverage's page: its own when one came with it, else a shipped one."""
    return own_words.laid_over(reading, house_as_it_came(reading, coverage))


def house_as_it_came(reading: Reading, coverage: Coverage) -> House:
    """Return a coverage's profile without what this workspace words differently."""
    written = reading.setting(house_key(coverage.id))
    return House.from_json(json.loads(written)) if written else House.shipped(coverage.house)


def house_key(coverage_id: UUID) -> str:
    """Return the setting that keeps a coverage's own house profile."""
    return f"house:{coverage_id}"


class Records:
    """The coverages, entries, endpoints and operations of an open store; from any thread."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def producer(self) -> str:
        """Who works here: the name asked once, else that of the computer's account."""
        with self.store.read() as reading:
            return producer_name(reading)

    def setting(self, key: str, default: str = "") -> str:
        """Read a setting."""
        with self.store.read() as reading:
            return reading.setting(key, default)

    def coverages(self) -> tuple[CoverageRow, ...]:
        """List every coverage, the one changed last first."""
        with self.store.read() as reading:
            return reading.coverages()

    def coverage(self, coverage_id: UUID) -> Coverage:
        """Read a coverage; raises NotFound."""
        with self.store.read() as reading:
            return reading.coverage(coverage_id)

    def entry(self, entry_id: UUID) -> Entry:
        """Read an entry as it stands on the desk; raises NotFound."""
        with self.store.read() as reading:
            return reading.entry(entry_id)

    def entries(self, coverage_id: UUID, *, ready_only: bool = False) -> tuple[Entry, ...]:
        """Read the entries of a coverage, newest first."""
        with self.store.read() as reading:
            return reading.entries(coverage_id, ready_only=ready_only)

    def timeline(
        self, coverage_id: UUID, endpoint_id: UUID | None, *, limit: int | None = None, words: str = ""
    ) -> tuple[TimelineRow, ...]:
        """List the entries of a coverage with their status at an endpoint, newest first."""
        with self.store.read() as reading:
            return reading.timeline(coverage_id, endpoint_id, limit=limit, words=words)

    def timeline_row(self, entry_id: UUID, endpoint_id: UUID | None) -> TimelineRow | None:
        """Read one row of the timeline, None when the entry is in the bin or gone."""
        with self.store.read() as reading:
            return reading.timeline_row(entry_id, endpoint_id)

    def timeline_rows(self, entry_ids: Sequence[UUID], endpoint_id: UUID | None) -> dict[UUID, TimelineRow]:
        """Read some rows of the timeline at once, by id; an entry in the bin or gone has none."""
        with self.store.read() as reading:
            return reading.timeline_rows(entry_ids, endpoint_id)

    def binned(self, coverage_id: UUID) -> tuple[Entry, ...]:
        """Read the entries in a coverage's bin, the last one put there first."""
        with self.store.read() as reading:
            return reading.binned(coverage_id)

    def search(self, words: str, *, coverage_id: UUID | None = None, limit: int = 20) -> tuple[Hit, ...]:
        """Find entries by their words, newest first."""
        with self.store.read() as reading:
            return reading.search(words, coverage_id=coverage_id, limit=limit)

    def revisions(self, entry_id: UUID) -> tuple[Revision, ...]:
        """List every kept version of an entry, newest first."""
        with self.store.read() as reading:
            return reading.revisions(entry_id)

    def live_version(self, entry_id: UUID, endpoint_id: UUID) -> Revision | None:
        """Read the version of an entry that readers of an endpoint have, None when they have none."""
        with self.store.read() as reading:
            return versions.live(reading, entry_id, endpoint_id)

    def grounds(self, points: Iterable[SummaryPoint]) -> dict[UUID, Ground]:
        """Read the entries bullets rest on as they stand, by id; one in the bin or gone is left out."""
        with self.store.read() as reading:
            return reading.grounds(points)

    def summary_versions(self, coverage_id: UUID) -> tuple[SummaryVersion, ...]:
        """List every kept version of a coverage's summary, newest first."""
        with self.store.read() as reading:
            return reading.summary_versions(coverage_id)

    def live_summary(self, coverage_id: UUID, endpoint_id: UUID) -> LiveSummary | None:
        """Read the bullets readers of an endpoint have, None when they have none of ours."""
        with self.store.read() as reading:
            return summaries.live(reading, coverage_id, endpoint_id)

    def past(self, coverage_id: UUID) -> Past:
        """Return every kept version of a coverage's entries, the oldest first, and what lies in its bin."""
        with self.store.read() as reading:
            binned = reading.binned(coverage_id)
            every = (*reading.entries(coverage_id), *binned)
            history = [revision for entry in every for revision in reversed(reading.revisions(entry.id))]
        return Past(binned, tuple(history))

    def endpoints(self) -> tuple[Endpoint, ...]:
        """List the configured endpoints."""
        with self.store.read() as reading:
            return reading.endpoints()

    def endpoint(self, endpoint_id: UUID) -> Endpoint:
        """Read an endpoint; raises NotFound."""
        with self.store.read() as reading:
            return reading.endpoint(endpoint_id)

    def operations(
        self,
        *,
        endpoint_id: UUID | None = None,
        coverage_id: UUID | None = None,
        states: Iterable[OperationState] | None = None,
    ) -> tuple[Operation, ...]:
        """List operations of the outbox, in their order."""
        with self.store.read() as reading:
            return reading.operations(endpoint_id=endpoint_id, coverage_id=coverage_id, states=states)

    def operation(self, operation_id: UUID) -> Operation:
        """Read an operation of the outbox; raises NotFound."""
        with self.store.read() as reading:
            return reading.operation(operation_id)

    def receipts(
        self, *, endpoint_id: UUID | None = None, coverage_id: UUID | None = None, limit: int = 200
    ) -> tuple[Receipt, ...]:
        """List what endpoints answered, newest first."""
        with self.store.read() as reading:
            return reading.receipts(endpoint_id=endpoint_id, coverage_id=coverage_id, limit=limit)

    def answered(self, *, coverage_id: UUID | None = None, limit: int = 200) -> tuple[Answered, ...]:
        """List what endpoints answered with what each receipt was for, newest first."""
        with self.store.read() as reading:
            return reading.answered(coverage_id=coverage_id, limit=limit)

    def journal(self, wanted: Search, limit: int = 500) -> tuple[Answered, ...]:
        """Search what was sent and which answer it had, the newest first."""
        with self.store.read() as reading:
            return reading.journal(wanted, limit)

    def outbox(self, limit: int) -> Outbox:
        """List the first items of the outbox, those that need somebody before those that wait, and count all."""
        with self.store.read() as reading:
            return reading.outbox(limit)

    def is_unanswered(self, endpoint_id: UUID) -> bool:
        """Tell whether an endpoint has not answered what was last tried there: what is published now will wait."""
        with self.store.read() as reading:
            return reading.is_unanswered(endpoint_id)

    def media_path(self, sha256: str) -> Path | None:
        """Find a media file, None when it is not here."""
        return self.store.media_path(sha256)

    def house(self, coverage_id: UUID) -> House:
        """Return the house profile that words a coverage's page: its own when one came with it, else a shipped one."""
        with self.store.read() as reading:
            return house_of(reading, reading.coverage(coverage_id))

    def houses(self) -> tuple[House, ...]:
        """List the profiles that ship and those that came with a coverage, as they came, by name."""
        with self.store.read() as reading:
            came = [house_as_it_came(reading, reading.coverage(row.id)) for row in reading.coverages()]
        found = {name: House.shipped(name) for name in shipped_names()}
        return tuple(house for _, house in sorted({**found, **{house.name: house for house in came}}.items()))

    def house_words(self, house_name: str) -> dict[str, str]:
        """Return what this workspace words differently from a house, by the profile's keys."""
        with self.store.read() as reading:
            return own_words.read(reading, house_name)

    def last_proof(self, coverage_id: UUID) -> Proof | None:
        """Read the proof of a coverage's page made last, None when there is none."""
        with self.store.read() as reading:
            return reading.proof(coverage_id)

    def proof_standing(self, coverage_id: UUID, also: Sequence[UUID] = ()) -> Stood:
        """Tell what a page's last proof is worth for the page as it is now; `also` are entries about to be on it."""
        with self.store.read() as reading:
            coverage = reading.coverage(coverage_id)
            entries = [reading.entry(entry_id) for entry_id in also]
            return proofs.standing(reading, coverage, house_of(reading, coverage), entries)

    def gated_parts(self, coverage_id: UUID, also: Sequence[UUID] = ()) -> dict[str, str]:
        """Return what a proof of a page as it is now stands on; `also` are entries about to be on it."""
        with self.store.read() as reading:
            coverage = reading.coverage(coverage_id)
            entries = [reading.entry(entry_id) for entry_id in also]
            return proofs.on_page(reading, coverage, house_of(reading, coverage), entries)

    def unproved(self, coverage_id: UUID, endpoint_id: UUID, entry_ids: Sequence[UUID] = ()) -> str:
        """Say what speaks against showing a page, with some entries, to an endpoint's readers; "" for nothing.

        Where the house blocks what is unproved, publishing refuses for the same reason.
        """
        if self.endpoint(endpoint_id).environment is not Environment.PRODUCTION:
            return ""
        return shortfall(self.proof_standing(coverage_id, entry_ids))

    def site(self, coverage_id: UUID, *, mark: str = "", house: House | None = None, also: UUID | None = None) -> Site:
        """Return everything the reader's page is rendered from: entries that are ready or live, without desk notes.

        `also` names an entry that is shown although it is a draft, as the preview does with the one being edited.
        """
        with self.store.read() as reading:
            coverage = reading.coverage(coverage_id)
            entries = tuple(
                for_readers(entry)
                for entry in reading.entries(coverage_id)
                if (entry.stage is Stage.READY or entry.id == also) and not is_empty(entry)
            )
            house = house or house_of(reading, coverage)
        return Site(coverage=coverage, entries=entries, house=house, media=self.media_of(entries), mark=mark)

    def findings(self, entry_id: UUID) -> tuple[Finding, ...]:
        """Look over an entry before it is published, blockers first, and what may be misspelt last."""
        entry = self.entry(entry_id)
        with self.store.read() as reading:
            return (*self.check(entry), *proofreading.findings(reading, entry))

    def spelling(self) -> str:
        """Return the language spelling is checked in, "off" when it is not."""
        with self.store.read() as reading:
            return proofreading.language(reading)

    def snippets(self) -> tuple[Snippet, ...]:
        """List what is kept for using again, by name."""
        with self.store.read() as reading:
            return snippets.snippets(reading)

    def names(self, coverage_id: UUID) -> frozenset[str]:
        """Return the names a page has of its own, which no dictionary knows."""
        with self.store.read() as reading:
            return proofreading.names(reading, coverage_id)

    def summary_findings(self, coverage_id: UUID) -> tuple[Finding, ...]:
        """Look over the summary: a figure that no entry supports is a warning."""
        coverage = self.coverage(coverage_id)
        said = "\n".join(words_of(entry) for entry in self.entries(coverage_id))
        return tuple(
            Finding(Severity.WARN, tr("The summary says {figure}, which stands in no entry.").format(figure=figure))
            for figure in unsupported_figures(coverage, said)
        )

    def media_of(self, entries: Iterable[Entry]) -> dict[str, MediaFile]:
        """Find the files entries need, by SHA-256; one that is not here is left out."""
        wanted = {sha256 for entry in entries for sha256 in media_of(entry)}
        found = ((sha256, self.store.media_file(sha256)) for sha256 in sorted(wanted))
        return {sha256: file for sha256, file in found if file is not None}

    def check(self, entry: Entry) -> tuple[Finding, ...]:
        """Look over an entry that need not be kept yet, blockers first."""
        return check(
            entry,
            has_media=lambda sha256: self.store.media_file(sha256) is not None,
            has_policy=lambda provider: any(self.house(entry.coverage_id).policy_links(provider).values()),
        )
