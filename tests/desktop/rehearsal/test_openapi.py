"""The document the endpoint publishes about itself; every answer in these tests is held against it."""

import re
from collections.abc import Callable
from typing import Any

from hypothesis import given
from starlette.routing import Route

from desktop.domain import wire
from desktop.domain.coverage import Coverage
from desktop.domain.endpoint import Environment
from desktop.domain.entry import Entry
from desktop.domain.identity import new_id
from desktop.domain.problem import InvalidValue
from desktop.rehearsal import app
from desktop.rehearsal.openapi import document
from desktop.rehearsal.refusal import Ground
from desktop.rehearsal.server import RehearsalEndpoint
from tests.desktop.rehearsal.json_schema import faults
from tests.desktop.rehearsal.publisher import Publisher
from tests.strategies import COVERAGES, ENTRIES

DOCUMENT = document("Rehearsal", Environment.REHEARSAL)


def shape(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def is_taken(read: Callable[[object], object], written: dict[str, Any]) -> bool:
    try:
        read(written)
    except InvalidValue:
        return False
    return True


def test_the_endpoint_publishes_its_document(publisher: Publisher) -> None:
    answer = publisher.client.get("/openapi.json")
    assert (answer.headers["content-type"], answer.json()) == ("application/json", DOCUMENT)


def test_every_route_is_described_and_every_description_is_served(endpoint: RehearsalEndpoint) -> None:
    built = app.build(endpoint.storage, token="t")
    served = {
        (re.sub(r":(uuid|path)", "", route.path), method)
        for route in built.routes
        if isinstance(route, Route)
        for method in route.methods or ()
    }
    described = {
        (path, method.upper()) for path, item in DOCUMENT["paths"].items() for method in item if method != "parameters"
    }
    heads = {(path, "HEAD") for path, method in served if method == "GET"}
    assert described | heads == served


def test_every_refusal_is_described_somewhere() -> None:
    written = str(DOCUMENT["paths"])
    # A method that no operation has is, by its nature, described nowhere.
    missing = {ground for ground in Ground if f"'{ground.type}'" not in written}
    assert missing == {Ground.METHOD_NOT_ALLOWED}


def test_operation_ids_are_unique() -> None:
    ids = [
        each["operationId"] for item in DOCUMENT["paths"].values() for each in item.values() if "operationId" in each
    ]
    assert len(ids) == len(set(ids))


def test_every_reference_leads_somewhere() -> None:
    names = set(re.findall(r"'#/components/schemas/(\w+)'", str(DOCUMENT)))
    assert names <= set(DOCUMENT["components"]["schemas"])


@given(ENTRIES)
def test_every_entry_the_console_writes_is_of_the_described_shape(entry: Entry) -> None:
    assert faults(wire.entry_to_wire(entry, new_id()), shape("Entry"), DOCUMENT) == []


@given(COVERAGES)
def test_pages_and_summaries_are_of_the_described_shape_where_they_are_taken(coverage: Coverage) -> None:
    page = wire.page_to_wire(coverage, {}, new_id())
    assert (faults(page, shape("Page"), DOCUMENT) == []) is is_taken(wire.page_from_wire, page)
    summary = wire.summary_to_wire(coverage, new_id())
    assert (faults(summary, shape("Summary"), DOCUMENT) == []) is is_taken(wire.summary_from_wire, summary)


def test_an_internal_note_is_of_no_described_shape() -> None:
    assert faults({"type": "internal_note", "text": "x"}, shape("Block"), DOCUMENT) != []
