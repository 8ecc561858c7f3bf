"""An ad-blocker stops the provider's script."""

from typing import Final

from desktop.consent.providers import Strategy
from desktop.consent.scenario import Accepts, Blocked, Check, Photograph, Press, Scenario, Scope, Setup

SCENARIO: Final = Scenario(
    name="blocked-script",
    title="An ad-blocker stops the provider's script",
    scope=Scope.EMBED,
    expects="Quotation and link stand again within 8 seconds, announced.",
    records="the requests that were stopped, how long it took, a picture",
    setup=Setup(blocks=Blocked.SCRIPT),
    accepts=Accepts.ONE,
    strategies=frozenset({Strategy.SCRIPT}),
    steps=(
        Press('{embed} button[data-choice="once"]', gives_consent=True),
        Check("link and quotation stand again", "fallenBack(embed)", within=8.5),
        Check("it is told as an alert", "alerted()", within=1.0),
        Photograph("blocked script"),
    ),
)
