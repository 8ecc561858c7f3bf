"""The endpoint as an ASGI application, which a newsroom can also host."""

import sqlite3
from collections.abc import Awaitable, Callable, Collection
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from desktop.domain import moment
from desktop.domain.endpoint import Environment
from desktop.domain.members import canonical
from desktop.domain.problem import Problem
from desktop.page.site import REHEARSAL
from desktop.rehearsal import limits, openapi
from desktop.rehearsal.gate import WRITING, Gate, Rules, check_environment
from desktop.rehearsal.hints import Hints
from desktop.rehearsal.media import Media
from desktop.rehearsal.native import Native, answer_json
from desktop.rehearsal.precondition import strong_etag
from desktop.rehearsal.reader import Reader
from desktop.rehearsal.refusal import Ground, Refusal, problem
from desktop.rehearsal.shelf import Shelf
from desktop.rehearsal.storage import Storage

Handler = Callable[[Request], Awaitable[Response]]
FEATURES = ("pages", "summaries", "entries", "changes", "media", "take-down", "reader-pages")


def build(
    storage: Storage,
    *,
    environment: Environment = Environment.REHEARSAL,
    token: str,
    name: str = "Rehearsal",
    hosts: Collection[str] = (),
) -> Starlette:
    """Build the endpoint. `hosts` are the names it is hosted under; without any it answers to loopback names alone."""
    hints = Hints()
    native, media = Native(storage, environment, hints), Media(storage)
    mark = REHEARSAL if environment is Environment.REHEARSAL else ""
    reader = Reader(storage, Shelf(storage, mark), name, hints)

    contract = canonical(openapi.document(name, environment))

    async def describe(_: Request) -> Response:
        service = {
            "api": "live-page/1",
            "instance": str(storage.instance),
            "environment": environment.value,
            "name": name,
            "time": moment.to_json(moment.now()),
            "limits": {
                "body_bytes": limits.BODY_BYTES,
                "media_bytes": limits.MEDIA_BYTES,
                "entries": limits.ENTRIES_A_READ,
                "changes": limits.CHANGES_A_READ,
            },
            "features": list(FEATURES),
        }
        return Response(canonical(service), headers={"Cache-Control": "no-store"}, media_type="application/json")

    async def describe_contract(request: Request) -> Response:
        return answer_json(request, contract, strong_etag(contract))

    route = partial(_route, environment=environment)
    page = "/pages/{page:uuid}"
    app = Starlette(
        routes=[
            route("/", GET=describe),
            route("/openapi.json", GET=describe_contract),
            route(page, GET=native.get_one, PUT=native.put_page),
            route(f"{page}/summary", GET=native.get_one, PUT=native.put_summary),
            route(f"{page}/entries", GET=native.list_entries),
            route(
                f"{page}/entries/{{entry:uuid}}",
                GET=native.get_one,
                PUT=native.put_entry,
                DELETE=native.delete_entry,
            ),
            route(f"{page}/changes", GET=native.list_changes),
            route("/media/{sha256}", GET=media.get_one, PUT=media.put_one),
            route("/problems/{slug}", GET=explain),
            route("/live", GET=reader.redirect_to_top),
            route("/live/", GET=reader.list_pages),
            route("/live/{page:uuid}", GET=reader.redirect_to_top),
            route("/live/{page:uuid}/events", GET=reader.get_events),
            route("/live/{page:uuid}/{path:path}", GET=reader.get_file),
        ],
        middleware=[Middleware(Gate, Rules(token=token, hosts=hosts))],
        exception_handlers={
            Refusal: _refuse,
            Problem: _refuse_value,
            HTTPException: _refuse_address,
            sqlite3.Error: _refuse_storing,
            OSError: _refuse_storing,
            ClientDisconnect: _give_up,
            Exception: _own_up,
        },
    )
    app.router.redirect_slashes = False
    app.state.hints = hints
    return app


def _route(path: str, environment: Environment, **handlers: Handler) -> Route:
    async def answer(request: Request) -> Response:
        # Only here is it known that something would be written: an address without writers refuses the method.
        if request.method in WRITING:
            check_environment(request.headers, environment)
        return await handlers["GET" if request.method == "HEAD" else request.method](request)

    return Route(path, answer, methods=list(handlers))


async def explain(request: Request) -> Response:
    """Tell what a problem type means."""
    ground = next((each for each in Ground if each.slug == request.path_params["slug"]), None)
    if ground is None:
        raise Refusal(Ground.NOT_FOUND)
    told = {"type": ground.type, "title": ground.title, "status": ground.status}
    return Response(canonical(told), media_type="application/json")


async def _refuse(_: Request, refusal: Any) -> Response:
    return problem(refusal)


async def _refuse_value(_: Request, error: Any) -> Response:
    return problem(Refusal(Ground.INVALID_VALUE, str(error)))


async def _refuse_address(_: Request, error: Any) -> Response:
    ground = {404: Ground.NOT_FOUND, 405: Ground.METHOD_NOT_ALLOWED}.get(error.status_code, Ground.BAD_REQUEST)
    return problem(Refusal(ground, headers=error.headers))


async def _refuse_storing(_: Request, __: Any) -> Response:
    # Nothing of the change is stored: the transaction rolled back. What the disk says is no business of a client.
    return problem(Refusal(Ground.STORE_UNWRITABLE, headers={"Retry-After": "5"}))


async def _give_up(_: Request, __: Any) -> Response:
    return problem(Refusal(Ground.BAD_REQUEST, "The request broke off."))


async def _own_up(_: Request, __: Any) -> Response:
    return problem(Refusal(Ground.BROKEN))
