"""Which keys a house profile has, and which variables each of its sentences may hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from desktop.page.template import Template, TemplateInvalid, has_stamp, holes, parse

CHOICES: Final = ("once", "always", "not_now")
SCHEMA: Final = 1


@dataclass(frozen=True, slots=True)
class Wording:
    """The contract of one sentence. A dated one holds date patterns, and needs one unless `stampless`."""

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    dated: bool = False
    stampless: bool = False
    may_be_empty: bool = False

    def read(self, written: str) -> Template:
        """Cut a sentence at its holes; raises TemplateInvalid when they are not those of this sentence."""
        if not written.strip() and not self.may_be_empty:
            message = "it is empty"
            raise TemplateInvalid(message)
        template = parse(written, self.required | self.optional, dated=self.dated)
        missing = self.required - holes(template)
        if missing:
            message = f"it lacks {{{min(missing)}}}"
            raise TemplateInvalid(message)
        if self.dated and not self.stampless and not has_stamp(template):
            message = "it tells no date or time, as {HH:mm} would"
            raise TemplateInvalid(message)
        return template


def _says(required: str = "", optional: str = "", **flags: bool) -> Wording:
    return Wording(frozenset(required.split()), frozenset(optional.split()), **flags)


_PROVIDER = "provider provider_lower kind publisher"
_BUTTONS = "accept_label always_label not_now_label"

SENTENCES: Final[Mapping[str, Wording]] = MappingProxyType(
    {
        "publisher.name": _says(),
        "time.published_at": _says("", "zone", dated=True),
        "time.updated_at": _says("", "zone", dated=True),
        "time.moment": _says("", "zone", dated=True),
        "copy.summary_heading": _says(),
        "copy.image_source": _says("credit"),
        "copy.image_caption": _says(),
        "copy.media_caption": _says(),
        "copy.media_source": _says("credit"),
        "copy.external": _says(),
        "copy.skip_to_content": _says(),
        "copy.updates_heading": _says(),
        "copy.key_moments_heading": _says(),
        "copy.key_moment": _says(),
        "copy.pinned": _says(),
        "copy.permalink": _says(),
        "copy.byline": _says("names"),
        "copy.correction": _says("", "zone", dated=True, stampless=True),
        "copy.withdrawn": _says("", "zone", dated=True, stampless=True),
        "copy.withdrawn_headline": _says(),
        "copy.quote_source": _says("source"),
        "copy.picture_missing": _says(),
        "copy.video_missing": _says(),
        "copy.no_entries": _says(),
        "copy.back_to_top": _says(),
        "pages.navigation": _says(),
        "pages.position": _says("page pages"),
        "pages.newer": _says(),
        "pages.older": _says(),
        "pages.newest": _says(),
        "state.planned": _says(),
        "state.live": _says(),
        "state.paused": _says(),
        "state.paused_until": _says("", "zone", dated=True),
        "state.ended": _says(),
        "state.last_updated": _says("", "zone", dated=True),
        "clock.paused": _says("", "zone", dated=True, stampless=True),
        "clock.resumed": _says("", "zone", dated=True, stampless=True),
        "clock.ended": _says("", "zone", dated=True, stampless=True),
        "live.many": _says(),
        "live.stale": _says("time"),
        "live.again": _says(),
        "share.heading": _says(),
        "share.mail": _says(),
        "share.copy": _says(),
        "share.copied": _says(),
        "share.feed": _says(),
        "rehearsal.banner": _says("", "publisher"),
        "notes.content_warning": _says("", "subject"),
        "notes.verification": _says("", "publisher subject"),
        "notes.subject": _says(),
        "embed.unavailable": _says("", _PROVIDER),
        "embed.original": _says("", _PROVIDER),
        "embed.disclaimer": _says("", _PROVIDER),
        "embed.adverts": _says("", _PROVIDER, may_be_empty=True),
        "embed.skip": _says("n", _PROVIDER),
        "embed.end": _says("n", _PROVIDER),
        "embed.group": _says("number total", _PROVIDER),
        "embed.group_alone": _says("", _PROVIDER),
        "embed.question": _says("", _PROVIDER),
        "embed.permission": _says("cookie_policy privacy_policy", f"{_PROVIDER} {_BUTTONS}"),
        "embed.permission_one_policy": _says("policy", f"{_PROVIDER} {_BUTTONS}"),
        "embed.permission_no_policy": _says("", f"{_PROVIDER} {_BUTTONS}"),
        "embed.policy_of": _says("policy", _PROVIDER),
        "embed.cookie_policy": _says(),
        "embed.privacy_policy": _says(),
        "embed.accept": _says("", _PROVIDER),
        "embed.accept_label": _says("", _PROVIDER),
        "embed.always": _says("", _PROVIDER),
        "embed.always_label": _says("", _PROVIDER),
        "embed.not_now": _says("", _PROVIDER),
        "embed.not_now_label": _says("", _PROVIDER),
        "embed.posted": _says("", "author zone", dated=True, stampless=True),
        "embed.loading": _says("", _PROVIDER),
        "embed.loaded": _says("", _PROVIDER),
        "embed.answered": _says("", _PROVIDER),
        "embed.failed": _says("", _PROVIDER),
        "embed.declined": _says("", _PROVIDER),
        "embed.address_missing": _says("", _PROVIDER),
        "embed.no_frame": _says("", _PROVIDER),
        "embed.expired": _says("", f"{_PROVIDER} since"),
        "embed.reworded": _says("", f"{_PROVIDER} since"),
        "embed.policy_changed": _says("", f"{_PROVIDER} since"),
        "embed.signal": _says("", _PROVIDER),
        "embed.platform": _says("", _PROVIDER),
        "embed.offline": _says("", _PROVIDER),
        "memory.heading": _says(),
        "memory.remembered": _says("providers"),
        "memory.withdraw": _says(),
        "memory.withdrawn": _says(),
        "memory.controls": _says("provider"),
    }
)
"""Every sentence, by its key."""

PLURALS: Final[Mapping[str, Wording]] = MappingProxyType(
    {
        "live.new": _says("", "count"),
        "live.edited": _says("", "count"),
        "live.corrected": _says("", "count"),
        "live.withdrawn": _says("", "count"),
    }
)
"""Sentences that count: each is a table with one form for every plural category its language has in CLDR."""

CATEGORIES: Final = ("zero", "one", "two", "few", "many", "other")
"""The plural categories of CLDR (Unicode TR 35, part 3)."""

FORMS: Final[Mapping[str, Wording]] = MappingProxyType(
    {
        "notes.content_warning_forms": _says("", "subject publisher distress"),
        "notes.verification_forms": _says("", "subject publisher manner"),
    }
)
"""Lists of sentences in which readers' notes are recognised when a page comes in as text."""

LISTS: Final = frozenset({"publisher.hosts", "notes.distress", "embed.choices"})
POLICIES: Final[Mapping[str, str]] = MappingProxyType(
    {"cookie_policy": "embed.cookie_policies", "privacy_policy": "embed.privacy_policies"}
)
"""Tables of a house's own links to providers' policies, by provider; the provider table has those it leaves out."""

TABLES: Final = frozenset({"embed.names", "embed.kinds", *POLICIES.values()})
BEFORE_AIR: Final = ("warn", "block")
"""What a missing, failing or stale proof does before a page goes to readers; the first is meant when none is named."""

OPTIONAL: Final = frozenset({"publisher.hosts", "publisher.address", "proof.before_air", *POLICIES.values()})
"""Keys a profile may go without."""
RETIRED: Final = frozenset({"embed.asked_again"})
"""Keys that profiles written for earlier versions hold: they are passed over."""

NUMBERS: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {"schema": (SCHEMA, SCHEMA), "page.entries_per_page": (1, 200), "embed.days": (1, 400)}
)
"""Whole numbers and what they may be, both ends included."""

PLAIN: Final = frozenset({"language", "direction", "time.zone", "publisher.address", "proof.before_air"})
"""Texts that are no sentences."""

PLURAL_FORMS: Final[Mapping[str, Wording]] = MappingProxyType(
    {f"{key}.{category}": wording for key, wording in PLURALS.items() for category in CATEGORIES}
)
"""Every form that some language may need, by its key."""

KEYS: Final = frozenset({*SENTENCES, *PLURAL_FORMS, *FORMS, *LISTS, *TABLES, *NUMBERS, *PLAIN})
