from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.coverage import Coverage
from desktop.domain.identity import new_id
from desktop.store.store import Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    opened = Store.open(folder, patience=0.1)
    yield opened
    opened.close()


@pytest.fixture
def coverage(store: Store) -> Coverage:
    """A coverage that is in the store."""
    made = Coverage(id=new_id(), headline="Water rises in the lower town")
    with store.write() as writing:
        writing.put_coverage(made)
    return made
