"""What a change costs: counted, not timed."""

import gzip
import json
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.blocks import Image, Paragraph
from desktop.domain.coverage import SummaryPoint
from desktop.domain.entry import Correction, Entry, Withdrawal
from desktop.domain.text import text
from desktop.page.edition import HEAD, Edition
from desktop.page.house import House
from desktop.page.renderer import Renderer
from desktop.page.site import Site
from tests.desktop.page.harbour import NOON, PICTURE, Media, entry, full_site, site


def many(count: int) -> Site:
    return site(*(entry(number, f"Update {number}", Paragraph(text(f"Text {number}."))) for number in range(count)))


def written(edition: Edition) -> dict[str, bytes]:
    return {file.path: file.data for file in edition.rewritten()}


@pytest.mark.parametrize("count", [20, 300])
@pytest.mark.parametrize("place", [0, 10, -1])
def test_one_edit_renders_one_entry_and_rewrites_its_page_and_the_front(count: int, place: int) -> None:
    renderer, shown = Renderer(), many(count)
    edition = renderer.edition(shown)
    everything = written(edition)
    rendered, pages = renderer.entries_rendered, edition.pages_rendered
    edited = shown.entries[place]
    edition.put(replace(edited, headline="Edited", edited_at=NOON + timedelta(days=9)))
    changed = written(edition)
    assert renderer.entries_rendered == rendered + 1
    assert edition.pages_rendered - pages == len(changed) - 1 == 2
    assert next(iter(changed)) == "index.html"
    assert list(changed)[-1] == HEAD
    assert all(everything[path] != changed[path] for path in changed)
    assert written(edition) == {"index.html": changed["index.html"], HEAD: changed[HEAD]}


def test_a_new_entry_touches_no_older_page() -> None:
    renderer, shown = Renderer(), many(50)
    edition = renderer.edition(shown)
    written(edition)
    edition.put(entry(90, "New"))
    assert set(written(edition)) == {"index.html", "page-3.html", HEAD}


def test_the_head_names_what_stands_where_and_stays_small() -> None:
    shown = many(3_000)
    edition = Renderer().edition(shown)
    for number in range(0, 60, 2):
        edition.put(replace(shown.entries[-1 - number], edited_at=NOON, headline="Edited"))
    edition.take_down(shown.entries[5].id)
    head = edition.file(HEAD)
    assert head is not None
    told = json.loads(head.data)
    assert len(told["newest"]) == 20
    assert len(told["changes"]) == 21
    assert told["changes"][0] == {"entry": str(shown.entries[5].id), "what": "removed"}
    assert told["next_poll"] == 15
    assert len(gzip.compress(head.data)) < 2_000
    front = edition.file("index.html")
    assert front is not None
    for name in told["newest"]:
        part = edition.file(f"e/{name}.html")
        assert part is not None
        assert part.data in front.data
    assert edition.file(f"e/front.{told['top']}.html") is not None


def test_an_update_of_one_entry_is_light() -> None:
    shown = full_site()
    edition = Renderer().edition(shown)
    edited = replace(shown.entries[4], headline="Edited")
    edition.put(edited)
    head = edition.file(HEAD)
    assert head is not None
    name = next(each for each in json.loads(head.data)["newest"] if each.startswith(str(edited.id)))
    part = edition.file(f"e/{name}.html")
    assert part is not None
    assert len(gzip.compress(head.data)) + len(gzip.compress(part.data)) < 3_000


def test_a_part_of_another_revision_is_not_there() -> None:
    edition = Renderer().edition(many(3))
    for path in ("e/front.123.html", f"e/{UUID(int=1)}.123456789abc.html", "e/x.y.html", "e/", "page-9.html"):
        assert edition.file(path) is None


def test_a_picture_that_arrives_is_a_new_revision_of_its_entry() -> None:
    shown = replace(site(entry(1, "A picture", Image(media=PICTURE, alt="Fog"))), media={})
    edition = Renderer().edition(shown)
    before = edition.article(shown.entries[0]).rev
    edition.hold({PICTURE: Media()})
    after = edition.article(shown.entries[0]).rev
    assert before != after


def test_the_same_entry_in_other_words_is_another_revision() -> None:
    shown = site(entry(1, "Low water"))
    worded = replace(shown, house=House.shipped("polish"))
    revs = {Renderer().edition(each).article(each.entries[0]).rev for each in (shown, shown, worded)}
    assert len(revs) == 2


CHANGES = st.lists(
    st.tuples(st.sampled_from(["edit", "new", "correct", "withdraw", "move", "down", "moment"]), st.integers(0, 200)),
    max_size=12,
)


def changed(change: str, number: int, chosen: Entry) -> Entry:
    match change:
        case "edit":
            return replace(chosen, headline=f"Edited {number}", edited_at=NOON)
        case "correct":
            return replace(chosen, corrections=(Correction(f"Wrong {number}", NOON),))
        case "withdraw":
            return replace(chosen, withdrawal=Withdrawal("Not so.", NOON))
        case "moment":
            return replace(chosen, is_key_moment=not chosen.is_key_moment)
        case "move":
            return replace(chosen, at=entry(number, "").at)
        case _:
            return entry(1_000 + number, f"New {number}")


@settings(max_examples=40, deadline=None)
@given(CHANGES)
def test_change_by_change_gives_the_bytes_of_a_whole_rendering(changes: list[tuple[str, int]]) -> None:
    start = replace(many(45), coverage=replace(many(1).coverage, summary=(SummaryPoint(UUID(int=9), "One", ()),)))
    renderer = Renderer()
    edition, followed = renderer.edition(start), renderer.edition(start)
    files = {file.path: file.data for file in edition.rewritten()}
    entries = {each.id: each for each in start.entries}
    for change, number in changes:
        chosen = list(entries.values())[number % len(entries)]
        if change == "down" and len(entries) > 1:
            del entries[chosen.id]
            edition.take_down(chosen.id)
        else:
            made = changed(change, number, chosen)
            entries[made.id] = made
            edition.put(made)
        now = tuple(sorted(entries.values(), key=lambda each: (each.at, each.id), reverse=True))
        followed.follow(replace(start, entries=now))
        files |= {file.path: file.data for file in edition.rewritten()}
    whole = Renderer()
    fresh = {file.path: file.data for file in whole.files(replace(start, entries=tuple(entries.values())))}
    for path in [path for path in fresh if path.endswith(".html")]:
        assert files[path] == fresh[path], path
        again = followed.file(path)
        assert again is not None
        assert again.data == fresh[path], path
