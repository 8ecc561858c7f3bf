from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.domain.endpoint import Receipt
from desktop.domain.identity import new_id
from desktop.domain.revision import Reason
from desktop.store import backups
from desktop.store.problems import StoreDamaged
from desktop.store.rescue import rescue
from desktop.store.store import Store
from tests.desktop.store.desk import NOON, Desk, damage

Open = Callable[[], Store]


def test_everything_of_a_whole_database_is_saved(open_store: Open, store: Store, desk: Desk) -> None:
    entries = [desk.entry(f"Update {number}") for number in range(5)]
    with store.write() as writing:
        for entry in entries:
            writing.add_revision(entry, Reason.READY, "Ada")
        operation = writing.add_operation(desk.operation(entries[0]))
        writing.put_publication(desk.publication(operation))
        writing.add_receipt(Receipt(new_id(), operation.id, desk.endpoint.id, NOON, "done", "", '"1"'))
        writing.bin_entry(entries[4].id)
        writing.put_setting("last_coverage", "x")
    picture = store.add_media(b"picture", "image/png")
    before = held(store, desk)
    store.close()
    result = rescue(store.folder)
    again = open_store()
    assert result.lost == ()
    assert held(again, desk) == before
    assert again.media_path(picture) is not None
    assert again.media_file(picture) is not None
    assert again.check() == ()
    assert backups.damage(result.aside / "newsroom.sqlite") == ()
    with again.write() as writing:
        assert writing.add_operation(desk.operation(entries[1])).sequence > operation.sequence


def held(store: Store, desk: Desk) -> list[object]:
    with store.read() as reading:
        entries = reading.entries(desk.coverage.id)
        return [
            reading.coverages(),
            reading.coverage(desk.coverage.id),
            entries,
            reading.binned(desk.coverage.id),
            reading.timeline(desk.coverage.id, desk.endpoint.id),
            [reading.revisions(entry.id) for entry in entries],
            reading.search("update"),
            reading.endpoints(),
            reading.operations(),
            reading.publications(desk.endpoint.id, desk.coverage.id),
            reading.receipts(),
            reading.setting("last_coverage"),
        ]


def test_a_damaged_entry_goes_back_to_its_newest_whole_version(open_store: Open, store: Store, desk: Desk) -> None:
    hurt, whole = desk.entry("The quay is open"), desk.entry("Whole")
    changed = replace(hurt, headline="The quay is shut")
    with store.write() as writing:
        writing.add_revision(hurt, Reason.READY, "Ada")
        writing.put_entry(changed)
        writing.put_entry(whole)
    damage(store, "UPDATE entry SET body = CAST(replace(body, 'shut', 'shot') AS BLOB)")
    with store.read() as reading, pytest.raises(StoreDamaged):
        reading.entries(desk.coverage.id)
    store.close()
    before = store.path.read_bytes()
    result = rescue(store.folder)
    with open_store().read() as reading:
        assert reading.entries(desk.coverage.id) == (whole, hurt)
        assert [each.entry for each in reading.revisions(hurt.id)] == [hurt]
        assert [hit.entry_id for hit in reading.search("quay")] == [hurt.id]
    assert result.lost == (
        "Row 1 of entry.",
        "What was written in “The quay is open” since its version 1.",
    )
    assert (result.aside / "newsroom.sqlite").read_bytes() == before


def test_a_broken_page_hides_no_more_than_itself(open_store: Open, store: Store, desk: Desk) -> None:
    entries = [desk.entry(f"Update {number}") for number in range(200)]
    with store.write() as writing:
        writing.add_revisions(entries, Reason.READY, "Ada")
    store.close()
    content = bytearray(store.path.read_bytes())
    place = content.index(b'"headline":"Update 100"') // 4096 * 4096
    content[place : place + 200] = b"\xee" * 200
    store.path.write_bytes(content)
    result = rescue(store.folder)
    assert result.lost
    again = open_store()
    with again.read() as reading:
        assert reading.entries(desk.coverage.id) == tuple(reversed(entries))
    assert again.check() == ()


def test_what_was_moved_aside_is_never_taken_for_a_first_start(store: Store) -> None:
    store.close()
    result = rescue(store.folder)
    store.path.unlink()
    with pytest.raises(StoreDamaged, match="missing"):
        Store.open(store.folder)
    assert backups.damage(result.aside / "newsroom.sqlite") == ()
