import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.endpoint import Environment
from desktop.domain.identity import new_id
from desktop.domain.members import Json
from desktop.domain.problem import InvalidValue
from desktop.publish.service import read_service

INSTANCE = new_id()
DOCUMENT: Json = {"api": "live-page/1", "instance": str(INSTANCE), "environment": "test"}


def test_a_service_says_who_it_is() -> None:
    service = read_service(json.dumps(DOCUMENT | {"name": "The page", "limits": {"entry": 5}}).encode())
    assert (service.instance, service.environment, service.name) == (INSTANCE, Environment.TEST, "The page")


@pytest.mark.parametrize("missing", sorted(DOCUMENT))
def test_one_that_leaves_out_what_matters_is_refused(missing: str) -> None:
    document = {name: member for name, member in DOCUMENT.items() if name != missing}
    with pytest.raises(InvalidValue):
        read_service(json.dumps(document).encode())


@given(
    st.binary(max_size=200)
    | st.dictionaries(st.sampled_from(sorted(DOCUMENT)), st.text()).map(json.dumps).map(str.encode)
)
def test_anything_else_is_refused_and_never_breaks(body: bytes) -> None:
    with pytest.raises(InvalidValue):
        read_service(body)
