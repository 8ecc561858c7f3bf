"""What is for the desk alone is in nothing that leaves it, whichever way it leaves."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.blocks import Block, Crop, Embed, Gallery, Image, InternalNote, Video
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.exchange.files import ExportKind
from desktop.page.guest_html import entry_html
from desktop.page.objects import objects
from desktop.page.renderer import Renderer
from desktop.workspace import Workspace
from tests.strategies import PROSE

_SECRET = "ZQXJ-KVWP"
_ORIGINAL = "5ec2e7" * 10 + "abcd"
_OWN = {ExportKind.JSON, ExportKind.ARCHIVE}
_NOTES = st.builds(InternalNote, st.just(f"Ask {_SECRET} again"), st.just(_SECRET))
_CUT = Image(media="ab" * 32, alt="A quay", crop=Crop(_ORIGINAL, 0.0, 0.25, 0.5, 0.5))
_CARDS: st.SearchStrategy[Block] = st.sampled_from(
    [_CUT, Gallery((_CUT, _CUT)), Video(address="https://films.example/a.mp4", poster=_CUT), Embed(picture=_CUT)]
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace with a rehearsal endpoint, and one page with one entry that is written anew each time."""
    opened = Workspace.open(tmp_path_factory.mktemp("desk"))
    opened.add_endpoint(Endpoint(id=new_id(), name="desk", url="http://127.0.0.1:9", environment=Environment.REHEARSAL))
    coverage = opened.create_coverage("High water")
    opened.new_entry(coverage.id)
    yield opened
    opened.close()


def leaving(workspace: Workspace, entry: Entry, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Send an entry out every way there is, and return the bytes of each."""
    endpoint = workspace.endpoints()[0]
    for operation in workspace.publish(entry.coverage_id, (entry.id,), endpoint.id):
        yield f"{operation.kind} to an endpoint", operation.payload
        yield f"files for {operation.kind}", " ".join(operation.media).encode()
    site = workspace.site(entry.coverage_id)
    # What renders and is handed the desk's own entry leaves out what is not for readers by itself.
    raw, renderer = replace(site, entries=(entry,)), Renderer()
    made = objects(raw, renderer.edition(raw))
    for page in (*renderer.files(raw), *made.files, made.head):
        yield page.path, page.data
    guest = entry_html(entry, site.house, site.coverage.zone, {}, "op", banner="", has_gates=True)
    yield "a page of another system", guest.encode()
    for kind in set(ExportKind) - _OWN:
        written = folder / kind
        workspace.export(entry.coverage_id, kind, written)
        for path in written.rglob("*"):
            if path.is_file():
                yield f"{kind}: {path.name}", path.read_bytes()


@settings(max_examples=10, deadline=None)
@given(st.lists(PROSE | _CARDS, min_size=1, max_size=4), st.lists(_NOTES, min_size=1, max_size=2), st.integers(0, 4))
def test_no_note_and_nothing_cut_away_leaves_the_desk(
    workspace: Workspace, blocks: list[Block], notes: list[InternalNote], at: int
) -> None:
    coverage = workspace.coverages()[0]
    standing = workspace.entries(coverage.id)[0]
    entry = replace(standing, headline="Quay", blocks=(*blocks[:at], *notes, *blocks[at:]))
    workspace.save_draft(entry)
    with TemporaryDirectory() as folder:
        sent = dict(leaving(workspace, workspace.entry(entry.id), Path(folder)))
    assert len(sent) > len(ExportKind)
    for way, data in sent.items():
        assert _SECRET.encode() not in data, way
        assert _ORIGINAL.encode() not in data, way


def test_the_desks_own_forms_keep_both(workspace: Workspace, tmp_path: Path) -> None:
    coverage = workspace.coverages()[0]
    standing = workspace.entries(coverage.id)[0]
    workspace.save_draft(replace(standing, headline="Quay", blocks=(_CUT, InternalNote(_SECRET))))
    written = workspace.export(coverage.id, ExportKind.JSON, tmp_path).read_bytes()
    assert _SECRET.encode() in written
    assert _ORIGINAL.encode() in written
