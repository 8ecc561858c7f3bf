"""A coverage published, edited, corrected and withdrawn through the outbox, to each kind of place."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from desktop.domain import moment
from desktop.domain.blocks import Paragraph
from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.entry import Correction, Entry, Stage, Withdrawal, for_readers, media_of
from desktop.domain.text import text
from desktop.domain.timeline import newest_first
from desktop.exchange.sample import load
from desktop.page.feed import feed
from desktop.page.house import House
from desktop.page.renderer import Renderer
from desktop.page.site import REHEARSAL, Mark, Site, media_path
from desktop.page.variants import variants
from desktop.publish.layout.folder import folder_of
from tests.desktop.publish.desk import Desk
from tests.desktop.publish.layout.conftest import MakeDesk
from tests.desktop.publish.layout.standing import Standing


def _check_bytes(standing: Standing, desk: Desk, coverage: Coverage, entries: list[Entry], mark: Mark) -> None:
    """See that every file of the page is as the renderer writes it."""
    found = (desk.store.media_file(sha256) for entry in entries for sha256 in media_of(for_readers(entry)))
    media = {file.sha256: file for file in found if file}
    site = Site(
        coverage=coverage, entries=newest_first(entries), house=House.shipped(), media=media, mark=mark, feed=True
    )
    files = [*Renderer().files(site), feed(site)]
    assert [file.path for file in files if standing.read(file.path) != file.data] == []
    paths = [path for file in media.values() for path in (media_path(file), *(copy.path for copy in variants(file)))]
    assert [path for path in paths if standing.read(path) is None] == []


@pytest.mark.parametrize("environment", [Environment.TEST, Environment.PRODUCTION])
def test_the_sample_lives_its_life(place: Endpoint, make_desk: MakeDesk, environment: Environment) -> None:
    sample = load()
    desk = make_desk(replace(place, environment=environment), sample.coverage)
    for file in sample.media:
        desk.store.add_media(file.data, file.media_type)
    entries = [each for each in sample.entries if each.stage is Stage.READY]
    with desk.store.write() as writing:
        for entry in entries:
            writing.put_entry(entry)
    standing = Standing(place.url, sample.coverage.id)
    mark = "" if environment is Environment.PRODUCTION else REHEARSAL
    on_air = environment is Environment.PRODUCTION
    desk.publish(*entries)
    desk.drain(deadline=5.0, on_air=on_air)
    assert set(desk.states()) == {"done"}
    standing.check_shown([entry.id for entry in newest_first(entries)])
    _check_bytes(standing, desk, sample.coverage, entries, mark)
    assert (b"noindex" in (standing.read("index.html") or b"")) == (mark == REHEARSAL)
    now = moment.now()
    edited, corrected, withdrawn = entries[0], entries[5], entries[-1]
    entries[0] = replace(edited, blocks=(*edited.blocks, Paragraph(text("The ferry runs again."))), edited_at=now)
    entries[5] = replace(corrected, corrections=(Correction("The gauge was misread.", now),))
    entries[-1] = replace(withdrawn, withdrawal=Withdrawal("It did not happen.", now))
    desk.publish(entries[0], entries[5], entries[-1])
    desk.drain(deadline=5.0, on_air=on_air)
    assert set(desk.states()) == {"done"}
    standing.check_shown([entry.id for entry in newest_first(entries)])
    _check_bytes(standing, desk, sample.coverage, entries, mark)


@pytest.mark.parametrize("place", ["folder"], indirect=True)
def test_one_more_entry_changes_few_objects_whatever_the_length(desk: Desk, standing: Standing) -> None:
    grown: list[Counter[str]] = []
    entries = [desk.write(f"Update {number}") for number in range(45)]
    for some in (entries[:4], entries[4:44]):
        desk.publish(*some)
        desk.drain()
        before = _files(standing)
        desk.publish(entries[44] if len(some) > 4 else desk.write("One more"))
        desk.drain()
        after = _files(standing)
        grown.append(
            Counter(path.split("/")[0].split("-")[0] for path, data in after.items() if before.get(path) != data)
        )
    few, many = grown
    assert many == few == {"e": 2, "s": 2, "desk": 2, "head.json": 1, "index.html": 1, "feed.atom": 1, "page": 1}


def test_an_entry_above_the_others_is_one_commit_of_the_head(desk: Desk, standing: Standing) -> None:
    desk.publish(desk.write("First"))
    desk.drain()
    before = standing.head()["revision"]
    desk.publish(desk.write("Second"))
    desk.drain()
    assert standing.head()["revision"] == before + 1


def test_an_entry_between_others_moves_them_and_nothing_is_lost(desk: Desk, standing: Standing) -> None:
    entries = [desk.write(f"Update {number}") for number in range(24)]
    desk.publish(*entries[:3], *entries[4:])
    desk.drain(deadline=5.0)
    desk.publish(entries[3])
    desk.drain(deadline=5.0)
    assert set(desk.states()) == {"done"}
    standing.check_shown([entry.id for entry in newest_first(entries)])
    assert len(standing.segments()) == 2
    assert json.loads(standing.text(f"e/{standing.head()['newest'][0]}.json"))["title"] == "Update 23"


def _files(standing: Standing) -> dict[str, bytes]:
    top = folder_of(standing.url) / str(standing.page)
    return {str(path.relative_to(top)): path.read_bytes() for path in top.rglob("*") if path.is_file()}
