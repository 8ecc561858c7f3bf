"""Fact compared with forecast: what exceeded it, what fell short, and the one sentence it comes down to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.consent.forecast import Forecast
from desktop.consent.observed import Answer, Asked, Observed, Witness
from desktop.consent.scenario import Accepts, Scenario


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one rehearsal went.

    `exceeded` names everything that went beyond the forecast, `failed` everything that was to hold and did not;
    `noticed` is worth a look and no failure, such as a cookie nobody has listed yet.
    """

    sentence: str
    exceeded: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    noticed: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether fact stayed within forecast and everything held."""
        return not self.exceeded and not self.failed


def judge(scenario: Scenario, before: Forecast, after: Forecast, observed: Observed) -> Verdict:
    """Judge one rehearsal by the forecast before consent and the one after it."""
    exceeded = tuple(
        dict.fromkeys(
            (
                *(each for asked in observed.asked for each in _beyond(asked, after if asked.consented else before)),
                *_cookies_beyond(observed, before, after),
                *_kept_beyond(observed, after),
            )
        )
    )
    failed = (
        *observed.faults,
        *(f"{each.sentence}{f' ({each.seen})' if each.seen else ''}" for each in observed.checks if not each.holds),
        *_missing(scenario, after, observed),
    )
    noticed = tuple(
        f"the cookie {cookie.name} of {cookie.domain} is not in the provider table"
        for cookie in observed.cookies
        if after.provider_of_domain(cookie.domain) and not after.knows_cookie(cookie.name, cookie.domain)
    )
    return Verdict(_sentence(scenario, after, observed, exceeded, failed), exceeded, failed, noticed)


def third_parties(asked: Iterable[Asked], own: Forecast) -> tuple[Asked, ...]:
    """Return what asked somebody else than the publisher."""
    return tuple(each for each in asked if each.host and not own.is_own(each.host))


def describe(asked: Asked) -> str:
    """Name a request as people read it: what it is, and the address."""
    return f"{asked.what} {asked.address}"


def _beyond(asked: Asked, may: Forecast) -> Iterator[str]:
    if asked.answer is Answer.UNJUDGED:
        yield f"{describe(asked)} (stopped, because it could not be judged)"
    elif asked.host and not may.is_own(asked.host) and may.provider_of(asked.host) is None:
        yield f"{describe(asked)}{'' if asked.consented else ' without consent'}"


def _cookies_beyond(observed: Observed, before: Forecast, after: Forecast) -> Iterator[str]:
    for forecast, cookies, when in (
        (before, observed.cookies_before, " before consent"),
        (after, observed.cookies, ""),
    ):
        for cookie in cookies:
            if forecast.provider_of_domain(cookie.domain) is None:
                yield f"cookie {cookie.name} of {cookie.domain}{when}"


def _kept_beyond(observed: Observed, after: Forecast) -> Iterator[str]:
    yield from (f"{kept} kept before consent" for kept in observed.kept_before)
    if not after.keeps:
        yield from (f"{kept} kept" for kept in observed.kept if kept not in observed.kept_before)


def _missing(scenario: Scenario, after: Forecast, observed: Observed) -> Iterator[str]:
    if not scenario.awaits:
        return
    asked = {each.host for each in observed.asked if each.consented}
    for hosts in after.awaited.values():
        if not asked.intersection(hosts):
            yield f"after consent {' or '.join(hosts)} was not asked"


def _sentence(
    scenario: Scenario, after: Forecast, observed: Observed, exceeded: tuple[str, ...], failed: tuple[str, ...]
) -> str:
    third = third_parties(observed.asked, after)
    early = [each for each in third if not each.consented]
    said = f"{len(early)} third-party {'request' if len(early) == 1 else 'requests'} before consent"
    if scenario.accepts is not Accepts.NOTHING:
        late = sum(each.consented and each.witness is Witness.BROWSER for each in third)
        hosts = tuple(dict.fromkeys(each.host for each in third if each.consented))
        named = f" ({', '.join(hosts)})" if hosts else ""
        said += f", {late} after it{named}"
    if exceeded:
        return f"{said}; beyond the forecast: {exceeded[0]}" + _more(exceeded)
    if failed:
        return f"{said}; but: {failed[0]}" + _more(failed)
    return said


def _more(listed: tuple[str, ...]) -> str:
    return f" and {len(listed) - 1} more" if len(listed) > 1 else ""
