"""What holds for every widget of the real window, whoever made it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.domain.blocks import Embed, Image, Paragraph
from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.identity import new_id
from desktop.domain.text import text
from desktop.workspace import Workspace
from ui.window import Window

INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
SHEETS = (
    "new_coverage",
    "open_coverage",
    "settings",
    "restore_entry",
    "pause_clock",
    "end_clock",
    "show_receipts",
    "shortcuts",
    "about",
)
HOSTILE = ("<img src=x onerror=alert(1)>", "<b>bold</b>")


@pytest.fixture
def hostile(window: Window, qtbot: QtBot, coverage: Coverage, desk_workspace: Workspace) -> Window:
    """The window on a page where everything that can be named is named in markup."""
    endpoint = Endpoint(id=new_id(), name=HOSTILE[1], url="http://127.0.0.1:9/", environment=Environment.TEST)
    desk_workspace.add_endpoint(endpoint)
    desk_workspace.save_coverage(replace(coverage, headline=HOSTILE[0]))
    entry = desk_workspace.entry(desk_workspace.timeline(coverage.id, None)[0].id)
    blocks = (Paragraph(text(HOSTILE[0])), Image(alt=HOSTILE[0], credit=HOSTILE[1]), Embed("https://x.com/a/status/1"))
    desk_workspace.save_draft(replace(entry, headline=HOSTILE[0], byline=(HOSTILE[1],), blocks=blocks))
    desk_workspace.publish(coverage.id, (entry.id,), endpoint.id)
    qtbot.waitUntil(lambda: bool(window.timeline.rows) and window.timeline.rows[0].headline == HOSTILE[0])
    window.desk.choose_endpoint(endpoint)
    window.desk.choose_entry(None)
    window.desk.choose_entry(entry.id)
    qtbot.waitUntil(lambda: not window.outbox.isHidden())
    window.resize(1024, 700)
    window.grab()
    return window


def named(widget: QWidget) -> str:
    """Return what a screen reader calls a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def unnamed_in(root: QWidget) -> list[str]:
    controls = [each for each in root.findChildren(QWidget) if isinstance(each, INTERACTIVE)]
    return [
        f"{type(each).__name__} in {type(each.parent()).__name__}"
        for each in controls
        # What Qt puts inside its own widgets is spoken of with them.
        if not each.objectName().startswith("qt_")
        and not isinstance(each.parent(), QLineEdit | QComboBox | QAbstractSpinBox | QAbstractItemView)
        and each.isVisibleTo(root)
        and not named(each)
    ]


def sheet_of(window: Window, action_id: str) -> QDialog:
    window.deeds[action_id].trigger()
    (found,) = [each for each in window.findChildren(QDialog) if each.isVisible()]
    return found


def test_every_control_of_the_window_has_a_name(hostile: Window) -> None:
    assert len([each for each in hostile.findChildren(QWidget) if isinstance(each, INTERACTIVE)]) > 40
    for at in range(hostile.floor.tabs.count()):
        if at >= 2:  # what needs a browser has its own tests
            hostile.floor.tabs.setCurrentIndex(at)
        assert unnamed_in(hostile) == []


@pytest.mark.parametrize("action_id", SHEETS)
def test_every_control_of_a_sheet_has_a_name(hostile: Window, qtbot: QtBot, action_id: str) -> None:
    sheet = sheet_of(hostile, action_id)
    assert unnamed_in(sheet) == []
    sheet.reject()
    qtbot.waitUntil(lambda: not [each for each in hostile.findChildren(QDialog) if each.isVisible()])


def tips(root: QWidget) -> Iterator[str]:
    yield from (each.toolTip() for each in (root, *root.findChildren(QWidget)))
    yield from (each.toolTip() for each in root.findChildren(QAction))
    for view in root.findChildren(QAbstractItemView):
        if view.model() is not None:
            yield from cells(view.model())


def cells(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(min(model.rowCount(QModelIndex()), 50)):
        column = 0
        while (index := model.index(row, column)).isValid():
            yield str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
            column += 1


def as_markup(root: QWidget) -> list[str]:
    """Return what of the hostile names would be read as markup."""
    labels = [
        label.text()
        for label in root.findChildren(QLabel)
        if label.textFormat() is not Qt.TextFormat.PlainText and any(each in label.text() for each in HOSTILE)
    ]
    return labels + [tip for tip in tips(root) if any(each in tip for each in HOSTILE)]


def test_names_in_markup_stay_characters_in_the_window(hostile: Window) -> None:
    said = [label.text() for label in hostile.findChildren(QLabel)]
    assert any(HOSTILE[1] in text for text in said), "the endpoint is named somewhere"
    for at in (2, 3):
        hostile.floor.tabs.setCurrentIndex(at)
        hostile.grab()
        assert as_markup(hostile) == []


@pytest.mark.parametrize("action_id", SHEETS)
def test_names_in_markup_stay_characters_in_a_sheet(hostile: Window, qtbot: QtBot, action_id: str) -> None:
    hostile.desk.workspace.bin_entry(hostile.desk.workspace.timeline(hostile.desk.coverage_id or new_id(), None)[1].id)
    sheet = sheet_of(hostile, action_id)
    sheet.grab()
    assert as_markup(sheet) == []
    sheet.reject()
    qtbot.waitUntil(lambda: not [each for each in hostile.findChildren(QDialog) if each.isVisible()])
