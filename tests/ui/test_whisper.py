from pytestqt.qtbot import QtBot

from ui.whisper import Whisper


def test_a_confirmation_fades(qtbot: QtBot) -> None:
    whisper = Whisper()
    qtbot.addWidget(whisper)
    whisper._timer.setInterval(20)  # noqa: SLF001 - nobody wants to wait four seconds for it
    whisper.say("Marked ready.")
    assert whisper.text() == "Marked ready."
    qtbot.waitUntil(lambda: whisper.text() == "")


def test_a_whisper_is_taken_back_when_it_is_no_longer_so(qtbot: QtBot) -> None:
    whisper = Whisper()
    qtbot.addWidget(whisper)
    whisper.say("In the outbox.")
    whisper.unsay("Something else.")
    assert whisper.text() == "In the outbox."
    whisper.unsay("Something else.", "In the outbox.")
    assert whisper.text() == ""
