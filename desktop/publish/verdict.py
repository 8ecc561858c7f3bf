"""What a reply means for an operation: the three outcomes, told apart by nothing but the reply."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from desktop.domain import moment
from desktop.domain.members import Json, parse
from desktop.domain.outbox import Operation
from desktop.domain.problem import InvalidValue
from desktop.domain.words import tr
from desktop.publish.answer import (
    Answer,
    Conflict,
    Done,
    NotArrived,
    Refused,
    RetryLater,
    Unauthorised,
    Unknown,
    WrongPlace,
)
from desktop.publish.backoff import retry_after
from desktop.publish.transport import Reply


def of_put(reply: Reply, operation: Operation, host: str) -> Answer | None:
    """Judge the reply to a PUT; None is a 412, which says nothing until the target has been read."""
    status = reply.status
    if status in {200, 201}:
        return _accepted(reply, operation, host)
    if status == 412:  # noqa: PLR2004 - a status is its own name here and below
        return None
    if status == 409 and "environment" in problem_type(reply):  # noqa: PLR2004
        return WrongPlace(sentence(reply, host))
    if status == 428:  # noqa: PLR2004
        reason = tr(
            "{host} says the change named nothing it was based on: a fault of this program, please report it."
        ).format(host=host)
        return Refused(reason, status, problem_type(reply))
    return _not_taken(reply, host) or Refused(sentence(reply, host), status, problem_type(reply))


def of_read(reply: Reply, operation: Operation, based_on: str | None, host: str) -> Answer:
    """Judge what is stored after an operation that may have arrived. `based_on` is the ETag it replaces, None for none.

    Ours there: done. What it was based on: it never arrived. Anything else is somebody else's: a conflict.
    """
    match reply.status:
        case 200:
            stored = document(reply)
            etag = reply.headers.get("etag", "")
            if stored is None or not isinstance(stored.get("op"), str):
                return Unknown(tr("{host} answered with something that is not a live page.").format(host=host))
            if stored["op"] == str(operation.id):
                return Done(etag, moment.now(), was_already_there=True)
            if based_on is not None and etag == based_on:
                return NotArrived()
            return Conflict(tr("{host} holds a version that was not made here.").format(host=host), stored, etag)
        case 404:
            if based_on is None:
                return NotArrived()
            return Conflict(tr("{host} no longer holds what was published there.").format(host=host), None, "")
        case 410:
            return Refused(tr("{host} has taken this down for good.").format(host=host), 410, problem_type(reply))
        case _:
            answer = _not_taken(reply, host)
            # What cannot be read is not refused: the change may be there all the same.
            is_patient = isinstance(answer, Unauthorised | RetryLater | Unknown)
            return answer if answer is not None and is_patient else Unknown(sentence(reply, host))


def of_media(reply: Reply, host: str) -> Answer | None:
    """Judge the reply to a picture that was sent; None means the endpoint has it."""
    if reply.status in {200, 201, 204}:
        return None
    if reply.status == 409 and "environment" in problem_type(reply):  # noqa: PLR2004
        return WrongPlace(sentence(reply, host))
    reason = tr("A picture was not taken: {sentence}").format(sentence=sentence(reply, host))
    return _not_taken(reply, host) or Refused(reason, reply.status, problem_type(reply))


def document(reply: Reply) -> Json | None:
    """Read a reply's JSON object, None when it is not one."""
    try:
        return parse(reply.body)
    except InvalidValue:
        return None


def sentence(reply: Reply, host: str) -> str:
    """Say in one sentence why a reply is not a yes, in the server's own words when it gave any."""
    told = document(reply) or {}
    words = [told[key] for key in ("title", "detail") if isinstance(told.get(key), str) and told[key].strip()]
    if not words:
        return tr("{host} answered {status} without a reason.").format(host=host, status=reply.status)
    said = " ".join(_ended(word.strip()) for word in words)
    return tr("{host} answered {status}: {said}").format(host=host, status=reply.status, said=said[:400])


def problem_type(reply: Reply) -> str:
    """Return the type of the problem a reply tells, "" when it tells none."""
    told = (document(reply) or {}).get("type", "")
    return told[:200] if isinstance(told, str) else ""


def date_of(reply: Reply) -> datetime | None:
    """Return the server's clock as its Date header tells it, None when it tells nothing readable."""
    try:
        told = parsedate_to_datetime(reply.headers.get("date", ""))
        # A date of HTTP is in GMT, also where it does not say so (RFC 9110, section 5.6.7).
        return moment.to_utc(told if told.tzinfo else told.replace(tzinfo=UTC))
    except (ValueError, TypeError, OverflowError):
        return None


def redirect_target(reply: Reply) -> str:
    """Name the host a redirect points to, "another address" when it names none."""
    try:
        return urlsplit(reply.headers.get("location", "")).netloc.rpartition("@")[2][:100] or tr("another address")
    except ValueError:
        return tr("another address")


def _accepted(reply: Reply, operation: Operation, host: str) -> Answer:
    stored = document(reply)
    if stored is None:
        return Unknown(
            tr("{host} answered {status} with something that is not a live page.").format(
                host=host, status=reply.status
            )
        )
    if stored.get("op") != str(operation.id):
        return Unknown(tr("{host} answered {status}, but not about our change.").format(host=host, status=reply.status))
    etag = reply.headers.get("etag", "")
    if not etag:
        return Unknown(tr("{host} took the change but did not name its version.").format(host=host))
    return Done(etag, moment.now())


def _not_taken(reply: Reply, host: str) -> Answer | None:
    """Judge what is common to every request; None when the status is about this one."""
    match reply.status:
        case 401:
            return Unauthorised(tr("{host} does not know the secret of this endpoint.").format(host=host))
        case 408:
            return Unknown(tr("{host} gave up waiting for us.").format(host=host), asked_patience(reply))
        case 425 | 429:
            return RetryLater(tr("{host} asks for patience.").format(host=host), asked_patience(reply))
        case status if 300 <= status < 400:  # noqa: PLR2004
            reason = tr("{host} sends us on to {redirect_target}; nothing was sent there.").format(
                host=host, redirect_target=redirect_target(reply)
            )
            return Refused(reason, status, "redirect")
        case status if status >= 500:  # noqa: PLR2004
            return Unknown(sentence(reply, host), asked_patience(reply))
        case status if status < 300:  # noqa: PLR2004
            return Unknown(
                tr("{host} answered {status}, which says nothing about our change.").format(host=host, status=status)
            )
        case _:
            return None


def asked_patience(reply: Reply) -> float | None:
    """Return the seconds a reply asks to wait, None when it does not say."""
    written = reply.headers.get("retry-after")
    return None if written is None else retry_after(written, date_of(reply) or datetime.now(UTC))


def _ended(word: str) -> str:
    return word if word.endswith((".", "!", "?")) else f"{word}."
