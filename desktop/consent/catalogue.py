"""Every scenario there is: a file of `desktop.consent.scenarios` with one SCENARIO is one more."""

import pkgutil
from functools import cache
from importlib import import_module

from desktop.consent import scenarios
from desktop.consent.scenario import Scenario, Scope
from desktop.domain.problem import InvalidValue


@cache
def catalogue() -> tuple[Scenario, ...]:
    """Return every scenario: those of a page, of an embed, of its files, each by name."""
    found = [
        import_module(f"{scenarios.__name__}.{module.name}").SCENARIO
        for module in pkgutil.iter_modules(scenarios.__path__)
    ]
    return tuple(sorted(found, key=lambda each: (list(Scope).index(each.scope), each.name)))


def named(names: tuple[str, ...]) -> tuple[Scenario, ...]:
    """Return the scenarios of some names, all for none; an unknown name raises InvalidValue."""
    known = {each.name: each for each in catalogue()}
    for name in names:
        if name not in known:
            message = f"There is no scenario “{name}”."
            raise InvalidValue(message, next_action=f"There are: {', '.join(known)}.")
    return tuple(known[name] for name in names) if names else tuple(known.values())
