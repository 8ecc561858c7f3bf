from zoneinfo import ZoneInfo

from pytestqt.qtbot import QtBot

from desktop.domain import moment
from desktop.domain.endpoint import Endpoint, Environment, Receipt
from desktop.domain.identity import new_id
from desktop.domain.outbox import OperationKind
from desktop.store.values import Answered
from ui.outbox.receipts import ReceiptsSheet, what


def test_receipts_say_when_what_where_and_the_answer(qtbot: QtBot) -> None:
    endpoint = Endpoint(id=new_id(), name="Practice", url="http://x", environment=Environment.TEST)
    at = moment.from_json("2026-11-22T10:42:07Z")
    done = Receipt(new_id(), new_id(), endpoint.id, at, "done", "", '"1"')
    refused = Receipt(new_id(), new_id(), new_id(), at, "refused", "<b>Too large</b>", "")
    answered = [Answered(done, OperationKind.ENTRY, "Ferry delayed"), Answered(refused, OperationKind.PAGE, "")]
    sheet = ReceiptsSheet(answered, {endpoint.id: endpoint}, ZoneInfo("Europe/London"), None)
    qtbot.addWidget(sheet)
    assert sheet.table.said() == (
        ("Sun 22 Nov 10:42:07", "Entry · Ferry delayed", "Practice", "Accepted", ""),
        ("Sun 22 Nov 10:42:07", "Page", "an endpoint no longer here", "Refused", "<b>Too large</b>"),
    )


def test_every_kind_of_receipt_has_a_name() -> None:
    said = {kind: what(kind, "") for kind in (*OperationKind, None)}
    assert said[OperationKind.SUMMARY] == "Summary"
    assert said[OperationKind.ENTRY] == "Entry · no headline"
    assert len(set(said.values())) == 4
