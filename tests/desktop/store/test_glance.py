import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.clock import ClockEvent, ClockState, ClockTurn
from desktop.domain.identity import new_id
from desktop.domain.outbox import OperationState
from desktop.store.glance import glance
from desktop.store.store import Store
from tests.desktop.store.desk import NOON, Desk

HEAVY = ("sqlalchemy", "sqlmodel", "pydantic", "alembic", "httpx", "keyring", "jinja2", "PySide6")
LOOK = """
import json, sys
from pathlib import Path
from desktop.store.glance import glance
seen = glance(Path(sys.argv[1]))
print(json.dumps([seen is not None and seen.headline, sorted(set(sys.argv[2:]) & set(sys.modules))]))
"""


def test_a_glance_shows_what_the_store_shows(store: Store, desk: Desk) -> None:
    live = replace(desk.coverage, clock=(ClockEvent(ClockTurn.STARTED, NOON),))
    entries = [desk.entry(f"Update {number}") for number in range(30)]
    with store.write() as writing:
        writing.put_coverage(replace(live, pinned=entries[29].id))
        for entry in entries:
            writing.put_entry(entry, "Ada")
        writing.put_publication(desk.publication(desk.operation(entries[28])))
        refused = writing.add_operation(desk.operation(entries[27]))
        writing.set_operation(replace(refused, state=OperationState.REFUSED, reason="Not allowed."))
        writing.bin_entry(entries[26].id)
        writing.put_setting("last_coverage", str(live.id))
        writing.put_setting(f"endpoint:{live.id}", str(desk.endpoint.id))
        writing.put_coverage(replace(live, id=new_id(), headline="Changed later"))
    seen = glance(store.folder)
    assert seen is not None
    with store.read() as reading:
        assert seen.rows == reading.timeline(live.id, desk.endpoint.id, limit=20)
    assert (seen.headline, seen.state, seen.endpoint_id) == (live.headline, ClockState.LIVE, desk.endpoint.id)
    assert len({row.status for row in seen.rows}) == 3


def test_without_a_last_coverage_the_newest_changed_is_shown(store: Store, desk: Desk) -> None:
    seen = glance(store.folder)
    assert seen is not None
    assert (seen.coverage_id, seen.endpoint_id, seen.rows) == (desk.coverage.id, None, ())


def test_there_is_nothing_to_see_before_there_is_anything(folder: Path) -> None:
    assert glance(folder) is None
    assert not folder.exists()
    Store.open(folder).close()
    assert glance(folder) is None


@pytest.mark.usefixtures("desk")
def test_a_database_of_another_schema_or_program_is_left_to_the_store(store: Store) -> None:
    store.close()
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert glance(store.folder) is None
    store.path.write_bytes(b"something else" * 100)
    assert glance(store.folder) is None


def test_a_glance_imports_nothing_heavy_and_writes_nothing(store: Store, desk: Desk) -> None:
    store.close()
    before = store.path.read_bytes()
    found = subprocess.run(
        [sys.executable, "-c", LOOK, str(store.folder), *HEAVY], check=True, capture_output=True, text=True, timeout=30
    )
    assert json.loads(found.stdout) == [desk.coverage.headline, []]
    assert store.path.read_bytes() == before
