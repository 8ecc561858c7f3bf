"""What is Apache's own: versions that settle late, and writes that pass each other."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from desktop.domain.endpoint import Endpoint
from desktop.publish.deadline import DeadlineWatch
from desktop.publish.layout.dav import DavPlace
from desktop.publish.layout.place import ABSENT, Clash, Held, Item, Stored
from tests.servers.dav import DavServer, running_dav

pytestmark = pytest.mark.parametrize("place", ["http_put"], indirect=True)
FIRST = Item("page/head.json", "application/json", b"{}")


@pytest.fixture(scope="module")
def settling() -> Iterator[DavServer]:
    with running_dav() as server:
        yield server


def _opened(endpoint: Endpoint) -> DavPlace:
    opened = DavPlace(endpoint, DeadlineWatch(), 5.0)
    opened.use("made-up")
    return opened


def test_a_version_that_was_just_written_can_be_replaced_and_another_cannot(
    place: Endpoint, settling: DavServer
) -> None:
    async def work() -> None:
        opened = _opened(replace(place, url=settling.new_folder()))
        assert isinstance(await opened.write(FIRST, ABSENT), Stored)
        assert await opened.write(FIRST, ABSENT) == Clash()
        held = await opened.read(FIRST.path)
        assert isinstance(held, Held)
        assert isinstance(await opened.write(replace(FIRST, data=b"[]"), held.etag), Stored)
        assert await opened.write(replace(FIRST, data=b"lost"), held.etag) == Clash()
        assert isinstance(read := await opened.read(FIRST.path), Held)
        assert read.data == b"[]"
        await opened.close()

    asyncio.run(work())


def test_of_many_writes_at_one_moment_one_passes(place: Endpoint) -> None:
    async def work() -> list[int]:
        consoles = [_opened(place) for _ in range(4)]
        passed = []
        for number in range(12):
            held = await consoles[0].read(FIRST.path)
            expected = held.etag if isinstance(held, Held) else ABSENT
            items = [replace(FIRST, data=b"%d by %d" % (number, which)) for which in range(4)]
            answers = await asyncio.gather(
                *(console.write(item, expected) for console, item in zip(consoles, items, strict=True))
            )
            passed.append(sum(isinstance(answer, Stored) for answer in answers))
        for console in consoles:
            await console.close()
        return passed

    assert asyncio.run(work()) == [1] * 12
