"""The sealed browser's own process: it reads commands as JSON lines and writes answers and events as JSON lines.

It ends when its input does, and so never outlives who started it. A command is {"id", "do", …}; its answer is
{"id", "is"} or {"id", "error"}; an event is {"event", …}.
"""

import asyncio
import contextlib
import json
import os
import random
import secrets
import socket
import sys
import threading
from argparse import Namespace
from collections.abc import Mapping
from functools import partial
from types import TracebackType
from typing import IO, Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from desktop.cli.command import Command
from desktop.domain.problem import Problem
from ui import loop
from ui.sealed.flags import NO_SANDBOX, VARIABLE, seal_environment

_ORDERLY_MS: Final = 3000
# Below every system's range for connections on their way out (from 32768, elsewhere from 49152): a port of that range
# may be taken between looking for it and the browser listening on it.
_PORTS: Final = range(20_000, 30_000)


class Browser(QObject):
    """Does what the lines ask for, on the GUI thread."""

    line = Signal(str)
    ended = Signal()

    def __init__(self, out: IO[str], port: int) -> None:
        super().__init__()
        self._out = out
        self._port = port
        # What recorders tell begins with this: no page can guess it.
        self.mark = secrets.token_hex(16)
        self._visit: Any = None
        self.line.connect(self._on_line)

    def tell(self, event: Mapping[str, Any]) -> None:
        """Write one line."""
        self._out.write(json.dumps(event) + "\n")
        self._out.flush()

    def close(self) -> None:
        """End the visit, if there is one."""
        if self._visit is not None:
            self._visit.close()
            self._visit = None

    def read(self, lines: IO[str]) -> None:
        """Read until the input ends; runs in a thread of its own."""
        for line in lines:
            self.line.emit(line)
        self.ended.emit()

    def _on_line(self, line: str) -> None:
        command = json.loads(line)
        number, do = command["id"], command["do"]
        answer = partial(self._answer, number)
        if do == "visit":
            self._begin(command)
            answer({"mark": self.mark, "is_sandboxed": NO_SANDBOX not in os.environ[VARIABLE]})
        elif do == "leave":
            self.close()
            answer(None)
        elif self._visit is None:
            self.tell({"id": number, "error": "There is no visit."})
        elif do == "permit":
            self._visit.permit(command)
            answer(None)
        elif do == "load":
            self._visit.load(command)
            answer(None)
        elif do == "resize":
            self._visit.resize(command["width"], command["height"])
            answer(None)
        elif do == "zoom":
            self._visit.zoom(command["factor"])
            answer(None)
        elif do == "print":
            self._visit.print_to(command["path"], answer)
        elif do == "devtools":
            self._visit.devtools(command["method"], command.get("params", {}), partial(self._relay, number))
        else:
            self.tell({"id": number, "error": f"“{do}” is not known here."})

    def _begin(self, wanted: Mapping[str, Any]) -> None:
        # WebEngine is imported when the switches stand and the first page is wanted.
        from ui.proof.visit import Visit  # noqa: PLC0415

        self.close()
        self._visit = Visit(wanted, self.tell, self.mark, self._port)

    def _answer(self, number: int, value: Any) -> None:
        self.tell({"id": number, "is": value})

    def _relay(self, number: int, said: Mapping[str, Any]) -> None:
        if "error" in said:
            self.tell({"id": number, "error": str(said["error"].get("message", said["error"]))})
        else:
            self.tell({"id": number, "is": said.get("result", {})})


def switches(proxy: int, fingerprint: str, port: int) -> str:
    """Return the switches beyond the seal: everything goes to the proxy, and only its certificate is trusted blindly.

    Without `<-loopback>` pages could speak to this computer past the proxy.
    """
    return " ".join(
        (
            f"--proxy-server=http://127.0.0.1:{proxy}",
            "--proxy-bypass-list=<-loopback>",
            f"--ignore-certificate-errors-spki-list={fingerprint}",
            f"--remote-debugging-port={port}",
            # Qt would otherwise let every web page of this computer's other browsers at the tools.
            "--remote-allow-origins=http://127.0.0.1",
            "--disable-renderer-backgrounding",
            "--disable-background-timer-throttling",
        )
    )


def run(proxy: int, fingerprint: str) -> int:
    """Run the browser until its input ends."""
    # What libraries print must not get between the lines.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", newline="\n")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    port = _free_port()
    os.environ[VARIABLE] = switches(proxy, fingerprint, port)
    seal_environment()
    app = QApplication(["newsroom"])
    browser = Browser(out, port)
    sys.excepthook = partial(_on_exception, browser)
    lines = os.fdopen(os.dup(sys.stdin.fileno()), encoding="utf-8")
    threading.Thread(target=_read, args=(browser, lines), daemon=True).start()
    return loop.run(app, partial(_live, browser))


def _free_port() -> int:
    """Return a port that is free, and that no system gives away by itself until the browser's tools listen there."""
    for port in random.sample(_PORTS, len(_PORTS)):
        with socket.socket() as tried, contextlib.suppress(OSError):
            tried.bind(("127.0.0.1", port))
            return port
    title = "No port of this computer is free for the sealed browser."
    raise Problem(title)


async def _live(browser: Browser) -> int:
    ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    browser.ended.connect(partial(ended.set_result, None))
    browser.tell({"event": "ready", "pid": os.getpid()})
    await ended
    browser.close()
    return 0


def _read(browser: Browser, lines: IO[str]) -> None:
    browser.read(lines)
    # Should the browser hang, it is gone all the same soon after whoever started it.
    timer = threading.Timer(_ORDERLY_MS / 1000, os._exit, (1,))
    timer.daemon = True
    timer.start()


def _on_exception(
    browser: Browser, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    where = trace
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f" in {where.tb_frame.f_code.co_name}" if where is not None else ""
    browser.tell({"event": "fault", "text": f"{kind.__name__}{place}: {error}"})


def _browse(args: Namespace) -> int:
    return run(args.proxy, args.fingerprint)


def _configure(parser: Any) -> None:
    parser.add_argument("--proxy", type=int, required=True, help="the port of the proxy on this computer")
    parser.add_argument("--fingerprint", required=True, help="the public key that certificates may have")


COMMANDS = {"sealed-browser": Command(_browse, _configure)}
