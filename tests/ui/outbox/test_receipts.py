import csv
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain import moment
from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint, Receipt
from desktop.domain.identity import new_id
from desktop.domain.outbox import OperationKind
from desktop.workspace import Workspace
from ui.outbox.receipts import ReceiptsSheet, what


@pytest.fixture
def sheet(qtbot: QtBot, desk_workspace: Workspace, coverage: Coverage, rehearsal_place: Endpoint) -> ReceiptsSheet:
    page, *_, entry = desk_workspace.publish(coverage.id, None, rehearsal_place.id)
    at = moment.from_json("2026-11-22T10:42:07Z")
    done = Receipt(new_id(), entry.id, rehearsal_place.id, at, "done", "", '"1"')
    refused = Receipt(new_id(), page.id, new_id(), at, "refused", "<b>Too large</b>", "")
    with desk_workspace.store.write() as writing:
        for receipt in (done, refused):
            writing.add_receipt(receipt)
    made = ReceiptsSheet(desk_workspace, coverage.id, ZoneInfo("Europe/London"), None)
    qtbot.addWidget(made)
    return made


DONE = ("Sun 22 Nov 10:42:07", "Entry · Bridge open again", "Mo Adler", "Practice", "Accepted", "")
REFUSED = ("Sun 22 Nov 10:42:07", "Page", "Mo Adler", "an endpoint no longer here", "Refused", "<b>Too large</b>")


def test_receipts_say_when_what_who_where_and_the_answer(sheet: ReceiptsSheet) -> None:
    assert sheet.table.said() == (REFUSED, DONE)


def test_receipts_are_found_by_words_endpoint_and_answer(sheet: ReceiptsSheet) -> None:
    sheet.words.setText("adler open")
    assert sheet.table.said() == (DONE,)
    sheet.words.setText("nothing like it")
    assert sheet.table.isHidden()
    assert sheet.empty.text() == "No receipt fits."
    sheet.words.clear()
    sheet.outcome.setCurrentIndex(sheet.outcome.findText("Refused"))
    assert sheet.table.said() == (REFUSED,)
    sheet.where.setCurrentIndex(sheet.where.findText("Practice"))
    assert sheet.table.isHidden()


def test_receipts_are_written_for_others(sheet: ReceiptsSheet, tmp_path: Path) -> None:
    sheet.write_csv(str(tmp_path / "receipts.csv"))
    sheet.write_json(str(tmp_path / "receipts.json"))
    with (tmp_path / "receipts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows == json.loads((tmp_path / "receipts.json").read_text())["receipts"]
    assert [each["outcome"] for each in rows] == ["refused", "done"]
    sheet.write_csv(str(tmp_path / "no folder" / "receipts.csv"))
    assert "could not be written" in sheet.empty.text()


def test_every_kind_of_receipt_has_a_name() -> None:
    said = {kind: what(kind, "") for kind in (*OperationKind, None)}
    assert said[OperationKind.SUMMARY] == "Summary"
    assert said[OperationKind.ENTRY] == "Entry · no headline"
    assert len(set(said.values())) == 4
