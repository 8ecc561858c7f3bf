"""The suite holds for the rehearsal endpoint, and finds the fault of endpoints that are wrong in one way each."""

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desktop.cli.main import TABLE, run
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.identity import new_id
from desktop.publish.conformance.rules import RULES
from desktop.publish.conformance.suite import Finding, try_rules
from desktop.publish.guard import GuardRefused
from desktop.rehearsal.app import build
from desktop.rehearsal.storage import Storage

TOKEN = "a-secret-of-the-test"


@dataclass
class Asked:
    """A request on its way in, to be tampered with."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes

    def change(self, edit: Callable[[dict[str, Any]], object]) -> None:
        if self.method == "PUT" and self.body.startswith(b"{"):
            try:
                told = json.loads(self.body)
            except ValueError:
                return
            edit(told)
            self.body = json.dumps(told).encode()


@dataclass
class Answered:
    """A reply on its way out, to be tampered with."""

    status: int
    headers: dict[str, str]
    body: bytes

    def change(self, edit: Callable[[dict[str, Any]], object]) -> None:
        if self.body.startswith(b"{"):
            told = json.loads(self.body)
            edit(told)
            self.body = json.dumps(told).encode()


@dataclass
class Wrong:
    """An endpoint that is right but for one thing."""

    app: ASGIApp
    spoil_request: Callable[[Asked], object] = lambda _: None
    spoil_reply: Callable[[Asked, Answered], object] = lambda _, __: None
    requests: int = field(default=0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.requests += 1
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        asked = Asked(scope["method"], scope["path"], scope["query_string"].decode(), headers, body)
        self.spoil_request(asked)
        asked.headers["content-length"] = str(len(asked.body))
        given = [(name.encode(), value.encode("latin-1")) for name, value in asked.headers.items()]
        changed = {**scope, "method": asked.method, "path": asked.path, "query_string": asked.query.encode()}
        answered = Answered(0, {}, b"")

        async def once() -> Message:
            return {"type": "http.request", "body": asked.body, "more_body": False}

        async def gather(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered.status = message["status"]
                answered.headers = {name.decode(): value.decode("latin-1") for name, value in message["headers"]}
            else:
                answered.body += message.get("body", b"")

        await self.app({**changed, "headers": given}, once, gather)
        self.spoil_reply(asked, answered)
        if answered.status not in {204, 304}:
            answered.headers["content-length"] = str(len(answered.body)) if asked.method != "HEAD" else "0"
        told = [(name.encode(), value.encode("latin-1")) for name, value in answered.headers.items()]
        await send({"type": "http.response.start", "status": answered.status, "headers": told})
        await send({"type": "http.response.body", "body": b"" if asked.method == "HEAD" else answered.body})


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serve an application on loopback."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, http="h11", ws="none"))

    def serve() -> None:
        with asyncio.Runner() as runner:
            runner.run(server.serve(sockets=[listening]))

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


@contextmanager
def endpoint(
    folder: Path, wrong: Callable[[ASGIApp], ASGIApp] = lambda app: app, environment: Environment = Environment.TEST
) -> Iterator[str]:
    storage = Storage.open(folder, environment)
    app = build(storage, environment=environment, token=TOKEN)
    with served(wrong(app)) as url:
        yield url
    app.state.hints.close()
    storage.close()


def findings(url: str) -> list[Finding]:
    async def tried() -> list[Finding]:
        place = Endpoint(id=new_id(), name="trial", url=url, environment=Environment.TEST)
        return [finding async for finding in try_rules(place, TOKEN)]

    return asyncio.run(tried())


def test_the_rehearsal_endpoint_keeps_every_rule(tmp_path: Path) -> None:
    with endpoint(tmp_path) as url:
        found = findings(url)
    assert [(each.name, each.wrong) for each in found if not each.is_kept] == []
    assert len(found) == len(RULES)


def test_every_rule_can_be_tried_again_on_the_same_endpoint(tmp_path: Path) -> None:
    with endpoint(tmp_path) as url:
        findings(url)
        assert all(each.is_kept for each in findings(url))


def test_rules_are_never_tried_where_readers_are(tmp_path: Path) -> None:
    with endpoint(tmp_path, environment=Environment.PRODUCTION) as url, pytest.raises(GuardRefused):
        findings(url)


def setting(name: str, value: str) -> Callable[[Asked], object]:
    return lambda asked: asked.headers.__setitem__(name, value)


def any_version(asked: Asked) -> None:
    if "if-match" in asked.headers:
        asked.headers["if-match"] = "*"


def overwriting(asked: Asked) -> None:
    if asked.method == "PUT" and asked.headers.get("if-none-match") == "*":
        asked.headers.pop("if-none-match")
        asked.headers["if-match"] = "*"


def unconditional(asked: Asked) -> None:
    if asked.method == "PUT" and not {"if-match", "if-none-match"} & asked.headers.keys():
        asked.headers["if-none-match"] = "*"


def without_op(asked: Asked) -> None:
    asked.change(lambda told: told.update(op=str(new_id())))


def id_from_address(asked: Asked) -> None:
    asked.change(lambda told: told.update(id=asked.path.rpartition("/")[2]) if "blocks" in told else None)


def without_notes(asked: Asked) -> None:
    asked.change(
        lambda told: (
            told.update(blocks=[each for each in told.get("blocks", []) if each.get("type") != "internal_note"])
            if "blocks" in told
            else None
        )
    )


def from_the_start(asked: Asked) -> None:
    if asked.path.endswith("/changes"):
        asked.query = ""


def pretending_to_remove(asked: Asked) -> None:
    if asked.method == "DELETE":
        asked.method = "GET"


def weakened(_: Asked, answered: Answered) -> None:
    if "etag" in answered.headers:
        answered.headers["etag"] = f"W/{answered.headers['etag']}"


def other_when_read(asked: Asked, answered: Answered) -> None:
    if asked.method == "GET" and "etag" in answered.headers:
        answered.headers["etag"] = '"another"'


def one_version(_: Asked, answered: Answered) -> None:
    if "etag" in answered.headers:
        answered.headers["etag"] = '"always"'


def bare_conflict(_: Asked, answered: Answered) -> None:
    if answered.status == 412:
        answered.change(lambda told: [told.pop(name, None) for name in ("current", "etag", "by")])


def shared_version(asked: Asked, answered: Answered) -> None:
    if asked.path.endswith("/summary") and asked.method == "GET":
        answered.headers["etag"] = '"that of the page"'


def without_bold(asked: Asked, answered: Answered) -> None:
    if asked.method == "GET":
        answered.body = answered.body.replace(b'"bold":true', b'"bold":false')


def html_errors(_: Asked, answered: Answered) -> None:
    if answered.status in {400, 422}:
        answered.headers["content-type"], answered.body = "text/html", b"<h1>Bad request</h1>"


def without_corrections(asked: Asked, answered: Answered) -> None:
    if asked.method == "PUT":
        answered.change(lambda told: told.pop("corrections", None))


def oldest_first(asked: Asked, answered: Answered) -> None:
    if asked.path.endswith("/entries"):
        answered.change(lambda told: told["entries"].reverse() if "entries" in told else None)


def missing_pages(asked: Asked, answered: Answered) -> None:
    if answered.status == 404 and asked.path.startswith("/pages/"):
        answered.status = 200


def forgotten_files(asked: Asked, answered: Answered) -> None:
    if asked.method == "HEAD" and asked.path.startswith("/media/"):
        answered.status = 404


def cut_files_taken(asked: Asked, answered: Answered) -> None:
    if asked.path.startswith("/media/") and answered.status == 422:
        answered.status = 201


def giants_taken(_: Asked, answered: Answered) -> None:
    if answered.status == 413:
        answered.status = 200


WRONGS: dict[str, dict[str, Any]] = {
    "token": {"spoil_request": setting("authorization", f"Bearer {TOKEN}")},
    "environment": {"spoil_request": setting("live-environment", "test")},
    "precondition-needed": {"spoil_request": unconditional},
    "page-first": {"spoil_reply": missing_pages},
    "create": {"spoil_reply": weakened},
    "read": {"spoil_reply": other_when_read},
    "create-once": {"spoil_reply": bare_conflict},
    "same-op": {"spoil_request": without_op},
    "replace": {"spoil_reply": one_version},
    "conflict": {"spoil_request": any_version},
    "race": {"spoil_request": any_version},
    "own-version": {"spoil_reply": shared_version},
    "blocks": {"spoil_reply": without_bold},
    "body-and-address": {"spoil_request": id_from_address},
    "op-reused": {"spoil_request": without_op},
    "nonsense": {"spoil_reply": html_errors},
    "internal-note": {"spoil_request": without_notes},
    "correction": {"spoil_reply": without_corrections},
    "order": {"spoil_reply": oldest_first},
    "changes": {"spoil_request": from_the_start},
    "take-down": {"spoil_request": pretending_to_remove},
    "media": {"spoil_reply": forgotten_files},
    "media-whole": {"spoil_reply": cut_files_taken},
    "too-large": {"spoil_reply": giants_taken},
}


def test_there_is_a_wrong_endpoint_for_every_rule() -> None:
    assert list(WRONGS) == [each.name for each in RULES]


@pytest.mark.parametrize("name", WRONGS)
def test_an_endpoint_that_breaks_a_rule_is_found_out(tmp_path: Path, name: str) -> None:
    with endpoint(tmp_path, lambda app: Wrong(app, **WRONGS[name])) as url:
        broken = {each.name: each.wrong for each in findings(url) if not each.is_kept}
    assert name in broken
    assert not broken[name].endswith(".")


def test_the_command_says_what_is_kept_and_what_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRIAL_SECRET", TOKEN)
    with endpoint(tmp_path / "right") as url:
        assert run(TABLE, ["endpoint", "conformance", url, "--secret-from-env", "TRIAL_SECRET"]) == 0
    assert f"{len(RULES)} of {len(RULES)} rules are kept." in capsys.readouterr().out
    with endpoint(tmp_path / "wrong", lambda app: Wrong(app, spoil_request=any_version)) as url:
        assert run(TABLE, ["--json", "endpoint", "conformance", url, "--secret-from-env", "TRIAL_SECRET"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert {each["rule"] for each in told["rules"] if not each["kept"]} >= {"conflict", "race"}
