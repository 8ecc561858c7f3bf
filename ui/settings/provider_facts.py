"""What the provider table says of one provider, as rows to be read: each fact, and where it was found."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.consent.providers import UNVERIFIED, Provider, Providers, Strategy
from ui.words import tr

_HOSTS: Final = {
    "script": "Scripts from",
    "frame": "Frames from",
    "connect": "Connects to",
    "img": "Pictures from",
    "style": "Styles from",
    "media": "Sound and film from",
    "font": "Fonts from",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: what it is about, what it says, where it was found; `is_unverified` when only from memory."""

    about: str
    said: str
    found: str
    is_unverified: bool


def facts(provider: Provider, providers: Providers) -> tuple[Fact, ...]:
    """Return what is known of a provider, what a reader's browser contacts first."""
    return tuple(_fact(about, name, said, provider, providers.sources) for about, name, said in _named(provider))


def strategy(provider: Provider) -> str:
    """Say how an accepted embed loads."""
    match provider.strategy:
        case Strategy.SCRIPT:
            return tr("Once accepted, the provider's script replaces our quotation.")
        case Strategy.IFRAME:
            return tr("Once accepted, the provider's own frame stands in ours.")


def _named(provider: Provider) -> Iterator[tuple[str, str, str]]:
    for directive, about in _HOSTS.items():
        for host in provider.hosts[directive]:
            yield tr(about), f"hosts.{directive}:{host}", host
    for host in provider.ads:
        yield tr("Advertising from"), f"hosts.ads:{host}", host
    for about, name, listed in (
        (tr("Cookie"), "cookies", provider.cookies),
        (tr("Keeps in the browser"), "storage", provider.storage),
        (tr("Hinted at"), "hint_hosts", provider.hint_hosts),
    ):
        for said in listed:
            yield about, f"{name}:{said}", said
    for about, name, one in (
        (tr("Script"), "script", provider.script),
        (tr("Frame"), "iframe", provider.iframe),
        (tr("Controller"), "controller", provider.controller),
        (tr("Cookie policy"), "cookie_policy", provider.cookie_policy),
        (tr("Privacy policy"), "privacy_policy", provider.privacy_policy),
        (tr("Post's own address"), "original_link", provider.original_link),
        (tr("More private way"), "privacy_variant", provider.privacy_variant),
    ):
        if one:
            yield about, name, one


def _fact(about: str, name: str, said: str, provider: Provider, sources: Mapping[str, str]) -> Fact:
    keys = provider.sources.get(name, ())
    is_unverified = bool(keys) and set(keys) == {UNVERIFIED}
    found = "; ".join(sources[key] for key in keys if key != UNVERIFIED)
    if provider.is_unverified(name):
        memory = tr("Unverified: written down from memory")
        found = memory if is_unverified else f"{found}; {memory}"
    return Fact(about, said, found, is_unverified)
