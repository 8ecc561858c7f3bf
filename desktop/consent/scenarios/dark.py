"""Dark."""

from typing import Final

from desktop.consent.scenario import Check, Photograph, ReadToEnd, Scenario, Scope, Setup

SCENARIO: Final = Scenario(
    name="dark",
    title="Dark",
    scope=Scope.PAGE,
    expects="Nothing is clipped, and every panel stands.",
    records="a picture",
    setup=Setup(features=(("prefers-color-scheme", "dark"),)),
    steps=(
        ReadToEnd(),
        Check("every embed shows its panel", "embeds.every((each) => shown(each.querySelector('[role=group]')))"),
        Check("nothing is clipped", "clipped().length === 0"),
        Check("the page does not scroll sideways", "document.documentElement.scrollWidth <= innerWidth + 1"),
        Photograph("dark"),
    ),
)
