"""Files in a site's media library, found by a slug made of their SHA-256."""

import hashlib
import mimetypes
from typing import Final

from desktop.page.guest_html import GuestPicture
from desktop.publish.answer import Answer, NotSent
from desktop.publish.transport import Broken
from desktop.publish.upload import Upload
from desktop.publish.wordpress.api import WordPressApi
from desktop.publish.wordpress.refusal import of_question

_SLOWEST_UPLOAD: Final = 50_000
_FIELDS: Final = "id,slug,source_url"


class Pictures:
    """The files of one site that were looked for; kept for as long as the line is open."""

    def __init__(self, api: WordPressApi, deadline: float) -> None:
        self._api = api
        self._deadline = deadline
        self._found: dict[str, GuestPicture] = {}

    async def find(self, sha256: str) -> GuestPicture | Answer | None:
        """Return what readers get a file from, None when the site does not have it."""
        if sha256 not in self._found:
            told = await self._api.get("/wp/v2/media", slug=_slug(sha256), _fields=_FIELDS)
            if isinstance(told, Broken) or not told.is_ok or not isinstance(told.value, list):
                return of_question(told, self._api.host)
            for found in told.value:
                self._keep(sha256, found)
        return self._found.get(sha256)

    async def put(self, upload: Upload, data: bytes) -> Answer | None:
        """Send a file; None when the site has it. Its MD5 goes along: a cut-off picture is taken without."""
        # What WordPress compares, in its own header; our own name for the file is its SHA-256.
        md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
        headers = {
            "Content-Type": upload.media_type,
            "Content-Disposition": f'attachment; filename="{upload.sha256}{_ending(upload.media_type)}"',
            "Content-MD5": md5,
        }
        words = {"slug": _slug(upload.sha256), "alt_text": upload.alt, "caption": upload.caption}
        told = await self._api.upload(
            "/wp/v2/media",
            headers,
            data,
            self._deadline + len(data) / _SLOWEST_UPLOAD,
            _fields=_FIELDS,
            **{name: value for name, value in words.items() if value},
        )
        if isinstance(told, Broken):
            # It may be there; the next attempt looks before it sends.
            return NotSent(told.reason)
        if not told.is_ok:
            return of_question(told, self._api.host)
        self._keep(upload.sha256, told.value)
        return None

    def _keep(self, sha256: str, found: object) -> None:
        if isinstance(found, dict) and isinstance(found.get("source_url"), str):
            # The class by which WordPress offers browsers its smaller copies, and keeps a picture inside its column.
            self._found[sha256] = GuestPicture(found["source_url"], f"wp-image-{found.get('id')}")


def _slug(sha256: str) -> str:
    return f"nc-{sha256}"


def _ending(media_type: str) -> str:
    return mimetypes.guess_extension(media_type) or ""
