import sys

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.late import LatePane
from ui.tasks import Tasks


def test_a_pane_is_made_when_it_is_first_seen_and_allowed(qtbot: QtBot, tasks: Tasks) -> None:
    late = LatePane("ui.history.pane", "HistoryPane", "In a moment.")
    qtbot.addWidget(late)
    late.allow(tasks)
    assert late.pane is None
    assert tasks.running() == ()
    with qtbot.waitSignal(late.made) as made:
        late.show()
    assert made.args == [late.pane]
    assert isinstance(late.pane, QWidget)
    assert late.isAncestorOf(late.pane)


def test_nothing_is_imported_before_it_may_be(qtbot: QtBot, tasks: Tasks) -> None:
    sys.modules.pop("ui.consent.pane", None)
    late = LatePane("ui.consent.pane", "ConsentPane", "In a moment.")
    qtbot.addWidget(late)
    late.show()
    assert tasks.running() == ()
    assert "ui.consent.pane" not in sys.modules


def test_a_pane_that_fails_to_load_is_told(qtbot: QtBot, tasks: Tasks) -> None:
    late = LatePane("ui.no_such_pane", "Pane", "In a moment.", at_once=True)
    qtbot.addWidget(late)
    with qtbot.waitSignal(tasks.failed) as told:
        late.allow(tasks)
    assert isinstance(told.args[0], ModuleNotFoundError)
