import pytest

from desktop.consent.catalogue import catalogue, named
from desktop.consent.probe import at, looking
from desktop.consent.scenario import Accepts, Check, ComeBack, Press, Scenario, Scope
from desktop.domain.problem import InvalidValue

EACH = pytest.mark.parametrize("scenario", catalogue(), ids=lambda each: each.name)


@EACH
def test_every_scenario_says_what_it_expects_and_records(scenario: Scenario) -> None:
    assert scenario.title
    assert scenario.expects.endswith(".")
    assert scenario.records
    assert scenario.steps or scenario.scope is Scope.FILES
    assert named((scenario.name,)) == (scenario,)


@EACH
def test_who_accepts_marks_where_consent_is_given_and_who_does_not_never(scenario: Scenario) -> None:
    gives = any(getattr(step, "gives_consent", False) for step in scenario.steps)
    assert gives is (scenario.accepts is not Accepts.NOTHING)
    assert not scenario.awaits or gives
    takes = [each for each in scenario.steps if isinstance(each, Press | ComeBack) and each.takes_back]
    assert not takes or gives


def test_names_are_each_scenarios_own() -> None:
    names = [each.name for each in catalogue()]
    assert len(set(names)) == len(names) > 30
    with pytest.raises(InvalidValue, match="no scenario “sing”"):
        named(("first-visit", "sing"))


def test_what_is_looked_for_is_quoted_whatever_it_holds() -> None:
    script = looking("shown(embed)", 'a"b\\', ("c", "d'"))
    assert 'getElementById("a\\"b\\\\")' in script
    assert '["c", "d\'"]' in script
    assert at("find(SELECTOR)", 'a[href="#x"]') == 'find("a[href=\\"#x\\"]")'
    assert all(each.sentence[0].islower() for one in catalogue() for each in one.steps if isinstance(each, Check))
