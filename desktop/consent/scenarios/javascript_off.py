"""A reader whose browser runs no scripts."""

from typing import Final

from desktop.consent.scenario import Check, Photograph, ReadToEnd, Scenario, Scope, Setup

SCENARIO: Final = Scenario(
    name="javascript-off",
    title="JavaScript off",
    scope=Scope.PAGE,
    expects="The publisher alone is asked; quotation, link and disclaimer stand.",
    records="requests, connections, storage, a picture",
    setup=Setup(javascript=False),
    steps=(
        ReadToEnd(),
        Check("quotation and link stand", "embeds.every((each) => hasQuote(each) && hasLink(each))"),
        Check("the disclaimer stands", "embeds.every((each) => seen(each, '.disclaimer').length > 0)"),
        Check("no button stands that does nothing", "embeds.every((each) => seen(each, 'button').length === 0)"),
        Check(
            "no skip link leads to what is hidden",
            "seen(document, 'a[href^=\"#\"]').every((each) => shown(target(each)))",
        ),
        Photograph("no scripts"),
    ),
)
