from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.identity import new_id
from desktop.store.store import Store
from tests.desktop.store.desk import Desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def open_store(folder: Path) -> Iterator[Callable[[], Store]]:
    """Open the folder's store, as often as a test likes; all are closed at the end."""
    opened: list[Store] = []

    def open_one() -> Store:
        opened.append(Store.open(folder, patience=0.1))
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    return open_store()


@pytest.fixture
def desk(store: Store) -> Desk:
    """A coverage and an endpoint that are in the store."""
    coverage = Coverage(id=new_id(), headline="Water rises in the lower town")
    endpoint = Endpoint(
        id=new_id(),
        name="Rehearsal",
        url="http://127.0.0.1:9/",
        environment=Environment.REHEARSAL,
        instance=UUID(int=7),
    )
    with store.write() as writing:
        writing.put_coverage(coverage)
        writing.put_endpoint(endpoint)
    return Desk(coverage, endpoint)


@pytest.fixture
def coverage(desk: Desk) -> Coverage:
    """A coverage that is in the store."""
    return desk.coverage
