"""The one door: every action of a producer is one method here, one transaction, one change told after commit."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from desktop import own_words, proofreading, shifts, snippets, summaries, versions
from desktop.dispatch import Dispatch
from desktop.domain import clock as coverage_clock
from desktop.domain import moment
from desktop.domain.change import Change, ChangeKind
from desktop.domain.clock import ClockEvent, ClockTurn
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.entry import Entry, Stage
from desktop.domain.identity import new_id
from desktop.domain.outbox import OperationKind
from desktop.domain.problem import InvalidValue
from desktop.domain.progress import counted
from desktop.domain.revision import Reason
from desktop.domain.text import clean
from desktop.domain.words import tr
from desktop.exchange import files, sample
from desktop.exchange.history import Past
from desktop.exchange.imported import Imported, with_new_ids
from desktop.intake import Intake
from desktop.page.house import House
from desktop.records import house_key, house_of, producer_name
from desktop.snippets import Snippet
from desktop.store.lock import WorkspaceLock
from desktop.store.store import Store
from desktop.store.writing import Writing

LAST_COVERAGE: Final = "last_coverage"
_SAMPLE: Final = "sample_coverage"


class Workspace(Dispatch, Intake):
    """A folder of coverages, open for work. Methods may be called from any thread; readers see only what is committed.

    Opened for writing it holds the folder's lock: a second process that wants to write gets StoreLocked.
    """

    def __init__(self, store: Store, lock: WorkspaceLock | None) -> None:
        super().__init__(store)
        self._lock = lock

    @classmethod
    def open(cls, folder: Path, *, writes: bool = True) -> "Workspace":
        """Open a folder, made when it is not there; raises StoreLocked, StoreTooNew or StoreDamaged."""
        lock = WorkspaceLock.acquire(folder) if writes else None
        try:
            return cls(Store.open(folder), lock)
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    def close(self) -> None:
        """Close the store and let the folder go."""
        self.store.close()
        if self._lock is not None:
            self._lock.release()

    # --- coverages ----------------------------------------------------------------------------------------------

    def save_setting(self, key: str, value: str) -> None:
        """Keep a setting."""
        with self.store.write() as writing:
            writing.put_setting(key, value)

    def save_house_words(self, house: House, own: Mapping[str, str], *, by: object = None) -> None:
        """Word some keys of a house, as it came, differently in this workspace; raises HouseInvalid, naming the key."""
        with self.store.write() as writing:
            own_words.keep(writing, house, own)
            coverages = [writing.coverage(row.id) for row in writing.coverages()]
            touched = [each.id for each in coverages if house_of(writing, each).name == house.name]
        for coverage_id in touched:
            self.tell(Change(ChangeKind.COVERAGE, coverage_id, by=by))

    def save_spelling(self, language: str, *, by: object = None) -> None:
        """Check spelling in a language from now on, or not at all for "off"."""
        with self.store.write() as writing:
            proofreading.put_language(writing, language)
        self.tell(Change(ChangeKind.COVERAGE, by=by))

    def save_snippets(self, kept: Sequence[Snippet], *, by: object = None) -> None:
        """Keep snippets in place of those before; one without a name or words, or a name twice, raises InvalidValue."""
        with self.store.write() as writing:
            snippets.put(writing, kept)
        self.tell(Change(ChangeKind.COVERAGES, by=by))

    def save_names(self, coverage_id: UUID, names: Collection[str], *, by: object = None) -> None:
        """Keep the names a page has of its own."""
        with self.store.write() as writing:
            proofreading.put_names(writing, coverage_id, names)
        self.tell(Change(ChangeKind.COVERAGE, coverage_id, by=by))

    def create_coverage(
        self, headline: str, zone: str = "Europe/London", house: str = "default", *, by: object = None
    ) -> Coverage:
        """Start a page; an empty headline or an unknown zone raises InvalidValue."""
        if not headline.strip():
            message = tr("A page needs a headline.")
            raise InvalidValue(message)
        House.shipped(house)
        coverage = Coverage(id=new_id(), headline=clean(headline.strip()), zone=moment.zone(zone).key, house=house)
        with self.store.write() as writing:
            writing.put_coverage(coverage)
            writing.put_setting(LAST_COVERAGE, str(coverage.id))
        self.tell(Change(ChangeKind.COVERAGES, coverage.id, by=by))
        return coverage

    def save_coverage(self, coverage: Coverage, *, by: object = None) -> None:
        """Keep a coverage's headline, description, zone or house; raises InvalidValue for an unknown zone."""
        moment.zone(coverage.zone)
        with self.store.write() as writing:
            writing.put_coverage(coverage)
        self.tell(Change(ChangeKind.COVERAGE, coverage.id, by=by))

    def delete_coverage(self, coverage_id: UUID, *, by: object = None) -> None:
        """Delete a coverage and all its entries."""
        with self.store.write() as writing:
            writing.delete_coverage(coverage_id)
        self.tell(Change(ChangeKind.COVERAGES, coverage_id, by=by))

    def turn_clock(
        self,
        coverage_id: UUID,
        turn: ClockTurn,
        *,
        until: datetime | None = None,
        message: str = "",
        entry_id: UUID | None = None,
        by: object = None,
    ) -> Coverage:
        """Start, pause, resume or end coverage now; a turn that cannot follow raises InvalidValue."""
        event = ClockEvent(turn, moment.now(), until, clean(message), entry_id)
        with self.store.write() as writing:
            coverage = writing.coverage(coverage_id)
            coverage = replace(coverage, clock=coverage_clock.turn(coverage.clock, event))
            writing.put_coverage(coverage)
        self.tell(Change(ChangeKind.COVERAGE, coverage_id, by=by))
        return coverage

    def plan(self, coverage_id: UUID, at: datetime | None, *, by: object = None) -> Coverage:
        """Say when coverage is meant to start, None for no time; raises InvalidValue for a past time."""
        with self.store.write() as writing:
            coverage = shifts.plan(writing, coverage_id, at)
        self.tell(Change(ChangeKind.COVERAGE, coverage_id, by=by))
        return coverage

    def hand_over(self, coverage_id: UUID, note: str, *, by: object = None) -> Coverage:
        """Leave a note to the next shift; raises InvalidValue without words."""
        with self.store.write() as writing:
            coverage = shifts.hand_over(writing, coverage_id, note, producer_name(writing))
        self.tell(Change(ChangeKind.COVERAGE, coverage_id, by=by))
        return coverage

    def take_over(self, coverage_id: UUID, *, by: object = None) -> Coverage:
        """Say that every note of the shifts before was read."""
        with self.store.write() as writing:
            coverage = shifts.take_over(writing, coverage_id, producer_name(writing))
        self.tell(Change(ChangeKind.COVERAGE, coverage_id, by=by))
        return coverage

    def save_summary(self, coverage_id: UUID, points: Sequence[SummaryPoint], *, by: object = None) -> None:
        """Keep the summary bullets in their order."""
        with self.store.write() as writing:
            summaries.save(writing, coverage_id, points, producer_name(writing))
        self.tell(Change(ChangeKind.COVERAGE, coverage_id, by=by))

    def confirm_point(self, coverage_id: UUID, point_id: UUID, *, by: object = None) -> None:
        """Say that a bullet is still true as the entries it rests on stand now."""
        with self.store.write() as writing:
            summaries.confirm(writing, coverage_id, point_id, producer_name(writing))
        self.tell(Change(ChangeKind.COVERAGE, coverage_id, by=by))

    def restore_summary(self, coverage_id: UUID, number: int, *, by: object = None) -> None:
        """Bring a kept version of the summary back; the present one is kept already."""
        with self.store.write() as writing:
            summaries.restore(writing, coverage_id, number, producer_name(writing))
        self.tell(Change(ChangeKind.COVERAGE, coverage_id, by=by))

    def pin(self, coverage_id: UUID, entry_id: UUID | None, *, by: object = None) -> None:
        """Pin one entry to the top of the page, or none."""
        with self.store.write() as writing:
            coverage = writing.coverage(coverage_id)
            writing.put_coverage(replace(coverage, pinned=entry_id))
        touched = tuple(each for each in (coverage.pinned, entry_id) if each)
        self.tell(Change(ChangeKind.COVERAGE, coverage_id, touched, by))

    # --- entries ------------------------------------------------------------------------------------------------

    def new_entry(self, coverage_id: UUID, *, by: object = None) -> Entry:
        """Start an entry now, as a draft with the producer's name kept beside it."""
        with self.store.write() as writing:
            writing.coverage(coverage_id)
            entry = Entry(id=new_id(), coverage_id=coverage_id, at=moment.now())
            writing.put_entry(entry, producer_name(writing))
        self.tell(Change(ChangeKind.ENTRIES, coverage_id, (entry.id,), by))
        return entry

    def save_draft(self, entry: Entry, *, by: object = None) -> datetime:
        """Keep an entry as it is typed; returns when it was saved. Readers get nothing of it."""
        with self.store.write() as writing:
            producer = producer_name(writing)
            writing.put_entry(entry, producer)
        self.tell(Change(ChangeKind.ENTRIES, entry.coverage_id, (entry.id,), by))
        return moment.now()

    def mark_ready(self, entry_id: UUID, *, by: object = None) -> Entry:
        """Say that an entry may be published; keeps a revision."""
        return self._stage(entry_id, Stage.READY, by)

    def return_to_draft(self, entry_id: UUID, *, by: object = None) -> Entry:
        """Take an entry back to the desk."""
        return self._stage(entry_id, Stage.DRAFT, by)

    def keep_version(self, entry_id: UUID, *, by: object = None) -> Entry:
        """Keep what stands on the desk of an entry as a version, unless the newest one says just this."""
        with self.store.write() as writing:
            entry = writing.entry(entry_id)
            versions.keep(writing, entry, Reason.EDITING, producer_name(writing))
        self.tell(Change(ChangeKind.ENTRIES, entry.coverage_id, (entry_id,), by))
        return entry

    def duplicate_entry(self, entry_id: UUID, *, by: object = None) -> Entry:
        """Start a draft that says what an entry says, timed now."""
        with self.store.write() as writing:
            copy = versions.duplicate(writing, entry_id, producer_name(writing))
        self.tell(Change(ChangeKind.ENTRIES, copy.coverage_id, (copy.id,), by))
        return copy

    def restore_revision(self, entry_id: UUID, number: int, *, by: object = None) -> Entry:
        """Bring a kept version back as what stands on the desk; the present one is kept as a revision first."""
        with self.store.write() as writing:
            producer = producer_name(writing)
            standing = writing.entry(entry_id)
            kept = next((each for each in writing.revisions(entry_id) if each.number == number), None)
            if kept is None:
                message = tr("The entry has no version {number}.").format(number=number)
                raise InvalidValue(message)
            versions.keep(writing, standing, Reason.EDITING, producer)
            restored = replace(kept.entry, stage=standing.stage)
            writing.add_revision(restored, Reason.RESTORED, producer)
        self.tell(Change(ChangeKind.ENTRIES, standing.coverage_id, (entry_id,), by))
        return restored

    def bin_entry(self, entry_id: UUID, *, by: object = None) -> None:
        """Move an entry to the bin; one that readers have must be withdrawn instead and raises InvalidValue."""
        with self.store.write() as writing:
            entry = writing.entry(entry_id)
            for endpoint in writing.endpoints():
                held = writing.publication(endpoint.id, OperationKind.ENTRY, entry_id)
                if held is not None and not held.is_withdrawn:
                    message = tr("“{headline}” is live at {endpoint}.").format(
                        headline=entry.headline[:60], endpoint=endpoint.name
                    )
                    raise InvalidValue(message, next_action=tr("Withdraw it first, so that readers are told."))
            writing.bin_entry(entry_id)
        self.tell(Change(ChangeKind.ENTRIES, entry.coverage_id, (entry_id,), by))

    def restore_entry(self, entry_id: UUID, *, by: object = None) -> Entry:
        """Bring an entry back from the bin."""
        with self.store.write() as writing:
            writing.restore_entry(entry_id)
            entry = writing.entry(entry_id)
        self.tell(Change(ChangeKind.ENTRIES, entry.coverage_id, (entry_id,), by))
        return entry

    # --- import and export --------------------------------------------------------------------------------------

    def add_imported(self, imported: Imported, *, by: object = None) -> Coverage:
        """Take an imported coverage in, all or nothing: a coverage that is here already comes in as a second one.

        A backup is made before it, unless there is nothing yet to lose.
        """
        if self.coverages():
            self.store.backup()
        for file in counted(tr("Keeping media"), imported.media):
            self.store.add_media(file.data, file.media_type, file.width, file.height)
        with self.store.write() as writing:
            producer = producer_name(writing)
            if any(row.id == imported.coverage.id for row in writing.coverages()):
                imported = with_new_ids(imported)
            coverage = imported.coverage
            writing.put_coverage(coverage)
            if imported.past is None:
                writing.add_revisions(imported.entries[::-1], Reason.IMPORTED, producer)
            else:
                _take_in_with_past(writing, imported.entries, imported.past, producer)
            writing.put_setting(LAST_COVERAGE, str(coverage.id))
            if imported.house is not None:
                writing.put_setting(house_key(coverage.id), json.dumps(imported.house))
        self.tell(Change(ChangeKind.COVERAGES, coverage.id, by=by))
        return coverage

    def import_file(
        self, path: Path, house: House | None = None, title: str | None = None, *, by: object = None
    ) -> Imported:
        """Read a page from a file of any form and take it in; raises a Problem, and then nothing is written."""
        imported = files.read(path, house, title)
        coverage = self.add_imported(imported, by=by)
        return replace(imported, coverage=coverage)

    def sample(self, *, by: object = None) -> Coverage:
        """Return the sample coverage, taken in first unless it is here."""
        known = self.setting(_SAMPLE)
        here = next((row.id for row in self.coverages() if str(row.id) == known), None)
        if here is not None:
            return self.coverage(here)
        coverage = self.add_imported(sample.load(), by=by)
        self.save_setting(_SAMPLE, str(coverage.id))
        return coverage

    def export(self, coverage_id: UUID, kind: files.ExportKind, out: Path, house: House | None = None) -> Path:
        """Write a coverage into a folder in one of the forms; returns the file to open."""
        site = self.site(coverage_id, house=house)
        if kind not in {files.ExportKind.JSON, files.ExportKind.ARCHIVE}:
            return files.write(site, kind, out)
        past = self.past(coverage_id) if kind is files.ExportKind.ARCHIVE else None
        entries = self.entries(coverage_id)
        media = self.media_of((*entries, *(past.entries() if past else ())))
        return files.write(replace(site, entries=entries, media=media), kind, out, past)

    # --- the small print ----------------------------------------------------------------------------------------

    def _stage(self, entry_id: UUID, stage: Stage, by: object) -> Entry:
        with self.store.write() as writing:
            producer = producer_name(writing)
            entry = replace(writing.entry(entry_id), stage=stage)
            if stage is Stage.READY:
                writing.add_revision(entry, Reason.READY, producer)
            else:
                writing.put_entry(entry, producer)
        self.tell(Change(ChangeKind.ENTRIES, entry.coverage_id, (entry_id,), by))
        return entry


def _take_in_with_past(writing: Writing, entries: Sequence[Entry], past: Past, producer: str) -> None:
    """Take entries in with every version of them, and those in the bin back into it."""
    authors = {revision.entry.id: revision.author for revision in past.history}
    for entry in counted(tr("Keeping entries"), (*reversed(entries), *reversed(past.binned))):
        writing.put_entry(entry, authors.get(entry.id, producer))
    for entry in reversed(past.binned):
        writing.bin_entry(entry.id)
    writing.put_revisions(past.history)
