"""What WordPress means by an answer that is no yes: judged by its error code, since its statuses mislead."""

import html
import re
from typing import Final

from desktop.domain.words import tr
from desktop.publish.answer import Answer, NotSent, Refused, RetryLater, Unauthorised, Unknown
from desktop.publish.transport import Broken
from desktop.publish.verdict import asked_patience, redirect_target
from desktop.publish.wordpress.api import Told

# Told as 500, though the same request will never be taken: what the database or the disk refuses, it refuses again.
_FOR_GOOD: Final = frozenset(
    {
        "db_insert_error",
        "db_update_error",
        "rest_upload_file_error",
        "rest_upload_hash_mismatch",
        "rest_upload_sideload_error",
        "rest_upload_unknown_error",
        "wp_insert_post_empty",
    }
)
# The file was cut off on its way: whole, it will be taken.
_CUT_OFF: Final = "rest_upload_hash_mismatch"
_LONGEST: Final = 300


def of_write(told: Told | Broken, host: str) -> Answer:
    """Judge the answer to a change that may have had an effect."""
    if isinstance(told, Broken):
        return Unknown(told.reason) if told.was_sent else NotSent(told.reason)
    return _judged(told, host)


def of_question(told: Told | Broken, host: str) -> Answer:
    """Judge the answer to a request that changes nothing readers see: without one, it is asked again."""
    if isinstance(told, Broken):
        return RetryLater(told.reason)
    judged = _judged(told, host)
    return RetryLater(judged.reason, judged.after) if isinstance(judged, Unknown) else judged


def said(told: Told, host: str) -> str:
    """Say in one sentence why an answer is no yes, in WordPress's own words when it gave any."""
    words = told.value.get("message") if isinstance(told.value, dict) else None
    if not isinstance(words, str) or not words.strip():
        return tr("{host} answered {status} without a reason.").format(host=host, status=told.status)
    plain = html.unescape(re.sub(r"<[^>]*>", "", words)).strip()[:_LONGEST]
    ended = plain if plain.endswith((".", "!", "?")) else f"{plain}."
    return tr("{host} answered {status}: {said}").format(host=host, status=told.status, said=ended)


def _judged(told: Told, host: str) -> Answer:
    status = told.status
    if status == 401:  # noqa: PLR2004 - a status is its own name here and below
        return Unauthorised(
            tr("{host} does not know this user, or the application password is not the right one.").format(host=host)
        )
    if status == 429:  # noqa: PLR2004
        return RetryLater(tr("{host} asks for patience.").format(host=host), asked_patience(told.reply))
    if 300 <= status < 400:  # noqa: PLR2004
        reason = tr("{host} sends us on to {redirect_target}; nothing was sent there.").format(
            host=host, redirect_target=redirect_target(told.reply)
        )
        return Refused(reason, status, "redirect")
    if told.code == _CUT_OFF:
        return RetryLater(said(told, host))
    if status in {408, 425} or (status >= 500 and told.code not in _FOR_GOOD):  # noqa: PLR2004
        return Unknown(said(told, host), asked_patience(told.reply))
    if status < 300:  # noqa: PLR2004
        return Unknown(
            tr("{host} answered {status} with something that is not WordPress.").format(host=host, status=status)
        )
    return Refused(said(told, host), status, told.code)
