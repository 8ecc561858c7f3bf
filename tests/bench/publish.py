"""Goal 8: what publishing costs beside the requests it needs, and how a long outbox starts and drains."""

import asyncio
import hashlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Final
from uuid import UUID

import httpx

from desktop.domain.blocks import Paragraph
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.entry import Entry, Stage
from desktop.domain.identity import new_id
from desktop.domain.outbox import OperationKind, OperationState
from desktop.domain.text import text
from desktop.publish.credentials import Credentials
from desktop.publish.runner import Patience, Runner
from desktop.workspace import Workspace
from tests.bench.measure import Figure, interleaved

TITLE: Final = "Publishing"
_DELAY: Final = 0.05
_PAIRS: Final = 25
_QUEUED: Final = 1_000
_MANY: Final = 10_000
_ENOUGH: Final = Patience(failures=4, seconds=600.0)
_WORDS: Final = "The harbour office has closed the bridge to all traffic after the night's storm, it says. " * 20
_NOON: Final = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


def figures() -> Iterator[Figure]:
    """Measure, and yield one figure after another."""
    yield _one()
    yield from _drained()
    yield from _started()


@dataclass(frozen=True, slots=True)
class _Desk:
    """A workspace with one coverage, published once to a server of its own."""

    workspace: Workspace
    coverage: UUID
    endpoint: Endpoint

    def entry(self, number: int) -> Entry:
        said = (Paragraph(text(f"Report {number}. {_WORDS}")),)
        at = _NOON + timedelta(minutes=number)
        return Entry(
            id=new_id(), coverage_id=self.coverage, at=at, headline=f"Update {number}", blocks=said, stage=Stage.READY
        )

    def queue(self, number: int) -> list[Entry]:
        entries = [self.entry(each) for each in range(number)]
        with self.workspace.store.write() as writing:
            for entry in entries:
                writing.put_entry(entry, "Ada")
        self.workspace.publish(self.coverage, [entry.id for entry in entries], self.endpoint.id)
        return entries

    def runner(self) -> Runner:
        return Runner(self.workspace.store, Credentials(), self.workspace.tell)


@contextmanager
def _desk(delay: float) -> Iterator[_Desk]:
    command = [sys.executable, "-m", "tests.bench.publish", str(delay)]
    with tempfile.TemporaryDirectory() as folder, subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        url = f"http://127.0.0.1:{int(server.stdout.readline())}"
        workspace = Workspace.open(Path(folder))
        try:
            endpoint = Endpoint(id=new_id(), name="Bench", url=url, environment=Environment.TEST)
            workspace.add_endpoint(endpoint)
            yield _Desk(workspace, workspace.create_coverage("Harbour bridge closed").id, endpoint)
        finally:
            workspace.close()
            server.kill()


def _one() -> Figure:
    """Publish one entry that is written, from the deed to the committed acknowledgement, beside one bare request."""
    with _desk(_DELAY) as desk:
        drafts = [desk.entry(number) for number in range(_PAIRS + 2)]
        for draft in drafts:
            desk.workspace.save_draft(draft)
        waiting = iter(drafts)
        loop = asyncio.new_event_loop()
        told = asyncio.Event()
        runner = Runner(desk.workspace.store, Credentials(), lambda _: told.set())
        running = loop.create_task(runner.run())
        bare = HTTPConnection(desk.endpoint.url.removeprefix("http://"))

        def publish() -> None:
            desk.workspace.publish(desk.coverage, [next(waiting).id], desk.endpoint.id)
            runner.wake()
            loop.run_until_complete(_settled(desk, told))

        def ask() -> None:
            _put(bare, desk, new_id())

        for warm_up in (publish, ask):
            warm_up()
        times = interleaved({"ours": publish, "bare": ask}, _PAIRS, time.perf_counter)
        running.cancel()
        loop.run_until_complete(asyncio.gather(running, return_exceptions=True))
        loop.close()
        bare.close()
    ratios = [ours / plain for ours, plain in zip(times["ours"], times["bare"], strict=True)]
    return Figure("one entry at 50 ms, times the bare request", statistics.median(ratios), "x", limit=1.15)


async def _settled(desk: _Desk, told: asyncio.Event) -> None:
    while desk.workspace.operations(endpoint_id=desk.endpoint.id, states=_UNFINISHED):
        await told.wait()
        told.clear()


_UNFINISHED: Final = frozenset({OperationState.QUEUED, OperationState.SENDING, OperationState.UNKNOWN})


def _drained() -> Iterator[Figure]:
    """Drain a long outbox, beside the same bodies put one after the other by a client that keeps no books."""
    with _desk(0.0) as desk:
        desk.queue(_QUEUED)
        bodies = [
            (f"/pages/{each.coverage_id}/entries/{each.target_id}", each.payload)
            for each in desk.workspace.operations(endpoint_id=desk.endpoint.id)
            if each.kind is OperationKind.ENTRY
        ]
        begun = time.perf_counter()
        receipts = asyncio.run(desk.runner().drain(desk.endpoint.id, patience=_ENOUGH))
        ours = time.perf_counter() - begun
        assert all(receipt.outcome == "done" for receipt in receipts)
        assert len(receipts) == _QUEUED + 1
        bare = asyncio.run(_bare(desk.endpoint.url, bodies))
    yield Figure("1,000 queued, drained", _QUEUED / ours, "a s")
    yield Figure("1,000 queued, times the bare client", ours / bare, "x", limit=2.0)


async def _bare(url: str, bodies: list[tuple[str, bytes]]) -> float:
    async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
        begun = time.perf_counter()
        for path, body in bodies:
            answer = await client.put(path, content=body, headers={"If-None-Match": "*"})
            assert answer.status_code == 201
        return time.perf_counter() - begun


def _started() -> Iterator[Figure]:
    """Open a workspace with a very long outbox, until its first item is acknowledged."""
    with _desk(0.0) as desk:
        wanted = [entry.id for entry in desk.queue(_MANY)]
        begun = time.perf_counter()
        first: list[float] = []

        def tell(_: object) -> None:
            first.append(time.perf_counter() - begun)

        asyncio.run(Runner(desk.workspace.store, Credentials(), tell).drain(desk.endpoint.id, patience=_ENOUGH))
        took = time.perf_counter() - begun
        reader = HTTPConnection(desk.endpoint.url.removeprefix("http://"))
        reader.request("GET", "/order")
        order = json.loads(reader.getresponse().read())
        reader.close()
        assert order[1:] == [str(each) for each in wanted], "each once, in the desk's order"
    yield Figure("10,000 queued, until the first is sent", first[0], "s", limit=3.0)
    yield Figure("10,000 queued, drained", _MANY / took, "a s")


def _put(line: HTTPConnection, desk: _Desk, entry: UUID) -> None:
    body = json.dumps({"op": str(new_id()), "id": str(entry), "words": _WORDS}).encode()
    line.request("PUT", f"/pages/{desk.coverage}/entries/{entry}", body, {"If-None-Match": "*"})
    assert line.getresponse().read()


async def _serve(delay: float) -> None:
    """Answer as the contract has it, as fast as Python can, after a delay: every change is taken."""
    instance, order = str(new_id()), list[str]()

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            method, path, _ = head.split(b" ", 2)
            length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0].strip()
            body = await reader.readexactly(int(length or 0))
            await asyncio.sleep(delay)
            if method == b"PUT":
                order.append(path.decode().rpartition("/")[2])
                answer = body
            elif path == b"/order":
                answer = json.dumps(order).encode()
            else:
                answer = json.dumps({"api": "live-page/1", "instance": instance, "environment": "test"}).encode()
            status = b"201 Created" if method == b"PUT" else b"200 OK"
            etag = hashlib.sha256(body).hexdigest()[:16].encode()
            writer.write(
                b'HTTP/1.1 %b\r\nETag: "%b"\r\nContent-Length: %d\r\n\r\n%b' % (status, etag, len(answer), answer)
            )

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A client that hangs up ends the conversation.
        with suppress(asyncio.IncompleteReadError):
            await converse(reader, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(float(sys.argv[1])))
