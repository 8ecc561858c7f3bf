"""Commands about endpoints: add, test, list, remove, try the contract, and the plugin WordPress sites may install."""

import asyncio
import getpass
import sys
from argparse import ArgumentParser, Namespace
from contextlib import suppress
from pathlib import Path
from typing import Final

from desktop.cli import conformance
from desktop.cli.command import Command, say
from desktop.cli.workspace import opened
from desktop.domain.endpoint import Endpoint, EndpointKind, Environment, SecretSource
from desktop.domain.identity import new_id
from desktop.domain.problem import InUse, InvalidValue
from desktop.publish.address import check_url
from desktop.publish.credentials import Credentials

_NEED_ACCOUNT: Final = frozenset({EndpointKind.WORDPRESS.value, EndpointKind.LIVEBLOG.value})
# Nothing speaks to the Liveblog plugin yet: WordPress sites that have it are published to as any other.
_KINDS: Final = [kind.value for kind in EndpointKind if kind is not EndpointKind.LIVEBLOG]


def _configure(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|test|list|remove|conformance|plugin")
    add = actions.add_parser("add", help="configure an endpoint; its secret is read from standard input")
    add.add_argument("name")
    add.add_argument("url")
    add.add_argument("--kind", choices=_KINDS, default=EndpointKind.NATIVE.value)
    add.add_argument("--environment", choices=[each.value for each in Environment], required=True)
    add.add_argument("--account", metavar="USER", default="", help="who the secret belongs to there")
    add.add_argument(
        "--set", metavar="NAME=VALUE", action="append", default=[], help="a setting of this kind, such as region=north"
    )
    add.add_argument(
        "--secret-from-env", metavar="VAR", help="read the secret from this variable at each run; only its name is kept"
    )
    test = actions.add_parser("test", help="see whether an endpoint can be published to")
    test.add_argument("name")
    remove = actions.add_parser("remove", help="forget an endpoint and its secret")
    remove.add_argument("name")
    actions.add_parser("list", help="list the endpoints")
    conformance.configure(actions)
    plugin = actions.add_parser("plugin", help="write the plugin a WordPress site may install")
    plugin.add_argument("file", help="where to write it, such as newsroom-console.zip")


def _run(args: Namespace) -> int:
    actions = {
        "add": _add,
        "test": _test,
        "list": _list,
        "remove": _remove,
        "plugin": _plugin,
        "conformance": conformance.run,
    }
    return actions[args.action](args)


def _secret(args: Namespace) -> str:
    if args.secret_from_env is not None:
        return ""
    typed = getpass.getpass("Secret (empty for none): ") if sys.stdin.isatty() else sys.stdin.readline()
    return typed.strip()


def _add(args: Namespace) -> int:
    url = check_url(args.url, is_folder=args.kind == EndpointKind.FOLDER)
    if args.kind in _NEED_ACCOUNT and not args.account:
        message = "WordPress needs to know whose application password this is."
        raise InvalidValue(message, next_action="Say --account USER.")
    details = dict(_setting(written) for written in args.set)
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
        account=args.account,
    ).with_details(**details)
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
    if endpoint.with_details(**dict(result.details)) != endpoint:
        _keep(args, dict(result.details))
    tried = [{"name": each.name, "proved": each.is_proved, "sentence": each.sentence} for each in result.capabilities]
    told = {"endpoint": endpoint.name, "ok": result.is_ok, "result": result.sentence, "capabilities": tried}
    marks = (f"  {'yes' if each.is_proved else 'no ':3}  {each.sentence}" for each in result.capabilities)
    say(args, told, "\n".join((result.sentence, *marks)))
    return 0 if result.is_ok else 1


def _keep(args: Namespace, details: dict[str, str]) -> None:
    """Keep with the endpoint what was proved of it; where a window has the workspace open, its own test will."""
    with suppress(InUse), opened(args, writes=True) as workspace:
        with workspace.store.read() as reading:
            endpoint = reading.endpoint_named(args.name)
        workspace.add_endpoint(endpoint.with_details(**details))


def _setting(written: str) -> tuple[str, str]:
    name, equals, value = written.partition("=")
    if not name or not equals:
        message = f"“{written[:40]}” is not a setting."
        raise InvalidValue(message, next_action="Write it as NAME=VALUE.")
    return name, value


def _plugin(args: Namespace) -> int:
    from desktop.publish.wordpress.plugin import plugin_archive  # noqa: PLC0415 - rarely needed

    path = Path(args.file)
    try:
        path.write_bytes(plugin_archive())
    except OSError as error:
        message = f"{path} cannot be written."
        raise InvalidValue(message, detail=f"{error.strerror}.") from error
    say(args, {"file": str(path)}, f"Wrote {path}. Upload it in WordPress under Plugins, Add New, Upload Plugin.")
    return 0


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
