"""What WordPress says of a post, and the token that names its stored version."""

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from desktop.domain import moment
from desktop.domain.members import Json
from desktop.publish.transport import Broken
from desktop.publish.wordpress.api import Told

FIELDS: Final = "id,status,slug,link,date_gmt,modified_gmt,title.raw,content.raw,_links.predecessor-version"

_OP: Final = re.compile(r'data-nc-op="([0-9a-f-]{36})"')
_ID: Final = re.compile(r'data-nc-id="([0-9a-f-]{36})"')
_ENDS: Final = re.compile(r"</(?:p|li|h[1-6]|blockquote|figcaption|div)>|<br ?/?>", re.IGNORECASE)
_TAG: Final = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_DIGEST_LETTERS: Final = 16


@dataclass(frozen=True, slots=True)
class Post:
    """A stored post or page. `revision` is WordPress's number of the version before it, 0 when it keeps none."""

    id: int
    status: str
    title: str
    content: str
    at: datetime | None
    changed_at: datetime | None
    revision: int = 0

    @property
    def token(self) -> str:
        """Names this post in this version."""
        return f"{self.id}.{self.revision}.{digest(self.title, self.content)}"

    @property
    def op(self) -> UUID | None:
        """The operation that wrote it, None when no console did."""
        return _marked(_OP, self.content)

    @property
    def nc_id(self) -> UUID | None:
        """The entry, or the coverage, it shows."""
        return _marked(_ID, self.content)

    @property
    def is_public(self) -> bool:
        """Whether readers see it."""
        return self.status == "publish"


def read_post(value: Any) -> Post | None:
    """Read a post as it is shown to who may edit it, None for anything else."""
    if not isinstance(value, dict) or not isinstance(value.get("id"), int):
        return None
    title, content = (value.get(name) for name in ("title", "content"))
    raw = content.get("raw") if isinstance(content, dict) else None
    if not isinstance(raw, str):
        return None
    named = title.get("raw") if isinstance(title, dict) else None
    return Post(
        id=value["id"],
        status=str(value.get("status", "")),
        title=named if isinstance(named, str) else "",
        content=raw,
        at=_time(value.get("date_gmt")),
        changed_at=_time(value.get("modified_gmt")),
        revision=_revision(value.get("_links")),
    )


def post_of(told: Told | Broken) -> Post | None:
    """Read the post an answer holds, None for an answer that holds none."""
    return None if isinstance(told, Broken) or not told.is_ok else read_post(told.value)


def digest(*stored: str) -> str:
    """Name what is stored."""
    return hashlib.sha256("\n".join(stored).encode()).hexdigest()[:_DIGEST_LETTERS]


def post_id(token: str) -> int:
    """Return the number of the post a token, or a reserved place, is about; 0 for what is neither."""
    number = re.match(r"\d{1,18}", token)
    return int(number[0]) if number else 0


def as_wire(post: Post, entry_id: UUID) -> Json:
    """Tell what stands in a post as far as the wire form can: WordPress keeps the page, not the blocks."""
    words = [{"type": "paragraph", "runs": [{"text": line}]} for line in _lines(post.content)]
    told: Json = {
        "id": str(entry_id),
        "at": moment.to_json(post.at or datetime.now(UTC)),
        "title": plain(post.title),
        "state": "published",
        "blocks": words,
    }
    return told | {"op": str(post.op)} if post.op else told


def plain(markup: str) -> str:
    """Return markup's words on one line."""
    return " ".join(html.unescape(_TAG.sub("", markup)).split())


def _lines(content: str) -> Iterator[str]:
    for part in _ENDS.split(content):
        if line := plain(part):
            yield line


def _marked(mark: re.Pattern[str], content: str) -> UUID | None:
    found = mark.search(content)
    try:
        return UUID(found[1]) if found else None
    except ValueError:
        return None


def _revision(links: Any) -> int:
    listed = links.get("predecessor-version") if isinstance(links, dict) else None
    first = listed[0] if isinstance(listed, list) and listed else None
    number = first.get("id") if isinstance(first, dict) else None
    return number if isinstance(number, int) else 0


def _time(written: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(written).replace(tzinfo=UTC)
    except (TypeError, ValueError):
        return None
