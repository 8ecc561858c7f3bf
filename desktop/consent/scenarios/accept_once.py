"""A reader accepts one post, once."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, Photograph, Press, ReadToEnd, Scenario, Scope

SCENARIO: Final = Scenario(
    name="accept-once",
    title="Accept once",
    scope=Scope.EMBED,
    expects="Only that post's provider is asked and only that panel is replaced; we keep nothing.",
    records="requests, connections, cookies, storage, focus, pictures",
    accepts=Accepts.ONE,
    awaits=True,
    steps=(
        ReadToEnd(),
        Press('{embed} button[data-choice="once"]', gives_consent=True),
        Check("the post is loaded", "loaded(embed)", within=8.5),
        Check("the other embeds are untouched", "embeds.every((each) => each === embed || untouched(each))"),
        Check("the focus is on the container that stays", "focused() === panel"),
        Check("it is announced", "heard()"),
        Photograph("accepted"),
    ),
)
