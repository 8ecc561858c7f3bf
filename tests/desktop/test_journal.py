"""The journal of what was sent: searched, written as CSV, and asked for at the command line with the outbox."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.cli.main import TABLE, run
from desktop.domain.blocks import Paragraph
from desktop.domain.text import text
from desktop.publish import journal
from desktop.rehearsal.server import RehearsalEndpoint
from desktop.store.journal import Search
from desktop.workspace import Workspace
from tests.desktop.publish.desk import endpoint_at


@pytest.fixture
def rehearsal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RehearsalEndpoint]:
    served = RehearsalEndpoint(tmp_path / "rehearsal")
    served.start()
    monkeypatch.setenv("NEWSROOM_TEST_TOKEN", served.token)
    yield served
    served.stop()


@pytest.fixture
def folder(tmp_path: Path, rehearsal: RehearsalEndpoint) -> Path:
    """A workspace with two entries that are ready for an endpoint."""
    workspace = Workspace.open(tmp_path / "workspace")
    workspace.save_setting("producer", "Ada")
    workspace.add_endpoint(endpoint_at(rehearsal.url))
    coverage = workspace.create_coverage("Storm")
    for headline in ("Trains stop", "=1+1"):
        entry = workspace.new_entry(coverage.id)
        workspace.save_draft(replace(entry, headline=headline, blocks=(Paragraph(text("In full.")),)))
        workspace.mark_ready(entry.id)
    workspace.close()
    return tmp_path / "workspace"


def asked(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> tuple[int, str]:
    capsys.readouterr()
    code = run(TABLE, ["--data", str(folder), *words])
    told = capsys.readouterr()
    return code, told.out or told.err


def test_what_would_be_sent_is_told_and_not_sent(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = asked(capsys, folder, "publish", "Storm", "--to", "The rehearsal", "--dry-run")
    assert code == 0
    assert "New: Trains stop · page 1" in said
    assert "+ In full." in said
    _, told = asked(capsys, folder, "--json", "outbox")
    assert json.loads(told) == {"paused": [], "items": []}


def test_receipts_are_searched_and_written_for_others(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, folder, "publish", "Storm", "--to", "The rehearsal")[0] == 0
    code, said = asked(capsys, folder, "receipts", "--search", "trains ada", "--json")
    (row,) = json.loads(said)["receipts"]
    assert (code, row["kind"], row["outcome"], row["by"], row["endpoint"]) == (
        0,
        "entry",
        "done",
        "Ada",
        "The rehearsal",
    )
    _, written = asked(capsys, folder, "receipts", "Storm", "--as", "csv")
    rows = list(csv.DictReader(io.StringIO(written)))
    assert [each["kind"] for each in rows] == ["entry", "entry", "page"]
    assert [each["headline"] for each in rows] == ["'=1+1", "Trains stop", ""], "no spreadsheet calculates a headline"
    for nothing in (["--day", "2001-01-01"], ["--outcome", "refused"], ["--entry", row["operation"]]):
        assert asked(capsys, folder, "receipts", *nothing) == (0, "No receipt fits.\n")
    assert row["headline"] in asked(capsys, folder, "receipts", "--day", row["at"][:10], "--entry", row["target"])[1]
    assert asked(capsys, folder, "receipts", "--day", "tomorrow")[0] == 1


def test_the_outbox_is_held_sent_and_paused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = Workspace.open(folder)
    (row,), (endpoint,) = workspace.coverages(), workspace.endpoints()
    operations = workspace.publish(row.id, None, endpoint.id)
    workspace.close()
    last = str(operations[-1].id)
    assert asked(capsys, folder, "outbox", "hold", last)[0] == 0
    assert asked(capsys, folder, "outbox", "first", str(operations[-2].id))[0] == 0
    _, said = asked(capsys, folder, "outbox", "pause", "--to", "The rehearsal")
    assert said.startswith("Paused: The rehearsal\n")
    assert "held" in said
    code, said = asked(capsys, folder, "publish", "Storm", "--to", "The rehearsal")
    assert code == 1
    assert "paused" in said
    asked(capsys, folder, "outbox", "resume", "--to", "The rehearsal")
    assert asked(capsys, folder, "outbox", "send", "held")[0] == 0
    assert asked(capsys, folder, "publish", "Storm", "--to", "The rehearsal")[0] == 0
    assert asked(capsys, folder, "outbox") == (0, "The outbox is empty.\n")
    assert asked(capsys, folder, "outbox", "send", last)[0] == 1
    assert asked(capsys, folder, "outbox", "send")[0] == 1
    assert asked(capsys, folder, "outbox", "pause")[0] == 1


def test_a_day_and_words_narrow_the_journal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked(capsys, folder, "publish", "Storm", "--to", "The rehearsal")
    workspace = Workspace.open(folder, writes=False)
    every = workspace.journal(Search())
    newest = every[0].receipt.at
    assert len(every) == 3
    assert workspace.journal(Search(since=newest + timedelta(seconds=1))) == ()
    assert workspace.journal(Search(words="100%")) == (), "a sign of LIKE is a sign like any other"
    assert {each["version"] for each in journal.rows(every, {})} == {each.receipt.etag for each in every}
    workspace.close()
