"""A reader takes back what they had agreed to."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, Photograph, Press, Scenario, Scope, Wait

SCENARIO: Final = Scenario(
    name="withdraw",
    title="Withdraw",
    scope=Scope.EMBED,
    expects="The frames go, the panels are back, our key is deleted, and it is announced.",
    records="requests before and after, storage, a picture",
    accepts=Accepts.PROVIDER,
    awaits=True,
    needs='button[data-choice="always"]',
    steps=(
        Press('{embed} button[data-choice="always"]', gives_consent=True),
        Check("the post is loaded", "loaded(embed)", within=8.5),
        Press("#memory button", takes_back=True),
        Check("the panels are back", "embeds.every(untouched)"),
        Check("it is announced", "heard()"),
        Check("it is said what cannot be deleted", "shown(document.querySelector('#memory p'))"),
        Check("our key is deleted", "localStorage.length === 0"),
        Check("the focus is not lost", "focused() !== document.body"),
        Wait(1.0),
        Photograph("withdrawn"),
    ),
)
