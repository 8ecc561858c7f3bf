"""How long to wait before trying again."""

import random
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

LONGEST: Final = 60.0
FIRST: Final = 0.5
LONGEST_ASKED: Final = 3600.0


def delay(failures: int, draw: float | None = None) -> float:
    """Return the seconds to wait after so many failures in a row: full jitter, at most a minute.

    `draw` is a number from 0 to 1, drawn when None. Full jitter spreads the desks that lost one endpoint together.
    """
    drawn = random.random() if draw is None else draw  # noqa: S311 - spreading load, not keeping a secret
    return drawn * min(LONGEST, FIRST * 2.0 ** min(max(failures, 1) - 1, 16))


def retry_after(written: str, date: datetime) -> float | None:
    """Read a Retry-After header in either form (RFC 9110, section 10.2.3) as seconds from `date`, at most an hour.

    `date` is the server's own clock when the answer was made, so that a wrong clock here does not count.
    """
    text = written.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_ASKED)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=date.tzinfo)
    return min(max((at - date).total_seconds(), 0.0), LONGEST_ASKED)
