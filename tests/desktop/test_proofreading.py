from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.checks.findings import Severity
from desktop.domain.change import Change
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry
from desktop.domain.problem import InvalidValue
from desktop.workspace import Workspace


class Heard:
    """Hears what a workspace tells."""

    def __init__(self) -> None:
        self.changes: list[Change] = []

    def hear(self, change: Change) -> None:
        self.changes.append(change)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.open(tmp_path / "desk")
    yield made
    made.close()


@pytest.fixture
def coverage(workspace: Workspace) -> Coverage:
    return workspace.create_coverage("Floods")


@pytest.fixture
def entry(workspace: Workspace, coverage: Coverage) -> Entry:
    made = workspace.new_entry(coverage.id)
    workspace.save_draft(replace(made, headline="Qenvarra harbor closed"))
    return made


def misspelt(workspace: Workspace, entry: Entry) -> list[str]:
    return [each.sentence for each in workspace.findings(entry.id) if "misspelt" in each.sentence]


def test_what_may_be_misspelt_warns_and_stops_nothing(workspace: Workspace, entry: Entry) -> None:
    assert misspelt(workspace, entry) == ["“Qenvarra” and “harbor” may be misspelt."]
    assert {each.severity for each in workspace.findings(entry.id)} == {Severity.WARN}
    assert workspace.check(workspace.entry(entry.id)) == ()


def test_names_are_kept_with_their_page_and_told(workspace: Workspace, coverage: Coverage, entry: Entry) -> None:
    heard = Heard()
    workspace.listen(heard.hear)
    workspace.save_names(coverage.id, {"Qenvarra", " "})
    assert [change.coverage_id for change in heard.changes] == [coverage.id]
    assert workspace.names(coverage.id) == {"Qenvarra"}
    assert workspace.names(workspace.create_coverage("Fires").id) == frozenset()
    assert misspelt(workspace, entry) == ["“harbor” may be misspelt."]


def test_the_language_is_chosen_or_none(workspace: Workspace, entry: Entry) -> None:
    assert workspace.spelling() == "en-GB"
    workspace.save_spelling("en-US")
    assert misspelt(workspace, entry) == ["“Qenvarra” may be misspelt."]
    workspace.save_spelling("off")
    assert misspelt(workspace, entry) == []
    with pytest.raises(InvalidValue, match="no dictionary for tlh"):
        workspace.save_spelling("tlh")
    assert workspace.spelling() == "off"
