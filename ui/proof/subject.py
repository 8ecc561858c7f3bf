"""The page that is put to the proof, and who serves it: a coverage's page, a file's folder, or an address here."""

import asyncio
import http.client
import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote, urlsplit

from desktop.consent.placed import Placed, embeds_of, embeds_on
from desktop.consent.scenario import Edition
from desktop.domain.problem import InvalidValue
from desktop.page.pages import pages
from desktop.page.renderer import Renderer
from desktop.page.site import Site, media_path
from ui.proof.editions import editions
from ui.proof.proxy import LOOPBACK, Reply, Request, Server

# Where a page stands whose publisher has no host yet; nobody can have this name.
NO_HOST: Final = "publisher.invalid"

_TEXTS: Final = ("text/", "application/json", "application/xml", "application/atom+xml", "application/feed+json")
_READ: Final = frozenset({".html", ".htm", ".xml", ".xhtml", ".atom"})
# What is pinned or new is met on the front page alone.
_OF_THE_FRONT: Final = frozenset({Edition.PINNED, Edition.LIVE, Edition.GROWN})
_PATIENCE: Final = 20.0
# What belongs to one connection and is not passed on (RFC 9110, section 7.6.1), and what we write ourselves.
_OF_CONNECTION: Final = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "content-length",
        "content-type",
        "cache-control",
    }
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A page under proof.

    `own` are the hosts, or for one of this computer the host and port, that are the publisher's. `files` are the
    markup files to read without a browser, by path. `editions` serve the page as it might be another time; where nobody
    can change it there are none.
    """

    name: str
    address: str
    own: frozenset[str]
    server: Server = field(repr=False)
    placed: tuple[Placed, ...] = field(repr=False)
    html: bytes = field(repr=False)
    our_host: str = ""
    files: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    editions: Mapping[Edition, Server] = field(default_factory=lambda: MappingProxyType({}), repr=False)


def of_site(site: Site, find_media: Callable[[str], Path | None]) -> tuple[Subject, ...]:
    """Return every page of a coverage, the front page first; what is no page is read with the first."""
    hosts = site.house.hosts
    host = next(iter(hosts), NO_HOST)
    server = _Rendered(site, find_media)
    others = {edition: _Rendered(made, find_media) for edition, made in editions(site)}
    rendered = tuple(Renderer().files(site))
    documents = pages(site).documents
    found = {each.path: each.data for each in rendered}
    texts = {each.path: each.data.decode() for each in rendered if Path(each.path).suffix in _READ}
    subjects: list[Subject] = []
    # An entry can stand on the front page and on its own; what stands on neither is read with the front page.
    spare = dict(texts)
    for page in documents:
        placed = embeds_of(page.entries)
        own_files = [page.path, *(path for path in texts if Path(path).stem in {each.id for each in placed})]
        for path in own_files:
            spare.pop(path, None)
        subjects.append(
            Subject(
                name=page.path,
                address=f"https://{host}/{page.path}",
                own=frozenset({host, *hosts}),
                server=server,
                placed=placed,
                html=found[page.path],
                our_host=next(iter(hosts), ""),
                files=tuple((path, texts[path]) for path in own_files),
                editions=MappingProxyType({key: each for key, each in others.items() if key not in _OF_THE_FRONT}),
            )
        )
    front = subjects[0]
    return (replace(front, files=(*front.files, *spare.items()), editions=MappingProxyType(others)), *subjects[1:])


def of_file(path: Path) -> Subject:
    """Return a page on disk, which finds its own files beside it."""
    try:
        html = path.read_bytes()
    except OSError as error:
        message = f"The page {path.name} could not be read."
        raise InvalidValue(message, detail=f"{error.strerror}.") from error
    folder = path.resolve().parent
    text = html.decode(errors="replace")
    return Subject(
        name=path.name,
        address=f"https://{NO_HOST}/{path.name}",
        own=frozenset({NO_HOST}),
        server=_Folder(folder),
        placed=embeds_on(text),
        html=html,
        files=((path.name, text),),
    )


async def of_address(address: str) -> Subject:
    """Return a page that this computer serves; any other address raises InvalidValue: a proof reaches no network."""
    parts = urlsplit(address)
    if parts.scheme != "http" or parts.hostname not in LOOPBACK or not parts.port:
        message = "Only a page of this computer can be put to the proof."
        raise InvalidValue(message, next_action="Give a file, or an address such as http://127.0.0.1:8080/.")
    server = _forward
    path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    asked = Request("GET", "http", parts.hostname or "", parts.port, path, {})
    try:
        reply = await server(asked)
    except (OSError, http.client.HTTPException) as error:
        message = f"Nobody answers at {address}."
        raise InvalidValue(message, detail=f"{error}.") from error
    if reply.status != http.client.OK:
        message = f"The page at {address} answered {reply.status}."
        raise InvalidValue(message)
    text = reply.body.decode(errors="replace")
    return Subject(
        name=path,
        address=address,
        own=frozenset({parts.netloc}),
        server=server,
        placed=embeds_on(text),
        html=reply.body,
        files=((path, text),),
    )


class _Rendered:
    """Serves a coverage's pages as the one renderer makes them."""

    def __init__(self, site: Site, find_media: Callable[[str], Path | None]) -> None:
        self._site = site
        self._renderer = Renderer()
        self._find_media = find_media
        self._media = {media_path(file): file for file in site.media.values()}

    async def __call__(self, request: Request) -> Reply:
        return await asyncio.to_thread(self._answer, urlsplit(request.path).path.lstrip("/"))

    def _answer(self, path: str) -> Reply:
        file = self._media.get(path)
        if file is not None:
            found = self._find_media(file.sha256)
            return Reply(found.read_bytes(), file.media_type) if found else _MISSING
        made = self._renderer.file(self._site, path or "index.html")
        return Reply(made.data, _typed(made.media_type)) if made else _MISSING


class _Folder:
    """Serves the files of one folder, and of nothing above it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def __call__(self, request: Request) -> Reply:
        return await asyncio.to_thread(self._answer, unquote(urlsplit(request.path).path).lstrip("/"))

    def _answer(self, path: str) -> Reply:
        wanted = (self._folder / path).resolve()
        if not wanted.is_relative_to(self._folder) or not wanted.is_file():
            return _MISSING
        return Reply(wanted.read_bytes(), _typed(mimetypes.guess_type(wanted.name)[0] or "application/octet-stream"))


async def _forward(request: Request) -> Reply:
    return await asyncio.to_thread(_fetch, request)


def _fetch(request: Request) -> Reply:
    connection = http.client.HTTPConnection(request.host, request.port, timeout=_PATIENCE)
    headers = {name: value for name, value in request.headers.items() if name not in _OF_CONNECTION}
    # Answers are read as they are, so that nobody has to unpack them.
    headers.pop("accept-encoding", None)
    try:
        connection.request(request.method, request.path, request.body or None, headers)
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    passed = tuple((name, value) for name, value in answer.getheaders() if name.lower() not in _OF_CONNECTION)
    return Reply(body, answer.getheader("content-type") or "application/octet-stream", answer.status, passed)


def _typed(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith(_TEXTS) else media_type


_MISSING: Final = Reply(b"Not found.", status=404)
