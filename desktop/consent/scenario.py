"""What a rehearsal is: how the reader comes, what they do, what must hold. Values only; somebody else runs them."""

from dataclasses import dataclass, field
from enum import StrEnum

from desktop.consent.providers import Strategy


class Scope(StrEnum):
    """What a scenario is run for: a page, an embed of each provider on it, or its files without any browser."""

    PAGE = "page"
    EMBED = "embed"
    FILES = "files"


class Stub(StrEnum):
    """How the rehearsed internet answers for the third parties of a page."""

    WORKS = "works"
    REFUSED = "refused"
    ERROR = "error"
    HANGS = "hangs"
    SLOW = "slow"
    REMOVED = "removed"
    SUSPENDED = "suspended"
    PRIVATE = "private"
    AGE_GATED = "age-gated"
    COOKIES = "cookies"


class Blocked(StrEnum):
    """What the reader's ad-blocker stops of third parties."""

    SCRIPT = "script"
    FRAME = "frame"
    ALL = "all"


class Edition(StrEnum):
    """Which edition of the page the publisher serves: as it is published, or as it might be another time.

    `TWICE` has every post twice, `BESIDE` one of another provider beside it; `PINNED` pins an entry with a post. `LIVE`
    is going on, so that open pages ask for news, and `GROWN` has one entry more, above all others.
    """

    PUBLISHED = "published"
    REWORDED = "reworded"
    TWICE = "twice"
    BESIDE = "beside"
    PINNED = "pinned"
    LIVE = "live"
    GROWN = "grown"


class Accepts(StrEnum):
    """Which embeds the reader accepts in the course of a scenario."""

    NOTHING = "nothing"
    ONE = "one"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Setup:
    """How the reader comes to the page. `width` and `height` are in CSS pixels, `zoom` is 1.0 for 100 %.

    `gpc` is the reader's Global Privacy Control, `platform` a consent platform that speaks for them on the page.
    """

    edition: Edition = Edition.PUBLISHED
    javascript: bool = True
    gpc: bool = False
    platform: bool = False
    stub: Stub = Stub.WORKS
    blocks: Blocked | None = None
    width: int = 1000
    height: int = 800
    zoom: float = 1.0
    features: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadToEnd:
    """Scroll to the end, wait, and once more in a view twice as high."""


@dataclass(frozen=True, slots=True)
class Press:
    """Click the first visible element of a CSS selector; `{embed}` stands for the embed's own selector.

    A press that gives consent is marked: what is asked after it is judged as accepted.
    """

    selector: str
    gives_consent: bool = False
    takes_back: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """Press a key where the focus is, by its name in UI Events: "Tab", "Enter", "Space"."""

    name: str
    gives_consent: bool = False


@dataclass(frozen=True, slots=True)
class TabTo:
    """Press Tab until the focus is on the first visible element of a CSS selector."""

    selector: str


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must hold: a sentence, and an expression of JavaScript that is true when it does.

    The expression has what `desktop.consent.probe` defines. It is asked again until it is true or `within` seconds
    are over.
    """

    sentence: str
    expression: str
    within: float = 2.0


@dataclass(frozen=True, slots=True)
class ComeBack:
    """Leave and come again: some days later, to another edition, or with somebody who speaks for the reader now."""

    days: int = 0
    edition: Edition | None = None
    gpc: bool = False
    platform: bool = False
    takes_back: bool = False


@dataclass(frozen=True, slots=True)
class Publish:
    """The publisher serves another edition while the page is open."""

    edition: Edition


@dataclass(frozen=True, slots=True)
class GoOffline:
    """From now on the reader's browser reaches nobody."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Wait, in seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Print:
    """Print the page into a PDF, as the reader's browser would."""


@dataclass(frozen=True, slots=True)
class PrintedWords:
    """Check the words of the page as it prints: those that must stand there, per embed, and that no button does."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Write down the accessibility tree, and check the order in which an embed is read out."""


@dataclass(frozen=True, slots=True)
class Photograph:
    """Keep a picture of the view."""

    name: str


Step = (
    ReadToEnd
    | Press
    | Key
    | TabTo
    | Check
    | ComeBack
    | Publish
    | GoOffline
    | Wait
    | Print
    | PrintedWords
    | Tree
    | Photograph
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One rehearsal.

    `expects` and `records` are sentences for people. `keeps` tells whether the page's own key may stand at the end,
    `awaits` whether an accepted embed must ask its provider; `strategies` are those it makes sense for. `needs` is a
    CSS selector of what the page must have for it, such as a choice that a house may leave out.
    """

    name: str
    title: str
    scope: Scope
    expects: str
    records: str
    setup: Setup = Setup()
    steps: tuple[Step, ...] = ()
    accepts: Accepts = Accepts.NOTHING
    keeps: bool = False
    awaits: bool = False
    needs: str = ""
    strategies: frozenset[Strategy] = field(default_factory=lambda: frozenset(Strategy))

    @property
    def editions(self) -> frozenset[Edition]:
        """The editions of the page that it needs, beside the published one."""
        turns = {step.edition for step in self.steps if isinstance(step, ComeBack | Publish) and step.edition}
        return frozenset({self.setup.edition, *turns} - {Edition.PUBLISHED})
