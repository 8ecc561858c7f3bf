"""What stands at a place, as readers and other consoles find it."""

import json
import re
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from desktop.publish.layout.folder import folder_of

ARTICLE = re.compile(r'<article [^>]*?id="([0-9a-f-]{36})"')

# One for all tests, that trusts nobody: a client of its own for each file costs more than the file.
CLIENT = httpx.Client(verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


@dataclass(frozen=True)
class Standing:
    """A page at a place."""

    url: str
    page: UUID

    def read(self, path: str) -> bytes | None:
        if self.url.startswith("file:"):
            file = folder_of(self.url) / str(self.page) / path
            return file.read_bytes() if file.is_file() else None
        answer = CLIENT.get(f"{self.url}/{self.page}/{path}")
        assert answer.status_code in {200, 404}, (path, answer.status_code)
        return answer.content if answer.status_code == 200 else None

    def text(self, path: str) -> str:
        data = self.read(path)
        assert data is not None, path
        return data.decode()

    def head(self) -> dict[str, Any]:
        told = json.loads(self.text("head.json"))
        assert isinstance(told, dict)
        return told

    def ids_in(self, path: str) -> list[UUID]:
        return [UUID(found) for found in ARTICLE.findall(self.text(path))]

    def entries(self) -> list[UUID]:
        """Return what the older pages show, newest first."""
        pages = [f"page-{number}.html" for number in range(1, 500)]
        there = pages[: len(self.segments())]
        return [each for page in reversed(there) for each in self.ids_in(page)]

    def segments(self) -> list[str]:
        return list(json.loads(self.text(self.head()["all_segments"]))["segments"])

    def check_whole(self) -> list[UUID]:
        """See that everything the head names is there; returns the entries of its segments, newest first."""
        head = self.head()
        named = [*head["newest"], *(f"{each['entry']}.{each['rev']}" for each in head["changes"] if "rev" in each)]
        paths = [f"e/{name}.{ending}" for name in named for ending in ("html", "json")]
        segments = self.segments()
        root = json.loads(self.text(head["desk"]))
        wanted = [*paths, *segments, *head["segments"], f"e/front.{head['top']}.html", *root["parts"], *root["assets"]]
        assert [path for path in wanted if self.read(path) is None] == []
        found = [each for path in reversed(segments) for each in self.ids_in(path)]
        assert len(set(found)) == len(found)
        assert [UUID(name.partition(".")[0]) for name in head["newest"]] == found[:20]
        return found

    def check_shown(self, ids: Sequence[UUID]) -> None:
        """See that readers have these entries, newest first, each once, with and without a script."""
        assert self.check_whole() == list(ids)
        assert self.ids_in("index.html") == list(ids)[:20]
        assert self.entries() == list(ids)
