from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.coverage import Coverage
from desktop.domain.identity import new_id
from desktop.publish.credentials import Credentials
from desktop.rehearsal.server import RehearsalEndpoint
from desktop.store.store import Store
from tests.desktop.publish.desk import Desk, endpoint_at
from tests.desktop.publish.scripted import ScriptedEndpoint


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "workspace", patience=1.0)
    yield opened
    opened.close()


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedEndpoint]:
    served = ScriptedEndpoint()
    monkeypatch.setenv("NEWSROOM_TEST_TOKEN", served.token)
    yield served
    served.stop()


@pytest.fixture
def desk(store: Store, scripted: ScriptedEndpoint) -> Desk:
    """A desk that publishes to the scripted endpoint."""
    made = Desk(store, Coverage(id=new_id(), headline="Storm over the coast"), endpoint_at(scripted.url), Credentials())
    made.save()
    return made


@pytest.fixture
def rehearsal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RehearsalEndpoint]:
    served = RehearsalEndpoint(tmp_path / "rehearsal")
    served.start()
    monkeypatch.setenv("NEWSROOM_TEST_TOKEN", served.token)
    yield served
    served.stop()
