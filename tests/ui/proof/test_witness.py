import pytest

from desktop.consent.observed import Answer, Witness
from ui.proof.proxy import Passed
from ui.proof.witness import Listener


def test_a_request_is_unjudged_until_it_is_judged() -> None:
    listener = Listener()
    listener.hear({"event": "asked", "number": 1, "address": "https://a.example/x", "what": "script"})
    assert [each.answer for each in listener.asked()] == [Answer.UNJUDGED]
    listener.consented = True
    listener.hear({"event": "judged", "number": 1, "answer": "refused"})
    (asked,) = listener.asked()
    # What counts is when it was asked.
    assert (asked.answer, asked.host, asked.consented, asked.witness) == (
        Answer.REFUSED,
        "a.example",
        False,
        Witness.BROWSER,
    )


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("stun:stun.example:3478", "stun.example"),
        ("turn:turn.example:3478?transport=udp", "turn.example"),
        ("webrtc:peers", "peers"),
        ("https://a.example:8443/x", "a.example"),
        ("http://127.0.0.1:9/x", "127.0.0.1:9"),
        ("data:text/html,x", ""),
        ("blob:https://a.example/1", ""),
        ("https://[broken/", "[broken"),
    ],
)
def test_every_attempt_has_a_host_that_can_be_judged(address: str, host: str) -> None:
    listener = Listener()
    listener.hear({"event": "attempt", "what": "any", "address": address})
    assert [each.host for each in listener.asked()] == [host]


def test_connections_loads_faults_and_what_nobody_knows() -> None:
    listener = Listener()
    listener.pass_by(Passed("CONNECT", "127.0.0.1:9", "127.0.0.1", is_let=False))
    listener.pass_by(Passed("GET", "http://127.0.0.1:8080/x", "127.0.0.1", is_let=True))
    listener.hear({"event": "loaded", "ok": True})
    listener.hear({"event": "fault", "text": "It broke."})
    listener.hear({"event": "sung"})
    assert [(each.host, each.answer) for each in listener.asked()] == [
        ("127.0.0.1:9", Answer.REFUSED),
        ("127.0.0.1:8080", Answer.LOADED),
    ]
    assert listener.loads == [True]
    assert listener.faults == ["It broke.", "The browser told “sung”, which is not known here."]
