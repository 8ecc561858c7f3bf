"""A house profile as a file or as JSON: read strictly, every fault named by its key."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NoReturn

from babel import Locale, UnknownLocaleError

from desktop.domain import moment
from desktop.domain.problem import InvalidValue
from desktop.domain.text import clean
from desktop.page.template import Template, TemplateInvalid
from desktop.page.wording import (
    BEFORE_AIR,
    CATEGORIES,
    CHOICES,
    FORMS,
    KEYS,
    LISTS,
    NUMBERS,
    OPTIONAL,
    PLAIN,
    PLURAL_FORMS,
    PLURALS,
    POLICIES,
    RETIRED,
    SENTENCES,
    TABLES,
)

Flat = Mapping[str, Any]
"""A profile laid flat: key -> text, number, tuple of texts; tables of names as "embed.names.x"."""

_LARGEST: Final = 1_000_000
_HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.IGNORECASE | re.ASCII)
# The one place a profile says where pages are published; {page} is the page's id.
_ADDRESS: Final = re.compile(r"https://[a-z0-9.-]+(?::[0-9]+)?/(?:[A-Za-z0-9._~/-]|\{page\})*/?", re.ASCII)

_LINK: Final = re.compile(r"https://[^\s\"'<>]+")


class HouseInvalid(InvalidValue):
    """A house profile that cannot word a page; the sentence names the keys."""


def shelf() -> Traversable:
    """Return the folder of the profiles that ship."""
    return resources.files("resources") / "houses"


def shipped(name: str) -> Flat:
    """Read a profile that ships; an unknown name raises HouseInvalid."""
    names = shipped_names()
    if name not in names:
        message = f"There is no house profile named “{name[:40]}”."
        raise HouseInvalid(message, next_action=f"Profiles that ship: {', '.join(names)}.")
    return read_toml((shelf() / f"{name}.toml").read_bytes(), f"The house profile “{name}”")


def shipped_names() -> tuple[str, ...]:
    """Name the profiles that ship."""
    return tuple(sorted(each.name[:-5] for each in shelf().iterdir() if each.name.endswith(".toml")))


def shipped_for(language: str) -> tuple[str, Flat] | None:
    """Find the profile that ships for a language: the same tag first, then the same language elsewhere."""
    found = [(name, shipped(name)) for name in shipped_names()]
    exact = [pair for pair in found if str(pair[1]["language"]).casefold() == language.casefold()]
    near = [pair for pair in found if _primary(str(pair[1]["language"])) == _primary(language)]
    return next(iter([*exact, *near]), None)


def read_file(path: Path) -> Flat:
    """Read a profile's own keys from a file; nothing is filled in yet."""
    where = f"The house profile {path.name}"
    try:
        if path.stat().st_size > _LARGEST:
            message = f"{where} is larger than one megabyte, which no profile is."
            raise HouseInvalid(message)
        data = path.read_bytes()
    except OSError as error:
        message = f"{where} cannot be read."
        raise HouseInvalid(message, detail=f"{error.strerror or error}.") from error
    return read_toml(data, where)


def read_toml(data: bytes, where: str) -> Flat:
    """Read a profile's own keys from TOML."""
    try:
        written = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        message = f"{where} is not readable TOML."
        raise HouseInvalid(message, detail=f"{str(error)[:160]}.") from error
    return flatten(written, where)


def flatten(written: Mapping[str, Any], where: str) -> Flat:
    """Lay nested tables flat and check every key and type; sentences are checked by `templates`."""
    flat: dict[str, Any] = {}
    _flatten(written, "", where, flat)
    return MappingProxyType(flat)


def nest(flat: Flat) -> dict[str, Any]:
    """Turn a flat profile into nested tables again."""
    nested: dict[str, Any] = {}
    for key in sorted(flat):
        *tables, last = key.split(".")
        table = nested
        for name in tables:
            table = table.setdefault(name, {})
        value = flat[key]
        table[last] = list(value) if isinstance(value, tuple) else value
    return nested


def lay(over: Flat, under: Flat) -> Flat:
    """Lay one profile over another, key by key. One that words accept and no other choice offers accept alone."""
    laid = {**under, **over}
    others = {"embed.choices", "embed.always", "embed.not_now"}
    if "embed.accept" in over and not others & over.keys():
        laid["embed.choices"] = ("once",)
    return MappingProxyType(laid)


def check_whole(flat: Flat, where: str) -> None:
    """Refuse a profile that lacks a key, naming every one it lacks."""
    missing = missing_keys(flat)
    if missing:
        message = f"{where} lacks {_listed(missing)}."
        raise HouseInvalid(message, next_action="Add the missing keys; no other language stands in for them.")


def missing_keys(flat: Flat) -> list[str]:
    """Name every key a profile lacks; of a sentence that counts, the forms its own language needs."""
    language = str(flat.get("language", ""))
    needed = {f"{key}.{category}" for key in PLURALS for category in plural_categories(language)}
    missing = [key for key in KEYS - TABLES - OPTIONAL - PLURAL_FORMS.keys() | needed if key not in flat]
    missing += [table for table in TABLES - OPTIONAL if not any(key.startswith(f"{table}.") for key in flat)]
    return sorted(missing)


def plural_categories(language: str) -> tuple[str, ...]:
    """Return the plural categories CLDR has for a language, in CLDR's order; "other" alone where it is not known."""
    try:
        rule = Locale.parse(language, sep="-").plural_form
    except (ValueError, UnknownLocaleError, TypeError):
        return ("other",)
    return tuple(category for category in CATEGORIES if category in rule.tags or category == "other")


def templates(flat: Flat, where: str) -> Mapping[str, tuple[Template, ...]]:
    """Cut every sentence at its holes; one whose holes are not in order raises HouseInvalid."""
    cut: dict[str, tuple[Template, ...]] = {}
    for key, value in flat.items():
        wording = SENTENCES.get(key) or PLURAL_FORMS.get(key) or FORMS.get(key)
        if wording is None:
            continue
        try:
            cut[key] = tuple(wording.read(words) for words in ([value] if isinstance(value, str) else value))
        except TemplateInvalid as error:
            message = f"“{key}” in {_inside(where)} cannot be used: {error}."
            raise HouseInvalid(message) from error
    return MappingProxyType(cut)


def locale_of(language: str, where: str) -> Locale:
    """Find the CLDR locale of a language tag."""
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError, TypeError) as error:
        message = f"“language” in {_inside(where)} is “{language[:40]}”, which is no language tag we know."
        raise HouseInvalid(message, next_action="Use a tag such as en-GB or ar.") from error


def _flatten(written: Mapping[str, Any], prefix: str, where: str, flat: dict[str, Any]) -> None:
    for name, value in written.items():
        key = f"{prefix}{name}"
        if key in RETIRED:
            continue
        if key in KEYS and key not in TABLES:
            flat[key] = _checked(key, value, where)
        elif prefix[:-1] in TABLES:
            flat[key] = _named(key, value, where)
        elif isinstance(value, Mapping) and (key in TABLES or any(each.startswith(f"{key}.") for each in KEYS)):
            _flatten(value, f"{key}.", where, flat)
        elif key in TABLES:
            _refuse(key, where, "is not a table")
        else:
            close = difflib.get_close_matches(key, KEYS, 1)
            hint = f"Did you mean “{close[0]}”?" if close else ""
            message = f"{where} holds “{key[:80]}”, which is not a key of a profile."
            raise HouseInvalid(message, next_action=hint)


def _checked(key: str, value: object, where: str) -> object:
    if key in NUMBERS:
        return _number(key, value, where)
    if key in LISTS or key in FORMS:
        return _texts(key, value, where)
    words = _text(key, value, where)
    if key in PLAIN:
        _check_plain(key, words, where)
    return words


def _number(key: str, value: object, where: str) -> int:
    least, most = NUMBERS[key]
    if isinstance(value, bool) or not isinstance(value, int):
        _refuse(key, where, "is not a whole number")
    if not least <= value <= most:
        _refuse(key, where, f"is not {least}" if least == most else f"is not from {least} to {most}")
    return value


def _texts(key: str, value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        _refuse(key, where, "is not a list")
    found = tuple(_text(key, each, where) for each in value)
    if key == "embed.choices" and (not set(found) <= set(CHOICES) or len(set(found)) != len(found)):
        _refuse(key, where, f"may hold {', '.join(CHOICES)}, each once")
    if key == "embed.choices" and "once" not in found:
        _refuse(key, where, "does not offer “once”, so nothing could be loaded")
    if key == "publisher.hosts" and not all(_HOST.fullmatch(host) for host in found):
        _refuse(key, where, "may hold host names alone, such as example.org")
    if key == "notes.distress" and not found:
        _refuse(key, where, "is empty")
    return found


def _check_plain(key: str, words: str, where: str) -> None:
    if key == "language":
        locale_of(words, where)
    if key == "direction" and words not in {"ltr", "rtl"}:
        _refuse(key, where, "is neither ltr nor rtl")
    if key == "publisher.address" and not _ADDRESS.fullmatch(words):
        _refuse(key, where, "is no address such as https://example.org/live/{page}/")
    if key == "proof.before_air" and words not in BEFORE_AIR:
        _refuse(key, where, f"is neither {' nor '.join(BEFORE_AIR)}")
    if key == "time.zone":
        try:
            moment.zone(words)
        except InvalidValue as error:
            message = f"“{key}” in {_inside(where)} is “{words[:40]}”, which is not a time zone."
            raise HouseInvalid(message, next_action="Use a name such as Europe/London.") from error


def _text(key: str, value: object, where: str) -> str:
    if not isinstance(value, str):
        _refuse(key, where, "is not a text")
    return clean(value)


def _named(key: str, value: object, where: str) -> str:
    words = _text(key, value, where)
    if key.startswith(tuple(f"{table}." for table in POLICIES.values())) and not _LINK.fullmatch(words):
        _refuse(key, where, "is no https address")
    return words


def _refuse(key: str, where: str, why: str) -> NoReturn:
    message = f"“{key}” in {_inside(where)} {why}."
    raise HouseInvalid(message)


def _inside(where: str) -> str:
    return where[:1].lower() + where[1:]


def _primary(language: str) -> str:
    return language.casefold().split("-")[0]


def _listed(keys: Iterable[str]) -> str:
    return ", ".join(f"“{key}”" for key in sorted(keys))
