"""Preconditions and validators of HTTP (RFC 9110, section 13), read strictly."""

import hashlib
import re
from dataclasses import dataclass
from typing import Self

from starlette.datastructures import Headers

from desktop.rehearsal.refusal import Ground, Refusal

_TAG = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_TAGS = re.compile(rf"[ \t]*{_TAG.pattern}[ \t]*(?:,[ \t]*{_TAG.pattern}[ \t]*)*")


def strong_etag(body: bytes) -> str:
    """Make the strong validator of some bytes."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


@dataclass(frozen=True, slots=True)
class Precondition:
    """What a writer expects to find: nothing yet (`creates`), or one of some revisions (`matching`, "*" for any)."""

    creates: bool = False
    matching: frozenset[str] = frozenset()

    @classmethod
    def of(cls, headers: Headers) -> Self:
        """Read the precondition of a write; one that cannot be understood raises Refusal."""
        nothing = ", ".join(headers.getlist("if-none-match")).strip()
        if nothing not in {"", "*"}:
            raise Refusal(Ground.BAD_REQUEST, "If-None-Match can only be “*” where something is written.")
        match = ", ".join(headers.getlist("if-match")).strip()
        return cls(creates=nothing == "*", matching=_strong_tags(match))

    @property
    def is_missing(self) -> bool:
        """Whether the writer does not say what it expects."""
        return not self.creates and not self.matching

    def holds(self, etag: str | None) -> bool:
        """Tell whether what is stored (None: nothing) is what the writer expects."""
        if self.creates and etag is not None:
            return False
        return not self.matching or (etag is not None and bool(self.matching & {"*", etag}))


def is_unchanged(headers: Headers, etag: str) -> bool:
    """Tell whether a reader already has what is at this validator (If-None-Match, compared weakly)."""
    known = ", ".join(headers.getlist("if-none-match")).strip()
    return known == "*" or etag in {tag for _, tag in _TAG.findall(known)}


def _strong_tags(written: str) -> frozenset[str]:
    if written in {"", "*"}:
        return frozenset({written} - {""})
    if not _TAGS.fullmatch(written):
        raise Refusal(Ground.BAD_REQUEST, "If-Match is not a list of entity tags.")
    strong = frozenset(tag for weak, tag in _TAG.findall(written) if not weak)
    # A weak tag never matches strongly; a list of weak ones alone is an expectation that cannot hold.
    return strong or frozenset({"W/"})
