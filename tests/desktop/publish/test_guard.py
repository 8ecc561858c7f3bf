from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.identity import new_id
from desktop.domain.problem import InvalidValue
from desktop.publish.guard import GuardRefused, allow, allow_change
from desktop.publish.service import Service

ENDPOINT = Endpoint(id=new_id(), name="The page", url="https://example.org", environment=Environment.REHEARSAL)
ON_AIR = replace(ENDPOINT, environment=Environment.PRODUCTION)
INSTANCES = (new_id(), new_id())


@given(
    wanted=st.sampled_from(Environment),
    found=st.sampled_from(Environment),
    pinned=st.sampled_from([None, *INSTANCES]),
    instance=st.sampled_from(INSTANCES),
    on_air=st.booleans(),
)
def test_it_lets_pass_exactly_what_was_agreed(
    wanted: Environment, found: Environment, pinned: object, instance: object, *, on_air: bool
) -> None:
    endpoint = replace(ENDPOINT, environment=wanted, instance=pinned)  # type: ignore[arg-type]  # ids or None
    service = Service(instance=instance, environment=found)  # type: ignore[arg-type]
    is_agreed = wanted is found and pinned in {None, instance} and (on_air or wanted is not Environment.PRODUCTION)
    if is_agreed:
        allow(endpoint, on_air=on_air, service=service)
        return
    with pytest.raises(GuardRefused) as refused:
        allow(endpoint, on_air=on_air, service=service)
    assert refused.value.explanation.done == "Nothing was sent."


def test_production_needs_an_explicit_act_before_anybody_is_asked() -> None:
    with pytest.raises(GuardRefused, match="on air"):
        allow(ON_AIR, on_air=False)
    allow(ON_AIR, on_air=True)
    allow(ENDPOINT, on_air=False)


def test_production_is_never_reached_over_a_line_others_can_read() -> None:
    with pytest.raises(GuardRefused, match="http"):
        allow(replace(ON_AIR, url="http://example.org"), on_air=True)
    allow(replace(ON_AIR, url="http://127.0.0.1:8198"), on_air=True)


def test_an_address_that_is_none_goes_nowhere() -> None:
    with pytest.raises(InvalidValue):
        allow(replace(ENDPOINT, url="https://ada:secret@example.org"), on_air=False)


def test_what_waits_never_goes_on_air_because_a_setting_changed() -> None:
    with pytest.raises(GuardRefused, match="waiting"):
        allow_change(ENDPOINT, ON_AIR, is_waited_for=True)
    allow_change(ENDPOINT, ON_AIR, is_waited_for=False)
    allow_change(ENDPOINT, replace(ENDPOINT, url="https://other.example"), is_waited_for=True)
