"""What accepting an embed loads: the one place that turns the provider table into addresses and hosts of one post."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from desktop.consent.providers import Provider, Strategy, table
from desktop.consent.recognise import fill, parts_of
from desktop.domain.blocks import Embed


@dataclass(frozen=True, slots=True)
class Loading:
    """What a reader's browser loads after accepting one post.

    `name` is who is asked consent for (an instance's own host, an unknown site's host). `iframe` is the provider's
    frame, "" when its `script` builds one over the quotation that `companion` describes. `hosts` are CSP host sources
    by directive without "-src", all filled in. A policy is None where no address is on file.
    """

    name: str
    strategy: Strategy
    script: str
    iframe: str
    companion: str
    hosts: Mapping[str, tuple[str, ...]]
    cookie_policy: str | None
    privacy_policy: str | None


def loading(embed: Embed, our_host: str = "") -> Loading | None:
    """Work out what accepting an embed loads; None when it has no address, or no form that could be loaded.

    `our_host` is the publisher's host name, which some players insist on knowing. An address that readers must not be
    sent to raises AddressRefused.
    """
    if embed.address is None:
        return None
    provider = table().get(embed.provider)
    parts = parts_of(provider, embed.address)
    if our_host:
        parts["our_host"] = our_host
    if provider is table().generic:
        # The whole address is the frame here; elsewhere it is a parameter.
        parts["url"] = embed.address
    script, iframe = _filled(provider.script, parts), _filled(provider.iframe, parts)
    if not _is_post(provider, embed.address) or not (script if provider.strategy is Strategy.SCRIPT else iframe):
        return None
    return Loading(
        name=fill(provider.banner_name or provider.name, parts) or provider.name,
        strategy=provider.strategy,
        script=script,
        iframe="" if provider.strategy is Strategy.SCRIPT else iframe,
        companion=_filled(provider.companion, parts),
        hosts=hosts(provider, parts),
        cookie_policy=_filled(provider.cookie_policy, parts) or None,
        privacy_policy=_filled(provider.privacy_policy, parts) or None,
    )


def _is_post(provider: Provider, address: str) -> bool:
    return any(pattern.match(address) for pattern in provider.url_patterns)


def hosts(provider: Provider, parts: dict[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Return a provider's host sources by directive, filled for one post; what cannot be filled is left out."""
    return MappingProxyType(
        {
            directive: tuple(host for host in (fill(source, parts) for source in sources) if host)
            for directive, sources in provider.hosts.items()
        }
    )


def _filled(template: str | None, parts: dict[str, str]) -> str:
    return (fill(template, parts) or "") if template else ""
