"""The part of JSON Schema that the endpoint's document uses; a keyword that is not checked here is a fault itself."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from desktop.domain import moment
from desktop.domain.problem import InvalidValue

Json = dict[str, Any]

_KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_FORMATS: dict[str, Callable[[str], object]] = {
    "uuid": UUID,
    "date-time": moment.from_json,
    "uri-reference": urlsplit,
}


@dataclass(frozen=True)
class Place:
    """A value, the shape it should have, and where in the whole it is."""

    value: Any
    schema: Json
    document: Json
    at: str

    def inner(self, value: Any, schema: Json, step: str = "") -> list[str]:
        return faults(value, schema, self.document, self.at + step)


def faults(value: Any, schema: Json, document: Json, at: str = "$") -> list[str]:
    """List where a value is not of a shape."""
    place = Place(value, schema, document, at)
    return [fault for key, rule in schema.items() for fault in _KEYWORDS[key](place, rule)]


def _ref(place: Place, pointer: str) -> list[str]:
    found: Any = place.document
    for part in pointer.removeprefix("#/").split("/"):
        found = found[part]
    return place.inner(place.value, found)


def _type(place: Place, rule: str | list[str]) -> list[str]:
    kinds = tuple(kind for name in ([rule] if isinstance(rule, str) else rule) for kind in _KINDS[name])
    is_kind = isinstance(place.value, kinds) and (not isinstance(place.value, bool) or bool in kinds)
    return [] if is_kind else [f"{place.at} is not {rule}"]


def _enum(place: Place, allowed: list[Any]) -> list[str]:
    return [] if place.value in allowed else [f"{place.at} is {place.value!r}, not one of {allowed}"]


def _one_of(place: Place, shapes: list[Json]) -> list[str]:
    fitting = sum(not place.inner(place.value, each) for each in shapes)
    return [] if fitting == 1 else [f"{place.at} fits {fitting} of {len(shapes)} shapes"]


def _any_of(place: Place, shapes: list[Json]) -> list[str]:
    tried = [place.inner(place.value, each) for each in shapes]
    return [] if [] in tried else [f"{place.at} fits none: {tried}"]


def _all_of(place: Place, shapes: list[Json]) -> list[str]:
    return [fault for each in shapes for fault in place.inner(place.value, each)]


def _required(place: Place, names: list[str]) -> list[str]:
    missing = [name for name in names if name not in place.value] if isinstance(place.value, dict) else []
    return [f"{place.at} lacks {name}" for name in missing]


def _properties(place: Place, shapes: dict[str, Json]) -> list[str]:
    given = place.value if isinstance(place.value, dict) else {}
    return [fault for name in shapes.keys() & given for fault in place.inner(given[name], shapes[name], f".{name}")]


def _other_properties(place: Place, rule: bool | Json) -> list[str]:  # noqa: FBT001 - JSON Schema's own form
    given = place.value if isinstance(place.value, dict) else {}
    others = sorted(given.keys() - place.schema.get("properties", {}))
    if isinstance(rule, bool):
        return [] if rule else [f"{place.at} holds {name}" for name in others]
    return [fault for name in others for fault in place.inner(given[name], rule, f".{name}")]


def _items(place: Place, rule: Json) -> list[str]:
    given = place.value if isinstance(place.value, list) else []
    return [fault for index, each in enumerate(given) for fault in place.inner(each, rule, f"[{index}]")]


def _pattern(place: Place, rule: str) -> list[str]:
    is_fitting = not isinstance(place.value, str) or re.search(rule, place.value)
    return [] if is_fitting else [f"{place.at} does not match {rule}"]


def _format(place: Place, name: str) -> list[str]:
    if not isinstance(place.value, str) or name == "binary":
        return []
    try:
        _FORMATS[name](place.value)
    except (ValueError, InvalidValue):
        return [f"{place.at} is no {name}"]
    return []


def _least(place: Place, rule: float) -> list[str]:
    return [] if _size(place.value) >= rule else [f"{place.at} is less than {rule}"]


def _most(place: Place, rule: float) -> list[str]:
    return [] if _size(place.value) <= rule else [f"{place.at} is more than {rule}"]


def _size(value: Any) -> float:
    return len(value) if isinstance(value, str | list) else float(value)


def _nothing(_: Place, __: Any) -> list[str]:
    return []


_KEYWORDS: dict[str, Callable[[Place, Any], list[str]]] = {
    "$ref": _ref,
    "type": _type,
    "const": lambda place, rule: _enum(place, [rule]),
    "enum": _enum,
    "oneOf": _one_of,
    "anyOf": _any_of,
    "allOf": _all_of,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _other_properties,
    "items": _items,
    "pattern": _pattern,
    "format": _format,
    "minLength": _least,
    "maxLength": _most,
    "maxItems": _most,
    "minimum": _least,
    "maximum": _most,
    "description": _nothing,
    "default": _nothing,
}
