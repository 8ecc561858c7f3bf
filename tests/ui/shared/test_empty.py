from pytestqt.qtbot import QtBot

from ui.actions import Actions, Needs
from ui.shared.empty import EmptyState


def test_an_empty_place_says_what_to_press(qtbot: QtBot) -> None:
    actions = Actions()
    empty = EmptyState("file-text", "No entry yet", "The newest will stand on top.", (actions["new_entry"],))
    actions.setParent(empty)
    qtbot.addWidget(empty)
    (button,) = empty.buttons
    assert not button.isEnabled()
    actions.enable({Needs.COVERAGE})
    with qtbot.waitSignal(actions["new_entry"].triggered):
        button.click()
    assert button.accessibleName() == "New entry"
