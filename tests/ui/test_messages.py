import logging

import pytest
from PySide6.QtCore import QtMsgType, qCritical, qWarning
from pytestqt.qtbot import QtBot

from ui.messages import kept_in_log, level


@pytest.mark.qt_no_exception_capture
@pytest.mark.usefixtures("qapp")
def test_what_qt_says_goes_to_the_log_and_no_further(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG, "qt"), kept_in_log():
        qWarning("A font is missing")
        qCritical("A <b>driver</b> is gone")
        qWarning("This plugin does not support propagateSizeHints()")
    assert [(record.levelno, record.getMessage()) for record in caplog.records] == [
        (logging.WARNING, "default: A font is missing"),
        (logging.ERROR, "default: A <b>driver</b> is gone"),
        (logging.DEBUG, "default: This plugin does not support propagateSizeHints()"),
    ]
    assert capfd.readouterr() == ("", "")


def test_after_the_block_qt_speaks_as_before(qtbot: QtBot, qtlog: object, caplog: pytest.LogCaptureFixture) -> None:
    del qtbot
    with kept_in_log():
        pass
    with qtlog.disabled():  # type: ignore[attr-defined] # the plugin's fixture has no public type
        qWarning("Said outside")
    assert caplog.records == []


@pytest.mark.parametrize("kind", [kind for kind in QtMsgType if kind is not QtMsgType.QtSystemMsg])
def test_every_kind_has_a_level(kind: QtMsgType) -> None:
    assert level(kind, "Something new") >= logging.DEBUG
