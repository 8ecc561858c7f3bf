"""How a lane waits, stops, and passes by what fails again and again."""

from dataclasses import replace

import pytest

from desktop.domain import moment
from desktop.domain.endpoint import Endpoint
from desktop.domain.identity import new_id
from desktop.domain.outbox import Operation, OperationKind, OperationState
from desktop.publish.answer import Done, NotArrived, NotSent, Refused, RetryLater, Unauthorised, Unknown, WrongPlace
from desktop.publish.lane import STUBBORN, Lane
from tests.desktop.publish.desk import endpoint_at

ENDPOINT: Endpoint = endpoint_at("http://127.0.0.1:1")


def _operation(sequence: int, **given: object) -> Operation:
    made = Operation(
        id=new_id(),
        sequence=sequence,
        endpoint_id=ENDPOINT.id,
        instance=None,
        coverage_id=ENDPOINT.id,
        kind=OperationKind.ENTRY,
        target_id=new_id(),
        revision=1,
        digest="d",
        payload=b"{}",
        made_at=moment.now(),
    )
    return replace(made, **given)  # type: ignore[arg-type]  # names of Operation's own fields


def _lane(*operations: Operation) -> Lane:
    lane = Lane(ENDPOINT.id)
    lane.load(ENDPOINT, operations)
    return lane


def test_waiting_grows_with_failures_and_ends_with_a_success() -> None:
    lane = _lane(first := _operation(1))
    for failures in range(1, 9):
        wait = lane.react(first, NotSent("Nothing answers."), 100.0)
        assert lane.failures == failures
        assert lane.wait(100.0) == pytest.approx(wait)
        assert wait <= 60
    lane.react(first, Done('"1"', moment.now()), 100.0)
    assert (lane.failures, lane.wait(100.0)) == (0, 0.0)


def test_an_endpoint_that_asks_for_patience_gets_just_that() -> None:
    lane = _lane(first := _operation(1))
    for answer in (RetryLater("Later.", 42.0), Unknown("Tired.", 42.0)):
        assert lane.react(first, answer, 100.0) == 42.0
        assert lane.wait(110.0) == pytest.approx(32.0)


def test_a_wall_clock_that_jumps_changes_no_waiting() -> None:
    far = moment.now().replace(year=2099)
    lane = _lane(_operation(1, not_before=far))
    assert lane.next(0.0) is not None


@pytest.mark.parametrize("answer", [Unauthorised("Who?"), WrongPlace("Not here.")])
def test_only_somebody_s_act_goes_on_after_the_wrong_secret_or_place(answer: Unauthorised | WrongPlace) -> None:
    lane = _lane(first := _operation(1))
    lane.is_known = True
    lane.react(first, answer, 0.0)
    assert (lane.held, lane.is_known) == (answer.reason, False)
    lane.resume()
    assert lane.held == ""


def test_after_a_redirect_it_is_asked_again_who_is_there() -> None:
    lane = _lane(first := _operation(1))
    lane.is_known = True
    lane.react(first, Refused("No.", 422, "/problems/words"), 0.0)
    assert lane.is_known
    lane.react(first, Refused("Elsewhere.", 307, "redirect"), 0.0)
    assert not lane.is_known


def test_what_fails_again_and_again_is_passed_by_for_a_while() -> None:
    stubborn = _operation(1, state=OperationState.UNKNOWN, attempts=STUBBORN)
    other, later = _operation(2), _operation(3, target_id=stubborn.target_id)
    lane = _lane(stubborn, other, later)
    assert lane.next(0.0) == stubborn
    wait = lane.react(stubborn, Unknown("Tired."), 0.0)
    assert lane.next(wait) == other
    lane.keep(replace(other, state=OperationState.DONE))
    assert lane.next(wait) is None, "what follows it at the same target waits too"
    due = lane.wait_for_stubborn(wait)
    assert due is not None
    assert due > 0
    assert lane.next(wait + due) == stubborn


def test_reading_back_that_nothing_arrived_is_neither_success_nor_failure() -> None:
    lane = _lane(first := _operation(1))
    lane.react(first, Unknown("Tired.", 5.0), 0.0)
    assert lane.react(first, NotArrived(), 6.0) == 0.0
    assert lane.failures == 1
