"""What the editor's tests share: a workspace on a real store, with one coverage, one entry, one endpoint."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.workspace import Workspace


@dataclass(frozen=True)
class Desk:
    """A workspace with something in it."""

    workspace: Workspace
    coverage: Coverage
    entry: Entry
    rehearsal: Endpoint
    production: Endpoint


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace = Workspace.open(tmp_path / "desk")
    coverage = workspace.create_coverage("Floods")
    rehearsal = Endpoint(id=new_id(), name="r", url="http://127.0.0.1:1", environment=Environment.REHEARSAL)
    production = Endpoint(id=new_id(), name="p", url="http://127.0.0.1:2", environment=Environment.PRODUCTION)
    workspace.add_endpoint(rehearsal)
    workspace.add_endpoint(production)
    yield Desk(workspace, coverage, workspace.new_entry(coverage.id), rehearsal, production)
    workspace.close()
