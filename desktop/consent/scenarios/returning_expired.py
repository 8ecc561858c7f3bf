"""A reader comes back years after choosing always."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, ComeBack, Photograph, Press, Scenario, Scope, Wait

SCENARIO: Final = Scenario(
    name="returning-expired",
    title="Back after it has expired",
    scope=Scope.EMBED,
    expects="Nobody is asked, our key is removed, and the page says why it asks again.",
    records="requests, storage, what was said, a picture",
    accepts=Accepts.PROVIDER,
    awaits=True,
    needs='button[data-choice="always"]',
    steps=(
        Press('{embed} button[data-choice="always"]', gives_consent=True),
        Check("the post is loaded", "loaded(embed)", within=8.5),
        ComeBack(days=800, takes_back=True),
        Check("the page asks again", "[embed, ...siblings].every(untouched)"),
        Check("our key is removed", "localStorage.length === 0"),
        Check("it is said why, at every post", "[embed, ...siblings].every(told)"),
        Wait(1.0),
        Photograph("expired"),
    ),
)
