"""Bodies of requests: capped in bytes and in time before anything is parsed."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from starlette.requests import Request

from desktop.domain.members import Json, parse
from desktop.domain.problem import InvalidValue
from desktop.domain.text import clean
from desktop.rehearsal.limits import BODY_BYTES, BODY_SECONDS
from desktop.rehearsal.refusal import Ground, Refusal


async def read_json(request: Request) -> Json:
    """Read a JSON object, every text in it cleaned as typed text is; a body that is none raises Refusal."""
    check_encoding(request)
    if media_type(request) != "application/json":
        raise Refusal(Ground.MEDIA_TYPE_UNKNOWN, "Send application/json.", headers={"Accept": "application/json"})
    async with aclosing(read_within(request, BODY_BYTES, BODY_SECONDS)) as arriving:
        chunks = [chunk async for chunk in arriving]
    try:
        written = parse(b"".join(chunks))
    except InvalidValue as error:
        raise Refusal(Ground.BAD_REQUEST, str(error)) from error
    return {clean(key): _cleaned(member) for key, member in written.items()}


async def read_within(request: Request, most: int, seconds: float) -> AsyncGenerator[bytes, None]:
    """Read a body piece by piece; too many bytes, announced or sent, or too long a wait raise Refusal."""
    announced = request.headers.get("content-length", "0")
    if not announced.isdecimal() or int(announced) > most:
        raise Refusal(Ground.TOO_LARGE, f"At most {most} bytes are taken here.")
    ends = asyncio.get_running_loop().time() + seconds
    size = 0
    arriving = request.stream()
    while True:
        try:
            async with asyncio.timeout_at(ends):
                chunk = await anext(arriving, None)
        except TimeoutError as error:
            raise Refusal(Ground.TOO_SLOW, headers={"Connection": "close"}) from error
        if chunk is None:
            return
        size += len(chunk)
        if size > most:
            raise Refusal(Ground.TOO_LARGE, f"At most {most} bytes are taken here.")
        yield chunk


def check_encoding(request: Request) -> None:
    """Refuse compressed bodies: what is capped in bytes must not grow afterwards."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        headers = {"Accept-Encoding": "identity"}
        raise Refusal(Ground.MEDIA_TYPE_UNKNOWN, "Bodies are taken uncompressed.", headers=headers)


def media_type(request: Request) -> str:
    """Return the media type a request states for its body, without parameters; "" when it states none."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(member) for member in value]
    if isinstance(value, dict):
        return {clean(key): _cleaned(member) for key, member in value.items()}
    return value
