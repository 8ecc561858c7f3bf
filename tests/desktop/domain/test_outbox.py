from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from desktop.domain.identity import new_id
from desktop.domain.outbox import (
    PARKED,
    WAITING,
    Operation,
    OperationKind,
    OperationState,
    can_become,
    in_order,
    next_to_send,
    superseded_by,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ENDPOINT, COVERAGE = UUID(int=1), UUID(int=2)


def operation(sequence: int, kind: OperationKind, target: int, state: OperationState) -> Operation:
    return Operation(
        id=new_id(),
        sequence=sequence,
        endpoint_id=ENDPOINT,
        instance=None,
        coverage_id=COVERAGE,
        kind=kind,
        target_id=COVERAGE if kind is not OperationKind.ENTRY else UUID(int=target),
        revision=sequence,
        digest="",
        payload=b"{}",
        state=state,
        made_at=NOW,
    )


def test_an_entry_waits_for_its_page() -> None:
    page = operation(1, OperationKind.PAGE, 0, OperationState.REFUSED)
    entry = operation(2, OperationKind.ENTRY, 7, OperationState.QUEUED)
    assert next_to_send([page, entry], NOW) is None
    assert next_to_send([replace(page, state=OperationState.DONE), entry], NOW) == entry


def test_a_refused_entry_does_not_hold_the_page_up() -> None:
    refused = operation(1, OperationKind.ENTRY, 7, OperationState.REFUSED)
    other = operation(2, OperationKind.ENTRY, 8, OperationState.QUEUED)
    assert next_to_send([refused, other], NOW) == other


def test_an_unknown_operation_is_read_back_before_its_entry_is_sent_again() -> None:
    unknown = operation(1, OperationKind.ENTRY, 7, OperationState.UNKNOWN)
    later = operation(2, OperationKind.ENTRY, 7, OperationState.QUEUED)
    assert next_to_send([later, unknown], NOW) == unknown


def test_a_postponed_operation_holds_what_comes_after_it() -> None:
    postponed = replace(
        operation(1, OperationKind.ENTRY, 7, OperationState.QUEUED), not_before=NOW + timedelta(seconds=5)
    )
    later = operation(2, OperationKind.ENTRY, 7, OperationState.QUEUED)
    assert next_to_send([postponed, later], NOW) is None
    assert next_to_send([postponed, later], NOW + timedelta(seconds=5)) == postponed


def test_what_may_have_been_sent_is_never_superseded() -> None:
    newer = operation(9, OperationKind.ENTRY, 7, OperationState.QUEUED)
    earlier = [operation(n, OperationKind.ENTRY, 7, state) for n, state in enumerate(OperationState)]
    assert {each.state for each in superseded_by(earlier, newer)} == {
        OperationState.QUEUED,
        *PARKED,
    }


def test_a_lower_rank_goes_first_and_takes_what_it_needs_along() -> None:
    page = operation(1, OperationKind.PAGE, 0, OperationState.QUEUED)
    entries = [operation(n, OperationKind.ENTRY, n, OperationState.QUEUED) for n in range(2, 6)]
    unknown = replace(operation(6, OperationKind.ENTRY, 9, OperationState.UNKNOWN))
    after = replace(operation(7, OperationKind.ENTRY, 9, OperationState.QUEUED), rank=-1)
    last = replace(entries[0], rank=1)
    ordered = in_order([last, *entries[1:], after, unknown, page])
    assert [each.sequence for each in ordered] == [1, 6, 7, 3, 4, 5, 2]
    assert next_to_send([replace(page, state=OperationState.DONE), *entries, unknown, after], NOW) == unknown


def test_what_is_held_waits_and_holds_what_comes_after_it() -> None:
    held = operation(1, OperationKind.PAGE, 0, OperationState.HELD)
    entry = replace(operation(2, OperationKind.ENTRY, 7, OperationState.QUEUED), rank=-5)
    assert next_to_send([held, entry], NOW) is None


class Outbox(RuleBasedStateMachine):
    """Operations come and go in any allowed way; the order of each target must hold."""

    def __init__(self) -> None:
        super().__init__()
        self.operations: list[Operation] = []
        self.done: dict[tuple[OperationKind, UUID], int] = {}

    @rule(kind=st.sampled_from(OperationKind), number=st.integers(1, 3))
    def enqueue(self, kind: OperationKind, number: int) -> None:
        newer = operation(len(self.operations) + 1, kind, number, OperationState.QUEUED)
        gone = {each.id for each in superseded_by(self.operations, newer)}
        self.operations = [
            replace(each, state=OperationState.CANCELLED) if each.id in gone else each for each in self.operations
        ]
        self.operations.append(newer)

    @rule(outcome=st.sampled_from(OperationState))
    def work(self, outcome: OperationState) -> None:
        chosen = next_to_send(self.operations, NOW)
        if chosen is None:
            return
        target = (chosen.kind, chosen.target_id)
        earlier = [each for each in self.operations if each.sequence < chosen.sequence]
        assert not any((each.kind, each.target_id) == target and each.state in WAITING | PARKED for each in earlier)
        index = self.operations.index(chosen)
        if chosen.state is OperationState.QUEUED:
            chosen = replace(chosen, state=OperationState.SENDING)
        if can_become(chosen.state, outcome):
            chosen = replace(chosen, state=outcome)
        elif chosen.state is OperationState.SENDING:
            chosen = replace(chosen, state=OperationState.UNKNOWN)
        self.operations[index] = chosen
        if chosen.state is OperationState.DONE:
            assert self.done.get(target, 0) < chosen.sequence
            self.done[target] = chosen.sequence

    @rule(number=st.integers(0, 20), rank=st.integers(-2, 2))
    def move(self, number: int, rank: int) -> None:
        if number < len(self.operations):
            self.operations[number] = replace(self.operations[number], rank=rank)

    @invariant()
    def an_end_is_an_end(self) -> None:
        for each in self.operations:
            if each.state in {OperationState.DONE, OperationState.CANCELLED}:
                assert not any(can_become(each.state, state) for state in OperationState)


TestOutbox = Outbox.TestCase
TestOutbox.settings = settings(max_examples=40, stateful_step_count=30)
