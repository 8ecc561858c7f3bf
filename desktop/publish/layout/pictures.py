"""Pictures of an entry on their way into a page's folder, with the smaller copies its readers choose from."""

import asyncio
from pathlib import Path
from typing import Final

from desktop.domain.outbox import Operation
from desktop.domain.words import tr
from desktop.page.site import media_path
from desktop.page.variants import make, variants
from desktop.publish.answer import Refused, Unknown
from desktop.publish.books import Books
from desktop.publish.layout.place import Clash, Failure, Item, Missing, Place, Stored
from desktop.publish.layout.rendering import picture_of
from desktop.publish.layout.state import Picture
from desktop.store.values import MediaFile

FOR_GOOD: Final = "public, max-age=31536000, immutable"


class Pictures:
    """Sends each file once; the whole picture goes last, so that where it is its copies are."""

    def __init__(self, place: Place, books: Books) -> None:
        self._place = place
        self._books = books
        self._sent: set[str] = set()

    async def send(self, page: str, operation: Operation) -> tuple[Picture, ...] | Failure:
        """Send what the page's folder lacks of an operation's files, and return what the page needs to know of them."""
        files = await self._books.media(operation.media) if operation.media else {}
        shown = []
        for sha256 in operation.media:
            file = files.get(sha256)
            if file is None:
                return Refused(tr("A picture of this entry is no longer in the workspace."))
            failure = await self._send(page, file)
            if failure is not None:
                return failure
            shown.append(picture_of(file))
        return tuple(shown)

    async def _send(self, page: str, file: MediaFile) -> Failure | None:
        path = page + media_path(file)
        if path in self._sent:
            return None
        there = await self._place.look(path)
        if isinstance(there, Missing):
            try:
                items = await asyncio.to_thread(_items, page, file)
            except (OSError, ValueError):
                return Refused(tr("A picture of this entry cannot be read any more."))
            for item in items:
                written = await self._place.write(item)
                if not isinstance(written, Stored):
                    return (
                        Unknown(tr("{host} is busy.").format(host=self._place.host))
                        if isinstance(written, Clash)
                        else written
                    )
        elif not isinstance(there, str):
            return there
        self._sent.add(path)
        return None


def _items(page: str, file: MediaFile) -> list[Item]:
    copies = [Item(page + each.path, file.media_type, make(each, file.path), FOR_GOOD) for each in variants(file)]
    return [*copies, Item(page + media_path(file), file.media_type, Path(file.path).read_bytes(), FOR_GOOD)]
