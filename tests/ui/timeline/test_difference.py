from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.status import Status
from desktop.domain.timeline import TimelineRow
from ui.timeline.difference import Insert, Remove, Rows, Step, Update, is_another_list, steps

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def row(number: int, headline: str = "") -> TimelineRow:
    at = NOW + timedelta(minutes=number)
    return TimelineRow(id=UUID(int=number), at=at, headline=headline, status=Status.DRAFT, changed_at=at)


def applied(rows: Rows, taken: tuple[Step, ...]) -> Rows:
    shown = list(rows)
    for step in taken:
        match step:
            case Remove(first, count):
                assert first >= 0
                assert first + count <= len(shown)
                del shown[first : first + count]
            case Insert(first, inserted):
                assert 0 <= first <= len(shown)
                shown[first:first] = inserted
            case Update(first, anew):
                assert [each.id for each in shown[first : first + len(anew)]] == [each.id for each in anew]
                shown[first : first + len(anew)] = anew
    return tuple(shown)


LISTS = st.lists(st.tuples(st.integers(0, 12), st.sampled_from("ab")), unique_by=lambda each: each[0], max_size=12)


@given(LISTS, LISTS)
def test_the_steps_lead_from_any_list_to_any_other(before: list[tuple[int, str]], after: list[tuple[int, str]]) -> None:
    old, new = tuple(row(*each) for each in before), tuple(row(*each) for each in after)
    assert applied(old, steps(old, new)) == new


def test_nothing_differs_nothing_is_done() -> None:
    rows = tuple(row(number) for number in range(5))
    assert steps(rows, rows) == ()


def test_a_new_entry_is_one_insertion() -> None:
    rows = tuple(row(number) for number in range(5))
    assert steps(rows, (row(9), *rows)) == (Insert(0, (row(9),)),)


def test_a_changed_entry_is_one_update() -> None:
    rows = tuple(row(number) for number in range(5))
    changed = replace(rows[3], headline="New words")
    assert steps(rows, (*rows[:3], changed, rows[4])) == (Update(3, (changed,)),)


def test_a_retimed_entry_is_taken_out_and_put_in() -> None:
    rows = tuple(row(number) for number in range(4))
    moved = (rows[1], rows[2], rows[0], rows[3])
    assert {type(step) for step in steps(rows, moved)} == {Remove, Insert}
    assert sum(step.count for step in steps(rows, moved) if isinstance(step, Remove)) == 1


def test_lists_that_share_little_are_not_matched() -> None:
    long = tuple(row(number) for number in range(3000, 0, -1))
    assert not is_another_list((), long)
    assert not is_another_list(long, long[:5])
    assert not is_another_list(long, long[1:])
    assert is_another_list(long, long[::2])
    assert steps(long[:5], long) == (Insert(5, long[5:]),)
    assert steps(long, long[:5]) == (Remove(5, 2995),)
