from zoneinfo import ZoneInfo

from pytestqt.qtbot import QtBot

from desktop.domain import moment
from desktop.domain.endpoint import Endpoint, Environment, Receipt
from desktop.domain.identity import new_id
from ui.outbox.receipts import ReceiptsSheet


def test_receipts_say_when_who_and_what(qtbot: QtBot) -> None:
    endpoint = Endpoint(id=new_id(), name="Practice", url="http://x", environment=Environment.TEST)
    at = moment.from_json("2026-11-22T10:42:07Z")
    receipts = [
        Receipt(new_id(), new_id(), endpoint.id, at, "done", "<b>accepted</b>", '"1"'),
        Receipt(new_id(), new_id(), new_id(), at, "refused", "No.", ""),
    ]
    sheet = ReceiptsSheet(receipts, {endpoint.id: endpoint}, ZoneInfo("Europe/London"), None)
    qtbot.addWidget(sheet)
    model = sheet.table.model()
    said = [[model.index(row, column).data() for column in range(4)] for row in range(2)]
    assert said[0] == ["Sun 22 Nov 10:42:07", "Practice", "done", "<b>accepted</b>"]
    assert said[1][1] == "an endpoint no longer here"
