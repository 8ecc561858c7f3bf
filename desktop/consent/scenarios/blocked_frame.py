"""An ad-blocker stops the provider's frame."""

from typing import Final

from desktop.consent.scenario import Accepts, Blocked, Check, Photograph, Press, Scenario, Scope, Setup

SCENARIO: Final = Scenario(
    name="blocked-frame",
    title="An ad-blocker stops the provider's frame",
    scope=Scope.EMBED,
    expects="Quotation and link stand again within 8 seconds, announced.",
    records="the requests that were stopped, how long it took, a picture",
    setup=Setup(blocks=Blocked.FRAME),
    accepts=Accepts.ONE,
    steps=(
        Press('{embed} button[data-choice="once"]', gives_consent=True),
        Check("link and quotation stand again", "fallenBack(embed)", within=8.5),
        Check("it is told as an alert", "alerted()", within=1.0),
        Photograph("blocked frame"),
    ),
)
