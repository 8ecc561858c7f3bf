"""News comes in while a reader is about to choose."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, Edition, Press, Publish, Scenario, Scope, Setup, TabTo

SCENARIO: Final = Scenario(
    name="live-insert",
    title="A new entry while a choice is open",
    scope=Scope.EMBED,
    expects="The focus stays on the choice; the new posts ask for themselves, and every id is one element's.",
    records="requests, focus",
    setup=Setup(edition=Edition.LIVE),
    accepts=Accepts.ONE,
    awaits=True,
    steps=(
        TabTo('{embed} button[data-choice="once"]'),
        Publish(Edition.GROWN),
        Check("it is told that there is news", "shown(document.querySelector('#news'))", within=20.0),
        Check("the focus is still on the choice", "embed.contains(focused()) && focused().dataset.choice === 'once'"),
        Press("#news button"),
        Check(
            "the new posts ask for themselves",
            "document.querySelector('#entries article') === focused() && embeds.every(untouched)",
            within=8.5,
        ),
        Check("no id stands twice", "idsOnce()"),
        Check("every skip link leads to the end of its own embed", "embeds.every(skipsToOwnEnd)"),
        Press('{embed} button[data-choice="once"]', gives_consent=True),
        Check("the post is loaded", "loaded(embed)", within=8.5),
        Check("the other embeds are untouched", "embeds.every((each) => each === embed || untouched(each))"),
    ),
)
