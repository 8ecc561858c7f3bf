"""The provider table: who provides third-party embeds, and what is known of each, every fact with its source."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from desktop.consent.facts import Facts
from desktop.domain.blocks import GENERIC_PROVIDER
from desktop.domain.problem import InvalidValue

TABLE: Final = Path(__file__).parents[2] / "resources" / "providers.toml"
DIRECTIVES: Final = ("script", "frame", "connect", "img", "style", "media", "font")
UNVERIFIED: Final = "mem"

_ADS: Final = "ads"
_HOST = re.compile(r"(?:\*\.)?(?:\{\w+\}|[a-z0-9-]+)(?:\.(?:[a-z0-9-]+|\{\w+\}))*")


class Strategy(StrEnum):
    """How an accepted embed loads: the provider's script over a quotation, or the provider's own frame."""

    SCRIPT = "script"
    IFRAME = "iframe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """What is known of one third party. Addresses and hosts may hold {braces} to be filled from a post's address.

    `hosts` has CSP host sources by directive, without "-src", every directive present; `ads` are hosts its frame
    asks for advertising. A policy is None where no address is on file. `keeps` names query parameters that belong
    to an address. `sources` gives, for each fact ("script", "hosts.img:i.ytimg.com"), the keys of where it was found.
    """

    id: str
    name: str
    kind: str
    strategy: Strategy
    hosts: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, tuple[str, ...]] = field(repr=False)
    banner_name: str = ""
    aliases: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    url_patterns: tuple[re.Pattern[str], ...] = field(default=(), repr=False)
    controller: str | None = None
    script: str | None = None
    iframe: str | None = None
    companion: str | None = None
    rescan: str | None = None
    oembed: str | None = None
    oembed_notes: tuple[str, ...] = ()
    api: str | None = None
    poster: str | None = None
    cookie_policy: str | None = None
    privacy_policy: str | None = None
    original_link: str | None = None
    privacy_variant: str | None = None
    cookies: tuple[str, ...] = ()
    storage: tuple[str, ...] = ()
    hint_hosts: tuple[str, ...] = ()
    ads: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def may_contain_adverts(self) -> bool:
        """Whether its frame is known to ask advertising hosts."""
        return bool(self.ads)

    def is_unverified(self, fact: str) -> bool:
        """Tell whether a fact was written down from memory."""
        return UNVERIFIED in self.sources.get(fact, ())

    def unverified(self) -> tuple[str, ...]:
        """Return the names of the facts nobody has verified yet."""
        return tuple(fact for fact in self.sources if self.is_unverified(fact))

    def owns(self, host: str) -> bool:
        """Tell whether a host is one of the provider's domains or lies under one, compared on dot boundaries."""
        return any(host == domain or host.endswith(f".{domain}") for domain in self.domains)


@dataclass(frozen=True, slots=True)
class Providers:
    """All known providers, in the table's order; the generic one, which stands in for all others, is last."""

    as_of: date
    sources: Mapping[str, str]
    _by_id: Mapping[str, Provider]

    def __iter__(self) -> Iterator[Provider]:
        return iter(self._by_id.values())

    def __contains__(self, provider_id: object) -> bool:
        return provider_id in self._by_id

    @property
    def generic(self) -> Provider:
        """The provider that stands in for every host nobody knows."""
        return self._by_id[GENERIC_PROVIDER]

    def get(self, provider_id: str) -> Provider:
        """Return a provider by its id, the generic one when it is not in the table."""
        return self._by_id.get(provider_id, self.generic)

    def named(self, name: str) -> Provider | None:
        """Return the provider that goes by a name, an alias or an id, whatever the case; None when nobody does."""
        wanted = name.casefold()
        for provider in self:
            if wanted in {each.casefold() for each in (provider.id, provider.name, *provider.aliases)}:
                return provider
        return None


@cache
def table() -> Providers:
    """Return the table that ships, read and validated once."""
    return read_table(TABLE.read_text(encoding="utf-8"))


def read_table(written: str) -> Providers:
    """Read a provider table; anything missing, unknown or ill-formed raises InvalidValue and names the entry."""
    try:
        data = tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        message = "The provider table is not readable TOML."
        raise InvalidValue(message, detail=f"{str(error)[:120]}.") from error
    facts = Facts(data, "The provider table", ())
    if facts.plain("schema", int) != 1:
        facts.refuse("has a schema this version does not know")
    as_of, sources = facts.plain("as_of", date), facts.plain("sources", dict)
    rows = facts.plain("provider", list)
    facts.end()
    if any(not isinstance(place, str) for place in sources.values()):
        facts.refuse("names a source that is not a sentence")
    found: dict[str, Provider] = {}
    for number, row in enumerate(rows, 1):
        provider = _provider(row, number, tuple(sources))
        if provider.id in found:
            message = f"The provider “{provider.id}” stands twice in the table."
            raise InvalidValue(message)
        found[provider.id] = provider
    if not found or list(found)[-1] != GENERIC_PROVIDER:
        message = f"The provider table does not end with “{GENERIC_PROVIDER}”."
        raise InvalidValue(message)
    return Providers(as_of, MappingProxyType(sources), MappingProxyType(found))


def _provider(row: object, number: int, keys: tuple[str, ...]) -> Provider:
    facts = Facts(row, f"Provider {number}", keys)
    provider_id = facts.plain("id", str)
    facts.where = f"The provider “{provider_id}”"
    strategy = facts.plain("strategy", str)
    if strategy not in set(Strategy):
        facts.refuse(f"has the strategy “{strategy}”, which is neither script nor iframe")
    hosts, hint_hosts = _hosts(facts), facts.many("hint_hosts")
    ads = hosts.pop(_ADS)
    for host in (*hint_hosts, *ads, *(host for listed in hosts.values() for host in listed)):
        if not _HOST.fullmatch(host):
            facts.refuse(f"lists “{host}”, which is not a CSP host source")
    provider = Provider(
        id=provider_id,
        name=facts.plain("name", str),
        kind=facts.plain("kind", str),
        strategy=Strategy(strategy),
        banner_name=facts.plain("banner_name", str, ""),
        aliases=facts.names("aliases"),
        keeps=facts.names("keeps"),
        domains=facts.many("domains"),
        url_patterns=tuple(_pattern(facts, written) for written in facts.many("url_patterns")),
        controller=facts.one("controller"),
        script=facts.address("script"),
        iframe=facts.address("iframe"),
        companion=facts.one("companion"),
        rescan=facts.one("rescan"),
        oembed=facts.address("oembed"),
        oembed_notes=facts.many("oembed_notes"),
        api=facts.address("api"),
        poster=facts.address("poster"),
        cookie_policy=facts.address("cookie_policy"),
        privacy_policy=facts.address("privacy_policy"),
        original_link=facts.address("original_link"),
        privacy_variant=facts.one("privacy_variant"),
        cookies=facts.many("cookies"),
        storage=facts.many("storage"),
        hint_hosts=hint_hosts,
        notes=facts.names("notes"),
        hosts=MappingProxyType(hosts),
        ads=ads,
        sources=MappingProxyType(facts.sources),
    )
    facts.end()
    if (provider.script if provider.strategy is Strategy.SCRIPT else provider.iframe) is None:
        facts.refuse(f"has no {provider.strategy} to load")
    return provider


def _hosts(facts: Facts) -> dict[str, tuple[str, ...]]:
    below = facts.below("hosts")
    hosts = {directive: below.many(directive) for directive in (*DIRECTIVES, _ADS)}
    below.end()
    facts.sources.update({f"hosts.{directive}": keys for directive, keys in below.sources.items()})
    return hosts


def _pattern(facts: Facts, written: str) -> re.Pattern[str]:
    try:
        return re.compile(written)
    except re.error:
        facts.refuse(f"has the pattern “{written}”, which is not a regular expression")
