"""A reader who has never been here reads to the end."""

from typing import Final

from desktop.consent.scenario import Check, Photograph, ReadToEnd, Scenario, Scope

SCENARIO: Final = Scenario(
    name="first-visit",
    title="First visit",
    scope=Scope.PAGE,
    expects="The publisher alone is asked, and nothing is kept, ours included.",
    records="requests, connections, attempts, cookies, storage, a picture",
    steps=(
        ReadToEnd(),
        Check("every embed shows its panel", "embeds.every((each) => shown(each.querySelector('[role=group]')))"),
        Photograph("first visit"),
    ),
)
