"""A consent platform speaks for the reader on the same page."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, Press, ReadToEnd, Scenario, Scope, Setup

SCENARIO: Final = Scenario(
    name="consent-platform",
    title="A consent platform is on the page",
    scope=Scope.EMBED,
    expects="Nothing loads by itself whatever the platform answers; a click of the reader's own loads that post alone.",
    records="requests, storage, cookies",
    setup=Setup(platform=True),
    accepts=Accepts.ONE,
    awaits=True,
    steps=(
        ReadToEnd(),
        Check("nothing loaded by itself", "embeds.every(untouched)"),
        Press('{embed} button[data-choice="once"]', gives_consent=True),
        Check("the post is loaded", "loaded(embed)", within=8.5),
        Check("the other embeds are untouched", "embeds.every((each) => each === embed || untouched(each))"),
    ),
)
