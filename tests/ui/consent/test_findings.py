from datetime import UTC, datetime

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.consent.findings import Findings
from ui.consent.observation import Expected, ReaderState, conclude
from ui.consent.requests_model import KIND, PARTY, REQUEST, RESULT, RequestsModel
from ui.sealed.requests import Kind, Logged, Policy, Request, log

POLICY = Policy("coverage", "page")
OWN = "coverage://page/media/a.jpg"
LEAK = "https://leak.example/x.png?%3Cb%3E"
WIDGET = "https://platform.twitter.com/widgets.js"


def asked(address: str, kind: Kind = Kind.PICTURE) -> Logged:
    return log(Request(address, kind), POLICY, datetime(2026, 3, 1, tzinfo=UTC))


def row(model: RequestsModel, number: int) -> list[str]:
    return [model.index(number, column).data() for column in (REQUEST, PARTY, KIND, RESULT)]


def test_strangers_stand_first_and_every_cell_says_it_in_words(qtbot: QtBot) -> None:
    findings = Findings()
    qtbot.addWidget(findings)
    model = findings.model
    for each in (asked(OWN), asked(LEAK), asked(WIDGET, Kind.SCRIPT)):
        findings.add(each)
    assert row(model, 0) == ["leak.example/x.png?%3Cb%3E", "Third", "Picture", "Sealed off"]
    assert row(model, 1) == ["platform.twitter.com/widgets.js", "Third", "Script", "Sealed off"]
    assert row(model, 2) == ["/media/a.jpg", "First", "Picture", "Loaded"]


def test_a_stranger_is_a_fault_unless_it_was_accepted(qtbot: QtBot) -> None:
    findings = Findings()
    qtbot.addWidget(findings)
    decoration = Qt.ItemDataRole.DecorationRole
    findings.expect(Expected({"platform.twitter.com": "X"}))
    findings.add(asked(WIDGET))
    findings.add(asked(LEAK))
    assert findings.model.index(0, PARTY).data() == "Third: X"
    assert findings.model.index(0, PARTY).data(decoration) is None
    assert findings.model.index(1, PARTY).data(decoration) is not None


def test_the_verdict_is_shown_with_its_counts(qtbot: QtBot) -> None:
    findings = Findings()
    qtbot.addWidget(findings)
    findings.begin(ReaderState.BEFORE)
    assert findings.verdict() == "Reading the page to its end …"
    findings.conclude(conclude(ReaderState.BEFORE, (asked(OWN), asked(LEAK)), 0, Expected({})))
    assert findings.verdict() == "1 third-party request before consent: leak.example"
    assert findings.counts() == "2 requests: 1 first-party, 1 third-party; 1 loaded"
