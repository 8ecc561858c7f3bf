"""A reader with Global Privacy Control chooses always."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, ComeBack, Press, Scenario, Scope, Setup, Wait

SCENARIO: Final = Scenario(
    name="gpc-always",
    title="Global Privacy Control, “always” chosen",
    scope=Scope.EMBED,
    expects="Always is not applied: that post loads and no other, nothing is kept, and the page says why.",
    records="requests, storage, what was said",
    setup=Setup(gpc=True),
    accepts=Accepts.ONE,
    awaits=True,
    needs='button[data-choice="always"]',
    steps=(
        Press('{embed} button[data-choice="always"]', gives_consent=True),
        Check("the post is loaded", "loaded(embed)", within=8.5),
        Check("the other embeds are untouched", "embeds.every((each) => each === embed || untouched(each))"),
        Check("it is said why", "Boolean(told(embed))"),
        ComeBack(takes_back=True),
        Wait(0.5),
        Check("nothing loaded by itself", "!embeds.some(framed)"),
    ),
)
