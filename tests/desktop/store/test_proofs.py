import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.blocks import Embed, Paragraph
from desktop.domain.entry import Stage
from desktop.domain.identity import new_id
from desktop.domain.proof import Proof, Rehearsed, Went
from desktop.domain.text import text
from desktop.store import schema
from desktop.store.header import DATABASE, SCHEMA, version_of
from desktop.store.problems import StoreDamaged
from desktop.store.rescue import rescue
from desktop.store.store import Store
from tests.desktop.store.desk import NOON, Desk

HELD = Rehearsed("first_visit-index", "first_visit", Went.HELD, "0 third-party requests before consent")


def proof(desk: Desk, minutes: int = 0) -> Proof:
    at = NOON + timedelta(minutes=minutes)
    return Proof(new_id(), desk.coverage.id, at, {"wording": "w"}, (HELD,), 1, "proofs/a/report.html")


def test_the_newest_proof_comes_first(store: Store, desk: Desk) -> None:
    made = [proof(desk, minutes) for minutes in (3, 1, 2)]
    with store.write() as writing:
        assert writing.proof(desk.coverage.id) is None
        for each in made:
            writing.add_proof(each)
    with store.read() as reading:
        assert reading.proof(desk.coverage.id) == made[0]
        assert reading.proofs(desk.coverage.id, 2) == (made[0], made[2])


def test_a_proof_that_was_altered_on_disk_is_told_as_damage(store: Store, desk: Desk, folder: Path) -> None:
    with store.write() as writing:
        writing.add_proof(proof(desk))
    with closing(sqlite3.connect(folder / DATABASE)) as connection, connection:
        connection.execute("UPDATE proof SET body = replace(body, 'failed', 'held'), made_at = made_at + 1")
    with store.read() as reading, pytest.raises(StoreDamaged, match="kept proof"):
        reading.proof(desk.coverage.id)
    assert any("proof" in wrong for wrong in store.check())


def test_gated_entries_are_those_on_the_page_that_hold_embeds(store: Store, desk: Desk) -> None:
    embed = Embed("x", "post", "https://x.com/harbour/status/123")
    ready = replace(desk.entry(), blocks=(embed,), stage=Stage.READY)
    draft = replace(desk.entry(), blocks=(embed,))
    plain = replace(desk.entry(), blocks=(Paragraph(text("Dry.")),), stage=Stage.READY)
    with store.write() as writing:
        for each in (ready, draft, plain):
            writing.put_entry(each)
    with store.read() as reading:
        assert reading.gated(desk.coverage.id) == (ready,)


def test_proofs_go_with_their_coverage_and_are_rescued(store: Store, desk: Desk, folder: Path) -> None:
    made = proof(desk)
    with store.write() as writing:
        writing.add_proof(made)
    store.close()
    assert rescue(folder).lost == ()
    again = Store.open(folder, patience=0.1)
    try:
        with again.read() as reading:
            assert reading.proof(desk.coverage.id) == made
        with again.write() as writing:
            writing.delete_coverage(desk.coverage.id)
            assert writing.proof(desk.coverage.id) is None
    finally:
        again.close()


def test_a_workspace_of_the_version_before_is_brought_up_to_date(folder: Path) -> None:
    folder.mkdir()
    schema.create(folder, 0.1, {number: schema.MIGRATIONS[number] for number in (1, 2, 3)})
    assert version_of(folder / DATABASE) == 3
    store = Store.open(folder, patience=0.1)
    try:
        assert version_of(folder / DATABASE) == SCHEMA
        with store.read() as reading:
            assert reading.proof(new_id()) is None
    finally:
        store.close()
