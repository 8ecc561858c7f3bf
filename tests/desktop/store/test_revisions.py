from dataclasses import replace

import pytest

from desktop.domain.entry import Stage
from desktop.domain.revision import Reason, digest
from desktop.store.problems import StoreDamaged
from desktop.store.store import Store
from tests.desktop.store.desk import Desk, damage


def test_revisions_are_numbered_per_entry_and_read_newest_first(store: Store, desk: Desk) -> None:
    first, second = desk.entry("First"), desk.entry("Second")
    changed = replace(first, headline="First, again", stage=Stage.READY)
    with store.write() as writing:
        writing.add_revision(first, Reason.EDITING, "Ada")
        writing.add_revision(second, Reason.READY, "Bo")
        writing.add_revision(changed, Reason.PUBLISHED, "Ada")
    with store.read() as reading:
        revisions = reading.revisions(first.id)
        assert [(each.number, each.reason, each.entry) for each in revisions] == [
            (2, Reason.PUBLISHED, changed),
            (1, Reason.EDITING, first),
        ]
        assert [each.digest for each in revisions] == [digest(changed), digest(first)]
        assert reading.newest_revision(first.id) == revisions[0]
        assert reading.newest_revision(desk.coverage.id) is None
        assert [each.number for each in reading.revisions(second.id)] == [1]
        assert reading.entry(first.id) == changed


def test_a_changed_letter_on_the_disk_is_noticed_and_the_earlier_version_stays_readable(
    store: Store, desk: Desk
) -> None:
    entry = desk.entry("The quay is open")
    with store.write() as writing:
        writing.add_revision(entry, Reason.EDITING, "Ada")
        writing.add_revision(replace(entry, headline="The quay is shut"), Reason.EDITING, "Ada")
    damage(store, "UPDATE entry SET body = CAST(replace(body, 'shut', 'shot') AS BLOB)")
    damage(store, "UPDATE revision SET body = CAST(replace(body, 'shut', 'shot') AS BLOB) WHERE number = 2")
    with store.read() as reading:
        with pytest.raises(StoreDamaged, match="“The quay is shut” was damaged"):
            reading.entry(entry.id)
        with pytest.raises(StoreDamaged, match="Version 2 of an entry was damaged"):
            reading.newest_revision(entry.id)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET headline = 'Quai' WHERE headline = 'Quay'",
        "UPDATE entry SET stage = 'reddy' WHERE headline = 'Quay'",
        "UPDATE entry SET author = 'Eve' WHERE headline = 'Quay'",
        "UPDATE entry SET at = at + 1 WHERE headline = 'Quay'",
        "UPDATE entry SET digest = 'f' || substr(digest, 2) || 'g' WHERE headline = 'Quay'",
    ],
)
def test_a_damaged_row_of_the_timeline_says_so_and_the_others_are_shown(
    store: Store, desk: Desk, statement: str
) -> None:
    whole, hurt = desk.entry("Whole"), desk.entry("Quay")
    with store.write() as writing:
        writing.put_entry(whole, "Ada")
        writing.put_entry(hurt, "Ada")
    damage(store, statement)
    with store.read() as reading:
        rows = reading.timeline(desk.coverage.id, None)
    assert [row.headline for row in rows] == ["This entry was damaged on disk", "Whole"]


def test_a_damaged_coverage_says_so_in_the_list(store: Store, desk: Desk) -> None:
    damage(store, "UPDATE coverage SET body = CAST(replace(body, 'lower', 'upper') AS BLOB)")
    with store.read() as reading:
        assert [row.headline for row in reading.coverages()] == ["This coverage was damaged on disk"]
        with pytest.raises(StoreDamaged, match="was damaged"):
            reading.coverage(desk.coverage.id)


def test_a_damaged_payload_is_never_handed_out_to_be_sent(store: Store, desk: Desk) -> None:
    entry = desk.entry()
    with store.write() as writing:
        writing.put_entry(entry)
        writing.add_operation(desk.operation(entry))
    damage(store, "UPDATE operation SET payload = CAST(payload || ' ' AS BLOB)")
    with store.read() as reading, pytest.raises(StoreDamaged, match="Change 1 of the outbox was damaged"):
        reading.operations()
