"""The shapes of the native contract, as JSON Schema (the dialect of OpenAPI 3.1)."""

from typing import Any, Final

from desktop.domain.clock import ClockTurn
from desktop.domain.endpoint import Environment
from desktop.domain.members import MAX_DEPTH
from desktop.domain.outbox import OperationKind

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    """Point at a shape by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def array(of: Schema, **limits: int) -> Schema:
    """Describe a list."""
    return {"type": "array", "items": of, **limits}


def shape(required: str, /, **members: Schema) -> Schema:
    """Describe an object that holds these members and no others; `required` names some, separated by blanks."""
    return {"type": "object", "required": required.split(), "additionalProperties": False, "properties": members}


def _maybe(of: Schema) -> Schema:
    """Describe a member that may be null, which is as good as leaving it out."""
    return {"anyOf": [of, {"type": "null"}]}


def _words(most: int) -> Schema:
    """Describe words that must say something."""
    return {"type": "string", "minLength": 1, "maxLength": most, "pattern": r"\S"}


def _block(kind: str, required: str = "", /, **members: Schema) -> Schema:
    return shape(f"type {required}", type={"const": kind}, **members)


_TEXT: Final[Schema] = {"type": "string"}
_SHORT: Final = _maybe(_TEXT)
_FLAG: Final[Schema] = {"type": ["boolean", "null"]}
_WHOLE: Final[Schema] = {"type": ["integer", "null"]}
_SHARE: Final[Schema] = {"type": "number", "minimum": 0, "maximum": 1}
_ID: Final = ref("Id")
_TIME: Final = ref("Time")
_MEDIA: Final = _maybe(ref("Sha256"))
_NEVER: Final = "null outside production alone"

BLOCKS: Final[dict[str, Schema]] = {
    "Paragraph": _block("paragraph", "runs", runs=ref("Text")),
    "Heading": _block("heading", "runs", runs=ref("Text")),
    "List": _block("list", "items", items=array(ref("Text")), ordered=_FLAG),
    "Quote": _block("quote", "runs", runs=ref("Text"), cite=_SHORT),
    "Image": _block(
        "image",
        "media alt",
        media={**_MEDIA, "description": f"The SHA-256 of its bytes; {_NEVER}."},
        alt=_TEXT,
        decorative=_FLAG,
        source=_SHORT,
        caption=_SHORT,
        focus=_maybe(shape("", x=_SHARE, y=_SHARE)),
        width=_WHOLE,
        height=_WHOLE,
    ),
    "Gallery": _block("gallery", "images", images=array(ref("Image"))),
    "Video": {
        **_block(
            "video",
            media=_MEDIA,
            src=_SHORT,
            caption=_SHORT,
            source=_SHORT,
            poster=_maybe(ref("Image")),
            captions={**_MEDIA, "description": "The SHA-256 of a WebVTT file with what is said and heard."},
            width=_WHOLE,
            height=_WHOLE,
        ),
        "description": f"A file that was sent (media) or an address (src); neither, {_NEVER.removeprefix('null ')}.",
    },
    "Embed": _block(
        "embed",
        "provider url",
        provider=_TEXT,
        kind=_SHORT,
        url={**_SHORT, "description": f"The address of the post; {_NEVER}."},
        fallback=_SHORT,
        author=_SHORT,
        posted_at=_maybe(_TIME),
        picture=_maybe(ref("Image")),
    ),
    "ContentWarning": _block("content_warning", "text", text=_TEXT),
    "VerificationNote": _block("verification_note", "text", text=_TEXT),
}

SCHEMAS: Final[dict[str, Schema]] = {
    "Id": {"type": "string", "format": "uuid", "description": "A UUID, version 7, made by the client."},
    "Time": {"type": "string", "format": "date-time", "description": "RFC 3339, to the millisecond."},
    "Sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "ETag": {"type": "string", "pattern": '^"[^"]+"$', "description": "A strong entity tag."},
    "Run": shape("text", text=_TEXT, bold=_FLAG, italic=_FLAG, href=_SHORT),
    "Text": {**array(ref("Run")), "description": "Running text: runs of characters that look the same."},
    **BLOCKS,
    "Block": {"oneOf": [ref(name) for name in BLOCKS]},
    "Turn": shape(
        "turn at",
        turn={"enum": [turn.value for turn in ClockTurn]},
        at=_TIME,
        until=_maybe(_TIME),
        message=_SHORT,
        entry=_maybe(_ID),
    ),
    "Page": {
        **shape(
            "id headline state op",
            id=_ID,
            headline=_words(200),
            description=_SHORT,
            state={"enum": ["upcoming", "live", "paused", "ended"]},
            coverage_start=_maybe(_TIME),
            coverage_end=_maybe(_TIME),
            resumes_at=_maybe(_TIME),
            clock=_maybe(array(ref("Turn"))),
            pinned=_maybe(_ID),
            zone={**_SHORT, "description": "The IANA zone readers see times in; UTC when left out."},
            language=_SHORT,
            house={"type": ["object", "null"], "description": "The resolved house profile that words the page."},
            op=_ID,
        ),
        "description": "Where a clock is given, `state` is where it stands.",
    },
    "Bullet": shape(
        "id text",
        id=_ID,
        text=_words(300),
        entry=_maybe(_ID),
        entries=_maybe(array(_ID)),
    ),
    "Summary": shape("bullets op", bullets=array(ref("Bullet"), maxItems=12), op=_ID),
    "Correction": shape("text at", text=_TEXT, at=_TIME),
    "Entry": {
        **shape(
            "id at state blocks op",
            id=_ID,
            at=_TIME,
            title=_SHORT,
            state={"enum": ["published", "retracted"]},
            key=_FLAG,
            byline=_maybe(array(_TEXT)),
            edited_at=_maybe(_TIME),
            corrections=_maybe(array(ref("Correction"))),
            correction=_SHORT,
            corrected_at=_maybe(_TIME),
            retraction=_SHORT,
            retracted_at=_maybe(_TIME),
            blocks=array(ref("Block")),
            op={**_ID, "description": "The outbox operation that made this revision."},
        ),
        "description": "Internal notes never travel. `correction` and `corrected_at` stand for one correction.",
    },
    "Entries": shape(
        "entries etags next",
        entries=array(ref("Entry")),
        etags={"type": "object", "additionalProperties": ref("ETag"), "description": "By the entry's id."},
        next={"type": ["string", "null"], "description": "The cursor to go on `before`; null at the end."},
    ),
    "Change": shape(
        "kind id change at",
        kind={"enum": [kind.value for kind in OperationKind]},
        id={**_ID, "description": "The entry's, or the page's."},
        change={"enum": ["stored", "removed"], "description": "A removed entry was taken down: a tombstone."},
        at={**_TIME, "description": "When the endpoint took it."},
        by=_TEXT,
        op=_ID,
        etag=ref("ETag"),
        value={"anyOf": [ref("Page"), ref("Summary"), ref("Entry")]},
    ),
    "Changes": shape("changes cursor more", changes=array(ref("Change")), cursor=_TEXT, more={"type": "boolean"}),
    "Service": shape(
        "api instance environment name time limits features",
        api={"const": "live-page/1"},
        instance={"type": "string", "format": "uuid"},
        environment={"enum": [environment.value for environment in Environment]},
        name=_TEXT,
        time=_TIME,
        limits={"type": "object", "additionalProperties": {"type": "integer"}},
        features=array(_TEXT),
    ),
    "Problem": {
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": _TEXT,
            "status": {"type": "integer"},
            "detail": _TEXT,
            "environment": _TEXT,
            "media": array(ref("Sha256")),
            "op": _ID,
        },
    },
    "Conflict": {
        "allOf": [
            ref("Problem"),
            {
                "type": "object",
                "properties": {
                    "current": {"anyOf": [ref("Page"), ref("Summary"), ref("Entry")]},
                    "etag": ref("ETag"),
                    "by": _TEXT,
                },
            },
        ],
        "description": "What stands, its tag, and who put it there; none of them where nothing stands.",
    },
}

NESTING: Final = f"Bodies nest at most {MAX_DEPTH} levels deep."
