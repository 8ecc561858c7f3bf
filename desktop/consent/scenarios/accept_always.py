"""A reader accepts a provider for good."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, Photograph, Press, Scenario, Scope

SCENARIO: Final = Scenario(
    name="accept-always",
    title="Always",
    scope=Scope.EMBED,
    expects="All posts of that provider load, no other's; our key says until when.",
    records="requests, cookies, storage, focus, a picture",
    accepts=Accepts.PROVIDER,
    awaits=True,
    keeps=True,
    needs='button[data-choice="always"]',
    steps=(
        Press('{embed} button[data-choice="always"]', gives_consent=True),
        Check("all posts of the provider are loaded", "[embed, ...siblings].every(loaded)", within=8.5),
        Check("the other providers are untouched", "others.every(untouched)"),
        Check("the focus is on the container that stays", "focused() === panel"),
        Check(
            "what is remembered has an end",
            "Object.keys(localStorage).every((key) => /\\d{13}|\\d{4}-\\d{2}-\\d{2}/.test(localStorage[key]))",
        ),
        Photograph("always"),
    ),
)
