"""A reader whose browser tells every site that their data is not for sale."""

from typing import Final

from desktop.consent.scenario import Check, ReadToEnd, Scenario, Scope, Setup

SCENARIO: Final = Scenario(
    name="gpc",
    title="Global Privacy Control",
    scope=Scope.PAGE,
    expects="The publisher alone is asked, with Sec-GPC: 1.",
    records="requests and their headers",
    setup=Setup(gpc=True),
    steps=(
        ReadToEnd(),
        Check("every embed shows its panel", "embeds.every((each) => shown(each.querySelector('[role=group]')))"),
    ),
)
