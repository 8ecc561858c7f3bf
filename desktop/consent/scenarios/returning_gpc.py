"""A reader who chose always comes back with Global Privacy Control switched on."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, ComeBack, Press, Scenario, Scope, Wait

SCENARIO: Final = Scenario(
    name="returning-gpc",
    title="Back with Global Privacy Control switched on",
    scope=Scope.EMBED,
    expects="Always is not applied any more: nothing loads by itself, it is said why, a click still loads one post.",
    records="requests, storage, what was said",
    accepts=Accepts.PROVIDER,
    awaits=True,
    keeps=True,
    needs='button[data-choice="always"]',
    steps=(
        Press('{embed} button[data-choice="always"]', gives_consent=True),
        Check("the post is loaded", "loaded(embed)", within=8.5),
        ComeBack(gpc=True, takes_back=True),
        Check("every post asks again", "[embed, ...siblings].every(untouched)"),
        Check("it is said why, at every post", "[embed, ...siblings].every(told)"),
        Wait(0.5),
        Check("nothing loaded by itself", "!embeds.some(framed)"),
        Press('{embed} button[data-choice="once"]', gives_consent=True),
        Check("a click of the reader's own loads that post", "loaded(embed)", within=8.5),
        Check("and no other", "embeds.every((each) => each === embed || untouched(each))"),
    ),
)
