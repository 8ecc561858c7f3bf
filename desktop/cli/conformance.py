"""`newsroom endpoint conformance URL`: whether somebody's endpoint keeps the live page contract."""

import asyncio
import os
import sys
from argparse import Namespace
from typing import Any

from desktop.cli.command import say
from desktop.domain.endpoint import Endpoint, Environment
from desktop.domain.identity import new_id
from desktop.publish.address import check_url


def configure(actions: Any) -> None:
    """Add the command to those about endpoints."""
    conformance = actions.add_parser("conformance", help="try every rule of the live page contract on a test endpoint")
    conformance.add_argument("url")
    conformance.add_argument(
        "--secret-from-env", metavar="VAR", help="read the secret from this variable, not from input"
    )


def run(args: Namespace) -> int:
    """Try the rules and say what came of each; 1 when one is broken."""
    from desktop.publish.conformance.suite import Finding, try_rules  # noqa: PLC0415 - the HTTP client is needed here

    variable = args.secret_from_env
    secret = os.environ.get(variable, "") if variable else sys.stdin.readline().strip()
    endpoint = Endpoint(id=new_id(), name="trial", url=check_url(args.url), environment=Environment.TEST)

    async def tried() -> list[Finding]:
        found = []
        async for finding in try_rules(endpoint, secret or None):
            found.append(finding)
            if not args.json:
                sys.stdout.write(f"{_line(finding)}\n")
                sys.stdout.flush()
        return found

    found = asyncio.run(tried())
    broken = [finding for finding in found if not finding.is_kept]
    rules = [{"rule": each.name, "kept": each.is_kept, "says": each.sentence, "wrong": each.wrong} for each in found]
    result = {"url": endpoint.url, "kept": len(found) - len(broken), "broken": len(broken), "rules": rules}
    say(args, result, f"{len(found) - len(broken)} of {len(found)} rules are kept.")
    return 1 if broken else 0


def _line(finding: Any) -> str:
    mark = "kept  " if finding.is_kept else "BROKEN"
    wrong = "" if finding.is_kept else f"\n        {finding.wrong[:1].upper()}{finding.wrong[1:]}."
    return f"{mark}  {finding.sentence}{wrong}"
