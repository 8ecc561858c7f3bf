"""The provider sets every cookie it is known for, and one nobody has listed."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, Press, Scenario, Scope, Setup, Stub, Wait

SCENARIO: Final = Scenario(
    name="cookies",
    title="The provider sets its cookies",
    scope=Scope.EMBED,
    expects="Cookies of that provider alone; those nobody has listed are named.",
    records="cookies, storage",
    setup=Setup(stub=Stub.COOKIES),
    accepts=Accepts.ONE,
    awaits=True,
    steps=(
        Press('{embed} button[data-choice="once"]', gives_consent=True),
        Check("the post is loaded", "loaded(embed)", within=8.5),
        Wait(0.5),
        Check("we keep nothing ourselves", "localStorage.length === 0 && document.cookie === ''"),
    ),
)
