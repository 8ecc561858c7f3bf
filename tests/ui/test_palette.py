from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.coverage import Coverage
from desktop.workspace import Workspace
from ui.actions import ACTIONS, Actions, Needs
from ui.palette import PaletteField, ranked
from ui.tasks import Tasks


@pytest.fixture
def held(qtbot: QtBot) -> tuple[PaletteField, Actions, QLineEdit]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    actions = Actions(window)
    actions.enable(set(Needs))
    field, other = PaletteField(actions, window), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(other)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    other.setFocus()
    return field, actions, other


def said(field: PaletteField) -> list[str]:
    return [field.results.item(at).text() for at in range(field.results.count())]


def test_a_few_letters_find_a_command_and_return_runs_it(
    held: tuple[PaletteField, Actions, QLineEdit], qtbot: QtBot
) -> None:
    field, actions, other = held
    field.summon()
    assert field.is_open
    QTest.keyClicks(field, "publ sum")
    assert said(field)[0].startswith("Publish summary")
    with qtbot.waitSignal(actions["publish_summary"].triggered):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert not field.is_open
    assert other.hasFocus()
    assert field.text() == ""


def test_arrows_walk_and_escape_gives_the_keyboard_back(held: tuple[PaletteField, Actions, QLineEdit]) -> None:
    field, _, other = held
    field.summon()
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.results.currentRow() == 1
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.results.currentRow() == field.results.count() - 1
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not field.is_open
    assert other.hasFocus()


def test_what_cannot_be_done_now_is_not_offered(held: tuple[PaletteField, Actions, QLineEdit]) -> None:
    field, actions, _ = held
    actions.enable({Needs.NOTHING})
    field.summon()
    QTest.keyClicks(field, "new entry")
    assert said(field) == []


def test_entries_are_found_by_their_words(
    held: tuple[PaletteField, Actions, QLineEdit],
    qtbot: QtBot,
    desk_workspace: Workspace,
    coverage: Coverage,
    tasks: Tasks,
) -> None:
    field, _, _ = held
    field.attach(desk_workspace, tasks)
    field.summon()
    QTest.keyClicks(field, "ferry")
    qtbot.waitUntil(lambda: "Ferry stopped" in said(field))
    chosen: list[tuple[UUID, UUID]] = []
    field.entry_chosen.connect(lambda page, entry: chosen.append((page, entry)))
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen == [(coverage.id, desk_workspace.timeline(coverage.id, None)[1].id)]


def test_ranking_puts_beginnings_first() -> None:
    names = ["Republish", "Publish entry", "Show publish times", "Bin"]
    assert ranked("pub", names, str) == ("Publish entry", "Show publish times", "Republish")
    assert ranked("", names, str) == tuple(names)
    assert all(ranked(row.name, ACTIONS, lambda each: each.name)[0] is row for row in ACTIONS)
