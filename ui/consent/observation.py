"""What was observed of a page in one reader state, and the one sentence it comes down to; free of Qt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from desktop.consent.address import AddressRefused
from desktop.consent.loading import loading
from desktop.consent.providers import table
from desktop.domain.blocks import Embed
from desktop.domain.entry import Entry
from ui.sealed.requests import Logged, Party
from ui.words import tr, tr_count


class ReaderState(StrEnum):
    """How a reader comes to the page."""

    BEFORE = "before"
    AFTER = "after"
    NO_JAVASCRIPT = "no_javascript"


_WHEN: Final = {ReaderState.BEFORE: "before consent", ReaderState.NO_JAVASCRIPT: "with JavaScript off"}


@dataclass(frozen=True, slots=True)
class Expected:
    """The hosts that accepted embeds may ask, as the provider table has them: CSP host source -> who that is."""

    sources: Mapping[str, str]

    def provider_of(self, host: str) -> str | None:
        """Return whose a host is, None when no accepted embed may ask it."""
        for source, name in self.sources.items():
            if host == source or (source.startswith("*.") and host.endswith(source[1:])):
                return name
        return None


@dataclass(frozen=True, slots=True)
class Observation:
    """What a reader's browser asked for. `accepted` is how many embeds were accepted; `verdict` one sentence."""

    state: ReaderState
    requests: tuple[Logged, ...]
    accepted: int
    is_good: bool
    verdict: str


def expected(entries: Iterable[Entry], our_host: str = "") -> Expected:
    """Work out which hosts the embeds of some entries may ask once accepted."""
    sources: dict[str, str] = {}
    for block in (block for entry in entries for block in entry.blocks):
        if isinstance(block, Embed):
            sources.update(_sources(block, our_host))
    return Expected(sources)


def strangers(requests: Iterable[Logged]) -> tuple[str, ...]:
    """Return the hosts of third parties that were asked, each once, in the order they were asked."""
    return tuple(dict.fromkeys(each.host or each.address for each in requests if each.party is Party.THIRD))


def conclude(state: ReaderState, requests: tuple[Logged, ...], accepted: int, may_ask: Expected) -> Observation:
    """Bring what was observed down to one sentence."""
    count = sum(each.party is Party.THIRD for each in requests)
    hosts = strangers(requests)
    said = tr_count("{count} third-party request", "{count} third-party requests", count).format(count=count)
    named = f": {', '.join(hosts)}" if hosts else ""
    if state is ReaderState.AFTER:
        is_good, verdict = _after(said, hosts, accepted, may_ask)
    else:
        is_good, verdict = count == 0, f"{said} {_WHEN[state]}{named}"
    return Observation(state, requests, accepted, is_good, verdict)


def _after(said: str, hosts: tuple[str, ...], accepted: int, may_ask: Expected) -> tuple[bool, str]:
    if not accepted:
        named = f": {', '.join(hosts)}" if hosts else ""
        return not hosts, tr("No embed here to accept; {requests}").format(requests=f"{said}{named}")
    begun = tr_count(
        "After consent to {count} embed: {requests}", "After consent to {count} embeds: {requests}", accepted
    ).format(count=accepted, requests=said)
    unknown = [host for host in hosts if may_ask.provider_of(host) is None]
    if unknown:
        return False, tr("{requests}, not in the provider table: {hosts}").format(
            requests=begun, hosts=", ".join(unknown)
        )
    if hosts:
        named = ", ".join(f"{host} ({may_ask.provider_of(host)})" for host in hosts)
        return True, tr("{requests}, all in the provider table: {hosts}").format(requests=begun, hosts=named)
    return True, begun


def _sources(embed: Embed, our_host: str) -> dict[str, str]:
    try:
        loads = loading(embed, our_host)
    except AddressRefused:
        loads = None
    if loads is None:
        return {}
    listed = [source for sources in loads.hosts.values() for source in sources]
    loaded = [urlsplit(address).hostname or "" for address in (loads.script, loads.iframe) if address]
    provider = table().get(embed.provider)
    # An unknown site, or one of many that run the same software, is known by its own host.
    name = loads.name if "{" in (provider.banner_name or provider.name) else provider.name
    return dict.fromkeys([*listed, *filter(None, loaded)], name)
