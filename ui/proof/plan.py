"""What is to be played, and what was: a scenario on a page, its forecasts, and all that came of it."""

from dataclasses import dataclass
from pathlib import Path

from desktop.consent.forecast import Forecast, Reader, forecast
from desktop.consent.observed import Observed
from desktop.consent.placed import Placed
from desktop.consent.scenario import Accepts, Scenario
from desktop.consent.verdict import Verdict
from ui.proof.subject import Subject


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be played: a scenario on a page, for one embed where the scenario is about one."""

    scenario: Scenario
    subject: Subject
    embed: Placed | None = None

    @property
    def name(self) -> str:
        """A name for the folder of its evidence."""
        parts = [self.scenario.name]
        if self.embed is not None:
            parts += [self.embed.embed.provider, self.embed.id[-6:]]
        return "-".join((*parts, Path(self.subject.name).stem or "page"))


@dataclass(frozen=True, slots=True)
class Played:
    """A rehearsal that was played: what was forecast and observed, the verdict, and the files written meanwhile.

    `seconds` is how long it took; `browser` which one it was; `tree` the accessibility tree where it was asked for.
    """

    plan: Plan
    before: Forecast
    after: Forecast
    observed: Observed
    verdict: Verdict
    seconds: float
    browser: str = ""
    files: tuple[str, ...] = ()
    tree: tuple[tuple[str, str], ...] = ()


def forecasts(plan: Plan) -> tuple[Forecast, Forecast]:
    """Return what is forecast before the reader consents and after it."""
    subject = plan.subject
    accepted = frozenset(each.id for each in _accepted(plan))
    after = Reader(accepted, is_remembered=plan.scenario.keeps)
    return (
        forecast(subject.placed, Reader(), subject.own, subject.our_host),
        forecast(subject.placed, after, subject.own, subject.our_host),
    )


def _accepted(plan: Plan) -> tuple[Placed, ...]:
    if plan.embed is None:
        return ()
    match plan.scenario.accepts:
        case Accepts.NOTHING:
            return ()
        case Accepts.ONE:
            return (plan.embed,)
        case Accepts.PROVIDER:
            return (plan.embed, *siblings(plan))


def siblings(plan: Plan) -> tuple[Placed, ...]:
    """Return the other embeds of the same provider on the page."""
    if plan.embed is None:
        return ()
    return tuple(
        each
        for each in plan.subject.placed
        if each.id != plan.embed.id and each.embed.provider == plan.embed.embed.provider
    )
