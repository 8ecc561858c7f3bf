"""A console that ends between any two writes leaves a page that is whole, and goes on where it stood."""

import asyncio
from dataclasses import replace
from unittest import mock

import pytest

from desktop.domain.endpoint import Endpoint
from desktop.domain.outbox import OperationState
from desktop.domain.timeline import newest_first
from desktop.publish.layout.folder import FolderPlace
from desktop.publish.layout.place import Clash, Failure, Item, Stored
from desktop.publish.layout.s3 import S3Place
from tests.desktop.publish.desk import QUICK, Desk
from tests.desktop.publish.layout.conftest import MakeDesk
from tests.desktop.publish.layout.standing import Standing

MOST = 40
Written = Stored | Clash | Failure


class Ending:
    """Ends the console before the write after so many, or right after that write took effect."""

    def __init__(self, kind: type[FolderPlace | S3Place], after: int, *, has_effect: bool) -> None:
        self.written: list[str] = []
        self.reached = asyncio.Event()
        write, left = kind.write, after

        async def ending(place: FolderPlace | S3Place, item: Item, expected: str | None = None) -> Written:
            nonlocal left
            left -= 1
            if left < 0 and not has_effect:
                await self._end()
            written = await write(place, item, expected)  # type: ignore[arg-type]  # the kind it was taken from
            self.written.append(item.path)
            if left < 0:
                await self._end()
            return written

        self.patch = mock.patch.object(kind, "write", ending)

    async def _end(self) -> None:
        self.reached.set()
        await asyncio.Event().wait()


async def _work_until(desk: Desk, ending: Ending) -> bool:
    """Work until the console ends; False when it came to the end of its work."""
    working = asyncio.create_task(desk.runner(deadline=5.0).drain(desk.endpoint.id, patience=QUICK))
    reaching = asyncio.create_task(ending.reached.wait())
    with ending.patch:
        await asyncio.wait({working, reaching}, return_when=asyncio.FIRST_COMPLETED)
        was_ended = not working.done()
        for task in (working, reaching):
            task.cancel()
        await asyncio.gather(working, reaching, return_exceptions=True)
    return was_ended


def _end_in(desk: Desk, ending: Ending) -> bool:
    return asyncio.run(_work_until(desk, ending))


@pytest.mark.parametrize("has_effect", [False, True])
@pytest.mark.parametrize("place", ["folder", "s3"], indirect=True)
def test_ended_between_any_two_writes(
    place: Endpoint, standing: Standing, make_desk: MakeDesk, *, has_effect: bool
) -> None:
    desk = make_desk(place)
    kind = S3Place if place.kind == "s3" else FolderPlace
    entries = [desk.write(f"Update {number}") for number in range(3)]
    desk.publish(*entries)
    desk.drain(deadline=5.0)
    public = [entry.id for entry in newest_first(entries)]
    steps = 0
    while steps < MOST:
        entry = desk.write(f"Update after step {steps}")
        entries.append(entry)
        (operation,) = desk.publish(entry)
        ending = Ending(kind, steps, has_effect=has_effect)
        was_ended = _end_in(desk, ending)
        found = standing.check_whole()
        assert found in (public, [entry.id, *public]), steps
        is_committed = any(path.endswith("head.json") for path in ending.written)
        assert (entry.id in found) == is_committed, steps
        if was_ended:
            assert desk.operation(operation.id).state is OperationState.SENDING
        desk.drain(deadline=5.0)
        public.insert(0, entry.id)
        assert desk.operation(operation.id).state is OperationState.DONE
        standing.check_shown(public)
        steps += 1
        if not was_ended:
            break
    assert 8 < steps < MOST


@pytest.mark.parametrize("place", ["folder"], indirect=True)
def test_what_failed_before_its_commit_is_seen_nowhere(desk: Desk, standing: Standing) -> None:
    first, second = desk.write("First"), desk.write("Second")
    desk.publish(first)
    desk.drain()
    desk.publish(second)
    assert _end_in(desk, Ending(FolderPlace, 5, has_effect=False))
    desk.publish(replace(first, headline="First, changed"))
    assert "Second" not in standing.text("index.html")
    desk.drain()
    standing.check_shown([second.id, first.id])
