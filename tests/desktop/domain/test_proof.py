import json
from dataclasses import replace

import pytest

from desktop.domain import moment
from desktop.domain.identity import new_id
from desktop.domain.problem import InvalidValue
from desktop.domain.proof import (
    WORDING,
    Proof,
    Rehearsed,
    Standing,
    Went,
    joined,
    proof_from_json,
    proof_to_json,
    shortfall,
    stand,
)

PAGE = {WORDING: "w", "a-0": "1", "b-2": "2"}
HELD = Rehearsed("first_visit-index", "first_visit", Went.HELD, "0 third-party requests before consent")
FAILED = Rehearsed("withdraw-x-index", "withdraw", Went.FAILED, "0 before consent; but: the frame stayed")


def proof(*rehearsed: Rehearsed, planned: int = 1) -> Proof:
    return Proof(new_id(), new_id(), moment.now(), PAGE, rehearsed, planned, "report.html")


def test_a_page_stands_as_its_proof_does() -> None:
    assert stand(proof(HELD), PAGE).standing is Standing.GOOD
    assert stand(proof(HELD, FAILED), PAGE).standing is Standing.FAILING
    assert stand(proof(HELD, planned=3), PAGE).standing is Standing.PARTIAL
    assert stand(None, PAGE).standing is Standing.MISSING


def test_a_page_without_embeds_needs_no_proof() -> None:
    assert stand(None, {}).is_enough
    assert stand(proof(FAILED), {}).standing is Standing.NOT_NEEDED


def test_an_embed_that_changed_or_came_makes_a_proof_stale_and_one_that_went_does_not() -> None:
    changed = stand(proof(HELD), {**PAGE, "b-2": "other", "c-1": "new"})
    assert (changed.standing, changed.unproved) == (Standing.STALE, ("b-2", "c-1"))
    assert "2 embeds were added or changed" in shortfall(changed)
    assert "wording" in shortfall(stand(proof(HELD), {**PAGE, WORDING: "other"}))
    assert stand(proof(HELD), {WORDING: "w", "a-0": "1"}).standing is Standing.GOOD


def test_what_speaks_against_a_page_is_one_sentence() -> None:
    assert shortfall(stand(proof(HELD), PAGE)) == ""
    assert shortfall(stand(proof(HELD, FAILED), PAGE)) == (
        "The proof of this page failed in 1 rehearsal, first in withdraw."
    )
    assert "1 of 3" in shortfall(stand(proof(HELD, planned=3), PAGE))
    assert "never proved" in shortfall(stand(None, PAGE))


def test_a_proof_comes_down_to_one_sentence() -> None:
    assert proof(HELD, HELD).verdict == "0 third-party requests before consent, in 2 rehearsals."
    assert proof(HELD, FAILED).verdict.startswith("1 of 2 rehearsals did not hold. withdraw: 0 before consent; but")
    assert proof(replace(HELD, went=Went.LEFT)).verdict == "Nothing was rehearsed."


def test_a_run_of_some_rehearsals_is_joined_to_the_proof_of_the_same_page_only() -> None:
    before, again = proof(HELD, FAILED, planned=2), proof(replace(FAILED, went=Went.HELD), planned=2)
    both = joined(before, again)
    assert (both.failing, both.is_whole, both.id) == ((), True, again.id)
    assert joined(replace(before, parts={**PAGE, "a-0": "x"}), again) == again
    assert joined(None, again) == again


def test_a_proof_is_read_back_as_it_was_written() -> None:
    made = proof(HELD, FAILED, planned=2)
    written = json.loads(json.dumps(proof_to_json(made)))
    assert proof_from_json(written, proof_id=made.id, coverage_id=made.coverage_id, at=made.at) == made
    written["rehearsed"][0]["went"] = "perhaps"
    with pytest.raises(InvalidValue, match="perhaps"):
        proof_from_json(written, proof_id=made.id, coverage_id=made.coverage_id, at=made.at)
