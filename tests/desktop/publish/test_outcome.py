"""Every answer to every state: only states that may follow, nothing forgotten."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import moment
from desktop.domain.identity import new_id
from desktop.domain.members import canonical
from desktop.domain.outbox import Operation, OperationKind, OperationState, can_become
from desktop.publish.answer import (
    Answer,
    Conflict,
    Done,
    NotArrived,
    NotSent,
    Refused,
    RetryLater,
    Unauthorised,
    Unknown,
    WrongPlace,
)
from desktop.publish.outcome import outcome

NOW = moment.now()
TO_PUT: tuple[Answer, ...] = (
    Done('"1"', NOW),
    Refused("No.", 422),
    Unknown("Who knows."),
    NotSent("Nothing answers."),
    Conflict("Changed.", None, '"2"', "Ben"),
    Unauthorised("Who are you?"),
    WrongPlace("Not here."),
    RetryLater("Later."),
)
TO_READ: tuple[Answer, ...] = (*(each for each in TO_PUT if not isinstance(each, NotSent)), NotArrived())
# Before anything is claimed, only what stops it can come back.
BEFORE: tuple[Answer, ...] = tuple(each for each in TO_PUT if not isinstance(each, Done | Conflict))


def _operation(state: OperationState, withdrawn: str = "published") -> Operation:
    return Operation(
        id=new_id(),
        sequence=1,
        endpoint_id=new_id(),
        instance=None,
        coverage_id=new_id(),
        kind=OperationKind.ENTRY,
        target_id=new_id(),
        revision=3,
        digest="d",
        payload=canonical({"state": withdrawn}),
        state=state,
        attempts=2,
        made_at=NOW,
    )


@given(
    st.one_of(
        st.tuples(st.just(OperationState.SENDING), st.sampled_from(TO_PUT)),
        st.tuples(st.just(OperationState.UNKNOWN), st.sampled_from(TO_READ)),
        st.tuples(st.just(OperationState.QUEUED), st.sampled_from(BEFORE)),
    )
)
def test_every_answer_leads_to_a_state_that_may_follow(case: tuple[OperationState, Answer]) -> None:
    state, answer = case
    before = _operation(state)
    made = outcome(before, answer, NOW, NOW)
    after = made.operation
    assert after.state is state or can_become(state, after.state)
    assert (made.publication is not None) is (after.state is OperationState.DONE)
    is_judged = after.state in {OperationState.DONE, OperationState.REFUSED, OperationState.CONFLICT}
    assert (made.receipt is not None) is (is_judged or (state, after.state) == (OperationState.SENDING, "unknown"))
    assert (after.not_before is None) is is_judged
    assert bool(after.reason) is not isinstance(answer, Done | NotArrived)
    assert (after.payload, after.digest, after.sequence) == (before.payload, before.digest, before.sequence)


def test_only_what_left_counts_as_an_attempt() -> None:
    assert outcome(_operation(OperationState.SENDING), NotSent("Offline."), NOW).operation.attempts == 1
    assert outcome(_operation(OperationState.SENDING), Unknown("Silence."), NOW).operation.attempts == 2
    assert outcome(_operation(OperationState.QUEUED), NotSent("Offline."), NOW).operation.attempts == 2


def test_what_may_have_arrived_never_goes_back_to_queued_unread() -> None:
    for answer in (Unknown("?"), RetryLater("?"), Unauthorised("?"), WrongPlace("?")):
        assert outcome(_operation(OperationState.UNKNOWN), answer, NOW).operation.state is OperationState.UNKNOWN


def test_a_withdrawal_that_is_done_marks_the_publication() -> None:
    for state, is_withdrawn in (("retracted", True), ("published", False)):
        made = outcome(_operation(OperationState.SENDING, state), Done('"1"', NOW), NOW)
        assert made.publication is not None
        assert made.publication.is_withdrawn is is_withdrawn
        assert (made.publication.etag, made.publication.revision) == ('"1"', 3)


def test_a_conflict_names_who_and_keeps_their_version() -> None:
    made = outcome(_operation(OperationState.SENDING), Conflict("Changed.", None, '"2"', "Ben"), NOW)
    assert made.receipt is not None
    assert (made.receipt.outcome, made.receipt.etag) == ("conflict", '"2"')
    assert "Ben" in made.operation.reason
