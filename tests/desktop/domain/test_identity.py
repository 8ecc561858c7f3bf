import time

import pytest

from desktop.domain.identity import new_id


def test_later_ids_sort_after_earlier_ones() -> None:
    made = [new_id() for _ in range(10_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_ids_are_version_7_of_the_present() -> None:
    made = new_id()
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert abs((made.int >> 80) - time.time() * 1000) < 60_000


def test_a_clock_that_steps_back_makes_no_earlier_id(monkeypatch: pytest.MonkeyPatch) -> None:
    before = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    assert new_id() > before
