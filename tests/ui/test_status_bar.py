from zoneinfo import ZoneInfo

from pytestqt.qtbot import QtBot

from desktop.domain import moment
from desktop.domain.endpoint import Receipt
from desktop.domain.identity import new_id
from ui.status_bar import StatusBar


def receipt(outcome: str) -> Receipt:
    return Receipt(new_id(), new_id(), new_id(), moment.from_json("2026-11-22T10:42:07Z"), outcome, "", "")


def test_the_bar_says_only_what_was_told(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.set_zone(ZoneInfo("Europe/London"))
    assert bar.clock.text.split(" · ")[0].endswith(("GMT", "BST"))
    bar.show_line("", None, 0, 0)
    assert bar.line.text == "No endpoint"
    bar.show_line("Practice", None, 0, 0)
    assert bar.line.text == "Practice · nothing sent yet"
    assert bar.outbox.accessibleName() == "Outbox: empty"
    bar.show_line("Practice", receipt("done"), 0, 0)
    assert bar.line.text == "Connected · last accepted 10:42:07"
    bar.show_line("Practice", receipt("refused"), 2, 1)
    assert bar.line.text == "Practice · last answer refused 10:42:07"
    assert bar.outbox.accessibleName() == "Outbox: 2 waiting, 1 failed"
    bar.show_saved(moment.from_json("2026-11-22T10:46:58Z"))
    assert bar.saved.text == "Saved on this computer 10:46:58"
    bar.show_backup(moment.from_json("2026-11-22T10:40:01Z"))
    assert bar.saved.toolTip() == bar.saved.accessibleDescription() == "Newest backup 10:40:01"
