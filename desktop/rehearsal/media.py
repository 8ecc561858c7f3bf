"""The contract's media: addressed by content, so that sending twice is harmless and half a file is never taken."""

import base64
import binascii
import re
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final, NoReturn

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from desktop.domain.members import read_sha256
from desktop.domain.problem import InvalidValue
from desktop.rehearsal.body import check_encoding, media_type, read_within
from desktop.rehearsal.ledger import MediaFile
from desktop.rehearsal.limits import MEDIA_BYTES, MEDIA_SECONDS
from desktop.rehearsal.media_folder import MEDIA_TYPES, Incoming, recognise
from desktop.rehearsal.precondition import is_unchanged
from desktop.rehearsal.refusal import Ground, Refusal
from desktop.rehearsal.storage import Storage

_DIGEST: Final = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]*):")
FOR_GOOD: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Media:
    """Answers requests for media files; every public method is a handler."""

    storage: Storage

    async def get_one(self, request: Request) -> Response:
        """Answer a file, or a part of it."""
        file = await run_in_threadpool(self._stored, _name(request))
        if file is None:
            raise Refusal(Ground.MEDIA_MISSING)
        return answer_file(request, self.storage, file)

    async def put_one(self, request: Request) -> Response:
        """Take a file whose bytes have the SHA-256 in its address and in its Content-Digest."""
        sha256 = _name(request)
        _check_digest(request, sha256)
        check_encoding(request)
        if await run_in_threadpool(self._stored, sha256):
            return Response(status_code=204)
        stated = media_type(request)
        if stated not in MEDIA_TYPES:
            _refuse_type("The body must state one of these types")
        incoming = await run_in_threadpool(self.storage.media_folder.receive)
        try:
            async with aclosing(read_within(request, MEDIA_BYTES, MEDIA_SECONDS)) as arriving:
                async for chunk in arriving:
                    await run_in_threadpool(incoming.write, chunk)
            await run_in_threadpool(self._keep, incoming, sha256, stated)
        finally:
            incoming.close()
        return Response(status_code=201, headers={"Location": request.url.path})

    def _stored(self, sha256: str) -> MediaFile | None:
        with self.storage.read() as rows:
            file = rows.media(sha256)
        return file if file and self.storage.media_folder.has(sha256) else None

    def _keep(self, incoming: Incoming, sha256: str, stated: str) -> None:
        if incoming.sha256 != sha256:
            raise Refusal(Ground.DIGEST_MISMATCH)
        incoming.flush()
        found = recognise(incoming.path)
        if found is None or found[0] != stated:
            _refuse_type(f"These bytes are not {stated}; the endpoint takes")
        # The file first, then its row: a crash between them leaves a file nobody names, never a name without file.
        self.storage.media_folder.keep(incoming)
        with self.storage.write() as rows:
            rows.add_media(MediaFile(sha256, found[0], incoming.size, found[1], found[2]))


def answer_file(request: Request, storage: Storage, file: MediaFile) -> Response:
    """Answer a media file; its bytes never change, so its validator is its name."""
    headers = {"ETag": f'"{file.sha256}"', "Cache-Control": FOR_GOOD}
    if is_unchanged(request.headers, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return FileResponse(storage.media_folder.file(file.sha256), headers=headers, media_type=file.media_type)


def _name(request: Request) -> str:
    try:
        return read_sha256(request.path_params["sha256"])
    except InvalidValue as error:
        raise Refusal(Ground.NOT_FOUND, str(error)) from error


def _check_digest(request: Request, sha256: str) -> None:
    stated = _DIGEST.search(", ".join(request.headers.getlist("content-digest")))
    if stated is None:
        raise Refusal(Ground.BAD_REQUEST, "Send the Content-Digest of the file, as sha-256.")
    try:
        digest = base64.b64decode(stated[1], validate=True)
    except binascii.Error as error:
        raise Refusal(Ground.BAD_REQUEST, "The Content-Digest is not base64.") from error
    if digest.hex() != sha256:
        raise Refusal(Ground.DIGEST_MISMATCH, "The Content-Digest is not the one in the address.")


def _refuse_type(why: str) -> NoReturn:
    taken = ", ".join(MEDIA_TYPES)
    raise Refusal(Ground.MEDIA_TYPE_UNKNOWN, f"{why}: {taken}.", headers={"Accept": taken})
