"""The post is for adults who sign in."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, Photograph, Press, Scenario, Scope, Setup, Stub

SCENARIO: Final = Scenario(
    name="post-age-gated",
    title="The post is for adults who sign in",
    scope=Scope.EMBED,
    expects="What it said, as kept when it was embedded, stays readable, with the link.",
    records="requests, how long it took, a picture",
    setup=Setup(stub=Stub.AGE_GATED),
    accepts=Accepts.ONE,
    awaits=True,
    steps=(
        Press('{embed} button[data-choice="once"]', gives_consent=True),
        Check("the page has done with loading", "!isBusy(embed)", within=8.5),
        Check("the quotation is readable", "hasQuote(embed)"),
        Check("the link stands", "hasLink(embed)"),
        Photograph("age_gated"),
    ),
)
