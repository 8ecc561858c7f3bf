from collections import Counter

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication

from ui.actions import ACTIONS, Actions, Needs
from ui.icons import FOLDER


def test_no_two_actions_share_keys() -> None:
    keys = Counter(QKeySequence(each).toString() for row in ACTIONS for each in row.keys)
    assert "" not in keys
    assert [key for key, times in keys.items() if times > 1] == []


def test_ids_texts_and_tooltips_are_unique_and_given() -> None:
    for values in (
        [row.id for row in ACTIONS],
        [row.name for row in ACTIONS],
        [row.tooltip for row in ACTIONS],
    ):
        assert all(values)
        assert len(set(values)) == len(values)


def test_mnemonics_of_one_menu_do_not_collide() -> None:
    marks = Counter(
        (row.menu, row.text[row.text.index("&") + 1].lower()) for row in ACTIONS if row.menu and "&" in row.text
    )
    assert [mark for mark, times in marks.items() if times > 1] == []


def test_every_icon_is_shipped() -> None:
    assert [row.icon for row in ACTIONS if row.icon and not (FOLDER / f"{row.icon}.svg").exists()] == []


def test_single_letters_never_reach_a_field() -> None:
    assert all(row.is_local for row in ACTIONS if any(len(keys) == 1 for keys in row.keys))


def test_no_key_goes_on_air() -> None:
    assert not [row.id for row in ACTIONS if "air" in row.id and row.keys]


def test_actions_say_their_role_and_wait_for_what_they_need(qapp: QApplication) -> None:
    actions = Actions(qapp)
    assert actions["settings"].menuRole() is QAction.MenuRole.PreferencesRole
    assert actions["new_entry"].menuRole() is QAction.MenuRole.NoRole
    assert not actions["new_entry"].isEnabled()
    actions.enable({Needs.NOTHING, Needs.COVERAGE})
    assert actions["new_entry"].isEnabled()
    assert not actions["withdraw"].isEnabled()
    actions.deleteLater()
