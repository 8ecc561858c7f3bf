"""What the desk knows an endpoint to hold: for adapters whose endpoint does not keep the wire form itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol
from uuid import UUID

from desktop.domain.members import Json, parse
from desktop.domain.outbox import OperationKind
from desktop.publish.clerk import Beside
from desktop.store.store import Store
from desktop.store.values import MediaFile


class Books(Protocol):
    """Reads what an endpoint acknowledged, and the files that go with it; waits for the store."""

    async def page(self, coverage_id: UUID) -> Json | None:
        """Read the wire form of a page as the endpoint has it, None before it has one."""

    async def media(self, shas: tuple[str, ...]) -> Mapping[str, MediaFile]:
        """Read what is known of files, by their SHA-256; those that are not here are left out."""

    async def all(self, coverage_id: UUID) -> tuple[Json, ...]:
        """Read the wire form of everything the endpoint acknowledged of a coverage: page, summary and entries."""


@dataclass(frozen=True, slots=True)
class StoreBooks:
    """The books as the store keeps them. `stored` runs work in the thread for the store."""

    store: Store
    stored: Beside
    endpoint_id: UUID

    async def page(self, coverage_id: UUID) -> Json | None:
        """Read the wire form of a page as the endpoint has it, None before it has one."""
        return await self.stored(partial(self._page, coverage_id))

    async def media(self, shas: tuple[str, ...]) -> Mapping[str, MediaFile]:
        """Read what is known of files, by their SHA-256; those that are not here are left out."""
        return await self.stored(partial(self._media, shas))

    async def all(self, coverage_id: UUID) -> tuple[Json, ...]:
        """Read the wire form of everything the endpoint acknowledged of a coverage: page, summary and entries."""
        return await self.stored(partial(self._all, coverage_id))

    def _page(self, coverage_id: UUID) -> Json | None:
        with self.store.read() as reading:
            held = reading.publication(self.endpoint_id, OperationKind.PAGE, coverage_id)
            return parse(reading.operation(held.operation_id).payload) if held else None

    def _media(self, shas: tuple[str, ...]) -> Mapping[str, MediaFile]:
        found = {sha256: self.store.media_file(sha256) for sha256 in shas}
        return {sha256: file for sha256, file in found.items() if file is not None}

    def _all(self, coverage_id: UUID) -> tuple[Json, ...]:
        with self.store.read() as reading:
            held = reading.publications(self.endpoint_id, coverage_id)
            return tuple(parse(reading.operation(each.operation_id).payload) for each in held)
