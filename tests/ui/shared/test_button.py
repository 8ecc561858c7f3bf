from pytestqt.qtbot import QtBot

from ui.icons import icon
from ui.shared.button import Button


def test_a_button_says_characters_as_they_are_and_leaves_room_for_its_icon(qtbot: QtBot) -> None:
    button = Button("R&D <b>desk</b>", icon("send"))
    qtbot.addWidget(button)
    assert button.text() == " R&&D <b>desk</b>"
    assert button.accessibleName() == "R&D <b>desk</b>"
    button.say("Again")
    assert (button.text(), button.accessibleName()) == (" Again", "Again")


def test_without_an_icon_there_is_no_room_to_leave(qtbot: QtBot) -> None:
    button = Button("Close", kind="quiet", tip="Close it")
    qtbot.addWidget(button)
    assert (button.text(), button.toolTip(), button.property("kind")) == ("Close", "Close it", "quiet")
    button.set_kind("danger")
    assert button.property("kind") == "danger"
