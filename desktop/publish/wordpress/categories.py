"""The category that holds a page's entries, found by a slug made of the coverage's id."""

from typing import Final
from uuid import UUID

from desktop.publish.answer import Answer
from desktop.publish.transport import Broken
from desktop.publish.wordpress.api import Told, WordPressApi
from desktop.publish.wordpress.refusal import of_question

_PATH: Final = "/wp/v2/categories"
_FIELDS: Final = "id,slug"


class Categories:
    """The categories of one site that were looked for; kept for as long as the line is open."""

    def __init__(self, api: WordPressApi) -> None:
        self._api = api
        self._known: dict[UUID, int] = {}

    async def find(self, coverage_id: UUID) -> int | Answer:
        """Return a page's category, 0 when there is none."""
        if coverage_id not in self._known:
            told = await self._api.get(_PATH, slug=_slug(coverage_id), _fields=_FIELDS)
            if isinstance(told, Broken) or not told.is_ok or not isinstance(told.value, list):
                return of_question(told, self._api.host)
            for found in told.value:
                self._keep(coverage_id, found)
        return self._known.get(coverage_id, 0)

    async def make(self, coverage_id: UUID, name: str) -> int | Answer:
        """Return a page's category, made when there is none; made twice it is the same, as its slug is."""
        found = await self.find(coverage_id)
        if found != 0:
            return found
        told = await self._api.post(_PATH, {"name": name, "slug": _slug(coverage_id)}, _fields=_FIELDS)
        if not self._take(told, coverage_id):
            return of_question(told, self._api.host)
        return self._known[coverage_id]

    async def rename(self, coverage_id: UUID, name: str) -> Answer | None:
        """Give a page's category the page's new headline; None when it has it."""
        found = await self.find(coverage_id)
        if not isinstance(found, int):
            return found
        told = await self._api.post(f"{_PATH}/{found}", {"name": name}, _fields=_FIELDS)
        return None if self._take(told, coverage_id) else of_question(told, self._api.host)

    def _take(self, told: Told | Broken, coverage_id: UUID) -> bool:
        if isinstance(told, Broken) or not told.is_ok:
            return False
        self._keep(coverage_id, told.value)
        return coverage_id in self._known

    def _keep(self, coverage_id: UUID, found: object) -> None:
        if isinstance(found, dict) and isinstance(found.get("id"), int):
            self._known[coverage_id] = found["id"]


def _slug(coverage_id: UUID) -> str:
    return f"live-{coverage_id}"
