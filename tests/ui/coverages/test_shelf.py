from pytestqt.qtbot import QtBot

from desktop.domain.coverage import Coverage
from desktop.workspace import Workspace
from ui.coverages.shelf import ShelfSheet


def test_the_shelf_opens_the_page_chosen(qtbot: QtBot, desk_workspace: Workspace, coverage: Coverage) -> None:
    other = desk_workspace.create_coverage("Another page")
    sheet = ShelfSheet(desk_workspace, other.id, None)
    sheet.open()
    said = [sheet.list.item(at).text() for at in range(sheet.list.count())]
    assert sorted(said) == ["Another page\nplanned · 0 entries", "Storm over the valley\nplanned · 3 entries"]
    at = next(at for at, words in enumerate(said) if words.startswith("Storm"))
    sheet.list.setCurrentRow(at)
    with qtbot.waitSignal(sheet.coverage_chosen) as told:
        sheet.deed.click()
    assert told.args == [coverage.id]


def test_an_empty_shelf_opens_nothing(qtbot: QtBot, desk_workspace: Workspace) -> None:
    sheet = ShelfSheet(desk_workspace, None, None)
    qtbot.addWidget(sheet)
    assert not sheet.deed.isEnabled()
