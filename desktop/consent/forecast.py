"""What a reader's browser may ask, get and keep in one state: worked out from the provider table, without a browser."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import urlsplit

from desktop.consent.address import AddressRefused
from desktop.consent.loading import Loading, loading
from desktop.consent.placed import Placed
from desktop.consent.policy import frame_policy, matches, page_policy
from desktop.consent.providers import Provider, table
from desktop.domain.blocks import Embed
from desktop.domain.words import tr, tr_count


@dataclass(frozen=True, slots=True)
class Reader:
    """How a reader stands to a page: which embeds they accepted, by id, and whether the page may remember a choice."""

    accepted: frozenset[str] = frozenset()
    is_remembered: bool = False
    is_online: bool = True


@dataclass(frozen=True, slots=True)
class Forecast:
    """Everything a page may ask, get and keep.

    `own_hosts` are the publisher's. `sources` are third parties' CSP host sources with whose they are. `awaited` has
    for each accepted embed its id and the hosts of which one is asked first. `cookies` are names known for those
    third parties ("name" or "name@domain", "*" at the end for any ending). `keeps` tells whether the page's own key
    may stand. `page_policy` and `frame_policies` (by embed) allow exactly this.
    """

    own_hosts: frozenset[str]
    sources: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    awaited: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    cookies: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    keeps: bool = False
    page_policy: str = ""
    frame_policies: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def is_own(self, host: str) -> bool:
        """Tell whether a host is the publisher's."""
        return host in self.own_hosts

    def provider_of(self, host: str) -> str | None:
        """Return whose a third party's host is, None when it may not be asked."""
        return next((name for source, name in self.sources.items() if matches(host, source)), None)

    def provider_of_domain(self, domain: str) -> str | None:
        """Return whose a cookie's domain is: that of a host that may be asked, or one such a host lies under."""
        wanted = domain.lstrip(".")
        for source, name in self.sources.items():
            host = source.removeprefix("*.")
            if host == wanted or host.endswith(f".{wanted}") or matches(wanted, source):
                return name
        return None

    def knows_cookie(self, name: str, domain: str) -> bool:
        """Tell whether a cookie is one the table knows for the third parties that may be asked."""
        for known in self.cookies:
            wanted, _, at = known.partition("@")
            if at and not (domain == at or domain.endswith(f".{at}")):
                continue
            if name == wanted or (wanted.endswith("*") and name.startswith(wanted[:-1])):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Score:
    """Whether an entry could do without consent. `needed` are the ids of embeds that nothing of ours can stand for."""

    embeds: int
    needed: tuple[str, ...]
    sentence: str

    @property
    def is_free(self) -> bool:
        """Whether this needs no consent at all."""
        return not self.needed


def forecast(placed: Sequence[Placed], reader: Reader, own_hosts: Iterable[str] = (), our_host: str = "") -> Forecast:
    """Forecast a page for one reader. `our_host` is the publisher's host name, which some players insist on knowing."""
    own = frozenset(own_hosts)
    policies = {each.id: frame_policy(loads) for each in placed if (loads := what_loads(each.embed, our_host))}
    sources: dict[str, str] = {}
    awaited: dict[str, tuple[str, ...]] = {}
    cookies: dict[str, str] = {}
    for each in placed:
        loads = what_loads(each.embed, our_host)
        if each.id not in reader.accepted or loads is None or not reader.is_online:
            continue
        provider = table().get(each.embed.provider)
        name = _whose(provider, loads)
        sources.update(dict.fromkeys(_sources(provider, loads), name))
        cookies.update(dict.fromkeys(provider.cookies, name))
        awaited[each.id] = tuple(dict.fromkeys(filter(None, (_host(loads.script), _host(loads.iframe)))))
    return Forecast(
        own_hosts=own,
        sources=MappingProxyType(sources),
        awaited=MappingProxyType(awaited),
        cookies=MappingProxyType(cookies),
        keeps=reader.is_remembered,
        page_policy=page_policy(own),
        frame_policies=MappingProxyType(policies),
    )


def score(placed: Sequence[Placed]) -> Score:
    """Tell whether a page or an entry could need no consent at all, every post standing in our own words and pictures.

    A quotation with its author says what a written post said; a film or a sound is not said by words.
    """
    needed = tuple(each.id for each in placed if not _stands_alone(each.embed))
    count = len(placed)
    if not count:
        sentence = tr("This needs no consent at all: it embeds nobody.")
    elif not needed:
        sentence = tr_count(
            "This could need no consent at all: the post is kept in our own words, and could stand as a card.",
            "This could need no consent at all: all {count} posts are kept in our own words, and could stand as cards.",
            count,
        ).format(count=count)
    else:
        kept = count - len(needed)
        said = tr_count("{count} of {all} embeds needs consent.", "{count} of {all} embeds need consent.", len(needed))
        cards = tr_count("{count} could stand as a card.", "{count} could stand as cards.", kept) if kept else ""
        sentence = " ".join((said.format(count=len(needed), all=count), cards.format(count=kept))).rstrip()
    return Score(count, needed, sentence)


def what_loads(embed: Embed, our_host: str = "") -> Loading | None:
    """Return what accepting an embed loads, None when nothing can be loaded."""
    try:
        return loading(embed, our_host)
    except AddressRefused:
        return None


def _stands_alone(embed: Embed) -> bool:
    has_words = bool(embed.quoted.strip() and embed.author.strip())
    return (has_words and embed.kind == "post") or (embed.picture is not None and embed.picture.media is not None)


def _sources(provider: Provider, loads: Loading) -> tuple[str, ...]:
    listed = [source for sources in loads.hosts.values() for source in sources]
    return tuple(dict.fromkeys(filter(None, (*listed, *provider.ads, _host(loads.script), _host(loads.iframe)))))


def _whose(provider: Provider, loads: Loading) -> str:
    # An unknown site, or one of many that run the same software, is known by its own host.
    return loads.name if "{" in (provider.banner_name or provider.name) else provider.name


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""
