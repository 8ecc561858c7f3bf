"""Checks a house profile before anybody publishes with it: every sentence said once, every missing key named."""

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from desktop.domain.blocks import ContentWarning, Embed, Image, Paragraph, Quote, VerificationNote, Video
from desktop.domain.clock import ClockEvent, ClockTurn
from desktop.domain.coverage import Coverage, SummaryPoint
from desktop.domain.entry import Correction, Entry, Withdrawal
from desktop.domain.text import text
from desktop.page import profile
from desktop.page.house import House
from desktop.page.layout import FRONT
from desktop.page.profile import HouseInvalid
from desktop.page.renderer import Renderer
from desktop.page.site import Site
from desktop.page.wording import KEYS, PLURAL_FORMS, PLURALS, SENTENCES, TABLES

_AT: Final = datetime(2026, 7, 14, 16, 5, tzinfo=UTC)
_COUNTS: Final = (0, 1, 2, 3, 11, 100)
_SAMPLES: Final = {
    "credit": "Quay Agency",
    "names": "Ada Marsh",
    "source": "Ada Marsh",
    "author": "Ada Marsh",
    "page": "2",
    "pages": "5",
    "n": "2",
    "number": "2",
    "total": "3",
    "time": "16:05",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a profile as readers would get it."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class HouseReport:
    """What was found in a profile. It can word a page when `is_sound`.

    `missing` and `unknown` are keys; an unknown one comes with the key it may have been meant to be, "" for none.
    `unused` are plural forms that the profile's language never takes. `faults` are sentences on everything else.
    `inherited` are the keys that the shipped profile of its language gives.
    """

    name: str
    language: str = ""
    missing: tuple[str, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()
    unused: tuple[str, ...] = ()
    inherited: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    house: House | None = None

    @property
    def is_sound(self) -> bool:
        """Tell whether a page can be worded by this profile."""
        return self.house is not None

    def lines(self) -> Iterator[str]:
        """Yield the whole report as lines for a terminal: first what is wrong, then every sentence."""
        yield from self.faults
        yield from (f"Missing: {key}" for key in self.missing)
        yield from (f"Not a key: {key}" + (f" (did you mean {meant}?)" if meant else "") for key, meant in self.unknown)
        yield from (f"Never used in this language: {key}" for key in self.unused)
        yield from (f"{each.key}: {each.words}" for each in self.said)


def check(path: Path) -> HouseReport:
    """Check a profile's file as it would be laid over the shipped profile of its language; never raises for its words.

    A file that cannot be read at all is a report with one fault.
    """
    try:
        written = tomllib.loads(path.read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        return HouseReport(path.stem, faults=(f"{path.name} is not readable TOML: {str(error)[:160]}.",))
    stated = dict(_keys(written))
    unknown = tuple((key, _meant(key)) for key in stated if not _is_known(key))
    language = str(stated.get("language", House.shipped().language))
    under = profile.shipped_for(language)
    beneath = under[1] if under else {}
    missing = tuple(profile.missing_keys({**beneath, **stated, "language": language}))
    needed = {f"{key}.{form}" for key in PLURALS for form in profile.plural_categories(language)}
    unused = tuple(sorted(key for key in stated if key in PLURAL_FORMS and key not in needed))
    house, faults = _house(path, is_named=bool(unknown or missing))
    return HouseReport(
        name=path.stem,
        language=language,
        missing=missing,
        unknown=unknown,
        unused=unused,
        inherited=tuple(sorted(beneath.keys() - stated.keys())),
        faults=faults,
        said=tuple(sentences(house)) if house else (),
        house=house,
    )


def sentences(house: House) -> Iterator[Said]:
    """Yield every sentence of a profile, filled with values such as a page would have."""
    embed = Embed("youtube", "video", address="https://www.youtube.com/watch?v=abcdefghijk", author="Ada Marsh")
    said: Mapping[str, Any] = {
        **_SAMPLES,
        **house.embed_variables(embed, 2, 3),
        "names": house.listed(("Ada Marsh", "Jo Tide")),
        "providers": house.listed((house.provider_name("x"), house.provider_name("youtube"))),
        "subject": house.word("notes.subject"),
        "cookie_policy": house.word("embed.cookie_policy"),
        "privacy_policy": house.word("embed.privacy_policy"),
        "policy": house.word("embed.privacy_policy"),
    }
    for key in sorted(SENTENCES):
        yield Said(key, house.words(key, **said, at=_AT, zone=house.zone))
    for key in sorted(PLURALS):
        yield from (Said(f"{key} ({count})", house.counted(key, count)) for count in _COUNTS)


def write_preview(house: House, folder: Path) -> Path:
    """Write a page on which a profile says most of what it can into a folder; returns its index.html."""
    site = sample_site(house)
    for file in Renderer().files(site):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    return folder / FRONT


def sample_site(house: House) -> Site:
    """Make a small coverage that shows a profile's words: every kind of block, a correction, a withdrawal."""
    coverage_id = UUID(int=1)

    def entry(number: int, headline: str, **members: Any) -> Entry:
        at = _AT.replace(minute=5 * number)
        return Entry(id=UUID(int=number), coverage_id=coverage_id, at=at, headline=headline, **members)

    posts = tuple(
        Embed("x", address=f"https://x.com/quay/status/{number}", quoted="…", author="Ada Marsh", posted_at=_AT)
        for number in (1, 2)
    )
    shown = (
        Image(alt="…", credit="Quay Agency", caption="…"),
        Video(caption="…", credit="Quay Agency"),
        ContentWarning(house.words("notes.content_warning", subject=house.word("notes.subject"))),
        VerificationNote(house.words("notes.verification", subject=house.word("notes.subject"))),
    )
    entries = (
        entry(4, "4", withdrawal=Withdrawal("…", _AT)),
        entry(3, "3", blocks=posts),
        entry(2, "2", blocks=shown, edited_at=_AT, corrections=(Correction("…", _AT),)),
        entry(
            1,
            "1",
            blocks=(Paragraph(text("…")), Quote(text("…"), "Ada Marsh")),
            byline=("Ada Marsh",),
            is_key_moment=True,
        ),
    )
    coverage = Coverage(
        id=coverage_id,
        headline=house.name,
        zone=house.zone,
        description=house.publisher,
        clock=(ClockEvent(ClockTurn.STARTED, _AT.replace(minute=0)),),
        summary=(SummaryPoint(UUID(int=9), "…", (UUID(int=1),)),),
        pinned=UUID(int=2),
    )
    return Site(coverage=coverage, entries=entries, house=house)


def _house(path: Path, *, is_named: bool) -> tuple[House | None, tuple[str, ...]]:
    try:
        return House.lay_over(path), ()
    except HouseInvalid as error:
        # Missing and unknown keys are named one by one already.
        return None, () if is_named else (str(error),)


def _keys(written: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in written.items():
        key = f"{prefix}{name}"
        if isinstance(value, Mapping):
            yield from _keys(value, f"{key}.")
        else:
            yield key, value


def _is_known(key: str) -> bool:
    return key in KEYS or key.rpartition(".")[0] in TABLES


def _meant(key: str) -> str:
    return next(iter(difflib.get_close_matches(key, KEYS, 1)), "")
