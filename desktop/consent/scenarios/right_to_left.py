"""A page of a language that is written from right to left."""

from typing import Final

from desktop.consent.scenario import Check, Photograph, ReadToEnd, Scenario, Scope

SCENARIO: Final = Scenario(
    name="right-to-left",
    title="Right to left",
    scope=Scope.PAGE,
    expects="Nothing is clipped, and every panel stands.",
    records="a picture",
    steps=(
        Check("the page can be turned", "(document.documentElement.dir = 'rtl') === 'rtl'"),
        ReadToEnd(),
        Check("every embed shows its panel", "embeds.every((each) => shown(each.querySelector('[role=group]')))"),
        Check("nothing is clipped", "clipped().length === 0"),
        Check("the page does not scroll sideways", "document.documentElement.scrollWidth <= innerWidth + 1"),
        Photograph("right to left"),
    ),
)
