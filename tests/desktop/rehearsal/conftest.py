from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Environment
from desktop.domain.identity import new_id
from desktop.rehearsal.server import RehearsalEndpoint
from tests.desktop.rehearsal.publisher import Publisher, client_of


@pytest.fixture
def endpoint(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[RehearsalEndpoint]:
    """An endpoint that serves; a rehearsal, unless a test asks for another environment."""
    environment = getattr(request, "param", Environment.REHEARSAL)
    served = RehearsalEndpoint(tmp_path / environment, environment=environment)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def publisher(endpoint: RehearsalEndpoint) -> Iterator[Publisher]:
    with client_of(endpoint) as client:
        yield Publisher(client, Coverage(id=new_id(), headline="Flood in the valley"))


@pytest.fixture
def live(publisher: Publisher) -> Publisher:
    """A publisher whose page is published."""
    assert publisher.put_page().status_code == 201
    return publisher
