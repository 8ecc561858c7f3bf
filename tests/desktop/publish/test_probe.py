"""What a test of the connection finds, and how it says so."""

import asyncio
import json
from dataclasses import replace

import pytest

from desktop.domain.endpoint import Environment
from desktop.domain.identity import new_id
from desktop.publish.probe import ProbeResult, ProbeState, probe
from desktop.rehearsal.server import RehearsalEndpoint
from tests.desktop.publish.desk import Desk, endpoint_at
from tests.desktop.publish.scripted import Fault, ScriptedEndpoint


def _probe(desk: Desk) -> ProbeResult:
    return asyncio.run(probe(desk.endpoint, desk.credentials.read(desk.endpoint), deadline=1.0))


def test_the_rehearsal_endpoint_is_ready_with_its_token_and_not_without(rehearsal: RehearsalEndpoint) -> None:
    endpoint = endpoint_at(rehearsal.url)
    found = {secret: asyncio.run(probe(endpoint, secret)) for secret in (rehearsal.token, "guessed", None)}
    assert found[rehearsal.token].is_ok
    assert found[rehearsal.token].service is not None
    assert [found[secret].state for secret in ("guessed", None)] == [ProbeState.WRONG_SECRET] * 2
    with rehearsal.storage.read() as rows:
        assert rows.pages() == ()


def test_a_connection_test_stores_nothing_and_shows_the_secret_to_the_right_server_only(
    desk: Desk, scripted: ScriptedEndpoint
) -> None:
    assert _probe(desk).is_ok
    assert scripted.held == {}
    scripted.requests.clear()
    desk.endpoint = replace(desk.endpoint, environment=Environment.TEST)
    result = _probe(desk)
    assert result.state is ProbeState.WRONG_PLACE
    assert "set up as test" in result.sentence
    assert not any("authorization" in request.headers for request in scripted.requests)


def test_another_server_than_the_one_connected_to_is_told(desk: Desk) -> None:
    desk.endpoint = replace(desk.endpoint, instance=new_id())
    assert _probe(desk).state is ProbeState.WRONG_PLACE


@pytest.mark.parametrize(
    "description",
    [
        b"<html>Welcome</html>",
        b"[]",
        b'{"api": "live-page/9", "instance": "01a20505-9bb4-7000-9fe8-fb9f9c1ec267", "environment": "rehearsal"}',
        b'{"api": "live-page/1", "environment": "rehearsal"}',
        b'{"api": "live-page/1", "instance": "01a20505-9bb4-7000-9fe8-fb9f9c1ec267", "environment": "staging"}',
    ],
)
def test_what_is_not_a_live_page_endpoint_is_told(desk: Desk, scripted: ScriptedEndpoint, description: bytes) -> None:
    scripted.description = description
    assert _probe(desk).state is ProbeState.NOT_A_LIVE_PAGE


def test_a_newer_service_may_tell_more(desk: Desk, scripted: ScriptedEndpoint) -> None:
    scripted.description = json.dumps(
        {
            "api": "live-page/1",
            "instance": str(scripted.instance),
            "environment": "rehearsal",
            "name": "The long room",
            "colours": ["red"],
        }
    ).encode()
    assert "The long room" in _probe(desk).sentence


def test_nobody_there_is_told(desk: Desk, scripted: ScriptedEndpoint) -> None:
    scripted.stop()
    result = _probe(desk)
    assert result.state is ProbeState.UNREACHABLE
    assert "Nothing answers" in result.sentence


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (Fault.FORBIDDEN, ProbeState.FORBIDDEN),
        (Fault.OTHER_ENVIRONMENT, ProbeState.WRONG_PLACE),
        (Fault.HANG_BEFORE, ProbeState.UNREACHABLE),
        (Fault.HTML, ProbeState.NOT_A_LIVE_PAGE),
    ],
)
def test_what_stands_behind_the_description_is_found(
    fault: Fault, state: ProbeState, desk: Desk, scripted: ScriptedEndpoint
) -> None:
    scripted.script([fault])
    assert _probe(desk).state is state


def test_a_clock_that_is_off_is_warned_of(desk: Desk, scripted: ScriptedEndpoint) -> None:
    scripted.ahead = 120
    result = _probe(desk)
    assert result.is_ok
    assert "seconds ahead of" in result.sentence
    assert result.skew is not None
    assert 115 < result.skew < 125


def test_an_address_that_would_show_the_secret_is_not_even_asked(desk: Desk) -> None:
    desk.endpoint = replace(desk.endpoint, url="http://example.invalid", environment=Environment.PRODUCTION)
    assert _probe(desk).state is ProbeState.WRONG_PLACE
