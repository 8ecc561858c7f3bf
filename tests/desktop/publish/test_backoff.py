from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.publish import backoff

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@given(failures=st.integers(0, 10_000), draw=st.floats(0, 1))
def test_a_wait_is_drawn_from_nothing_to_a_minute(failures: int, draw: float) -> None:
    assert 0 <= backoff.delay(failures, draw) <= backoff.LONGEST


def test_the_longest_wait_doubles_until_a_minute() -> None:
    assert [backoff.delay(failures, 1.0) for failures in range(1, 10)] == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]


def test_waits_differ_so_that_desks_do_not_return_together() -> None:
    assert len({backoff.delay(5) for _ in range(20)}) > 1


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("0", 0),
        ("7", 7),
        (" 120 ", 120),
        ("99999999999999", 3600),
        ("Sun, 22 Nov 2026 12:00:07 GMT", 7),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("Mon, 23 Nov 2026 12:00:00 GMT", 3600),
        ("Sunday, 22-Nov-26 12:00:09 GMT", 9),
        ("Sun Nov 22 12:00:05 2026", 5),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("soon", None),
        ("", None),
    ],
)
def test_both_forms_of_retry_after_are_read(written: str, seconds: float | None) -> None:
    assert backoff.retry_after(written, NOON) == seconds
