from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from desktop.domain.clock import ClockEvent, ClockTurn
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.status import Status
from desktop.domain.timeline import TimelineRow, boundaries, days, front_page, newest_first, older_pages, span

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAGE = 4


class Timeline(RuleBasedStateMachine):
    """A live page over a day: entries come, are withdrawn in place, and pages are cut again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.cut: dict[int, list[UUID]] = {}

    @rule()
    def publish(self) -> None:
        at = NOON + timedelta(minutes=len(self.entries) // 2)
        self.entries.append(Entry(id=new_id(), coverage_id=UUID(int=1), at=at))

    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        if self.entries:
            index = data.draw(st.integers(0, len(self.entries) - 1))
            self.entries[index] = replace(self.entries[index], headline="edited")

    @invariant()
    def newest_stands_first(self) -> None:
        ordered = newest_first(self.entries)
        assert [entry.id for entry in ordered] == [entry.id for entry in reversed(self.entries)]

    @invariant()
    def every_entry_is_on_exactly_one_older_page(self) -> None:
        pages = older_pages(newest_first(self.entries), PAGE)
        assert sorted(entry.id for page in pages for entry in page) == [entry.id for entry in self.entries]

    @invariant()
    def a_full_page_never_shifts(self) -> None:
        for number, page in enumerate(older_pages(newest_first(self.entries), PAGE)):
            ids = [entry.id for entry in page]
            if number in self.cut:
                assert ids == self.cut[number]
            if len(ids) == PAGE:
                self.cut[number] = ids

    @invariant()
    def the_front_page_holds_the_newest(self) -> None:
        ordered = newest_first(self.entries)
        assert list(front_page(ordered, PAGE)) == list(ordered[:PAGE])


TestTimeline = Timeline.TestCase
TestTimeline.settings = settings(max_examples=30, stateful_step_count=30)


def row(number: int, at: datetime, status: Status = Status.LIVE) -> TimelineRow:
    return TimelineRow(id=UUID(int=number), at=at, headline=f"Update {number}", status=status, changed_at=at)


def hourly(count: int) -> tuple[TimelineRow, ...]:
    return tuple(row(number, NOON + timedelta(hours=number)) for number in range(count, 0, -1))


def test_pages_begin_where_they_are_cut_from_the_oldest() -> None:
    rows = hourly(7)
    pages = {each.int: found.page for each, found in boundaries(rows, (), 3).items()}
    assert pages == {3: 1, 6: 2}
    cut = older_pages(rows, 3)
    assert {page[0].id.int for page in cut} == {3, 6, 7}
    drafted = tuple(replace(each, status=Status.DRAFT) if each.id.int == 2 else each for each in rows)
    assert {each.int: found.page for each, found in boundaries(drafted, (), 3).items()} == {4: 1}


def test_turns_of_the_clock_stand_above_what_was_written_before_them() -> None:
    rows = hourly(3)
    paused = ClockEvent(ClockTurn.PAUSED, NOON + timedelta(hours=1, minutes=30))
    resumed = ClockEvent(ClockTurn.RESUMED, NOON + timedelta(hours=1, minutes=45))
    ended = ClockEvent(ClockTurn.ENDED, NOON + timedelta(hours=9))
    found = boundaries(rows, (ClockEvent(ClockTurn.STARTED, NOON), paused, resumed, ended))
    assert {each.int: boundary.turns for each, boundary in found.items()} == {1: (resumed, paused), 3: (ended,)}


def test_days_are_those_of_the_zone_also_when_clocks_change() -> None:
    london = ZoneInfo("Europe/London")
    start = datetime(2026, 3, 27, 23, 30, tzinfo=UTC)
    rows = tuple(row(number, start + timedelta(hours=number)) for number in range(60, -1, -1))
    expected = sorted({each.at.astimezone(london).date() for each in rows}, reverse=True)
    assert list(days(rows, london)) == expected
    begins, ends = span(date(2026, 3, 29), london)
    assert ends - begins == timedelta(hours=23)
    assert sum(begins <= each.at < ends for each in rows) == 23
    assert days((), london) == ()
