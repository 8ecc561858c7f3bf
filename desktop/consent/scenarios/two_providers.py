"""Two providers stand side by side in one entry."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, Edition, Press, Scenario, Scope, Setup

SCENARIO: Final = Scenario(
    name="two-providers",
    title="Two providers side by side",
    scope=Scope.EMBED,
    expects="Accepting one asks that provider alone; the post of the other beside it still asks.",
    records="requests, cookies, focus",
    setup=Setup(edition=Edition.BESIDE),
    accepts=Accepts.ONE,
    awaits=True,
    steps=(
        Check(
            "a post of another provider stands beside it",
            "neighbours.some((each) => each.dataset.provider !== embed.dataset.provider)",
        ),
        Check("no id stands twice", "idsOnce()"),
        Press('{embed} button[data-choice="once"]', gives_consent=True),
        Check("the post is loaded", "loaded(embed)", within=8.5),
        Check("its neighbours are untouched", "neighbours.length > 0 && neighbours.every(untouched)"),
        Check("the focus is on the container that stays", "focused() === panel"),
    ),
)
