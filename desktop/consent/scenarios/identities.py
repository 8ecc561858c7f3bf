"""The same post twice, and two providers side by side: every id is one element's."""

from typing import Final

from desktop.consent.scenario import Check, Scenario, Scope

SCENARIO: Final = Scenario(
    name="identities",
    title="Unique ids and skip links",
    scope=Scope.PAGE,
    expects="No id stands twice, and every skip link leads to its own end.",
    records="the ids that stand twice",
    steps=(
        Check(
            "no id stands twice",
            "idsOnce()",
        ),
        Check(
            "every skip link leads to the end of its own embed",
            "embeds.every(skipsToOwnEnd)",
        ),
        Check("every embed has a name of its own to a screen reader", "embeds.every(isNamed)"),
    ),
)
