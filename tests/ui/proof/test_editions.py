from collections.abc import Mapping
from dataclasses import replace
from uuid import uuid4

import pytest

from desktop.consent.recognise import recognise
from desktop.consent.scenario import Edition
from desktop.domain import moment
from desktop.domain.blocks import Block, Paragraph
from desktop.domain.clock import ClockEvent, ClockState, ClockTurn, state
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry, Withdrawal
from desktop.domain.text import text
from desktop.page.house import House
from desktop.page.renderer import Renderer
from desktop.page.site import Site
from ui.proof.editions import editions

POST = recognise("https://x.com/harbour/status/1234567890")
FILM = recognise("https://www.youtube.com/watch?v=abcdefghijk")
AT = moment.from_json("2026-03-01T12:00:00Z")
COVERAGE = Coverage(id=uuid4(), headline="High water")


def entry(*blocks: Block) -> Entry:
    return Entry(id=uuid4(), coverage_id=COVERAGE.id, at=AT, headline="Levels", blocks=blocks)


def made(*entries: Entry, coverage: Coverage = COVERAGE) -> Mapping[Edition, Site]:
    return dict(editions(Site(coverage=coverage, entries=entries, house=House.shipped())))


PLAIN, POSTED, FILMED = entry(Paragraph(text("Words"))), entry(POST), entry(Paragraph(text("Words")), FILM)


def test_every_edition_is_made_of_a_page_with_two_providers_and_renders() -> None:
    found = made(PLAIN, POSTED, FILMED)
    assert set(found) == set(Edition) - {Edition.PUBLISHED}
    assert [each.blocks for each in found[Edition.TWICE].entries][1:] == [(POST, POST), (*FILMED.blocks, FILM)]
    assert [each.blocks for each in found[Edition.BESIDE].entries] == [
        PLAIN.blocks,
        (POST, FILM),
        (*FILMED.blocks, POST),
    ]
    assert found[Edition.PINNED].coverage.pinned == POSTED.id
    added = found[Edition.GROWN].entries[0]
    assert (added.blocks, added.id == POSTED.id, added.at > AT) == ((POST,), False, True)
    questions = {edition: site.house.values["embed.question"] for edition, site in found.items()}
    assert len(set(questions.values())) == 2
    for site in found.values():
        assert any(file.path == "index.html" for file in Renderer().files(site))


@pytest.mark.parametrize("turns", [(), (ClockTurn.STARTED,), (ClockTurn.STARTED, ClockTurn.ENDED)])
def test_news_comes_in_while_coverage_goes_on(turns: tuple[ClockTurn, ...]) -> None:
    found = made(POSTED, coverage=replace(COVERAGE, clock=tuple(ClockEvent(turn, AT) for turn in turns)))
    for edition in (Edition.LIVE, Edition.GROWN):
        assert state(found[edition].coverage.clock) is ClockState.LIVE


def test_what_cannot_be_made_is_left_out() -> None:
    withdrawn = replace(POSTED, withdrawal=Withdrawal("Wrong harbour", AT))
    assert set(made(PLAIN, withdrawn)) == set(made()) == {Edition.REWORDED, Edition.LIVE}
    assert Edition.BESIDE not in made(POSTED)
