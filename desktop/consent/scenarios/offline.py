"""A reader who has the page and has lost the network."""

from typing import Final

from desktop.consent.scenario import Check, GoOffline, Photograph, Press, Scenario, Scope

SCENARIO: Final = Scenario(
    name="offline",
    title="Offline",
    scope=Scope.EMBED,
    expects="Nobody is asked; accepting says that the provider cannot be reached, and the link stays.",
    records="requests, what was announced, a picture",
    steps=(
        GoOffline(),
        Press('{embed} button[data-choice="once"]'),
        Check("it is said that the post cannot be reached", "told(embed) || alerted()", within=8.5),
        Check("link and quotation stand", "fallenBack(embed)", within=8.5),
        Check("it can be tried again", "asks(embed)"),
        Photograph("offline"),
    ),
)
