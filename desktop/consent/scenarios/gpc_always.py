"""A reader with Global Privacy Control comes back after choosing always."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, ComeBack, Press, Scenario, Scope, Setup, Wait

SCENARIO: Final = Scenario(
    name="gpc-always",
    title="Global Privacy Control, back after “always”",
    scope=Scope.EMBED,
    expects="Always is not applied: nothing loads by itself, and the page says why.",
    records="requests, storage, what was said",
    setup=Setup(gpc=True),
    accepts=Accepts.PROVIDER,
    awaits=True,
    keeps=True,
    needs='button[data-choice="always"]',
    steps=(
        Press('{embed} button[data-choice="always"]', gives_consent=True),
        Check("the post is loaded", "loaded(embed)", within=8.5),
        ComeBack(takes_back=True),
        Wait(1.0),
        Check("nothing loaded by itself", "!embeds.some(framed)"),
        Check("it is said why", "Boolean(told(embed))"),
    ),
)
