"""A reader who listens to the page."""

from typing import Final

from desktop.consent.scenario import Scenario, Scope, Tree

SCENARIO: Final = Scenario(
    name="reading-order",
    title="Order for a screen reader",
    scope=Scope.PAGE,
    expects="Skip link, group, quotation, consequence, policies, choices, original link, end.",
    records="the accessibility tree",
    steps=(Tree(),),
)
