from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from desktop.domain.blocks import InternalNote, Paragraph
from desktop.domain.coverage import Seen, SummaryPoint
from desktop.domain.entry import Entry, Withdrawal
from desktop.domain.summary import Doubt, confirmed, count_words, doubts, ground, says_the_same, settled
from desktop.domain.text import text

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ENTRY = Entry(id=UUID(int=7), coverage_id=UUID(int=1), at=NOON, headline="Bridge closed")
POINT = SummaryPoint(UUID(int=9), "The bridge is closed", (ENTRY.id,))
STANDS = {ENTRY.id: ground(ENTRY)}
CONFIRMED = confirmed(POINT, STANDS, NOON)


def after(entry: Entry) -> tuple[tuple[UUID, Doubt], ...]:
    return doubts(CONFIRMED, {entry.id: ground(entry)})


def test_a_bullet_is_sound_while_its_entry_says_what_it_said() -> None:
    assert after(ENTRY) == ()
    assert CONFIRMED.confirmed_at == NOON
    retimed = replace(ENTRY, at=NOON.replace(hour=13), is_key_moment=True, blocks=(InternalNote("Ask again"),))
    assert after(retimed) == ()


@pytest.mark.parametrize(
    ("entry", "doubt"),
    [
        (replace(ENTRY, headline="Bridge open"), Doubt.CHANGED),
        (replace(ENTRY, blocks=(Paragraph(text("Until noon.")),)), Doubt.CHANGED),
        (replace(ENTRY, withdrawal=Withdrawal("Wrong bridge.", NOON)), Doubt.WITHDRAWN),
    ],
)
def test_a_bullet_is_doubtful_once_its_entry_says_something_else(entry: Entry, doubt: Doubt) -> None:
    assert after(entry) == ((ENTRY.id, doubt),)
    grounds = {entry.id: ground(entry)}
    assert doubts(confirmed(CONFIRMED, grounds, NOON), grounds) == ()


def test_a_bullet_is_doubtful_once_its_entry_is_gone() -> None:
    assert doubts(CONFIRMED, {}) == ((ENTRY.id, Doubt.GONE),)
    assert doubts(confirmed(CONFIRMED, {}, NOON), {}) == ()


def test_what_nobody_confirmed_is_doubtful_only_when_taken_back() -> None:
    assert doubts(POINT, STANDS) == ()
    withdrawn = replace(ENTRY, withdrawal=Withdrawal("Wrong bridge.", NOON))
    assert doubts(POINT, {ENTRY.id: ground(withdrawn)}) == ((ENTRY.id, Doubt.WITHDRAWN),)


def test_new_words_are_confirmed_and_an_order_is_not() -> None:
    other = SummaryPoint(UUID(int=10), "Ferries run")
    changed = {ENTRY.id: ground(replace(ENTRY, headline="Bridge open"))}
    moved = settled((CONFIRMED, other), (other, CONFIRMED), changed, NOON)
    assert moved == (other, CONFIRMED)
    (reworded,) = settled((CONFIRMED,), (replace(CONFIRMED, text="The bridge is open"),), changed, NOON)
    assert doubts(reworded, changed) == ()


def test_a_new_bond_is_seen_as_it_stands_and_a_loosed_one_forgotten() -> None:
    second = replace(ENTRY, id=UUID(int=8), headline="Ferry stopped")
    grounds = {ENTRY.id: ground(replace(ENTRY, headline="Bridge open")), second.id: ground(second)}
    (bound,) = settled((CONFIRMED,), (replace(CONFIRMED, rests_on=(ENTRY.id, second.id)),), grounds, NOON)
    assert doubts(bound, grounds) == ((ENTRY.id, Doubt.CHANGED),)
    (loosed,) = settled((bound,), (replace(bound, rests_on=(second.id,)),), grounds, NOON)
    assert loosed.seen == (Seen(second.id, ground(second).words),)


def test_words_are_counted_and_wordings_compared() -> None:
    assert count_words("  31 homes,\tno  power ") == 4
    assert says_the_same((POINT,), (CONFIRMED,))
    assert not says_the_same((POINT,), (replace(POINT, text="Open"),))
