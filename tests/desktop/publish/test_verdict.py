"""What replies mean, whatever they are."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import moment
from desktop.domain.identity import new_id
from desktop.domain.members import canonical
from desktop.domain.outbox import Operation, OperationKind
from desktop.publish import verdict
from desktop.publish.answer import Conflict, Done, NotArrived, Refused, RetryLater, Unauthorised, Unknown, WrongPlace
from desktop.publish.transport import Reply

HOST = "publish.example.org"
OPERATION = Operation(
    id=new_id(),
    sequence=1,
    endpoint_id=new_id(),
    instance=None,
    coverage_id=new_id(),
    kind=OperationKind.ENTRY,
    target_id=new_id(),
    revision=1,
    digest="d",
    payload=b"{}",
    made_at=moment.now(),
)
OURS = canonical({"op": str(OPERATION.id)})
THEIRS = canonical({"op": str(new_id())})
TAGGED = {"etag": '"2"'}


@given(
    status=st.integers(100, 599),
    body=st.sampled_from([b"", b"<html>", b"[]", b"{}", OURS, THEIRS, b'{"op": 5}', b'{"title": 5, "type": []}'])
    | st.binary(max_size=30),
    headers=st.dictionaries(st.sampled_from(["etag", "retry-after", "date", "location"]), st.text(max_size=20)),
)
def test_nothing_but_our_own_operation_counts_as_done(status: int, body: bytes, headers: dict[str, str]) -> None:
    reply = Reply(status, headers, body)
    put = verdict.of_put(reply, OPERATION, HOST)
    read = verdict.of_read(reply, OPERATION, '"1"', HOST)
    is_ours = body == OURS
    assert isinstance(put, Done) is (status in {200, 201} and is_ours and bool(headers.get("etag")))
    assert isinstance(read, Done) is (status == 200 and is_ours)
    if status >= 500 or status < 200:
        assert isinstance(put, Unknown)
        assert isinstance(read, Unknown)
    assert isinstance(put, Refused) <= (300 <= status < 500)
    assert isinstance(read, Refused) is (status == 410)


@pytest.mark.parametrize(
    ("reply", "kind", "words"),
    [
        (Reply(401, {}, b""), Unauthorised, "does not know the secret"),
        (Reply(403, {}, b'{"title": "Not your page"}'), Refused, "Not your page."),
        (Reply(404, {}, b""), Refused, "answered 404 without a reason"),
        (Reply(408, {}, b""), Unknown, "gave up waiting"),
        (Reply(409, {}, b'{"type": "/problems/environment-mismatch"}'), WrongPlace, "409"),
        (Reply(409, {}, b'{"title": "Try another id!"}'), Refused, "Try another id!"),
        (Reply(413, {}, b'{"title": "Too large"}'), Refused, "Too large."),
        (Reply(428, {}, b""), Refused, "please report"),
        (Reply(429, {"retry-after": "9"}, b""), RetryLater, "patience"),
        (Reply(302, {"location": "https://portal.example/login"}, b""), Refused, "portal.example"),
        (Reply(302, {"location": "http://[broken"}, b""), Refused, "another address"),
        (Reply(202, {}, OURS), Unknown, "says nothing"),
        (Reply(200, TAGGED, b"<html>"), Unknown, "not a live page"),
        (Reply(200, TAGGED, THEIRS), Unknown, "not about our change"),
        (Reply(200, {}, OURS), Unknown, "version"),
        (Reply(500, {}, b'{"title": "Tired", "detail": "Come back"}'), Unknown, "Tired. Come back."),
        (Reply(503, {"retry-after": "9"}, b""), Unknown, "503"),
    ],
)
def test_each_status_has_its_meaning_and_words(reply: Reply, kind: type, words: str) -> None:
    answer = verdict.of_put(reply, OPERATION, HOST)
    assert isinstance(answer, kind)
    assert words in str(answer)
    if isinstance(answer, Unknown | RetryLater):
        assert answer.after == (9 if "retry-after" in reply.headers else None)


def test_a_412_says_nothing_until_the_target_is_read() -> None:
    assert verdict.of_put(Reply(412, {}, THEIRS), OPERATION, HOST) is None


@pytest.mark.parametrize(
    ("reply", "based_on", "kind"),
    [
        (Reply(200, TAGGED, OURS), '"1"', Done),
        (Reply(200, {"etag": '"1"'}, THEIRS), '"1"', NotArrived),
        (Reply(200, TAGGED, THEIRS), '"1"', Conflict),
        (Reply(200, TAGGED, THEIRS), None, Conflict),
        (Reply(404, {}, b""), None, NotArrived),
        (Reply(404, {}, b""), '"1"', Conflict),
        (Reply(410, {}, b""), '"1"', Refused),
        (Reply(401, {}, b""), '"1"', Unauthorised),
        (Reply(403, {}, b""), '"1"', Unknown),
        (Reply(302, {}, b""), None, Unknown),
        (Reply(200, TAGGED, b"<html>"), None, Unknown),
    ],
)
def test_reading_back_tells_arrived_from_not_arrived_from_changed(
    reply: Reply, based_on: str | None, kind: type
) -> None:
    assert isinstance(verdict.of_read(reply, OPERATION, based_on, HOST), kind)


def test_the_servers_clock_is_read_and_nonsense_is_none() -> None:
    date = {"date": "Sun, 22 Nov 2026 12:00:00 GMT"}
    assert verdict.date_of(Reply(200, date, b"")) == datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert verdict.date_of(Reply(200, {"date": "Sun, 22 Nov 2026 12:00:00"}, b"")) == datetime(
        2026, 11, 22, 12, tzinfo=UTC
    )
    for written in ("", "noon", "Fri, 31 Dec 9999 23:00:00 -0500"):
        assert verdict.date_of(Reply(200, {"date": written}, b"")) is None
