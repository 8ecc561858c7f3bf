from pytestqt.qtbot import QtBot

from ui.actions import Actions, Needs
from ui.coverages.welcome import Welcome


def test_each_card_is_one_press_from_its_action(qtbot: QtBot) -> None:
    actions = Actions()
    welcome = Welcome(actions)
    actions.setParent(welcome)
    qtbot.addWidget(welcome)
    assert not any(card.button.isEnabled() for card in welcome.cards)
    actions.enable({Needs.NOTHING, Needs.WORKSPACE})
    for card, action_id in zip(welcome.cards, ("try_sample", "new_coverage", "import_file", "settings"), strict=True):
        with qtbot.waitSignal(actions[action_id].triggered):
            card.button.click()
