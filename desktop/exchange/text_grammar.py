"""How a house's wording is found in text: one recogniser for each sentence a page prints."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.consent.providers import table
from desktop.page.house import House, PublishedLine
from desktop.page.template import parse, to_pattern
from desktop.page.wording import FORMS, SENTENCES

MAX_SENTENCE: Final = 4_000
"""Longer lines are prose: no sentence of a house has so many characters."""

_ANY: Final = ".+?"
_NUMBERED: Final = re.compile(r"(?P<number>\d{1,6})[.)]\s+(?P<text>.*)|(?P<bare>\d{1,6})[.)]")
_BULLET: Final = re.compile(r"[•‣▪◦]\s*(?P<text>.*)")


class Part(StrEnum):
    """A printed part of an embed, in the order they are printed."""

    UNAVAILABLE = "unavailable"
    ORIGINAL = "original"
    DISCLAIMER = "disclaimer"
    ADVERTS = "adverts"
    SKIP = "skip"
    QUESTION = "question"
    PERMISSION = "permission"
    PERMISSION_ONE_POLICY = "permission_one_policy"
    PERMISSION_NO_POLICY = "permission_no_policy"
    END = "end"


@dataclass(frozen=True, slots=True)
class EmbedLine:
    """A line of an embed's gate: which part it is, and the names printed in it ("" when it prints none)."""

    part: Part
    provider: str
    kind: str
    quoted: str = ""
    has_original: bool = False


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline with its time; `number` is the printed one, 0 when none is printed."""

    published: PublishedLine
    number: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's line: what it shows and who took it."""

    alt: str
    credit: str


class Grammar:
    """Recognises the lines of a page worded by one house."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._summary = house.pattern("copy.summary_heading")
        self._caption = house.pattern("copy.image_caption")
        self._media = house.pattern("copy.media_caption")
        self._footage = house.pattern("copy.media_source")
        self._picture = _joined("(?P<alt>.*)", house.pattern("copy.image_source").pattern)
        self._stamped = _joined(".*", house.pattern("time.published_at").pattern)
        self._warnings = _forms(house, "notes.content_warning_forms")
        self._verifications = _forms(house, "notes.verification_forms")
        self._parts = {part: house.pattern(f"embed.{part}") for part in Part if house.word(f"embed.{part}").strip()}
        if Part.ADVERTS in self._parts:
            adverts = _renamed(self._parts[Part.ADVERTS].pattern)
            # A page prints both on one line.
            disclaimer = self._parts[Part.DISCLAIMER].pattern
            self._parts[Part.DISCLAIMER] = _joined(disclaimer, rf"(?:\s*{adverts})?")
        unavailable = self._parts[Part.UNAVAILABLE].pattern
        original = _renamed(self._parts[Part.ORIGINAL].pattern)
        self._opening = _joined(unavailable, r"\s*", original)
        self._quoting = _joined(unavailable, r"\s*(?P<quoted>.+?)\s*", original)
        self._narrower = _narrower(house)

    def headline(self, line: str) -> Headline | None:
        """Recognise an entry's headline."""
        if len(line) > MAX_SENTENCE or not self._stamped.fullmatch(line):
            return None
        number, text = numbered(line)
        published = self.house.published_line(text)
        return Headline(published, number) if published else None

    def is_summary_heading(self, line: str) -> bool:
        """Recognise the heading of the summary."""
        return bool(self._summary.fullmatch(line))

    def picture(self, line: str) -> Picture | None:
        """Recognise a picture; what it shows ends at the last mention of a source."""
        found = self._picture.fullmatch(line) if len(line) <= MAX_SENTENCE else None
        return Picture(found["alt"].strip(), found["credit"].strip()) if found else None

    def is_caption_label(self, line: str) -> bool:
        """Recognise what is printed before a picture's caption."""
        return bool(self._caption.fullmatch(line))

    def is_media_label(self, line: str) -> bool:
        """Recognise what is printed before a video's caption."""
        return bool(self._media.fullmatch(line))

    def footage(self, line: str) -> str | None:
        """Recognise who a video is by."""
        found = self._footage.fullmatch(line) if len(line) <= MAX_SENTENCE else None
        return found["credit"].strip() if found else None

    def is_content_warning(self, line: str) -> bool:
        """Recognise a warning about what follows."""
        return len(line) <= MAX_SENTENCE and any(form.fullmatch(line) for form in self._warnings)

    def is_verification_note(self, line: str) -> bool:
        """Recognise a note on what has, or has not, been verified."""
        return len(line) <= MAX_SENTENCE and any(form.fullmatch(line) for form in self._verifications)

    def embed_line(self, line: str) -> EmbedLine | None:
        """Recognise a line of an embed's gate."""
        if len(line) > MAX_SENTENCE:
            return None
        if found := self._opening.fullmatch(line):
            return EmbedLine(Part.UNAVAILABLE, *self._names(found), has_original=True)
        for part, pattern in self._parts.items():
            if found := pattern.fullmatch(line):
                return EmbedLine(part, *self._names(found))
        if found := self._quoting.fullmatch(line):
            return EmbedLine(Part.UNAVAILABLE, *self._names(found), quoted=found["quoted"], has_original=True)
        return None

    def _names(self, found: re.Match[str]) -> tuple[str, str]:
        """Return the provider and the kind a line names; where words of both run together, known names decide."""
        for provider, kind in self._narrower:
            written = found.re.pattern
            for name in ("provider", "provider_lower"):
                written = written.replace(f"(?P<{name}>{_ANY})", f"(?P<{name}>{provider})")
            narrower = re.compile(written.replace(f"(?P<kind>{_ANY})", f"(?P<kind>{kind})"), found.re.flags)
            if match := narrower.fullmatch(found.string):
                found = match
                break
        said = found.groupdict()
        return (said.get("provider") or said.get("provider_lower") or "").strip(), (said.get("kind") or "").strip()


def numbered(line: str) -> tuple[int, str]:
    """Take the number off a numbered line; 0 and the line itself when it has none."""
    found = _NUMBERED.fullmatch(line)
    if found is None:
        # A number may stand straight before "published at" when there is no headline.
        return 0, line
    return int(found["number"] or found["bare"]), (found["text"] or "").strip()


def bullet(line: str) -> str | None:
    """Take the bullet off a line; None when it has none."""
    found = _BULLET.fullmatch(line)
    return found["text"].strip() if found else None


def publisher_in(lines: Iterable[str], house: House) -> str:
    """Return the publisher a page names in the disclaimers of its embeds; the house's own when it names none."""
    template = parse(house.template("embed.disclaimer"), SENTENCES["embed.disclaimer"].optional)
    pattern = to_pattern(template, {}, house.locale)
    if "publisher" not in pattern.groupindex:
        return house.publisher
    found = (pattern.fullmatch(line) for line in lines if len(line) <= MAX_SENTENCE)
    named = Counter(match["publisher"] for match in found if match)
    return house.publisher if house.publisher in named or not named else named.most_common(1)[0][0]


def _narrower(house: House) -> tuple[tuple[str, str], ...]:
    known = [name for each in table() for name in (each.name, *each.aliases, house.provider_name(each.id))]
    providers = _one_of(name for name in known if "{" not in name)
    kinds = _one_of(str(word) for key, word in house.values.items() if key.startswith("embed.kinds."))
    return ((providers, kinds), (_ANY, kinds), (providers, _ANY))


def _one_of(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(set(names), key=len, reverse=True))


def _joined(*patterns: str) -> re.Pattern[str]:
    return re.compile("".join(patterns), re.IGNORECASE | re.DOTALL)


def _renamed(pattern: str) -> str:
    """Let a sentence stand after another that has the same variables."""
    return re.sub(r"\(\?P([<=])(\w+)", r"(?P\1second_\2", pattern)


def _forms(house: House, key: str) -> tuple[re.Pattern[str], ...]:
    distress = "|".join(re.escape(str(word)) for word in house.values["notes.distress"])
    known = {"publisher": re.escape(house.publisher), "distress": f"(?:{distress})", "subject": ".+?"}
    names = FORMS[key].required | FORMS[key].optional
    return tuple(to_pattern(parse(str(form), names), known, house.locale) for form in house.values[key])
