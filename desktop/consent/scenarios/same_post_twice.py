"""The same post stands twice on a page."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, Edition, Press, Scenario, Scope, Setup

SCENARIO: Final = Scenario(
    name="same-post-twice",
    title="The same post twice",
    scope=Scope.EMBED,
    expects="Each has ids of its own; accepting one loads that one and leaves its twin alone.",
    records="requests, focus",
    setup=Setup(edition=Edition.TWICE),
    accepts=Accepts.ONE,
    awaits=True,
    steps=(
        Check("the post stands twice", "twins.length > 0"),
        Check("no id stands twice", "idsOnce()"),
        Check("every skip link leads to the end of its own embed", "embeds.every(skipsToOwnEnd)"),
        Press('{embed} button[data-choice="once"]', gives_consent=True),
        Check("the post is loaded", "loaded(embed)", within=8.5),
        Check("its twin is untouched", "twins.every(untouched)"),
        Check("the focus is on the container that stays", "focused() === panel"),
    ),
)
