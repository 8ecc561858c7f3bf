"""Why the endpoint says no: problem details (RFC 9457) with types that never change."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

from starlette.responses import Response

from desktop.domain.members import canonical

MEDIA_TYPE: Final = "application/problem+json"


class Ground(Enum):
    """What a refusal rests on: its type's name, HTTP status and title."""

    BAD_REQUEST = ("bad-request", 400, "This request cannot be understood.")
    CURSOR_INVALID = ("cursor-invalid", 400, "This cursor was not made by this endpoint.")
    TOKEN_NEEDED = ("token-needed", 401, "Writing here needs this endpoint's token.")
    STRANGER = ("stranger", 403, "This request was made for, or by, another host.")
    NOT_FOUND = ("not-found", 404, "There is nothing at this address.")
    PAGE_MISSING = ("page-missing", 404, "This page has not been published here.")
    SUMMARY_MISSING = ("summary-missing", 404, "This page has no summary here.")
    ENTRY_MISSING = ("entry-missing", 404, "This entry has not been published here.")
    MEDIA_MISSING = ("media-missing", 404, "This file is not stored here.")
    METHOD_NOT_ALLOWED = ("method-not-allowed", 405, "This address does not take that method.")
    TOO_SLOW = ("too-slow", 408, "The request did not arrive in time.")
    ENVIRONMENT_MISMATCH = ("environment-mismatch", 409, "This endpoint is of another environment.")
    TAKEN_DOWN = ("taken-down", 410, "This entry was taken down.")
    CONFLICT = ("conflict", 412, "This was changed meanwhile.")
    NOTHING_TO_CHANGE = ("nothing-to-change", 412, "There is nothing here yet that could be changed.")
    TOO_LARGE = ("too-large", 413, "This body is larger than the endpoint takes.")
    MEDIA_TYPE_UNKNOWN = ("media-type-unknown", 415, "The endpoint does not take this kind of body.")
    INVALID_VALUE = ("invalid-value", 422, "The endpoint's rules do not allow this body.")
    DIGEST_MISMATCH = ("digest-mismatch", 422, "These are not the bytes that were announced.")
    MEDIA_UNSENT = ("media-unsent", 422, "Files this entry shows have not been sent.")
    OPERATION_REUSED = ("operation-reused", 422, "This operation was used before, for another body.")
    PRECONDITION_NEEDED = ("precondition-needed", 428, "A write must say what it expects to find.")
    BROKEN = ("broken", 500, "The endpoint failed at this request.")
    STORE_UNWRITABLE = ("store-unwritable", 503, "The endpoint cannot store anything now.")

    def __init__(self, slug: str, status: int, title: str) -> None:
        self.slug = slug
        self.status = status
        self.title = title

    @property
    def type(self) -> str:
        """The problem type: a reference relative to the endpoint, which explains it."""
        return f"/problems/{self.slug}"


class Refusal(Exception):
    """A request that is refused, on which ground, with members and headers of its own."""

    def __init__(
        self, ground: Ground, detail: str = "", *, headers: Mapping[str, str] | None = None, **members: Any
    ) -> None:
        super().__init__(ground.title)
        self.ground = ground
        self.detail = detail
        self.headers = dict(headers or {})
        self.members = members


def problem(refusal: Refusal) -> Response:
    """Answer a refusal as problem details; the body is never stored by a cache."""
    ground = refusal.ground
    stated: dict[str, Any] = {"type": ground.type, "title": ground.title, "status": ground.status}
    if refusal.detail:
        stated["detail"] = refusal.detail
    headers = {"Cache-Control": "no-store", **refusal.headers}
    return Response(canonical(stated | refusal.members), ground.status, headers, MEDIA_TYPE)
