import io
from collections import Counter
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from PIL import Image as Pillow

from desktop.consent.loading import loading
from desktop.consent.recognise import provider_of
from desktop.domain.blocks import Embed, Image, List, Paragraph, Quote, Video, images
from desktop.domain.clock import ClockState, ClockTurn, state
from desktop.domain.entry import Stage, for_readers, words_of
from desktop.exchange.imported import Imported
from desktop.exchange.sample import load


@pytest.fixture(scope="module")
def sample() -> Imported:
    return load()


def blocks(sample: Imported) -> list[object]:
    return [block for entry in sample.entries for block in entry.blocks]


def test_it_runs_over_two_days_with_a_pause_and_a_resume_that_told_readers(sample: Imported) -> None:
    zone = ZoneInfo(sample.coverage.zone)
    assert len({entry.at.astimezone(zone).date() for entry in sample.entries}) == 2
    turns = {event.turn: event for event in sample.coverage.clock}
    assert set(turns) == {ClockTurn.STARTED, ClockTurn.PAUSED, ClockTurn.RESUMED}
    assert state(sample.coverage.clock) is ClockState.LIVE
    told = {entry.id: entry for entry in sample.entries}
    pause, resume = turns[ClockTurn.PAUSED], turns[ClockTurn.RESUMED]
    assert pause.entry_id
    assert resume.entry_id
    assert told[pause.entry_id].at == pause.at
    assert told[resume.entry_id].at == resume.at == pause.until


def test_it_has_a_second_page_drafts_and_every_kind_of_block(sample: Imported) -> None:
    stages = Counter(entry.stage for entry in sample.entries)
    assert stages[Stage.READY] > 20
    assert stages[Stage.DRAFT] == 2
    kinds = {type(block).__name__ for block in blocks(sample)}
    assert len(kinds) == 11
    lists = [block for block in blocks(sample) if isinstance(block, List)]
    assert {block.ordered for block in lists} == {True, False}


def test_its_embeds_are_of_many_providers_and_keep_what_was_said(sample: Imported) -> None:
    embeds = [block for block in blocks(sample) if isinstance(block, Embed)]
    assert len(embeds) >= 8
    assert len({embed.provider for embed in embeds}) >= 4
    for embed in embeds:
        assert embed.address
        assert provider_of(embed.address).id == embed.provider
        assert loading(embed)
        assert embed.quoted
        assert embed.author
        assert embed.posted_at
    per_entry = [
        Counter(block.provider for block in entry.blocks if isinstance(block, Embed)) for entry in sample.entries
    ]
    assert any(count[provider] == 3 for count in per_entry for provider in count)


def test_its_pictures_came_along_with_alt_credit_and_size(sample: Imported) -> None:
    assert sample.missing == ()
    files = {file.sha256: file for file in sample.media}
    shown = [image for entry in sample.entries for block in entry.blocks for image in images(block)]
    assert len({image.media for image in shown}) >= 8
    for image in shown:
        assert image.media
        assert image.alt
        assert image.credit
        file = files[image.media]
        assert len(file.data) < 80_000
        with Pillow.open(io.BytesIO(file.data)) as opened:
            assert opened.size == (image.width, image.height) == (file.width, file.height)
            assert not opened.getexif()
    assert all(image.caption for entry in sample.entries for image in entry.blocks if isinstance(image, Image))
    (video,) = (block for block in blocks(sample) if isinstance(block, Video))
    assert video.media
    assert files[video.media].data.startswith(b"\x1aE\xdf\xa3")


def test_summary_pin_correction_withdrawal_and_key_moments_are_there(sample: Imported) -> None:
    ids = {entry.id for entry in sample.entries}
    assert len(sample.coverage.summary) == 5
    assert all(point.rests_on and set(point.rests_on) <= ids for point in sample.coverage.summary)
    assert sample.coverage.pinned in ids
    assert any(entry.corrections for entry in sample.entries)
    assert any(entry.withdrawal for entry in sample.entries)
    assert sum(entry.is_key_moment for entry in sample.entries) >= 3
    assert all(entry.byline for entry in sample.entries if entry.stage is Stage.READY)


def test_its_words_have_looks_and_links_inside_and_outside(sample: Imported) -> None:
    spans = [span for block in blocks(sample) if isinstance(block, Paragraph | Quote) for span in block.text]
    assert any(span.bold for span in spans)
    assert any(span.italic for span in spans)
    links = [span.href for span in spans if span.href]
    assert {bool(urlsplit(link).netloc) for link in links} == {True, False}
    assert any(isinstance(block, Quote) and block.source for block in blocks(sample))


def test_desk_notes_do_not_reach_readers(sample: Imported) -> None:
    for entry in sample.entries:
        assert words_of(for_readers(entry)) == words_of(entry)
        assert "redrawing" not in words_of(entry)


def test_loading_twice_makes_two_coverages() -> None:
    one, two = load(), load()
    assert one.coverage.id != two.coverage.id
    assert not {entry.id for entry in one.entries} & {entry.id for entry in two.entries}
    assert [entry.headline for entry in one.entries] == [entry.headline for entry in two.entries]
