from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.timeline import front_page, newest_first, older_pages

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
