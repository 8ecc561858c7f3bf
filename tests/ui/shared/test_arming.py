from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.shared import arming
from ui.shared.arming import PAUSE, SETTLE, ArmedButton


class Counted(ArmedButton):
    """The button, counting what it confirms."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.confirmed.connect(self._on_confirmed)

    def _on_confirmed(self) -> None:
        self.count += 1


@pytest.fixture
def button(qtbot: QtBot) -> Iterator[Counted]:
    made = Counted()
    qtbot.addWidget(made)
    made.set_words("Publish", "Press again to publish", "rehearsal")
    made.show()
    yield made
    made.disarm()


def hold(button: ArmedButton, key: Qt.Key, times: int) -> None:
    for _ in range(times):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(button, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", True, 1))  # noqa: FBT003 - Qt's own constructor


def test_the_first_press_arms_and_says_so(button: Counted) -> None:
    button.click()
    assert button.is_armed()
    assert button.accessibleName() == "Press again to publish"
    assert button.count == 0


def test_a_second_press_in_its_own_time_confirms(button: Counted, qtbot: QtBot) -> None:
    button.click()
    QTest.qWait(PAUSE + 60)
    button.click()
    qtbot.waitUntil(lambda: button.count == 1)
    assert not button.is_armed()


def test_presses_in_a_row_are_one(button: Counted) -> None:
    button.press()
    QTest.qWait(PAUSE + 260)
    for _ in range(8):
        button.press()
        QTest.qWait(40)
    QTest.qWait(SETTLE + 60)
    assert button.count == 0


@pytest.mark.parametrize("says_so", [True, False])
def test_one_repeat_of_a_shortcut_is_not_a_press(button: Counted, says_so: bool) -> None:  # noqa: FBT001 - a parameter
    button.press()
    QTest.qWait(PAUSE + 260)
    window = button.windowHandle()
    for kind in (QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride):
        key = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, "", says_so, 1)
        QApplication.sendEvent(window, key)
    button.press()
    QTest.qWait(SETTLE + 60)
    assert button.count == 0


def test_a_shortcut_pressed_again_is(button: Counted, qtbot: QtBot) -> None:
    button.press()
    QApplication.sendEvent(
        button.windowHandle(), QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    )
    QTest.qWait(PAUSE + 60)
    QApplication.sendEvent(
        button.windowHandle(),
        QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
    )
    button.press()
    qtbot.waitUntil(lambda: button.count == 1)


def test_a_double_press_does_not_confirm(button: Counted) -> None:
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    button.click()
    button.click()
    assert button.count == 0
    assert button.is_armed()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_held_key_never_confirms(button: Counted, key: Qt.Key) -> None:
    button.setFocus()
    QTest.keyPress(button, key)
    for _ in range(6):
        hold(button, key, 3)
        QTest.qWait(100)
    QTest.keyRelease(button, key)
    hold(button, key, 3)
    assert button.count == 0


def test_esc_disarms(button: Counted) -> None:
    button.click()
    QTest.keyClick(button, Qt.Key.Key_Escape)
    assert not button.is_armed()
    assert button.text().strip() == "Publish"


def test_it_disarms_by_itself(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arming, "ARMED_FOR", 50)
    made = Counted()
    qtbot.addWidget(made)
    made.set_words("Publish", "Again", "air")
    made.show()
    made.press()
    qtbot.waitUntil(lambda: not made.is_armed())
    QTest.qWait(PAUSE + 20)
    made.press()
    assert made.count == 0
    made.disarm()


def test_other_words_disarm(button: Counted) -> None:
    button.click()
    button.set_words("Update", "Press again to update", "air")
    assert not button.is_armed()


def test_a_disabled_button_does_nothing(button: Counted) -> None:
    button.setEnabled(False)
    button.press()
    assert not button.is_armed()
