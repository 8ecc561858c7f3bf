"""A reader without a mouse."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, Key, Photograph, Scenario, Scope, TabTo

SCENARIO: Final = Scenario(
    name="keyboard",
    title="Keyboard only",
    scope=Scope.EMBED,
    expects="Tab reaches the choice, the focus can be seen, Enter accepts, and the focus stays.",
    records="where the focus was after each key, a picture",
    accepts=Accepts.ONE,
    awaits=True,
    steps=(
        TabTo('{embed} button[data-choice="once"]'),
        Check("the focus can be seen", "hasVisibleFocus()"),
        Photograph("focus"),
        Key("Enter", gives_consent=True),
        Check("the post is loaded", "loaded(embed)", within=8.5),
        Check("the focus is on the container that stays", "focused() === panel"),
    ),
)
