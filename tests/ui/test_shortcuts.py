from pytestqt.qtbot import QtBot

from ui.actions import ACTIONS
from ui.shortcuts import ShortcutSheet


def test_every_key_stands_in_the_sheet(qtbot: QtBot) -> None:
    sheet = ShortcutSheet(None)
    qtbot.addWidget(sheet)
    model = sheet.table.model()
    told = {model.index(row, 1).data() for row in range(model.rowCount())}
    assert told == {row.tooltip for row in ACTIONS if row.keys}
