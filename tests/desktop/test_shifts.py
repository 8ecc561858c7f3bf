from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain import moment
from desktop.domain.clock import ClockTurn
from desktop.domain.coverage import Coverage
from desktop.domain.problem import InvalidValue
from desktop.workspace import Workspace


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.open(tmp_path)
    made.save_setting("producer", "Jo Marsh")
    yield made
    made.close()


@pytest.fixture
def page(place: Workspace) -> Coverage:
    return place.create_coverage("Storm over the valley")


def test_a_start_is_planned_for_a_time_to_come(place: Workspace, page: Coverage) -> None:
    later = moment.now() + timedelta(hours=2)
    place.plan(page.id, later)
    assert place.coverage(page.id).planned_for == later
    with pytest.raises(InvalidValue, match="time to come"):
        place.plan(page.id, moment.now() - timedelta(minutes=1))
    assert place.coverage(page.id).planned_for == later
    place.plan(page.id, None)
    assert place.coverage(page.id).planned_for is None


def test_what_has_started_is_planned_no_more(place: Workspace, page: Coverage) -> None:
    place.turn_clock(page.id, ClockTurn.STARTED)
    with pytest.raises(InvalidValue, match="started already"):
        place.plan(page.id, moment.now() + timedelta(hours=2))


def test_a_note_waits_for_the_next_shift_and_stays_in_the_history(place: Workspace, page: Coverage) -> None:
    with pytest.raises(InvalidValue, match="needs a note"):
        place.hand_over(page.id, " \n")
    place.hand_over(page.id, "Ring the harbour office at six.")
    place.save_setting("producer", "Mo Adler")
    (left,) = place.coverage(page.id).handovers
    assert (left.note, left.by, left.taken_by) == ("Ring the harbour office at six.", "Jo Marsh", "")
    place.take_over(page.id)
    place.hand_over(page.id, "They rang back.")
    first, second = place.coverage(page.id).handovers
    assert (first.by, first.taken_by, second.by, second.taken_by) == ("Jo Marsh", "Mo Adler", "Mo Adler", "")
    assert first.taken_at is not None
    assert first.taken_at >= first.at
