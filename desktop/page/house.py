"""The house profile: every word readers see that the desk did not write."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Self
from uuid import UUID

from babel import Locale
from babel.lists import format_list

from desktop.consent.address import AddressRefused
from desktop.consent.providers import table
from desktop.consent.recognise import fill, parts_of
from desktop.domain import moment
from desktop.domain.blocks import Embed
from desktop.domain.members import Json, canonical
from desktop.page import profile
from desktop.page.profile import Flat, HouseInvalid
from desktop.page.template import Template, month_of, pieces, to_pattern
from desktop.page.wording import CATEGORIES, FORMS, POLICIES, SENTENCES
from desktop.page.zone_names import long_name

__all__ = ["House", "HouseInvalid", "PublishedLine"]


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A headline with its "published at": the local time it tells, and the zone's long name as printed."""

    headline: str
    local: datetime
    zone_name: str


@dataclass(frozen=True, slots=True)
class House:
    """A resolved profile: every key is there and every sentence is in order.

    `name` is the shipped profile's, or the file's without its ending. `digest` is the SHA-256, in hex, of all it says.
    """

    name: str
    values: Flat = field(repr=False, compare=False)
    digest: str
    locale: Locale = field(repr=False, compare=False)
    _templates: Mapping[str, tuple[Template, ...]] = field(repr=False, compare=False)

    @classmethod
    def shipped(cls, name: str = "default") -> "House":
        """Return a profile that ships; an unknown name raises HouseInvalid."""
        return _shipped(name)

    @classmethod
    def lay_over(cls, path: Path) -> Self:
        """Lay a TOML file over the shipped profile of its language; raises HouseInvalid, naming the key."""
        where = f"The house profile {path.name}"
        own = profile.read_file(path)
        language = str(own.get("language", House.shipped().language))
        under = profile.shipped_for(language)
        return cls.resolve(path.stem, profile.lay(own, under[1] if under else {}), where)

    @classmethod
    def resolve(cls, name: str, flat: Flat, where: str) -> Self:
        """Make a profile of flat values, which must be all there."""
        templates = profile.templates(flat, where)
        profile.check_whole(flat, where)
        digest = hashlib.sha256(canonical(profile.nest(flat))).hexdigest()
        return cls(name, MappingProxyType(dict(flat)), digest, profile.locale_of(flat["language"], where), templates)

    @classmethod
    def from_json(cls, written: Json) -> Self:
        """Read a resolved profile as `to_json` writes it; raises HouseInvalid, naming the key."""
        name = written.get("name")
        if not isinstance(name, str):
            message = "A house profile lacks its “name”."
            raise HouseInvalid(message)
        where = f"The house profile “{name[:40]}”"
        flat = profile.flatten({k: v for k, v in written.items() if k != "name"}, where)
        # What was written by an earlier version lacks what has become a sentence since.
        since = profile.shipped_for(str(flat.get("language", "")))
        return cls.resolve(name, {**(since[1] if since else {}), **flat}, where)

    def with_own(self, own: Flat) -> Self:
        """Return the profile with some keys worded anew; one that cannot be raises HouseInvalid, naming the key."""
        if not own:
            return self
        where = f"The house profile “{self.name}”"
        laid = {**self.values, **profile.flatten(profile.nest(own), where)}
        return type(self).resolve(self.name, laid, where)

    def to_json(self) -> Json:
        """Write the whole resolved profile; it travels to endpoints."""
        return {"name": self.name, **profile.nest(self.values)}

    @property
    def language(self) -> str:
        """The BCP 47 tag of its words."""
        return self.word("language")

    @property
    def direction(self) -> str:
        """The direction its language is written in: "ltr" or "rtl"."""
        return self.word("direction")

    @property
    def publisher(self) -> str:
        """The publisher's name."""
        return self.word("publisher.name")

    @property
    def zone(self) -> str:
        """The IANA zone new coverage starts with."""
        return self.word("time.zone")

    @property
    def entries_per_page(self) -> int:
        """How many entries stand on one page."""
        return int(self.values["page.entries_per_page"])

    @property
    def choices(self) -> tuple[str, ...]:
        """What the gate offers, in its order: some of "once", "always", "not_now"."""
        return self._list("embed.choices")

    @property
    def blocks_unproved(self) -> bool:
        """Whether a page whose proof is missing, failing or stale may not go to readers; else it is only warned of."""
        return self.values.get("proof.before_air") == "block"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The publisher's own hosts."""
        return tuple(host.lower() for host in self._list("publisher.hosts"))

    def page_address(self, page: UUID) -> str:
        """Return where a page is published, with a slash at its end; "" when the profile does not say."""
        written = str(self.values.get("publisher.address", ""))
        if not written:
            return ""
        address = written.replace("{page}", str(page))
        return address if address.endswith("/") else f"{address}/"

    def plural(self, key: str) -> dict[str, str]:
        """Return a sentence that counts as it is written, by plural category."""
        return {
            category: str(self.values[f"{key}.{category}"])
            for category in CATEGORIES
            if f"{key}.{category}" in self.values
        }

    def counted(self, key: str, count: int) -> str:
        """Fill a sentence that counts, in the form its language has for that number."""
        form = f"{key}.{self.locale.plural_form(count)}"
        return "".join(words for _, words in pieces(self._templates[form][0], {"count": str(count)}))

    def word(self, key: str) -> str:
        """Return a text that has no variables; an unknown key is a KeyError."""
        return str(self.values[key])

    def template(self, key: str) -> str:
        """Return a sentence as it is written, holes and all."""
        return self.word(key)

    def words(self, key: str, **values: object) -> str:
        """Fill a sentence; one that tells a time takes `at` (an aware moment) and `zone` (an IANA name)."""
        return "".join(words for _, words in self.pieces(key, **values))

    def pieces(self, key: str, **values: object) -> Iterator[tuple[str, str]]:
        """Fill a sentence piece by piece: (variable or "", words), so that a page can make a variable a link."""
        at, zone = values.pop("at", None), values.pop("zone", "")
        if SENTENCES[key].dated and isinstance(at, datetime):
            local = at.astimezone(moment.zone(str(zone) or self.zone))
            known = {"zone": self.zone_name(local), **_strings(values)}
            return pieces(self._templates[key][0], known, local, self.locale)
        return pieces(self._templates[key][0], {"publisher": self.publisher, **_strings(values)})

    def zone_name(self, local: datetime) -> str:
        """Return the long name CLDR has for the zone of an aware moment, as it is at that moment."""
        return long_name(local, self.locale)

    def published_at(self, at: datetime, zone: str) -> str:
        """Say when an entry was published."""
        return self.words("time.published_at", at=at, zone=zone)

    def listed(self, names: Sequence[str]) -> str:
        """Join names as the language does: a, b and c."""
        return format_list(list(names), locale=self.locale)

    def provider_name(self, provider: str) -> str:
        """Return what the house calls a provider; one it has no name for keeps the table's, or its own id."""
        known = table()
        return str(
            self.values.get(f"embed.names.{provider}") or (known.get(provider).name if provider in known else provider)
        )

    def kind_name(self, kind: str) -> str:
        """Return what the house calls a kind of embed; one it has no word for keeps its own."""
        return str(self.values.get(f"embed.kinds.{kind}", kind))

    def provider_called(self, name: str) -> str | None:
        """Return the id of the provider that the house calls by a name, whatever the case; None when there is none."""
        return self._called("embed.names.", name)

    def kind_called(self, name: str) -> str | None:
        """Return the id of the kind that the house calls by a name, whatever the case; None when there is none."""
        return self._called("embed.kinds.", name)

    def policies(self, embed: Embed) -> dict[str, str | None]:
        """Return the policies the gate names and their addresses, None where no address is known.

        An embed that lacks its address keeps both: which policies apply is known only once its address is.
        """
        found = self.policy_links(embed.provider)
        if embed.address is None:
            return {name: None if at and "{" in at else at for name, at in found.items()}
        parts = _parts(embed.provider, embed.address)
        return {name: fill(at, dict(parts)) for name, at in found.items() if at}

    def policy_links(self, provider_id: str) -> dict[str, str | None]:
        """Return where a provider's policies stand: the house's own links first, else the provider table's."""
        provider = table().get(provider_id)
        return {
            name: self.values.get(f"{own}.{provider.id}") or known
            for (name, own), known in zip(
                POLICIES.items(), (provider.cookie_policy, provider.privacy_policy), strict=True
            )
        }

    def permission_key(self, embed: Embed) -> str:
        """Return the key of the permission paragraph that suits how many policies the provider has."""
        return ("embed.permission_no_policy", "embed.permission_one_policy", "embed.permission")[
            len(self.policies(embed))
        ]

    def embed_variables(self, embed: Embed, number: int, total: int = 1) -> dict[str, str]:
        """Return the variables of an embed's sentences; the first of its sort goes unnumbered."""
        name = self._name_of(embed)
        said = {
            "provider": name,
            "provider_lower": name.lower(),
            "kind": self.kind_name(embed.kind),
            "n": str(number) if number > 1 else "",
            "number": str(number),
            "total": str(total),
        }
        return said | {
            label: self.words(f"embed.{label}", **said) for label in ("accept_label", "always_label", "not_now_label")
        }

    def embed_words(self, embed: Embed, number: int, total: int = 1) -> dict[str, str]:
        """Return every sentence of one embed's gate by its key, without the "embed."; policies say "external"."""
        said = self.embed_variables(embed, number, total)
        return dict(_sentences(self, tuple(said.items()), self.permission_key(embed), tuple(self.policies(embed))))

    def pattern(self, key: str) -> re.Pattern[str]:
        """Compile a sentence to find it in text: variables are named groups, the publisher's name stands for itself.

        Case does not matter and blanks match each other; anchor it with `fullmatch`.
        """
        return self._patterns(key)[0]

    def published_line(self, line: str) -> PublishedLine | None:
        """Read a line that ends in a "published at", the last one it holds; None when it does not."""
        stamp = self.pattern("time.published_at").pattern
        found = re.fullmatch(rf"(?P<before>.*){stamp}\s*", line, re.IGNORECASE | re.DOTALL)
        if found is None:
            return None
        said = {"zone": "", **{name: words or "" for name, words in found.groupdict().items()}}
        local = _local(said, self.locale)
        return PublishedLine(said["before"].strip(), local, said["zone"]) if local else None

    def is_content_warning(self, sentence: str) -> bool:
        """Tell whether a paragraph is a warning about distressing content, by the forms of the profile."""
        return self._is_form("notes.content_warning_forms", sentence)

    def is_verification_note(self, sentence: str) -> bool:
        """Tell whether a paragraph says what has, or has not, been verified, by the forms of the profile."""
        return self._is_form("notes.verification_forms", sentence)

    def _name_of(self, embed: Embed) -> str:
        provider = table().get(embed.provider)
        pattern = provider.banner_name or provider.name
        # Where each site is its own controller, the site is who readers are asked about.
        own = fill(pattern, dict(_parts(embed.provider, embed.address))) if embed.address and "{" in pattern else None
        return own or self.provider_name(embed.provider)

    def _list(self, key: str) -> tuple[str, ...]:
        return tuple(self.values.get(key, ()))

    def _called(self, prefix: str, name: str) -> str | None:
        wanted = name.casefold()
        for key, value in self.values.items():
            if key.startswith(prefix) and str(value).casefold() == wanted:
                return key.removeprefix(prefix)
        return None

    def _is_form(self, key: str, sentence: str) -> bool:
        return any(form.fullmatch(sentence.strip()) for form in self._patterns(key))

    def _patterns(self, key: str) -> tuple[re.Pattern[str], ...]:
        distress = "|".join(re.escape(word) for word in self._list("notes.distress"))
        known = {"publisher": re.escape(self.publisher), "distress": f"(?:{distress})"}
        if key in FORMS:
            known["subject"] = ".+?"
        return tuple(to_pattern(template, known, self.locale) for template in self._templates[key])


@lru_cache(maxsize=1_024)
def _sentences(
    house: House, variables: tuple[tuple[str, str], ...], permission: str, named: tuple[str, ...]
) -> Mapping[str, str]:
    external = f", {house.word('copy.external')}"
    policies = {name: house.word(f"embed.{name}") + external for name in named}
    said = {**dict(variables), **policies, "policy": next(iter(policies.values()), "")}
    keys = [key for key in SENTENCES if key.startswith("embed.") and not SENTENCES[key].dated]
    filled = {key.removeprefix("embed."): house.words(key, **said) for key in keys}
    return MappingProxyType(filled | {"permission": house.words(permission, **said)})


@lru_cache(maxsize=4_096)
def _parts(provider: str, address: str) -> Mapping[str, str]:
    try:
        return MappingProxyType(parts_of(table().get(provider), address))
    except AddressRefused:
        return MappingProxyType({})


@cache
def _shipped(name: str) -> House:
    return House.resolve(name, profile.shipped(name), f"The house profile “{name}”")


def _strings(values: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}


def _local(said: Mapping[str, str], locale: Locale) -> datetime | None:
    """Make the local time out of the date fields that a pattern found; None when they are no date."""
    year, month, day = (said.get(letter, "") for letter in "yMd")
    hour = said.get("H") or said.get("k") or said.get("h") or said.get("K") or "0"
    try:
        hours = int(hour) % (24 if said.get("H") or said.get("k") else 12)
        if said.get("a", "").casefold().rstrip(".") == locale.day_periods["format"]["wide"]["pm"].casefold():
            hours += 12
        return datetime(int(year), month_of(month, locale), int(day), hours, int(said.get("m") or 0))  # noqa: DTZ001 - the printed local time; its zone is known by name alone
    except (ValueError, KeyError):
        return None
