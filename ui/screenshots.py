"""The command that photographs every main screen of the real window on the sample page, in every look."""

import asyncio
import tempfile
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import quote
from urllib.request import Request, urlopen

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.cli.command import Command, say
from desktop.domain.blocks import Paragraph
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.members import canonical
from desktop.domain.outbox import WAITING, OperationState
from desktop.domain.problem import Problem
from desktop.domain.status import Status
from desktop.domain.text import text
from desktop.domain.wire import entry_to_wire
from ui.app import Console
from ui.start import run
from ui.theme import Scheme
from ui.walk import PATIENCE_SECONDS, SETTLING_SECONDS, Walk

SHEETS: Final = (
    "settings",
    "shortcuts",
    "export",
    "show_receipts",
    "show_difference",
    "correct",
    "retime_entry",
    "hand_over",
    "pause_clock",
    "withdraw",
    "new_coverage",
)


@dataclass(frozen=True, slots=True)
class Look:
    """One way the window is looked at: its colours, how much larger its texts are, and which way they run."""

    name: str
    scheme: Scheme = Scheme.LIGHT
    scale: float = 1.0
    is_right_to_left: bool = False


LOOKS: Final = (
    Look("light"),
    Look("dark", Scheme.DARK),
    Look("high-contrast", Scheme.HIGH_CONTRAST),
    Look("right-to-left", is_right_to_left=True),
    Look("text-150", scale=1.5),
    Look("text-200", scale=2.0),
)


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder that is written")
    parser.add_argument(
        "--look", action="append", choices=[look.name for look in LOOKS], help="this look alone; may be repeated"
    )


def _photograph(args: Namespace) -> int:
    looks = tuple(look for look in LOOKS if args.look is None or look.name in args.look)
    tour = Tour(Path(args.out), looks)
    with tempfile.TemporaryDirectory(prefix="newsroom-screens-") as folder:
        code = run(Path(folder), offscreen=True, journey=tour.walk)
    pictures = [str(path) for path in tour.photographs]
    say(args, {"screenshots": pictures}, f"{len(pictures)} screenshots: {args.out}")
    return code


class Tour(Walk):
    """Brings the sample page into a state worth looking at, then photographs every screen in each look."""

    def __init__(self, out: Path, looks: tuple[Look, ...] = LOOKS) -> None:
        super().__init__(out)
        self._looks = looks
        self._name = ""

    async def walk(self, console: Console) -> int:
        """Walk through every screen, once a look."""
        self.begin(console)
        console.window.resize(1440, 900)
        for look in self._looks:
            self._wear(look)
            await self._see("welcome")
        self._wear(Look(""))
        await self.open_sample()
        await self._prepare()
        for look in self._looks:
            self._wear(look)
            for screen in (self._desk, self._timeline, self._tabs, self._sheets_all, self._palette, self._conflict):
                await screen()
            await self._on_air()
            self.tell(f"Photographed in {look.name}.")
        return 0

    # What is there to be seen

    async def _prepare(self) -> None:
        """Publish, change what is live, and let another desk get in between: a live page as it is at noon."""
        window, workspace, tasks = self.console.window, self.console.workspace, self.console.tasks
        coverage_id, endpoint_id = window.desk.coverage_id, window.desk.endpoint_id
        if coverage_id is None or endpoint_id is None:
            message = "There is no page or no endpoint to publish to."
            raise Problem(message)
        await tasks.in_thread(workspace.publish, coverage_id, None, endpoint_id)
        await self.until(lambda: not workspace.operations(states=WAITING), "The outbox did not empty.")
        live = [row.id for row in workspace.timeline(coverage_id, endpoint_id) if row.status is Status.LIVE]
        disputed, edited = workspace.entry(live[0]), workspace.entry(live[3])
        await tasks.in_thread(self._change_elsewhere, disputed)
        said = Paragraph(text("The second quay opens at noon, the harbour office says."))
        workspace.save_draft(replace(disputed, blocks=(*disputed.blocks, said)))
        workspace.save_draft(replace(edited, headline=f"{edited.headline}, and what comes next"))
        await tasks.in_thread(workspace.publish, coverage_id, (disputed.id,), endpoint_id)
        await self.until(self._is_disputed, "There was no conflict.")
        readers = Endpoint(
            id=new_id(), name="Aldermouth Echo", url="https://live.echo.example", environment=Environment.PRODUCTION
        )
        workspace.add_endpoint(readers)
        window.desk.choose_entry(edited.id)
        await asyncio.sleep(SETTLING_SECONDS)

    def _is_disputed(self) -> bool:
        return bool(self.console.workspace.operations(states={OperationState.CONFLICT}))

    def _change_elsewhere(self, entry: Entry) -> None:
        """Change a live entry as another desk would, over the wire."""
        rehearsal = self.console.rehearsal
        address = f"{rehearsal.url}/pages/{entry.coverage_id}/entries/{entry.id}"
        with urlopen(address, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310 - the endpoint this process serves
            etag = answer.headers["ETag"]
        changed = replace(entry, headline=f"{entry.headline} (updated)")
        headers = {
            "Authorization": f"Bearer {rehearsal.token}",
            "Content-Type": "application/json",
            "If-Match": etag,
            "Live-By": quote("Inés Okafor"),
            "Live-Environment": Environment.REHEARSAL.value,
        }
        body = canonical(entry_to_wire(changed, new_id()))
        request = Request(address, body, headers, method="PUT")  # noqa: S310 - as above
        urlopen(request, timeout=PATIENCE_SECONDS).close()  # noqa: S310 - as above

    # The screens

    def _wear(self, look: Look) -> None:
        self._name = look.name
        direction = Qt.LayoutDirection.RightToLeft if look.is_right_to_left else Qt.LayoutDirection.LeftToRight
        QApplication.setLayoutDirection(direction)
        self.console.wear(look.scheme, look.scale)

    async def _see(self, name: str) -> None:
        await self.photograph(f"{self._name}-{name}")

    async def _desk(self) -> None:
        self.console.window.deeds["show_preview"].trigger()
        await asyncio.sleep(SETTLING_SECONDS)
        await self._see("desk")

    async def _timeline(self) -> None:
        timeline = self.console.window.timeline
        timeline.words.setText("river")
        await asyncio.sleep(1)
        await self._see("search")
        timeline.words.clear()
        await asyncio.sleep(1)

    async def _tabs(self) -> None:
        window = self.console.window
        for action, name in (("show_consent", "consent"), ("show_history", "history"), ("show_checks", "checks")):
            window.deeds[action].trigger()
            await asyncio.sleep(SETTLING_SECONDS if name == "consent" else 1)
            await self._see(name)
        window.deeds["show_preview"].trigger()

    async def _sheets_all(self) -> None:
        deeds = self.console.window.deeds
        for action in SHEETS:
            if deeds[action].isEnabled():
                await self.photograph_sheet(f"{self._name}-{action.removeprefix('show_')}", deeds[action].trigger)

    async def _palette(self) -> None:
        window = self.console.window
        window.deeds["palette"].trigger()
        QTest.keyClicks(window.palette_field, "pub")
        await asyncio.sleep(1)
        await self._see("palette")
        window.palette_field.leave()

    async def _conflict(self) -> None:
        (disputed, *_) = self.console.workspace.operations(states={OperationState.CONFLICT})
        settle = partial(self.console.outbox_deeds.settle, disputed.id)
        await self.photograph_sheet(f"{self._name}-conflict", settle)

    async def _on_air(self) -> None:
        desk, workspace = self.console.window.desk, self.console.workspace
        before = desk.endpoint
        readers = next(each for each in workspace.endpoints() if each.environment is Environment.PRODUCTION)
        desk.choose_endpoint(readers, on_air=True)
        await asyncio.sleep(1)
        await self._see("on-air")
        desk.choose_endpoint(before)


COMMANDS = {"screenshots": Command(_photograph, _configure)}
