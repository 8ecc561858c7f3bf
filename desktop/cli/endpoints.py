"""Commands about endpoints: add, test, list, remove."""

import asyncio
import getpass
import sys
from argparse import ArgumentParser, Namespace

from desktop.cli.command import Command, say
from desktop.cli.workspace import opened
from desktop.domain.endpoint import Endpoint, EndpointKind, Environment, SecretSource
from desktop.domain.identity import new_id
from desktop.publish.address import check_url
from desktop.publish.credentials import Credentials


def _configure(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|test|list|remove")
    add = actions.add_parser("add", help="configure an endpoint; its secret is read from standard input")
    add.add_argument("name")
    add.add_argument("url")
    add.add_argument("--kind", choices=[kind.value for kind in EndpointKind], default=EndpointKind.NATIVE.value)
    add.add_argument("--environment", choices=[each.value for each in Environment], required=True)
    add.add_argument(
        "--secret-from-env", metavar="VAR", help="read the secret from this variable at each run; only its name is kept"
    )
    test = actions.add_parser("test", help="see whether an endpoint can be published to")
    test.add_argument("name")
    remove = actions.add_parser("remove", help="forget an endpoint and its secret")
    remove.add_argument("name")
    actions.add_parser("list", help="list the endpoints")


def _run(args: Namespace) -> int:
    actions = {"add": _add, "test": _test, "list": _list, "remove": _remove}
    return actions[args.action](args)


def _secret(args: Namespace) -> str:
    if args.secret_from_env is not None:
        return ""
    typed = getpass.getpass("Secret (empty for none): ") if sys.stdin.isatty() else sys.stdin.readline()
    return typed.strip()


def _add(args: Namespace) -> int:
    url = check_url(args.url, is_folder=args.kind == EndpointKind.FOLDER)
    secret = _secret(args)
    source = SecretSource.VARIABLE if args.secret_from_env else SecretSource.KEYRING if secret else SecretSource.NONE
    endpoint = Endpoint(
        id=new_id(),
        name=args.name,
        url=url,
        kind=EndpointKind(args.kind),
        environment=Environment(args.environment),
        secret_source=source,
        secret_name=args.secret_from_env or "",
    )
    with opened(args, writes=True) as workspace:
        workspace.add_endpoint(endpoint)
        if secret:
            try:
                Credentials().store(endpoint, secret)
            except BaseException:
                # An endpoint whose secret could not be kept would only fail later.
                workspace.remove_endpoint(endpoint.id)
                raise
    result = {"endpoint": str(endpoint.id), "name": endpoint.name, "environment": endpoint.environment.value}
    say(args, result, f"Added {endpoint.name} ({endpoint.environment.value}) at {endpoint.url}.")
    return 0


def _test(args: Namespace) -> int:
    from desktop.publish.probe import probe  # noqa: PLC0415 - the HTTP client is only needed here

    with opened(args, writes=False) as workspace, workspace.store.read() as reading:
        endpoint = reading.endpoint_named(args.name)
    result = asyncio.run(probe(endpoint, Credentials().read(endpoint)))
    say(args, {"endpoint": endpoint.name, "ok": result.is_ok, "result": result.sentence}, result.sentence)
    return 0 if result.is_ok else 1


def _list(args: Namespace) -> int:
    with opened(args, writes=False) as workspace:
        endpoints = workspace.endpoints()
    result = [{"name": each.name, "url": each.url, "environment": each.environment.value} for each in endpoints]
    words = "\n".join(f"{each.name}  {each.environment.value}  {each.url}" for each in endpoints)
    say(args, result, words or "No endpoint yet. “newsroom endpoint add NAME URL --environment …” configures one.")
    return 0


def _remove(args: Namespace) -> int:
    with opened(args, writes=True) as workspace:
        with workspace.store.read() as reading:
            endpoint = reading.endpoint_named(args.name)
        workspace.remove_endpoint(endpoint.id)
    if endpoint.secret_source is SecretSource.KEYRING:
        Credentials().forget(endpoint)
    say(args, {"removed": endpoint.name}, f"Removed {endpoint.name}.")
    return 0


COMMANDS = {"endpoint": Command(_run, _configure)}
