"""A reader says no for now."""

from typing import Final

from desktop.consent.scenario import Check, Photograph, Press, Scenario, Scope

SCENARIO: Final = Scenario(
    name="not-now",
    title="Not now",
    scope=Scope.EMBED,
    expects="Nobody is asked; the link to the original stands and has the focus.",
    records="requests, storage, focus, a picture",
    keeps=True,
    needs='button[data-choice="not_now"]',
    steps=(
        Press('{embed} button[data-choice="not_now"]'),
        Check("the link to the original stands", "hasLink(embed)"),
        Check("the focus is on that link", "focused() === embed.querySelector('.original a')"),
        Check("the quotation stands", "hasQuote(embed)"),
        Photograph("not now"),
    ),
)
