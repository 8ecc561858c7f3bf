"""Whose a place is, and what it was seen to do: a test of the connection, and the look before anything is written."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPException
from socket import socket
from urllib.parse import urlsplit

import pytest

from desktop.domain.endpoint import Endpoint, Environment, SecretSource
from desktop.domain.identity import new_id
from desktop.publish.layout.claim import instance_of
from desktop.publish.layout.folder import folder_of
from desktop.publish.probe import ProbeResult, ProbeState, probe
from tests.desktop.publish.layout.conftest import MakeDesk
from tests.desktop.publish.layout.standing import CLIENT, Standing
from tests.desktop.publish.scripted import Request
from tests.servers.lossy import LossyLine
from tests.servers.s3 import S3Server

SECRET = "made-up"


class Careless(LossyLine):
    """A server that takes no notice of preconditions, as some do."""

    def _pass(self, connection: socket, request: Request) -> bool:
        kept = {name: value for name, value in request.headers.items() if not name.lower().startswith("if-")}
        try:
            return super()._pass(connection, replace(request, headers=kept))
        except HTTPException:
            return False


@pytest.fixture
def careless(place: Endpoint) -> Iterator[Endpoint]:
    line = Careless(place.url, requests=0, answers=0, cut=0, seed=1)
    yield replace(place, url=line.url + urlsplit(place.url).path)
    line.stop()


def _mark_of(place: Endpoint) -> bytes:
    if place.url.startswith("file:"):
        return (folder_of(place.url) / "newsroom.json").read_bytes()
    return CLIENT.get(f"{place.url}/newsroom.json").content


def _probe(endpoint: Endpoint, secret: str | None = SECRET) -> ProbeResult:
    return asyncio.run(probe(endpoint, secret, deadline=5.0))


def test_an_empty_place_is_claimed_and_said_to_keep_preconditions(place: Endpoint) -> None:
    found = _probe(place)
    assert (found.state, found.details) == (ProbeState.READY, (("conditions", "kept"),))
    assert "several consoles" in found.sentence
    assert found.service
    assert found.service.instance == instance_of(place)
    assert _probe(place).service == found.service


def test_the_mark_holds_only_what_all_may_know(place: Endpoint) -> None:
    _probe(place)
    mark = json.loads(_mark_of(place))
    assert set(mark) == {"layout", "instance", "environment"}


@pytest.mark.parametrize("other", [{"environment": Environment.PRODUCTION}, {"instance": new_id()}])
def test_a_place_of_another_environment_or_newsroom_is_left_alone(
    place: Endpoint, make_desk: MakeDesk, other: dict[str, object]
) -> None:
    _probe(place)
    stranger = replace(place, **other)  # type: ignore[arg-type]  # fields of an endpoint
    assert _probe(stranger).state is ProbeState.WRONG_PLACE
    desk = make_desk(stranger)
    desk.publish(desk.write("Trains stop"))
    desk.drain(deadline=5.0, on_air=True)
    assert set(desk.states()) == {"queued"}
    assert Standing(place.url, desk.coverage.id).read("head.json") is None


@pytest.mark.parametrize("place", ["s3", "http_put"], indirect=True)
def test_a_server_that_overwrites_without_looking_is_for_one_console_only(
    careless: Endpoint, standing: Standing, make_desk: MakeDesk
) -> None:
    found = _probe(careless)
    assert (found.state, found.details) == (ProbeState.READY, (("conditions", "ignored"),))
    assert "one console only" in found.sentence
    desk = make_desk(careless)
    entries = [desk.write(f"Update {number}") for number in range(3)]
    desk.publish(*entries)
    desk.drain(deadline=5.0)
    assert set(desk.states()) == {"done"}
    standing.check_shown([entry.id for entry in reversed(entries)])


@pytest.mark.parametrize("place", ["http_put"], indirect=True)
def test_a_wrong_secret_and_a_missing_one_are_told(place: Endpoint) -> None:
    assert _probe(place, "wrong").state is ProbeState.WRONG_SECRET
    assert _probe(replace(place, secret_source=SecretSource.NONE), None).state is ProbeState.WRONG_SECRET


@pytest.mark.parametrize("place", ["s3"], indirect=True)
def test_a_closed_bucket_is_published_to_and_said_to_be_closed(
    place: Endpoint, s3_server: S3Server, make_desk: MakeDesk
) -> None:
    closed = replace(place, url=s3_server.new_bucket(is_open=False))
    assert "shows strangers nothing" in _probe(closed).sentence
    desk = make_desk(closed)
    desk.publish(desk.write("Trains stop"))
    desk.drain(deadline=5.0)
    assert set(desk.states()) == {"done"}
    assert CLIENT.get(f"{closed.url}/{desk.coverage.id}/head.json").status_code == 403


@pytest.mark.parametrize("place", ["folder"], indirect=True)
def test_a_page_somebody_else_put_there_is_not_written_over(place: Endpoint, make_desk: MakeDesk) -> None:
    desk = make_desk(place)
    standing = Standing(place.url, desk.coverage.id)
    desk.publish()
    desk.drain()
    head = folder_of(place.url) / str(standing.page) / "head.json"
    head.write_bytes(b'{"revision": 7}')
    desk.publish(desk.write("Trains stop"))
    desk.drain()
    assert "refused" in desk.states()
    assert head.read_bytes() == b'{"revision": 7}'
