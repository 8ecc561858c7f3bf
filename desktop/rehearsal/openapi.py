"""The endpoint's own OpenAPI 3.1 document: what it takes and what it answers."""

from typing import Any, Final

from desktop.domain.endpoint import Environment
from desktop.rehearsal import limits
from desktop.rehearsal.media_folder import MEDIA_TYPES
from desktop.rehearsal.openapi_schemas import NESTING, SCHEMAS, ref
from desktop.rehearsal.refusal import MEDIA_TYPE, Ground

Json = dict[str, Any]

_G = Ground
_ALWAYS: Final = (_G.BAD_REQUEST, _G.STRANGER, _G.BROKEN, _G.STORE_UNWRITABLE)
_WRITING: Final = (*_ALWAYS, _G.TOKEN_NEEDED, _G.ENVIRONMENT_MISMATCH)
_TAKING: Final = (
    *_WRITING,
    _G.TOO_SLOW,
    _G.CONFLICT,
    _G.NOTHING_TO_CHANGE,
    _G.TOO_LARGE,
    _G.MEDIA_TYPE_UNKNOWN,
    _G.INVALID_VALUE,
    _G.OPERATION_REUSED,
    _G.PRECONDITION_NEEDED,
)


def document(name: str, environment: Environment) -> Json:
    """Write the document of an endpoint."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Live page publishing API: {name}",
            "version": "1.0",
            "description": f"Ids made by the client, PUT only, preconditions by entity tag. {NESTING}",
        },
        "servers": [{"url": "/"}],
        "paths": {
            "/": {"get": _reading("describe", "What this endpoint is.", ref("Service"), tagged=False)},
            "/openapi.json": {"get": _reading("describeContract", "This document.", {"type": "object"}, tagged=False)},
            "/problems/{slug}": {
                "parameters": [_path("slug", {"type": "string"})],
                "get": _reading("explain", "What a problem type means.", ref("Problem"), _G.NOT_FOUND, tagged=False),
            },
            **_pages(environment),
            "/media/{sha256}": _media(environment),
            **_readers(),
        },
        "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}, "schemas": SCHEMAS},
    }


def _pages(environment: Environment) -> Json:
    page, entry = _path("page", ref("Id")), _path("entry", ref("Id"))
    nowhere, missing = _G.NOT_FOUND, _G.PAGE_MISSING
    before = _query("before", {"type": "string"})
    after = _query("after", {"type": "string"})
    return {
        "/pages/{page}": {
            "parameters": [page],
            "get": _reading("getPage", "The page.", ref("Page"), nowhere, missing),
            "put": _putting("putPage", "Headline, state, clock, zone and profile.", "Page", environment, nowhere),
        },
        "/pages/{page}/summary": {
            "parameters": [page],
            "get": _reading("getSummary", "The bullets.", ref("Summary"), nowhere, missing, _G.SUMMARY_MISSING),
            "put": _putting(
                "putSummary", "The whole ordered list of bullets.", "Summary", environment, nowhere, missing
            ),
        },
        "/pages/{page}/entries": {
            "parameters": [page],
            "get": {
                **_reading(
                    "listEntries", "Newest first by (at, id).", ref("Entries"), nowhere, missing, _G.CURSOR_INVALID
                ),
                "parameters": [before, _limit(20, limits.ENTRIES_A_READ), _known()],
            },
        },
        "/pages/{page}/entries/{entry}": {
            "parameters": [page, entry],
            "get": _reading("getEntry", "The entry.", ref("Entry"), nowhere, missing, _G.ENTRY_MISSING, _G.TAKEN_DOWN),
            "put": _putting(
                "putEntry",
                "Create or replace one entry; withdrawing is a PUT with state retracted.",
                "Entry",
                environment,
                nowhere,
                missing,
                _G.TAKEN_DOWN,
                _G.MEDIA_UNSENT,
            ),
            "delete": {
                "operationId": "removeEntry",
                "summary": "Legal take-down alone: for good, with a tombstone among the changes.",
                "security": [{"bearer": []}],
                "parameters": [_header("If-Match", {"type": "string"}), _environment(environment), _by()],
                "responses": {
                    "204": {"description": "Gone."},
                    **_refusals(
                        *_WRITING,
                        nowhere,
                        missing,
                        _G.ENTRY_MISSING,
                        _G.TAKEN_DOWN,
                        _G.CONFLICT,
                        _G.PRECONDITION_NEEDED,
                    ),
                },
            },
        },
        "/pages/{page}/changes": {
            "parameters": [page],
            "get": {
                **_reading(
                    "listChanges",
                    "What was written, oldest first.",
                    ref("Changes"),
                    nowhere,
                    missing,
                    _G.CURSOR_INVALID,
                ),
                "parameters": [after, _limit(100, limits.CHANGES_A_READ), _known()],
            },
        },
    }


def _media(environment: Environment) -> Json:
    file = {"description": "The file.", "content": {kind: {} for kind in MEDIA_TYPES}}
    reading = {
        "security": [],
        "parameters": [_known()],
        "responses": {
            "200": file,
            "206": {**file, "description": "The part that was asked for."},
            "304": {"description": "Not modified."},
            "416": {"description": "There is no such part."},
            **_refusals(*_ALWAYS, _G.MEDIA_MISSING, _G.NOT_FOUND),
        },
    }
    digest = {"type": "string", "pattern": "sha-256=:[A-Za-z0-9+/]+=*:"}
    return {
        "parameters": [_path("sha256", ref("Sha256"))],
        "get": {"operationId": "getMedia", "summary": "A file, or a part of it.", **reading},
        "head": {"operationId": "hasMedia", "summary": "Whether a file is stored.", **reading},
        "put": {
            "operationId": "putMedia",
            "summary": "Send a file; sending twice is harmless, half a file is never taken.",
            "security": [{"bearer": []}],
            "parameters": [_header("Content-Digest", digest, required=True), _environment(environment)],
            "requestBody": {
                "required": True,
                "description": f"At most {limits.MEDIA_BYTES} bytes.",
                "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in MEDIA_TYPES},
            },
            "responses": {
                "201": {"description": "Stored.", "headers": {"Location": {"schema": {"type": "string"}}}},
                "204": {"description": "Stored already."},
                **_refusals(
                    *_WRITING, _G.NOT_FOUND, _G.TOO_SLOW, _G.TOO_LARGE, _G.MEDIA_TYPE_UNKNOWN, _G.DIGEST_MISMATCH
                ),
            },
        },
    }


def _readers() -> Json:
    page, path = _path("page", ref("Id")), _path("path", {"type": "string"})
    moved = {"308": {"description": "Where the slash is right."}}
    found = {"200": {"description": "As it stands."}, "304": {"description": "Not modified."}}
    missing = _refusals(*_ALWAYS, _G.NOT_FOUND)

    def get(operation: str, summary: str, answers: Json) -> Json:
        return {"operationId": operation, "summary": summary, "security": [], "responses": {**answers, **missing}}

    return {
        "/live": {"get": get("goToReaders", "Go to the list of pages.", moved)},
        "/live/": {"get": get("listForReaders", "Every page that was published.", found)},
        "/live/{page}": {"parameters": [page], "get": get("goToPage", "Go to the page.", moved)},
        "/live/{page}/events": {
            "parameters": [page],
            "get": get("hearOfNews", "Server-sent events: each says that there is something to ask for.", _STREAM),
        },
        "/live/{page}/{path}": {
            "parameters": [page, path],
            "get": get("readPage", "The reader's page, its style, frames and files.", {**found, **moved, **_PART}),
        },
    }


_STREAM: Final[Json] = {
    "200": {"description": "A stream of hints without content.", "content": {"text/event-stream": {}}},
    "204": {"description": "Ask from time to time instead."},
}
_PART: Final[Json] = {
    "206": {"description": "The part of a file that was asked for."},
    "416": {"description": "There is no such part."},
}


def _reading(operation: str, summary: str, schema: Json, *grounds: Ground, tagged: bool = True) -> Json:
    found: Json = {"description": summary, "content": {"application/json": {"schema": schema}}}
    if not tagged:
        responses = {"200": found, **_refusals(*_ALWAYS, *grounds)}
        return {"operationId": operation, "summary": summary, "security": [], "responses": responses}
    found["headers"] = {"ETag": {"schema": ref("ETag")}}
    responses = {"200": found, "304": {"description": "Not modified."}, **_refusals(*_ALWAYS, *grounds)}
    return {
        "operationId": operation,
        "summary": summary,
        "security": [],
        "parameters": [_known()],
        "responses": responses,
    }


def _putting(operation: str, summary: str, schema: str, environment: Environment, *grounds: Ground) -> Json:
    stored = {
        "headers": {"ETag": {"schema": ref("ETag")}},
        "content": {"application/json": {"schema": ref(schema)}},
    }
    return {
        "operationId": operation,
        "summary": summary,
        "description": "An `op` taken before answers 200 with the revision it made, whatever the precondition.",
        "security": [{"bearer": []}],
        "parameters": [
            _header("If-None-Match", {"const": "*"}, "To create."),
            _header("If-Match", {"type": "string"}, "To replace: the entity tag of what is there."),
            _environment(environment),
            _by(),
            _header("Idempotency-Key", {"type": "string"}, "Read past: `op` in the body decides."),
        ],
        "requestBody": {
            "required": True,
            "description": f"At most {limits.BODY_BYTES} bytes.",
            "content": {"application/json": {"schema": ref(schema)}},
        },
        "responses": {
            "200": {"description": "Replaced, or taken before.", **stored},
            "201": {"description": "Created.", **stored},
            **_refusals(*_TAKING, *grounds),
        },
    }


def _refusals(*grounds: Ground) -> Json:
    """Describe refusals by status, each with the problem types it comes with."""
    by_status: dict[int, list[Ground]] = {}
    for ground in grounds:
        by_status.setdefault(ground.status, []).append(ground)
    return {str(status): _refusal(listed) for status, listed in sorted(by_status.items())}


def _refusal(grounds: list[Ground]) -> Json:
    schema = ref("Conflict" if Ground.CONFLICT in grounds else "Problem")
    types = {"properties": {"type": {"enum": [ground.type for ground in grounds]}}}
    refusal: Json = {
        "description": " ".join(ground.title for ground in grounds),
        "content": {MEDIA_TYPE: {"schema": {"allOf": [schema, types]}}},
    }
    if Ground.TOKEN_NEEDED in grounds:
        refusal["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}}}
    if Ground.STORE_UNWRITABLE in grounds:
        refusal["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    return refusal


def _path(name: str, schema: Json) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _query(name: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "schema": schema}


def _header(name: str, schema: Json, description: str = "", *, required: bool = False) -> Json:
    described = {"description": description} if description else {}
    return {"name": name, "in": "header", "required": required, "schema": schema, **described}


def _limit(default: int, most: int) -> Json:
    return _query("limit", {"type": "integer", "minimum": 1, "maximum": most, "default": default})


def _known() -> Json:
    return _header("If-None-Match", {"type": "string"}, "Entity tags the reader has.")


def _environment(environment: Environment) -> Json:
    return _header("Live-Environment", {"const": environment.value}, "Must be this endpoint's.", required=True)


def _by() -> Json:
    return _header("Live-By", {"type": "string"}, "Who publishes, percent-encoded UTF-8; shown in conflicts.")
