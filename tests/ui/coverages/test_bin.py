from uuid import UUID
from zoneinfo import ZoneInfo

from pytestqt.qtbot import QtBot

from desktop.domain import moment
from desktop.domain.coverage import Coverage
from desktop.workspace import Workspace
from ui.coverages.bin import BinSheet

ZONE = ZoneInfo("Europe/London")


def test_the_bin_lists_the_last_one_first_and_asks_for_one(
    qtbot: QtBot, desk_workspace: Workspace, coverage: Coverage
) -> None:
    rows = desk_workspace.timeline(coverage.id, None)
    for row in rows[:2]:
        desk_workspace.bin_entry(row.id)
    sheet = BinSheet(desk_workspace.binned(coverage.id), ZONE, moment.now(), None)
    qtbot.addWidget(sheet)
    asked: list[UUID] = []
    sheet.restore_requested.connect(asked.append)
    sheet.open()
    said = [sheet.list.item(at).text().split("\n")[0] for at in range(sheet.list.count())]
    assert sorted(said) == sorted(row.headline for row in rows[:2])
    wanted = desk_workspace.binned(coverage.id)[1].id
    sheet.list.setCurrentRow(1)
    sheet.deed.click()
    assert asked == [wanted]


def test_an_empty_bin_says_so(qtbot: QtBot) -> None:
    sheet = BinSheet((), ZONE, moment.now(), None)
    qtbot.addWidget(sheet)
    assert not sheet.deed.isEnabled()
