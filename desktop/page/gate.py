"""The consent gate of one embed: its sentences, its links, and what accepting it loads."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from desktop.consent.address import AddressRefused
from desktop.consent.loading import Loading, loading
from desktop.consent.providers import Provider, table
from desktop.domain.blocks import Embed
from desktop.domain.entry import Entry
from desktop.page.house import House
from desktop.page.prose import safe_address

_VERSION_LETTERS: Final = 6
# The sentences readers agree to: a change of one of them asks again.
_AGREED: Final = ("question", "permission", "accept", "always")


@dataclass(frozen=True, slots=True)
class Gate:
    """All that a template needs to show one embed behind its gate.

    `frame` is the relative address of the first-party document that loads it, "" when nothing can be loaded.
    `consented` is who "always" is remembered for; `version` changes with whatever readers agreed to.
    """

    id: str
    embed: Embed
    name: str
    kind: str
    words: dict[str, str]
    permission: Markup
    group: str
    original: str
    frame: str
    sandbox: str
    consented: str
    version: str
    choices: tuple[tuple[str, str], ...]
    adverts: bool
    posted: str


@lru_cache(maxsize=4_096)
def what_loads(embed: Embed, our_host: str) -> Loading | None:
    """Return what accepting an embed loads, None when nothing can be."""
    try:
        return loading(embed, our_host)
    except AddressRefused:
        return None


def frame_path(entry: Entry, index: int) -> str:
    """Return where the document that loads one embed stands in the rendered site."""
    return f"embed/{entry.id}-{index}.html"


def our_host(house: House) -> str:
    """Return the publisher's first host, "" when the profile names none."""
    return next(iter(house.hosts), "")


def gate(entry: Entry, index: int, embed: Embed, number: tuple[int, int], zone: str, house: House) -> Gate:
    """Word and wire the gate of one embed; `number` is its place among its sort in the entry and how many there are."""
    words, said = house.embed_words(embed, *number), house.embed_variables(embed, *number)
    loads = what_loads(embed, our_host(house))
    provider = table().get(embed.provider)
    return Gate(
        id=f"{entry.id}-{index}",
        embed=embed,
        name=said["provider"],
        kind=said["kind"],
        words=words,
        permission=_permission(
            house, house.permission_key(embed), tuple(said.items()), tuple(house.policies(embed).items())
        ),
        group=words["group"] if number[1] > 1 else words["group_alone"],
        original=safe_address(embed.address or ""),
        frame=frame_path(entry, index) if loads else "",
        sandbox=sandbox(loads) if loads else "",
        consented=_consented(provider, said["provider"]),
        version=_version([words[key] for key in _AGREED], [str(at) for at in house.policies(embed).values()]),
        choices=tuple(
            (choice, words["accept" if choice == "once" else choice])
            for choice in house.choices
            if choice != "always" or loads
        ),
        adverts=provider.may_contain_adverts,
        posted=_posted(embed, zone, house),
    )


def sandbox(loads: Loading) -> str:
    """Return what the frame document may do. A provider's script never shares our origin; its own frame has its own."""
    ours = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-presentation"
    # A sandbox is inherited: without this, the provider's frame inside ours would lose its own origin. The document
    # in between is ours and its policy runs no script but ours.
    return f"{ours} allow-same-origin" if loads.iframe else ours


@lru_cache(maxsize=1_024)
def _permission(
    house: House, key: str, variables: tuple[tuple[str, str], ...], policies: tuple[tuple[str, str | None], ...]
) -> Markup:
    """Write the permission paragraph, the policies it names being links where their address is known."""
    said, addresses = dict(variables), dict(policies)
    names = {name: house.word(f"embed.{name}") for name in addresses}
    # Where there is one policy, the sentence calls it that, whichever it is.
    addresses["policy"] = next(iter(addresses.values()), None)
    names["policy"] = next(iter(names.values()), "")
    return Markup("").join(
        _policy_link(words, addresses[variable], house.words("embed.policy_of", **said, policy=words), house)
        if variable in addresses
        else Markup.escape(words)
        for variable, words in house.pieces(key, **said, **names)
    )


def _policy_link(words: str, address: str | None, name: str, house: House) -> Markup:
    external = house.word("copy.external")
    shown = Markup('{}<span class="vh">, {}</span>').format(words, external)
    if not address:
        return shown
    return Markup('<a href="{}" rel="external noopener noreferrer" aria-label="{}, {}">{}</a>').format(
        address, name, external, shown
    )


def _version(*agreed: list[str]) -> str:
    """Write a version of the words and of the links that readers agree to, so that the page can tell which changed."""
    return ".".join(hashlib.sha256("\n".join(each).encode()).hexdigest()[:_VERSION_LETTERS] for each in agreed)


def _consented(provider: Provider, name: str) -> str:
    # Where each site is its own controller, consent to one says nothing of the next.
    return name if "{" in (provider.banner_name or provider.name) else provider.id


def _posted(embed: Embed, zone: str, house: House) -> str:
    if embed.posted_at is None:
        return embed.author
    return house.words("embed.posted", at=embed.posted_at, zone=zone, author=embed.author).strip(" ,")
