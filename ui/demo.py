"""The command that walks the whole way off-screen: a story through the real window, photographed at every stop."""

import asyncio
import contextlib
import tempfile
from argparse import ArgumentParser, Namespace
from functools import partial
from pathlib import Path
from typing import Final, cast
from urllib.request import urlopen

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.cli.command import Command, say
from desktop.domain.outbox import WAITING
from desktop.domain.problem import Problem
from desktop.domain.status import Status
from ui.app import Console
from ui.consent.observation import Observation, ReaderState
from ui.start import run
from ui.walk import PATIENCE_SECONDS, SETTLING_SECONDS, Walk

_ARM_MILLISECONDS: Final = 500
_VISITS: Final = 5


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder that is written")


def _demo(args: Namespace) -> int:
    out = Path(args.out)
    demo = Demo(out)
    with tempfile.TemporaryDirectory(prefix="newsroom-demo-") as folder:
        code = run(Path(folder), offscreen=True, journey=demo.walk)
    result = {"screenshots": [str(path) for path in demo.photographs], "page": str(demo.page), "told": demo.told}
    say(args, result, f"{len(demo.photographs)} screenshots: {demo.screens}\nThe published page: {demo.page}")
    return code


class Demo(Walk):
    """The walk: write an entry, publish, look at the embeds' consent, withdraw; `told` says what was seen."""

    def __init__(self, out: Path) -> None:
        super().__init__(out / "screenshots")
        self.page = out / "page" / "index.html"

    async def walk(self, console: Console) -> int:
        """Walk the whole way; raises a Problem that names the stop where it ended."""
        self.begin(console)
        await self._open()
        await self._write()
        await self._publish_one()
        await self._publish_all()
        await self._look_at_consent()
        await self._look_around()
        await self._withdraw()
        await self._keep_page()
        return 0

    async def _open(self) -> None:
        window = self.console.window
        await self._stop("welcome")
        await self.open_sample()
        rows = window.timeline.rows
        self.tell(f"Opened the sample page: {len(rows)} entries, {len(window.summary.points)} summary bullets.")
        await self._stop("desk")

    async def _write(self) -> None:
        window = self.console.window
        window.deeds["new_entry"].trigger()
        editor = window.editor.pane
        QTest.keyClicks(_typed_into(editor.manuscript.heading.headline), "Ferry timetable back to normal")
        prose = editor.manuscript.canvas.prose(0)
        QTest.keyClicks(prose, "The first boat left the east quay at 14:00, on time.")
        QTest.keyClick(prose, Qt.Key.Key_Return)
        QTest.keyClicks(prose, "- Every sailing runs")
        QTest.keyClick(prose, Qt.Key.Key_Return)
        QTest.keyClicks(prose, "Tickets bought for Thursday stay valid")
        await self.until(self._is_saved, "The entry was not saved.")
        self.tell("Wrote an entry; it was saved on this computer as it was typed.")
        await self._stop("editor")

    def _is_saved(self) -> bool:
        desk = self.console.window.desk
        return desk.entry_id is not None and len(desk.workspace.entry(desk.entry_id).blocks) > 1

    async def _publish_one(self) -> None:
        window = self.console.window
        button = window.editor.pane.footer.publish
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        await self._stop("armed")
        await asyncio.sleep(_ARM_MILLISECONDS / 1000)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        await self.until(lambda: window.desk.status is Status.LIVE, "The entry did not go live.")
        self.tell("Published it to the rehearsal page with a second press; live once it was acknowledged.")
        await self._stop("live")

    async def _publish_all(self) -> None:
        window, tasks = self.console.window, self.console.tasks
        coverage_id, endpoint_id = window.desk.coverage_id, window.desk.endpoint_id
        if coverage_id is None or endpoint_id is None:
            message = "There is no page or no endpoint to publish to."
            raise Problem(message)
        workspace = self.console.workspace
        sent = await tasks.in_thread(partial(workspace.publish, coverage_id, None, endpoint_id))
        await self.until(lambda: not workspace.operations(states=WAITING), "The outbox did not empty.")
        live = sum(row.status is Status.LIVE for row in workspace.timeline(coverage_id, endpoint_id))
        self.tell(f"Published every ready entry: {len(sent)} operations sent, {live} entries live.")
        window.deeds["show_preview"].trigger()
        await asyncio.sleep(SETTLING_SECONDS)
        await self._stop("preview")

    async def _look_at_consent(self) -> None:
        window = self.console.window
        rows = window.timeline.rows
        window.desk.choose_entry(max(rows, key=lambda row: row.embeds).id)
        window.deeds["show_consent"].trigger()
        await self.until(lambda: window.consent.pane is not None, "The consent simulator did not open.")
        for state in ReaderState:
            async with asyncio.timeout(PATIENCE_SECONDS):
                observation = await self._observed(state)
            self.tell(f"Consent, {state.value.replace('_', ' ')}: {observation.verdict}.")
            await self._stop(f"consent-{state.value.replace('_', '-')}")

    async def _observed(self, state: ReaderState) -> Observation:
        """Visit the page as a reader, again where something of the page changed meanwhile."""
        from ui.sealed.session import PageNotShown  # noqa: PLC0415 - after the first paint

        for _ in range(_VISITS):
            with contextlib.suppress(PageNotShown):
                return cast("Observation", await self.console.window.consent.pane.run(state))
            await asyncio.sleep(SETTLING_SECONDS)
        message = "The page changed under every visit."
        raise Problem(message)

    async def _look_around(self) -> None:
        window = self.console.window
        for action, name in (("show_history", "history"), ("show_checks", "checks")):
            window.deeds[action].trigger()
            await self._stop(name)
        for action, name in (("show_receipts", "receipts"), ("settings", "settings"), ("shortcuts", "shortcuts")):
            await self.photograph_sheet(self._numbered(name), window.deeds[action].trigger)
        for name in ("dark", "high-contrast", "light-again"):
            window.deeds["next_scheme"].trigger()
            await self._stop(name)

    def _numbered(self, name: str) -> str:
        return f"{len(self.photographs) + 1:02}-{name}"

    async def _stop(self, name: str) -> None:
        await self.photograph(self._numbered(name))

    async def _withdraw(self) -> None:
        window, workspace = self.console.window, self.console.workspace
        newest = next(row for row in window.timeline.rows if row.status is Status.LIVE)
        window.desk.choose_entry(newest.id)
        window.desk.withdraw(newest.id, "The timetable was given for the wrong quay.")
        await self.until(lambda: window.desk.status is Status.WITHDRAWN, "The entry was not withdrawn.")
        await self.until(lambda: not workspace.operations(states=WAITING), "The outbox did not empty.")
        self.tell(f"Withdrew “{newest.headline}”; readers see the reason in its place.")
        await self._stop("withdrawn")

    async def _keep_page(self) -> None:
        """Keep the page as the rehearsal endpoint serves it, file by file."""
        from desktop.page.renderer import Renderer  # noqa: PLC0415 - after the first paint
        from desktop.page.site import media_path  # noqa: PLC0415
        from desktop.page.variants import variants  # noqa: PLC0415

        coverage_id = self.console.window.desk.coverage_id
        if coverage_id is None:
            message = "There is no page to keep."
            raise Problem(message)
        site = self.console.workspace.site(coverage_id)
        names = [file.path for file in Renderer().files(site)] + [media_path(file) for file in site.media.values()]
        names += [variant.path for file in site.media.values() for variant in variants(file)]
        address = f"{self.console.rehearsal.reader_url}{coverage_id}/"
        for name in names:
            path = self.page.parent / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(await asyncio.to_thread(_served, address + name))
        self.tell(f"Kept the published page, {len(names)} files as the endpoint serves them.")


def _typed_into(field: QWidget) -> QWidget:
    return field.focusProxy() or field


def _served(address: str) -> bytes:
    with urlopen(address, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310 - the endpoint this process serves
        data: bytes = answer.read()
    return data


COMMANDS = {"demo": Command(_demo, _configure)}
