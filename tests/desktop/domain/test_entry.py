import json
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings

from desktop.domain.block_codec import block_to_json
from desktop.domain.blocks import Crop, Image, InternalNote, images
from desktop.domain.entry import Entry, for_readers, media_of
from desktop.domain.problem import InvalidValue
from desktop.domain.wire import entry_from_wire, entry_to_wire
from tests.strategies import ENTRIES


@settings(max_examples=50)
@given(ENTRIES)
def test_readers_get_no_note_and_nothing_a_picture_was_cut_from(entry: Entry) -> None:
    public = for_readers(entry)
    shown = [image for block in public.blocks for image in images(block)]
    assert not any(isinstance(block, InternalNote) for block in public.blocks)
    assert all(image.crop is None for image in shown)
    before = [image for block in entry.blocks for image in images(block)]
    assert [replace(image, crop=None) for image in before] == shown
    originals = {image.crop.original for image in before if image.crop}
    assert originals <= set(media_of(entry))
    assert set(media_of(public)) == set(media_of(entry)) - (originals - set(media_of(public)))


def test_an_entry_that_says_what_a_picture_was_cut_from_is_refused_on_the_wire() -> None:
    image = Image(media="ab" * 32, alt="A quay", crop=Crop("cd" * 32, 0.1, 0.1, 0.5, 0.5))
    entry = Entry(id=UUID(int=1), coverage_id=UUID(int=2), at=datetime(2026, 1, 1, tzinfo=UTC), blocks=(image,))
    sent = entry_to_wire(entry, UUID(int=3))
    assert "crop" not in json.dumps(sent)
    leaking = sent | {"blocks": [block_to_json(image)]}
    with pytest.raises(InvalidValue, match="cut from"):
        entry_from_wire(leaking, UUID(int=2))
