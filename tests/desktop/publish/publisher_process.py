"""A publisher as a process of its own, to be killed: drains an endpoint, and stands still where it is told to.

Arguments: the workspace's folder, the endpoint's id, the step to stand still at ("" for none), and how many
operations pass that step before.
"""

import asyncio
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from unittest import mock
from uuid import UUID

from desktop.domain.outbox import Operation
from desktop.publish.answer import Answer
from desktop.publish.credentials import Credentials
from desktop.publish.ledger import Claim, Ledger
from desktop.publish.native import NativeEndpoint
from desktop.publish.outcome import Outcome
from desktop.publish.runner import Runner
from desktop.store.store import Store

put, turn, reserve = NativeEndpoint.put, Ledger.turn, Ledger.reserve


class Stall:
    """Stands still at one step."""

    def __init__(self, step: str, passing: int) -> None:
        self.step = step
        self.passing = passing

    def at(self, step: str) -> None:
        if step != self.step:
            return
        self.passing -= 1
        if self.passing < 0:
            sys.stdout.write("here\n")
            sys.stdout.flush()
            time.sleep(600)


def main(folder: str, endpoint_id: str, step: str, passing: str) -> None:
    stall = Stall(step, int(passing))

    async def slow_put(line: NativeEndpoint, operation: Operation, etag: str | None) -> Answer:
        stall.at("claimed")
        return await put(line, operation, etag)

    def slow_turn(
        ledger: Ledger, settling: tuple[Operation, Outcome] | None, following: Operation | None
    ) -> tuple[bool, Claim | None]:
        if settling is not None:
            stall.at("answered")
        turned = turn(ledger, settling, following)
        if settling is not None:
            stall.at("settled")
        return turned

    def slow_reserve(ledger: Ledger, operation: Operation, reserved: str) -> Operation:
        stall.at("reserved")
        kept = reserve(ledger, operation, reserved)
        stall.at("kept")
        return kept

    store = Store.open(Path(folder))
    with ExitStack() as patches:
        patches.enter_context(mock.patch.object(NativeEndpoint, "put", slow_put))
        patches.enter_context(mock.patch.object(Ledger, "turn", slow_turn))
        patches.enter_context(mock.patch.object(Ledger, "reserve", slow_reserve))
        asyncio.run(Runner(store, Credentials(), lambda _: None).drain(UUID(endpoint_id)))
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
