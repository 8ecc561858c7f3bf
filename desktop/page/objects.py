"""The page in parts, for readers in their millions: immutable entries and segments, and one small head over them.

An entry lies at e/<id>.<rev>.html and .json, twenty of them, numbered from the OLDEST, at s/<n>.<digest>.html, so that
a new entry changes one segment and not all of them. head.json is the commit point: whatever it names is there.
"""

import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from desktop.domain.entry import Entry
from desktop.domain.members import Json, canonical
from desktop.domain.timeline import newest_first, older_pages
from desktop.domain.wire import entry_to_wire
from desktop.page.edition import HEAD, Edition
from desktop.page.site import PageFile, Site

HEAD_BYTES: Final = 1_000
"""How large head.json may be once compressed; what changed longest ago leaves it first."""

SEGMENT: Final = 20
"""How many entries one segment holds."""

_SEGMENTS_NAMED: Final = 3
_LETTERS: Final = 12
_JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Objects:
    """The objects of a page in the order they are to be written, and the head that is written after all of them."""

    files: tuple[PageFile, ...]
    head: PageFile


def objects(site: Site, edition: Edition, head_before: bytes | None = None) -> Objects:
    """Cut a site into its objects; `head_before` is the head of an earlier writing.

    The head's `revision` grows by one whenever anything else in it changes, and the same site gives the same head.
    """
    entries = newest_first(site.entries)
    segments = [segment(number, part, edition) for number, part in enumerate(older_pages(entries, SEGMENT), 1)]
    listed = listing(segments)
    front = front_part(edition)
    parts = [file for entry in reversed(entries) for file in entry_parts(entry, edition)]
    written = head(edition, segments, listed, head_before)
    return Objects((*parts, *([front] if front else []), *segments, listed), written)


def entry_parts(entry: Entry, edition: Edition) -> tuple[PageFile, PageFile]:
    """Return an entry's own objects: as it stands on the page, and as machines read it."""
    article = edition.article(entry)
    name = f"e/{entry.id}.{article.rev}"
    return PageFile(f"{name}.html", "text/html", article.html.encode()), PageFile(f"{name}.json", _JSON, _told(entry))


def front_part(edition: Edition) -> PageFile | None:
    """Return what stands above the entries of the front page, as open pages ask for it."""
    return edition.fresh(f"e/front.{_json(edition.fresh(HEAD)).get('top')}.html")


def segment(number: int, entries: Sequence[Entry], edition: Edition) -> PageFile:
    """Return up to twenty entries in one object, numbered from the oldest."""
    items = "\n".join(f"<li>{edition.article(entry).html}</li>" for entry in entries)
    data = f'<ol class="entries">\n{items}\n</ol>\n'.encode()
    return PageFile(f"s/{number}.{_digest(data)}.html", "text/html", data)


def listing(segments: Sequence[PageFile]) -> PageFile:
    """List every segment, the oldest first, in an object of its own: the head stays small however long the page."""
    data = canonical({"segments": [file.path for file in segments]})
    return PageFile(f"s/list.{_digest(data)}.json", _JSON, data)


def head(
    edition: Edition, segments: Sequence[PageFile], listed: PageFile, before: bytes | None, desk: str = ""
) -> PageFile:
    """Write the head over objects that are there; `desk` is where the consoles keep what it was made from."""
    written = _json(edition.fresh(HEAD))
    written["segments"] = [file.path for file in reversed(segments[-_SEGMENTS_NAMED:])]
    written["all_segments"] = listed.path
    if desk:
        written["desk"] = desk
    return PageFile(HEAD, _JSON, canonical(_numbered(_within_bytes(written), before)))


def _json(file: PageFile | None) -> Json:
    read: Json = json.loads(file.data) if file else {}
    return read


def _told(entry: Entry) -> bytes:
    """Write an entry as the native contract does; of a withdrawn one readers get the reason alone."""
    shown = replace(entry, headline="", blocks=(), byline=(), corrections=()) if entry.withdrawal else entry
    written = entry_to_wire(shown, UUID(int=0))
    del written["op"]  # it names how the entry got to an endpoint, which is nothing to readers
    return canonical(written)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_LETTERS]


def _within_bytes(head: Json) -> Json:
    changes = list(head.get("changes", ()))
    while changes and len(gzip.compress(canonical({**head, "changes": changes}), mtime=0)) > HEAD_BYTES:
        changes.pop()
    return {**head, "changes": changes}


def _numbered(head: Json, before: bytes | None) -> Json:
    try:
        known = json.loads(before or b"")
    except (ValueError, RecursionError):
        known = None
    revision: Any = known.pop("revision", None) if isinstance(known, dict) else None
    if not isinstance(revision, int) or isinstance(revision, bool) or revision < 1:
        return {**head, "revision": 1}
    return {**head, "revision": revision if known == head else revision + 1}
