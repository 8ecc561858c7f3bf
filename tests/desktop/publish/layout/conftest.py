from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain import moment
from desktop.domain.clock import ClockEvent, ClockTurn
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.endpoint import Endpoint, EndpointKind, Environment, SecretSource
from desktop.domain.identity import new_id
from desktop.publish.credentials import Credentials
from desktop.store.store import Store
from tests.desktop.publish.desk import Desk
from tests.desktop.publish.layout.standing import Standing
from tests.servers.dav import DavServer, running_dav
from tests.servers.s3 import S3Server, running_s3

KINDS = ("s3", "http_put", "folder")
MakeDesk = Callable[..., Desk]


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    with running_s3() as server:
        yield server


@pytest.fixture(scope="session")
def dav_server() -> Iterator[DavServer]:
    with running_dav(settles=False) as server:
        yield server


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Endpoint:
    """An empty place of each kind, in turn or as a test asks."""
    monkeypatch.setenv("NEWSROOM_TEST_TOKEN", "made-up")
    kind = EndpointKind(request.param)
    endpoint = Endpoint(
        id=new_id(), name="The pages", url=(tmp_path / "pages").as_uri(), environment=Environment.TEST, kind=kind
    )
    if kind is EndpointKind.FOLDER:
        return endpoint
    server = request.getfixturevalue("s3_server" if kind is EndpointKind.S3 else "dav_server")
    return replace(
        endpoint,
        url=server.new_bucket() if isinstance(server, S3Server) else server.new_folder(),
        account=server.account,
        secret_source=SecretSource.VARIABLE,
        secret_name="NEWSROOM_TEST_TOKEN",
    )


@pytest.fixture
def coverage() -> Coverage:
    return Coverage(
        id=new_id(),
        headline="Storm over the coast",
        summary=(SummaryPoint(new_id(), "Trains stop."),),
        clock=(ClockEvent(ClockTurn.STARTED, moment.now()),),
    )


@pytest.fixture
def make_desk(tmp_path: Path, coverage: Coverage) -> Iterator[MakeDesk]:
    """Makes consoles of their own, each with a store, that work on the same coverage."""
    stores: list[Store] = []

    def make(endpoint: Endpoint, shared: Coverage = coverage) -> Desk:
        store = Store.open(tmp_path / f"workspace-{len(stores)}", patience=1.0)
        stores.append(store)
        desk = Desk(store, shared, replace(endpoint, id=new_id()), Credentials())
        desk.save()
        return desk

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def desk(place: Endpoint, make_desk: MakeDesk) -> Desk:
    return make_desk(place)


@pytest.fixture
def standing(place: Endpoint, coverage: Coverage) -> Standing:
    return Standing(place.url, coverage.id)
