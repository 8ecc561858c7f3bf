"""The provider refuses the connection."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, Photograph, Press, Scenario, Scope, Setup, Stub

SCENARIO: Final = Scenario(
    name="provider-refused",
    title="The provider refuses the connection",
    scope=Scope.EMBED,
    expects="Attempts go to that provider alone; within 8 seconds quotation and link stand again, announced.",
    records="requests, how long it took, a picture",
    setup=Setup(stub=Stub.REFUSED),
    accepts=Accepts.ONE,
    awaits=True,
    steps=(
        Press('{embed} button[data-choice="once"]', gives_consent=True),
        Check("link and quotation stand again", "fallenBack(embed)", within=8.5),
        Check("it is told as an alert", "alerted()", within=1.0),
        Photograph("refused"),
    ),
)
