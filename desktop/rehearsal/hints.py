"""Hints to open pages that there is something to ask for: server-sent events that carry no content of their own."""

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from starlette.responses import Response, StreamingResponse

LISTENERS: Final = 1_000
"""How many open pages are listened with at once; the others go on asking by themselves."""

_BEAT_SECONDS: Final = 25.0
_HINT: Final = b"data: news\n\n"
_BEAT: Final = b": here\n\n"
_HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@dataclass(eq=False, slots=True)
class _Listener:
    """One open page, on the event loop it is answered from."""

    page: UUID
    loop: asyncio.AbstractEventLoop
    woken: asyncio.Event = field(default_factory=asyncio.Event)


class Hints:
    """Wakes open pages when their page changes; `tell` and `close` may be called from any thread."""

    def __init__(self) -> None:
        self._listeners: set[_Listener] = set()
        self._lock = threading.Lock()
        self._is_closed = False

    def tell(self, page: UUID) -> None:
        """Tell everybody who has a page open that it changed."""
        with self._lock:
            woken = [each for each in self._listeners if each.page == page]
        for each in woken:
            each.loop.call_soon_threadsafe(each.woken.set)

    def close(self) -> None:
        """End every stream, so that the server can stop."""
        with self._lock:
            self._is_closed = True
            listeners = tuple(self._listeners)
        for each in listeners:
            each.loop.call_soon_threadsafe(each.woken.set)

    async def stream(self, page: UUID) -> Response:
        """Answer with a page's stream of hints; with 204, after which browsers ask no more, when there are too many."""
        with self._lock:
            if self._is_closed or len(self._listeners) >= LISTENERS:
                return Response(status_code=204)
            listener = _Listener(page, asyncio.get_running_loop())
            self._listeners.add(listener)
        return StreamingResponse(self._stream(listener), headers=_HEADERS, media_type="text/event-stream")

    async def _stream(self, listener: _Listener) -> AsyncIterator[bytes]:
        try:
            yield _BEAT
            while not self._is_closed:
                # A beat now and then shows whether anybody is still there.
                hinted = await _wait(listener.woken, _BEAT_SECONDS)
                if self._is_closed:
                    return
                listener.woken.clear()
                yield _HINT if hinted else _BEAT
        finally:
            with self._lock:
                self._listeners.discard(listener)


async def _wait(woken: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await woken.wait()
    except TimeoutError:
        return False
