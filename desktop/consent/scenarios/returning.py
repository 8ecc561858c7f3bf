"""A reader comes back the next day after choosing always."""

from typing import Final

from desktop.consent.scenario import Accepts, Check, ComeBack, Press, Scenario, Scope

SCENARIO: Final = Scenario(
    name="returning",
    title="Back the next day",
    scope=Scope.EMBED,
    expects="The provider's posts load by themselves; what we keep is unchanged.",
    records="requests, cookies, storage",
    accepts=Accepts.PROVIDER,
    awaits=True,
    keeps=True,
    needs='button[data-choice="always"]',
    steps=(
        Press('{embed} button[data-choice="always"]', gives_consent=True),
        Check("the post is loaded", "loaded(embed)", within=8.5),
        ComeBack(days=1),
        Check("all posts of the provider are loaded", "[embed, ...siblings].every(loaded)", within=8.5),
        Check("the other providers are untouched", "others.every(untouched)"),
    ),
)
