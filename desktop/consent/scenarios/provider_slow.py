"""The provider answers after three seconds."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, Photograph, Press, Scenario, Scope, Setup, Stub

SCENARIO: Final = Scenario(
    name="provider-slow",
    title="The provider answers after three seconds",
    scope=Scope.EMBED,
    expects="It is said that the post is loading, and then it is there.",
    records="requests, how long it took, a picture",
    setup=Setup(stub=Stub.SLOW),
    accepts=Accepts.ONE,
    awaits=True,
    steps=(
        Press('{embed} button[data-choice="once"]', gives_consent=True),
        Check("it is said that the post is loading", "heard() || told(embed)", within=1.5),
        Photograph("loading"),
        Check("the post is loaded", "loaded(embed)", within=15.0),
        Check("the other embeds are untouched", "embeds.every((each) => each === embed || untouched(each))"),
    ),
)
