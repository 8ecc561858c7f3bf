import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from desktop.store import backups
from desktop.store.store import Store
from tests.desktop.store.desk import Desk

# Saves drafts one after the other, each with a revision and a row of the outbox, and says so once committed.
SAVING = """
import sys
from pathlib import Path
from uuid import UUID
from desktop.domain import moment
from desktop.domain.blocks import Paragraph
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.outbox import Operation, OperationKind
from desktop.domain.revision import Reason, digest
from desktop.domain.text import text
from desktop.store.store import Store

store = Store.open(Path(sys.argv[1]))
coverage_id = UUID(sys.argv[2])
while True:
    entry = Entry(id=new_id(), coverage_id=coverage_id, at=moment.now(), headline="Draft",
                  blocks=(Paragraph(text("The water rises. " * 200)),))
    with store.write() as writing:
        revision = writing.add_revision(entry, Reason.PUBLISHED, "Ada")
        writing.add_operation(Operation(id=entry.id, sequence=0, endpoint_id=UUID(int=1), instance=None,
            coverage_id=coverage_id, kind=OperationKind.ENTRY, target_id=entry.id, revision=revision.number,
            digest=digest(entry), payload=b"{}", made_at=moment.now()))
    print(entry.id, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL; TerminateProcess is not the same fault")
def test_killing_the_console_while_it_saves_loses_nothing_it_acknowledged(
    open_store: Callable[[], Store], desk: Desk, store: Store
) -> None:
    store.close()
    acknowledged: set[UUID] = set()
    for turn in range(5):
        acknowledged |= saved_until_killed(store.folder, desk.coverage.id, 3 + 7 * turn)
        again = open_store()
        with again.read() as reading:
            there = {entry.id for entry in reading.entries(desk.coverage.id)}
            assert acknowledged <= there
            # What was committed and not yet said may be there too, but never a half of it.
            assert {operation.id for operation in reading.operations()} == there
            assert all(len(reading.revisions(entry_id)) == 1 for entry_id in there)
        assert backups.damage(again.path) == ()
        again.close()
    assert len(acknowledged) >= 85


def saved_until_killed(folder: Path, coverage_id: UUID, saves: int) -> set[UUID]:
    """Let a child save and kill it when it has said so often enough; returns the ids it said."""
    child = subprocess.Popen(
        [sys.executable, "-c", SAVING, str(folder), str(coverage_id)], stdout=subprocess.PIPE, text=True
    )
    with child:
        assert child.stdout is not None
        said = [child.stdout.readline() for _ in range(saves)]
        child.send_signal(signal.SIGKILL)
        said += child.stdout.readlines()
    return {UUID(line.strip()) for line in said if line.endswith("\n")}
