"""The command that sees whether this build works: every part is used once, for real, in a folder of its own."""

import asyncio
import platform
import sqlite3
import sys
import tempfile
from argparse import Namespace
from collections.abc import Awaitable, Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Final

from desktop.cli.command import Command
from desktop.domain.outbox import OperationKind, OperationState
from desktop.domain.problem import Problem
from ui.app import Console
from ui.start import run

_PATIENCE_SECONDS: Final = 60


def _self_test(_: Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="newsroom-self-test-") as folder:
        return run(Path(folder), offscreen=True, journey=_walk)


async def _walk(console: Console) -> int:
    steps: dict[str, Callable[[Console], Awaitable[str]]] = {
        "versions": _versions,
        "store": _store,
        "render": _render,
        "browser": _browser,
        "publish": _publish,
    }
    failed = 0
    for name, step in steps.items():
        try:
            said = await asyncio.wait_for(step(console), _PATIENCE_SECONDS)
        except (Problem, AssertionError, TimeoutError) as error:
            failed += 1
            said = f"FAILED: {str(error) or type(error).__name__}"
        sys.stdout.write(f"{name:10} {said}\n")
    sys.stdout.write("All is well.\n" if not failed else f"{failed} of {len(steps)} failed.\n")
    return 1 if failed else 0


async def _versions(_: Console) -> str:
    return (
        f"console {version('newsroom-console')}, Python {platform.python_version()}, Qt {version('PySide6')}, "
        f"SQLite {sqlite3.sqlite_version}"
    )


async def _store(console: Console) -> str:
    coverage = await console.tasks.in_thread(console.workspace.sample)
    entries = console.workspace.entries(coverage.id)
    _expect(len(entries) > 0, "the sample coverage came in empty")
    _expect(console.workspace.entry(entries[0].id) == entries[0], "an entry did not come back as it was kept")
    return f"opened, migrated, {len(entries)} entries of the sample kept"


async def _render(console: Console) -> str:
    from desktop.page.renderer import Renderer  # noqa: PLC0415 - after the first paint

    site = console.workspace.site(console.workspace.sample().id)
    files = await console.tasks.in_thread(lambda: list(Renderer().files(site)))
    _expect(any(file.path == "index.html" for file in files), "the page has no index.html")
    return f"{len(files)} files, {sum(len(file.data) for file in files):,} bytes"


async def _browser(console: Console) -> str:
    from ui.sealed.check import load_once  # noqa: PLC0415 - QtWebEngine is imported after the first paint

    _expect(await load_once("<!doctype html><title>a page</title><p>Hello", console.tasks), "no page could be loaded")
    return "QtWebEngine loads a page"


async def _publish(console: Console) -> str:
    workspace = console.workspace
    coverage = workspace.sample()
    (endpoint,) = workspace.endpoints()
    sent = await console.tasks.in_thread(partial(workspace.publish, coverage.id, None, endpoint.id))
    waiting = {OperationState.QUEUED, OperationState.SENDING}
    # The end of the outbox is a state of the store: it is looked for, as a person would.
    while workspace.operations(endpoint_id=endpoint.id, states=waiting):  # noqa: ASYNC110
        await asyncio.sleep(0.1)
    with workspace.store.read() as reading:
        states = [reading.operation(operation.id).state for operation in sent]
    _expect(all(state is OperationState.DONE for state in states), f"{states.count(OperationState.DONE)} accepted")
    entries = sum(operation.kind is OperationKind.ENTRY for operation in sent)
    return f"{entries} entries accepted by the embedded rehearsal endpoint"


def _expect(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as the sentence it is
    if not holds:
        raise AssertionError(otherwise)


COMMANDS = {"self-test": Command(_self_test)}
