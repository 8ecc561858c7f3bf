"""Holds answers against the endpoint's own OpenAPI document."""

import re
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.desktop.rehearsal.json_schema import Json, faults


def operation_of(request: httpx.Request, document: Json) -> Json | None:
    """Find what the document says of a request, None where it says nothing."""
    address = urlsplit(str(request.url)).path
    for path, item in document["paths"].items():
        pattern = re.sub(r"\{(page|entry)\}", "[0-9a-f-]{36}", path)
        pattern = pattern.replace("{sha256}", "[^/]+").replace("{slug}", "[^/]+").replace("{path}", ".*")
        if re.fullmatch(pattern, address):
            method = request.method.lower()
            found: Any = item.get(method) or (item.get("get") if method == "head" else None)
            return found if isinstance(found, dict) else None
    return None


def check(response: httpx.Response, document: Json) -> None:
    """Fail where an answer is not as the document has it."""
    operation = operation_of(response.request, document)
    if operation is None:
        assert response.status_code in {401, 403, 404, 405, 409}, response.request.url
        return
    described = operation["responses"].get(str(response.status_code))
    assert described is not None, f"{response.request.method} {response.request.url}: {response.status_code}"
    for name in described.get("headers", {}):
        assert name == "Retry-After" or name in response.headers, name
    content = described.get("content")
    if content is None or response.request.method == "HEAD":
        return
    media_type = response.headers["content-type"].partition(";")[0]
    assert media_type in content
    if "schema" in content[media_type]:
        response.read()
        assert faults(response.json(), content[media_type]["schema"], document) == []
