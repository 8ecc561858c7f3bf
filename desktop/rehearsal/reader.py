"""The reader's pages, served as they stand from what was published."""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from desktop.page.edition import HEAD
from desktop.page.site import PageFile
from desktop.page.variants import Variant
from desktop.rehearsal.hints import Hints
from desktop.rehearsal.ledger import MediaFile
from desktop.rehearsal.media import FOR_GOOD, answer_file
from desktop.rehearsal.precondition import is_unchanged, strong_etag
from desktop.rehearsal.refusal import Ground, Refusal
from desktop.rehearsal.shelf import Shelf
from desktop.rehearsal.storage import Storage

TOP: Final = "/live/"
_INDEX: Final = "index.html"
# Documents state their own policies; who may frame them can be said in a header alone.
_HEADERS: Final = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_LIST_POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class Reader:
    """Answers requests of readers; every public method is a handler. `name` is the endpoint's."""

    storage: Storage
    shelf: Shelf
    name: str
    hints: Hints

    async def list_pages(self, request: Request) -> Response:
        """List every page that was published here."""
        titles = await run_in_threadpool(self.shelf.titles)
        items = "".join(f'<li><a href="{page}/">{escape(headline)}</a></li>' for page, headline in titles)
        name = escape(self.name)
        html = (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
            '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"></head>'
            f"<body><main><h1>{name}</h1>{f'<ul>{items}</ul>' if items else '<p>No page has been published yet.</p>'}"
            "</main></body></html>"
        )
        return _answer(request, PageFile("", "text/html", html.encode()), {"Content-Security-Policy": _LIST_POLICY})

    async def redirect_to_top(self, request: Request) -> Response:
        """Send a reader who left the slash out to where the relative addresses of a page are right."""
        return _redirect(request, request.url.path + "/")

    async def get_file(self, request: Request) -> Response:
        """Answer one file of a page: a document, its style, an accepted embed's frame, or a media file."""
        page: UUID = request.path_params["page"]
        path: str = request.path_params["path"]
        if path.startswith("media/"):
            media = await run_in_threadpool(self.shelf.media, page, path)
            whole = media.file if isinstance(media, Variant) else media
            if media is not None and whole is not None and self.storage.media_folder.has(whole.sha256):
                return await self._answer_media(request, media)
        elif file := await run_in_threadpool(self.shelf.file, page, path or _INDEX):
            return _answer(request, file, _own_headers(file))
        bare = path.rstrip("/")
        if bare != path and (await run_in_threadpool(self.shelf.file, page, bare)) is not None:
            return _redirect(request, request.url.path.rstrip("/"))
        raise Refusal(Ground.NOT_FOUND)

    async def get_events(self, request: Request) -> Response:
        """Answer with hints that there is something to ask for, for as long as the reader stays."""
        page: UUID = request.path_params["page"]
        if await run_in_threadpool(self.shelf.file, page, HEAD) is None:
            raise Refusal(Ground.NOT_FOUND)
        return Response(status_code=204) if request.method == "HEAD" else await self.hints.stream(page)

    async def _answer_media(self, request: Request, media: MediaFile | Variant) -> Response:
        if isinstance(media, MediaFile):
            return answer_file(request, self.storage, media)
        headers = {"ETag": f'"{Path(media.path).stem}"', "Cache-Control": FOR_GOOD}
        if is_unchanged(request.headers, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        copy = await run_in_threadpool(self.storage.media_folder.copy, media)
        return FileResponse(copy, headers=headers, media_type=media.file.media_type)


def _own_headers(file: PageFile) -> dict[str, str]:
    if file.path == HEAD:
        # Where a page can hear of news before it asks, relative to the page.
        return {"Live-Events": "events"}
    return {"Cache-Control": FOR_GOOD, "X-Robots-Tag": "noindex"} if file.path.startswith("e/") else {}


def _redirect(request: Request, path: str) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(path + query, 308)


def _answer(request: Request, file: PageFile, own: dict[str, str]) -> Response:
    headers = {**_HEADERS, **own, "ETag": strong_etag(file.data)}
    if is_unchanged(request.headers, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(file.data, 200, headers, file.media_type)
