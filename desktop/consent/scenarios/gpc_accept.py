"""A reader with Global Privacy Control accepts one post all the same."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, Press, Scenario, Scope, Setup

SCENARIO: Final = Scenario(
    name="gpc-accept",
    title="Global Privacy Control, one post accepted",
    scope=Scope.EMBED,
    expects="A click of the reader's own still loads that post, and no other.",
    records="requests, cookies",
    setup=Setup(gpc=True),
    accepts=Accepts.ONE,
    awaits=True,
    steps=(
        Press('{embed} button[data-choice="once"]', gives_consent=True),
        Check("the post is loaded", "loaded(embed)", within=8.5),
        Check("the other embeds are untouched", "embeds.every((each) => each === embed || untouched(each))"),
    ),
)
