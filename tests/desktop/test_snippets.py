from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.blocks import InternalNote, Paragraph
from desktop.domain.problem import InvalidValue
from desktop.domain.text import Span
from desktop.snippets import Snippet
from desktop.workspace import Workspace

CALL = Snippet("Call line", (Paragraph((Span("Call "), Span("the desk", href="mailto:desk@example.org"))),))
NOTE = Snippet("after", (InternalNote("Check twice"),))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.open(tmp_path / "desk")
    yield made
    made.close()


def test_snippets_are_kept_by_name_and_come_back_whole(workspace: Workspace) -> None:
    assert workspace.snippets() == ()
    workspace.save_snippets((CALL, NOTE))
    assert workspace.snippets() == (NOTE, CALL)
    workspace.save_snippets((CALL,))
    assert workspace.snippets() == (CALL,)


@pytest.mark.parametrize(
    ("refused", "why"),
    [
        (Snippet(" ", CALL.blocks), "needs a name"),
        (Snippet("Empty", ()), "something to keep"),
        (Snippet("call LINE", NOTE.blocks), "already"),
    ],
)
def test_what_could_not_be_found_again_is_refused(workspace: Workspace, refused: Snippet, why: str) -> None:
    workspace.save_snippets((CALL,))
    with pytest.raises(InvalidValue, match=why):
        workspace.save_snippets((CALL, refused))
    assert workspace.snippets() == (CALL,)


def test_one_that_can_no_longer_be_read_hides_no_other(workspace: Workspace) -> None:
    workspace.save_setting("snippets", '[{"name": "x"}, 7, {"name": "y", "blocks": [{"type": "nothing"}]}]')
    assert workspace.snippets() == ()
