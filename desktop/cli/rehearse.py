"""The command that serves a rehearsal endpoint."""

import json
import sys
from argparse import ArgumentParser, Namespace

from desktop.cli.command import Command, folder
from desktop.rehearsal.server import RehearsalEndpoint


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=0, metavar="P", help="the port on this computer; any free one")


def _rehearse(args: Namespace) -> int:
    endpoint = RehearsalEndpoint(folder(args) / "rehearsal", port=args.port)

    def tell() -> None:
        line = {"url": endpoint.url, "token": endpoint.token, "reader_url": endpoint.reader_url}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()

    endpoint.serve_forever(tell)
    return 0


COMMANDS = {"rehearse": Command(_rehearse, _configure)}
