"""A reader comes back after what they agreed to has changed."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, ComeBack, Edition, Photograph, Press, Scenario, Scope, Wait

SCENARIO: Final = Scenario(
    name="returning-reworded",
    title="Back after the wording has changed",
    scope=Scope.EMBED,
    expects="Nobody is asked, and the page says that what they agreed to has changed.",
    records="requests, storage, what was said, a picture",
    accepts=Accepts.PROVIDER,
    awaits=True,
    needs='button[data-choice="always"]',
    steps=(
        Press('{embed} button[data-choice="always"]', gives_consent=True),
        Check("the post is loaded", "loaded(embed)", within=8.5),
        ComeBack(edition=Edition.REWORDED, takes_back=True),
        Check("the page asks again", "[embed, ...siblings].every(untouched)"),
        Check("our key is removed", "localStorage.length === 0"),
        Check("it is said why, at every post", "[embed, ...siblings].every(told)"),
        Wait(1.0),
        Photograph("reworded"),
    ),
)
