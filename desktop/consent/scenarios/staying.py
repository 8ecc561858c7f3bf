"""A reader who leaves the page open: whatever waits for a while, or asks for news, does so now."""

from typing import Final

from desktop.consent.scenario import Check, Scenario, Scope, Wait

SCENARIO: Final = Scenario(
    name="staying",
    title="The page is left open",
    scope=Scope.PAGE,
    expects="For 20 seconds the publisher alone is asked, and nothing is kept.",
    records="requests, connections, attempts, cookies, storage",
    steps=(
        Wait(20.0),
        Check("every embed shows its panel", "embeds.every((each) => shown(each.querySelector('[role=group]')))"),
    ),
)
