"""An entry with a post is pinned to the top."""

from typing import Final

from desktop.consent.scenario import Check, Edition, Press, ReadToEnd, Scenario, Scope, Setup

SCENARIO: Final = Scenario(
    name="pinned",
    title="A pinned entry with a post",
    scope=Scope.PAGE,
    expects="What is pinned leads to its entry and repeats no post: every id is one element's, nobody is asked.",
    records="requests, focus",
    setup=Setup(edition=Edition.PINNED),
    steps=(
        Check("an entry is pinned", "seen(document, '.pinned a').length === 1"),
        Check("no id stands twice", "idsOnce()"),
        Check("every embed has a name of its own to a screen reader", "embeds.every(isNamed)"),
        Press(".pinned a"),
        Check(
            "it leads to an entry with a post",
            "Boolean(document.querySelector(':target') && document.querySelector(':target').querySelector('.embed'))",
        ),
        ReadToEnd(),
        Check("every embed shows its panel", "embeds.every((each) => shown(each.querySelector('[role=group]')))"),
    ),
)
