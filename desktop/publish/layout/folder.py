"""A folder of this machine as a place: for another program to carry away, or for an archive."""

import asyncio
import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from desktop.domain.endpoint import Endpoint
from desktop.domain.words import tr
from desktop.publish.answer import Refused, RetryLater
from desktop.publish.layout.place import ABSENT, Clash, Failure, Held, Item, Missing, Stored
from desktop.store.lock import WorkspaceLock
from desktop.store.problems import StoreLocked, StoreUnwritable


class FolderPlace:
    """A folder. An object is there as a whole or not at all; one writer at a time compares and replaces."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.skew: float | None = None
        self.folder = folder_of(endpoint.url)
        self.host = str(self.folder)

    def use(self, secret: str | None) -> None:
        """Take no secret: the folder's own rights decide."""

    async def close(self) -> None:
        """Let go of nothing."""

    async def read(self, path: str, *, openly: bool = False) -> Held | Missing | Failure:  # noqa: ARG002 - as anybody here
        """Read an object."""
        return await asyncio.to_thread(self._read, path)

    async def look(self, path: str) -> str | Missing | Failure:
        """Return the digest of an object."""
        held = await asyncio.to_thread(self._read, path)
        return held.etag if isinstance(held, Held) else held

    async def write(self, item: Item, expected: str | None = None) -> Stored | Clash | Failure:
        """Write an object onto the version `expected`, ABSENT for none, None for whatever is there."""
        return await asyncio.to_thread(self._write, item, expected)

    def _read(self, path: str) -> Held | Missing | Failure:
        try:
            data = (self.folder / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return Missing()
        except OSError as error:
            return self._refused(error)
        return Held(data, hashlib.sha256(data).hexdigest())

    def _write(self, item: Item, expected: str | None) -> Stored | Clash | Failure:
        try:
            if expected is None:
                return self._put(item)
            lock = WorkspaceLock.acquire(self.folder)
        except (StoreLocked, StoreUnwritable) as problem:
            return RetryLater(str(problem), 0.2) if isinstance(problem, StoreLocked) else Refused(str(problem))
        except OSError as error:
            return self._refused(error)
        try:
            held = self._read(item.path)
            there = ABSENT if isinstance(held, Missing) else held.etag if isinstance(held, Held) else None
            return self._put(item) if there == expected else Clash()
        except OSError as error:
            return self._refused(error)
        finally:
            lock.release()

    def _put(self, item: Item) -> Stored:
        path = self.folder / item.path
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            with draft.open("xb") as file:
                file.write(item.data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
        return Stored(hashlib.sha256(item.data).hexdigest())

    def _refused(self, error: OSError) -> Refused:
        return Refused(
            tr("The folder {folder} cannot be used: {reason}.").format(folder=self.folder, reason=error.strerror)
        )


def folder_of(url: str) -> Path:
    """Return the folder a file address names."""
    return Path(url2pathname(urlsplit(url).path))
