"""The whole proof of some pages: which scenarios are played for which embeds, in how many browsers at a time."""

import asyncio
import html
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from desktop.consent.forecast import Reader, forecast, what_loads
from desktop.consent.observed import Answer, Asked, Checked, Observed, Witness
from desktop.consent.placed import Placed
from desktop.consent.policy import beyond, hosts_of
from desktop.consent.providers import Strategy, table
from desktop.consent.scenario import Scenario, Scope, Wait
from desktop.consent.static import policies_in, strangers_in
from desktop.consent.verdict import judge
from desktop.domain import moment
from desktop.domain.problem import Problem
from ui.proof import certificate
from ui.proof.plan import Plan, Played
from ui.proof.process import BrowserFailed, SealedProcess
from ui.proof.proxy import Passed, Proxy
from ui.proof.rehearsal import NotApplicable, Rehearsal
from ui.proof.results import Left, Result
from ui.proof.subject import Subject
from ui.proof.witness import Listener
from ui.sealed.requests import host_of

# Rehearsals mostly wait for what does not come: three browsers are no burden on two cores.
LANES: Final = 3

_HTML: Final = (".html", ".htm")


@dataclass(slots=True)
class Proof:
    """Plays plans and tells each result as it comes; `stop` leaves out what has not begun."""

    plans: Sequence[Plan]
    out: Path
    tell: Callable[[Result], None] = lambda _: None
    lanes: int = LANES
    command: Sequence[str] = ()
    _waiting: list[Plan] = field(default_factory=list)
    _replayed: set[int] = field(default_factory=set)

    async def run(self) -> tuple[Result, ...]:
        """Play every plan and return the results in the plans' order; raises BrowserFailed when there is no browser."""
        await asyncio.to_thread(self.out.mkdir, parents=True, exist_ok=True)
        results: dict[int, Result] = {}
        played = [plan for plan in self.plans if plan.scenario.scope is not Scope.FILES]
        # What waits longest begins first, so that nothing waits for it alone; they are taken from the end.
        self._waiting = sorted(played, key=_waits, reverse=True)[::-1]
        for plan in self.plans:
            if plan.scenario.scope is Scope.FILES:
                self._keep(results, await asyncio.to_thread(read_files, plan))
        made = await asyncio.to_thread(certificate.make)
        lanes = [self._lane(made, results) for _ in range(min(self.lanes, len(played)))]
        for ended in await asyncio.gather(*lanes, return_exceptions=True):
            if isinstance(ended, BaseException):
                raise ended
        return tuple(results[id(plan)] for plan in self.plans if id(plan) in results)

    def stop(self) -> None:
        """Begin nothing more; what is being played is played to its end."""
        self._waiting.clear()

    def _keep(self, results: dict[int, Result], result: Result) -> None:
        results[id(result.plan)] = result
        self.tell(result)

    async def _lane(self, made: certificate.Certificate, results: dict[int, Result]) -> None:
        """Play plans in one browser after another; one that fails is replaced, and its plan played once more there.

        That a browser failed says nothing about the page, unless the next one fails at it too.
        """
        while self._waiting:
            hearing = _Hearing()
            async with AsyncExitStack() as stack:
                proxy = Proxy(made.context, hearing.pass_by)
                await proxy.start()
                stack.push_async_callback(proxy.stop)
                browser = await stack.enter_async_context(
                    SealedProcess(proxy.port, made.fingerprint, hearing.hear, self.command)
                )
                while self._waiting:
                    plan = self._waiting.pop()
                    rehearsal = Rehearsal(plan, browser, proxy, self.out / plan.name)
                    hearing.listener = rehearsal.listener
                    try:
                        self._keep(results, await rehearsal.play())
                    except NotApplicable as problem:
                        self._keep(results, Left(plan, str(problem), is_failure=False))
                    except BrowserFailed as problem:
                        if id(plan) in self._replayed:
                            self._keep(results, Left(plan, str(problem), is_failure=True))
                        else:
                            self._replayed.add(id(plan))
                            self._waiting.append(plan)
                        break
                    except Problem as problem:
                        self._keep(results, Left(plan, str(problem), is_failure=True))


class _Hearing:
    """Passes on what is heard to whoever listens now."""

    def __init__(self) -> None:
        self.listener = Listener()

    def hear(self, event: Mapping[str, Any]) -> None:
        self.listener.hear(event)

    def pass_by(self, passed: Passed) -> None:
        self.listener.pass_by(passed)


def plans(subjects: Sequence[Subject], scenarios: Sequence[Scenario]) -> tuple[Plan, ...]:
    """Lay out the rehearsals: page by page, and for scenarios about one embed, one embed of each provider.

    Of several embeds of a provider it is the second: the one that others' mistakes would touch on both sides. An
    embed that nothing can be loaded of is left out, and so is a page without embeds for what is about embeds.
    """
    found: list[Plan] = []
    rehearsed: set[str] = set()
    for subject in subjects:
        chosen = [each for each in _chosen(subject) if each.embed.provider not in rehearsed]
        rehearsed.update(each.embed.provider for each in chosen)
        for scenario in scenarios:
            if not scenario.editions <= subject.editions.keys():
                continue
            if scenario.scope is Scope.EMBED:
                found += [Plan(scenario, subject, each) for each in chosen if _strategy(each) in scenario.strategies]
            else:
                found.append(Plan(scenario, subject))
    return tuple(found)


def read_files(plan: Plan) -> Played:
    """Read a page's files as they are: what they would ask by themselves, and what their policies would allow."""
    begun = moment.now()
    subject = plan.subject
    may = forecast(subject.placed, Reader(), subject.own, subject.our_host)
    asked: list[Asked] = []
    checks: list[Checked] = []
    for path, text in subject.files:
        markup = text if path.endswith(_HTML) else html.unescape(text)
        for named in strangers_in(markup, subject.own):
            host = host_of(named.address) or named.address
            asked.append(
                Asked(
                    f"{named.address} in {path}",
                    host,
                    named.element,
                    Witness.FILE,
                    Answer.NAMED,
                    begun,
                    consented=False,
                )
            )
        allowed = hosts_of(may.frame_policies.get(Path(path).stem, may.page_policy))
        for policy in policies_in(text):
            wider = beyond(policy, allowed)
            checks.append(
                Checked(f"the policy of {path} allows no more than was forecast", not wider, seen=" ".join(wider))
            )
    observed = Observed(asked=tuple(asked), checks=tuple(checks))
    seconds = (moment.now() - begun).total_seconds()
    return Played(plan, may, may, observed, judge(plan.scenario, may, may, observed), seconds)


def _chosen(subject: Subject) -> tuple[Placed, ...]:
    by_provider: dict[str, list[Placed]] = {}
    for each in subject.placed:
        if what_loads(each.embed, subject.our_host) is not None:
            by_provider.setdefault(each.embed.provider, []).append(each)
    return tuple(listed[min(1, len(listed) - 1)] for listed in by_provider.values())


def _waits(plan: Plan) -> float:
    return sum(step.seconds for step in plan.scenario.steps if isinstance(step, Wait))


def _strategy(placed: Placed) -> Strategy:
    return table().get(placed.embed.provider).strategy
