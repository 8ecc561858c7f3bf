"""A reader without a mouse presses the space bar."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, Key, Scenario, Scope, TabTo

SCENARIO: Final = Scenario(
    name="keyboard-space",
    title="Keyboard only, space bar",
    scope=Scope.EMBED,
    expects="Space accepts as Enter does.",
    records="where the focus was after each key",
    accepts=Accepts.ONE,
    awaits=True,
    steps=(
        TabTo('{embed} button[data-choice="once"]'),
        Key("Space", gives_consent=True),
        Check("the post is loaded", "loaded(embed)", within=8.5),
        Check("the focus is on the container that stays", "focused() === panel"),
    ),
)
