from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.coverage import Coverage
from desktop.domain.identity import new_id
from desktop.rehearsal.server import RehearsalEndpoint
from tests.desktop.rehearsal.publisher import Publisher, client_of


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[RehearsalEndpoint]:
    served = RehearsalEndpoint(tmp_path / "rehearsal")
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
