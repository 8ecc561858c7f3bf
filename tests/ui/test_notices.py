import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.domain.problem import Problem
from ui.notices import KEPT, Notices, report


def test_a_problem_explains_itself_and_stays_until_dismissed(qtbot: QtBot) -> None:
    notices = Notices()
    qtbot.addWidget(notices)
    notices.show_error(Problem("The server is down.", done="Nothing is lost.", next_action="Try again later."))
    notice = notices.shown[0]
    assert notice.text == "The server is down. Nothing is lost. Try again later."
    assert notice.copy.isHidden()
    notices.show_error(Problem("The server is down.", done="Nothing is lost.", next_action="Try again later."))
    assert len(notices.shown) == 1
    notice.close_button.click()
    assert notices.shown == []
    assert notices.isHidden()


def test_a_mistake_of_ours_can_be_copied_without_anybodys_words(qtbot: QtBot) -> None:
    notices = Notices()
    qtbot.addWidget(notices)
    with pytest.raises(ZeroDivisionError) as mistake:
        _ = 1 / 0
    notices.show_error(mistake.value)
    written = report(mistake.value)
    notice = notices.shown[0]
    assert KEPT in notice.text
    notice.copy.click()
    assert QGuiApplication.clipboard().text() == notice.report == written
    assert "ZeroDivisionError" in written
    assert "test_notices.py" in written


def test_only_the_newest_few_stand(qtbot: QtBot) -> None:
    notices = Notices()
    qtbot.addWidget(notices)
    for number in range(6):
        notices.show_error(Problem(f"Problem {number}."))
    assert [notice.text for notice in notices.shown] == ["Problem 5.", "Problem 4.", "Problem 3."]
    notices.clear()
    assert notices.shown == []
