"""A bad line: requests lost, answers lost, both cut in flight. Readers have everything, once, in order."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from desktop.domain.endpoint import Endpoint
from desktop.domain.timeline import newest_first
from desktop.publish.runner import Patience
from tests.desktop.publish.layout.conftest import MakeDesk
from tests.desktop.publish.layout.standing import Standing
from tests.servers.lossy import LossyLine


@pytest.fixture
def lossy(place: Endpoint) -> Iterator[LossyLine]:
    line = LossyLine(place.url, requests=0.10, answers=0.10, cut=0.15, seed=11)
    yield line
    line.stop()


@pytest.mark.parametrize("place", ["s3", "http_put"], indirect=True)
def test_sixty_entries_over_a_bad_line(
    place: Endpoint, standing: Standing, lossy: LossyLine, make_desk: MakeDesk
) -> None:
    desk = make_desk(replace(place, url=lossy.url + urlsplit(place.url).path))
    entries = [desk.write(f"Update {number}") for number in range(60)]
    desk.publish(*entries)
    entries[7] = replace(entries[7], headline="Update 7, as it was later known")
    for _ in range(30):
        desk.drain(deadline=5.0, patience=Patience(failures=8, seconds=60.0))
        if set(desk.states()) == {"done"}:
            break
    desk.publish(entries[7])
    desk.drain(deadline=5.0, patience=Patience(failures=8, seconds=60.0))
    assert set(desk.states()) == {"done"}
    assert lossy.spoiled > lossy.passed / 4
    standing.check_shown([entry.id for entry in newest_first(entries)])
    assert standing.text("page-1.html").count("Update 7, as it was later known") > 0
    assert standing.head()["revision"] == len(entries) + 3
