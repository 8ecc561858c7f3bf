"""One scenario played on one page, for one embed or none, and what was observed meanwhile."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from desktop.consent.forecast import Forecast, Reader, forecast, what_loads
from desktop.consent.observed import Checked, Cookie, Observed
from desktop.consent.probe import FOCUS, GROUPS, KEPT, PRINTED, STRANGERS, at
from desktop.consent.scenario import (
    Check,
    ComeBack,
    Edition,
    GoOffline,
    Key,
    Photograph,
    Press,
    Print,
    PrintedWords,
    Publish,
    ReadToEnd,
    Step,
    TabTo,
    Tree,
    Wait,
)
from desktop.consent.verdict import judge
from desktop.domain.problem import Problem
from ui.proof.hands import Hands, Unreachable
from ui.proof.internet import Internet
from ui.proof.plan import Plan, Played, forecasts, siblings
from ui.proof.process import SealedProcess
from ui.proof.proxy import Proxy
from ui.proof.reading_order import out_of_order
from ui.proof.witness import Listener

_HAS: Final = "Boolean((embed || document).querySelector(SELECTOR))"
_UNSANDBOXED: Final = ", its own sandbox switched off because it ran as root"
_LOAD_SECONDS: Final = 20.0
_QUIET: Final = 0.12
_PATIENCE: Final = 3.0
_STEP: Final = 0.02
# How long an observation of everything goes on after the last act.
_AFTERWARDS: Final = 0.1


class NotApplicable(Problem):
    """A scenario that says nothing about this page."""


@dataclass(slots=True)
class _Notes:
    checks: list[Checked] = field(default_factory=list)
    focus: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    tree: tuple[tuple[str, str], ...] = ()
    kept_before: tuple[str, ...] | None = None
    cookies_before: tuple[Cookie, ...] = ()


class Rehearsal:
    """Plays one plan in a browser that is there already, with the proxy's traffic and the browser's events its own."""

    def __init__(self, plan: Plan, browser: SealedProcess, proxy: Proxy, folder: Path) -> None:
        self._plan = plan
        self._browser = browser
        self._proxy = proxy
        self._folder = folder
        self.listener = Listener()
        self._notes = _Notes()
        self._before, self._after = forecasts(plan)
        self._everybody = forecast(
            plan.subject.placed,
            Reader(frozenset(each.id for each in plan.subject.placed)),
            plan.subject.own,
            plan.subject.our_host,
        )
        self._internet: Internet | None = None
        self._browser_was = ""
        self._hands = Hands(browser)

    async def play(self) -> Played:
        """Play it from the first load to the last look; raises NotApplicable when it says nothing about this page."""
        begun = time.perf_counter()
        scenario, subject = self._plan.scenario, self._plan.subject
        self._folder.mkdir(parents=True, exist_ok=True)
        setup = scenario.setup
        made = await self._browser.do("visit", javascript=setup.javascript, width=setup.width, height=setup.height)
        try:
            version = await self._browser.devtools("Browser.getVersion")
            engine = re.search(r"Chrome/[\d.]+", version["userAgent"])
            self._browser_was = (engine[0] if engine else "an unknown browser") + (
                "" if made["is_sandboxed"] else _UNSANDBOXED
            )
            self._internet = Internet(subject, self._everybody, setup.stub, made["mark"])
            self._proxy.route = self._internet.route
            await self._permit(self._before)
            await self._browser.devtools("Network.enable")
            await self._browser.devtools("Emulation.setFocusEmulationEnabled", enabled=True)
            if setup.features:
                features = [{"name": name, "value": value} for name, value in setup.features]
                await self._browser.devtools("Emulation.setEmulatedMedia", features=features)
            self._serve(setup.edition)
            await self._load()
            if setup.zoom != 1.0:
                await self._browser.do("zoom", factor=setup.zoom)
            await self._look_for_needs()
            for step in scenario.steps:
                await self._take(step)
            await asyncio.sleep(_AFTERWARDS)
            observed = await self._look_back()
        finally:
            await self._browser.do("leave")
            await self._proxy.hang_up()
        verdict = judge(scenario, self._before, self._after, observed)
        seconds = time.perf_counter() - begun
        notes = self._notes
        return Played(
            self._plan,
            self._before,
            self._after,
            observed,
            verdict,
            seconds,
            self._browser_was,
            tuple(notes.files),
            notes.tree,
        )

    async def _load(self, days: int = 0, *, gpc: bool = False, platform: bool = False) -> None:
        count = len(self.listener.loads)
        setup = self._plan.scenario.setup
        await self._browser.do(
            "load",
            address=self._plan.subject.address,
            days=days,
            gpc=gpc or setup.gpc,
            platform=platform or setup.platform,
        )
        try:
            await _until(lambda: len(self.listener.loads) > count, _LOAD_SECONDS)
        except TimeoutError:
            message = "The page did not finish loading in time."
            raise Problem(message) from None
        # A page that tries to lead elsewhere at once does not finish; what it tried is what is to be seen.
        if not self.listener.loads[-1] and not self.listener.has_tried():
            message = "The page could not be loaded."
            raise Problem(message)
        embed = self._plan.embed
        self._hands = Hands(self._browser, embed.id if embed else "", tuple(each.id for each in siblings(self._plan)))
        await self._hands.settle()

    async def _look_for_needs(self) -> None:
        needs = self._plan.scenario.needs
        if needs and not await self._hands.see(at(_HAS, needs)):
            message = f"This page has no {needs}."
            raise NotApplicable(message)

    async def _take(self, step: Step) -> None:
        try:
            await self._do(step)
        except Unreachable as problem:
            self._notes.checks.append(Checked("what a reader needs can be reached", holds=False, seen=str(problem)))
        if not isinstance(step, Check | Wait | Photograph):
            self._notes.focus.append(f"{_named(step)}: {await self._hands.see(FOCUS)}")

    async def _do(self, step: Step) -> None:
        hands = self._hands
        match step:
            case ReadToEnd():
                await self._read()
            case Press():
                await self._press(step)
            case Key():
                await self._turn(gives=step.gives_consent)
                await hands.key(step.name)
            case TabTo():
                count = await hands.tab_to(step.selector)
                self._notes.focus.append(f"{count} times Tab")
            case Check():
                self._notes.checks.append(await self._check(step))
            case ComeBack():
                await self._come_back(step)
            case Publish():
                self._serve(step.edition)
                # An open page asks for news at its pace, and at once when its device is online again.
                await hands.see('dispatchEvent(new Event("online"))')
            case GoOffline():
                await self._go_offline()
            case Wait():
                await asyncio.sleep(step.seconds)
            case Print():
                path = self._folder / "page.pdf"
                printed = await self._browser.do("print", path=str(path.resolve()))
                self._notes.checks.append(Checked("the page can be printed", holds=bool(printed)))
                self._notes.files.append(path.name)
                await self._quiet()
            case PrintedWords():
                await self._printed_words()
            case Tree():
                await self._tree()
            case Photograph():
                path = self._folder / f"{step.name.replace(' ', '-')}.png"
                await hands.photograph(path)
                self._notes.files.append(path.name)

    async def _read(self) -> None:
        setup = self._plan.scenario.setup
        await self._hands.read_to_end(is_scripted=setup.javascript)
        await self._quiet()
        await self._browser.do("resize", width=setup.width, height=setup.height * 2)
        await self._hands.see("scrollTo(0, 0)")
        await self._hands.read_to_end(is_scripted=setup.javascript)
        await self._quiet()
        await self._browser.do("resize", width=setup.width, height=setup.height)

    async def _press(self, step: Press) -> None:
        await self._turn(gives=step.gives_consent, takes=step.takes_back)
        await self._hands.press(step.selector)

    async def _come_back(self, step: ComeBack) -> None:
        await self._turn(takes=step.takes_back)
        self._serve(step.edition)
        await self._load(step.days, gpc=step.gpc, platform=step.platform)

    def _serve(self, edition: Edition | None) -> None:
        server = self._plan.subject.editions.get(edition) if edition else None
        if server is not None and self._internet is not None:
            self._internet.server = server

    async def _go_offline(self) -> None:
        await self._permit(self._before, is_offline=True)
        if self._internet is not None:
            self._internet.is_offline = True
        await self._browser.devtools(
            "Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=-1, uploadThroughput=-1
        )

    async def _turn(self, *, gives: bool = False, takes: bool = False) -> None:
        """Judge everything from now on as accepted, or as not accepted any more."""
        if gives:
            await self._quiet()
            await self._note_before()
            self.listener.consented = True
            await self._permit(self._after)
        if takes:
            self.listener.consented = False
            await self._permit(self._before)

    async def _note_before(self) -> None:
        if self._notes.kept_before is None:
            self._notes.kept_before = tuple(await self._hands.see(KEPT))
            self._notes.cookies_before = tuple(_cookie(each) for each in await self._hands.cookies())

    async def _permit(self, may: Forecast, *, is_offline: bool = False) -> None:
        blocks = self._plan.scenario.setup.blocks
        await self._browser.do(
            "permit",
            own=sorted(self._plan.subject.own),
            sources=list(may.sources),
            blocks=blocks.value if blocks else None,
            offline=is_offline,
        )

    async def _check(self, check: Check) -> Checked:
        begun = time.perf_counter()
        while True:
            value = await self._hands.see(check.expression)
            spent = time.perf_counter() - begun
            if value or spent > check.within:
                return Checked(check.sentence, holds=bool(value), after=round(spent, 2))
            await asyncio.sleep(_STEP * 2)

    async def _printed_words(self) -> None:
        await self._browser.devtools("Emulation.setEmulatedMedia", media="print")
        printed: list[dict[str, Any]] = await self._hands.see(PRINTED)
        await self._browser.devtools("Emulation.setEmulatedMedia", media="")
        placed = {each.id: each.embed for each in self._plan.subject.placed}
        lacking: list[str] = []
        for each in printed:
            embed = placed.get(each["id"])
            if embed is not None and embed.author and embed.author not in each["words"]:
                lacking.append(embed.author)
            if not each["printsAddress"]:
                lacking.append(each["address"])
        buttons = sum(each["buttons"] for each in printed)
        said = [each for each in printed if each["quote"] and each["quote"].strip() not in each["words"]]
        self._notes.checks += [
            Checked("every quotation is printed", holds=not said),
            Checked("author and address are printed", holds=not lacking, seen=", ".join(lacking[:3])),
            Checked("no button is printed", holds=not buttons, seen=f"{buttons} buttons" if buttons else ""),
        ]

    async def _tree(self) -> None:
        self._notes.tree = tuple(await self._hands.tree())
        subject = self._plan.subject
        loads = {each.id: what_loads(each.embed, subject.our_host) for each in subject.placed}
        has_policy = {each for each, said in loads.items() if said and (said.cookie_policy or said.privacy_policy)}
        groups: list[tuple[str, str, bool]] = await self._hands.see(GROUPS)
        embeds = [(name, each in has_policy, has_address) for each, name, has_address in groups]
        wrong = out_of_order(self._notes.tree, embeds)
        self._notes.checks.append(Checked("every embed is read out in order", holds=not wrong, seen=wrong))

    async def _look_back(self) -> Observed:
        await self._note_before()
        for address in await self._hands.see(STRANGERS):
            if urlsplit(address).netloc not in self._plan.subject.own:
                self.listener.find(address, "hint")
        setup = self._plan.scenario.setup
        internet = self._internet
        if setup.gpc and internet is not None:
            self._notes.checks.append(
                Checked("every request says Sec-GPC: 1", holds=bool(internet.sent_gpc) and all(internet.sent_gpc))
            )
        return Observed(
            asked=self.listener.asked(),
            cookies_before=self._notes.cookies_before,
            cookies=tuple(_cookie(each) for each in await self._hands.cookies()),
            kept_before=self._notes.kept_before or (),
            kept=tuple(await self._hands.see(KEPT)),
            checks=tuple(self._notes.checks),
            focus=tuple(self._notes.focus),
            faults=tuple(self.listener.faults),
            sends_gpc=all(internet.sent_gpc) if internet is not None and internet.sent_gpc else None,
        )

    async def _quiet(self) -> None:
        """Wait until nothing new has been asked for a while."""
        last, count = time.perf_counter(), -1
        begun = last
        while time.perf_counter() - last < _QUIET and time.perf_counter() - begun < _PATIENCE:
            if self.listener.count() != count:
                count, last = self.listener.count(), time.perf_counter()
            await asyncio.sleep(_STEP)


def _cookie(told: dict[str, Any]) -> Cookie:
    return Cookie(str(told["name"]), str(told["domain"]), "" if told.get("session") else str(int(told["expires"])))


def _named(step: Step) -> str:
    match step:
        case Press() | TabTo():
            return f"{type(step).__name__} {step.selector}"
        case Key():
            return f"Key {step.name}"
        case _:
            return type(step).__name__


async def _until(holds: Callable[[], bool], seconds: float) -> None:
    async def wait() -> None:
        # The end of a load is told by an event of another process: it is looked for as it comes in.
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(_STEP / 3)

    waiting: Awaitable[None] = wait()
    await asyncio.wait_for(waiting, seconds)
