"""Commands that publish: publish, correct, withdraw."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from desktop.cli.command import Command, say
from desktop.cli.difference import show
from desktop.cli.workspace import find_coverage, opened, read_id
from desktop.domain.endpoint import Endpoint
from desktop.domain.outbox import PARKED, WAITING, Operation, OperationState
from desktop.publish import guard
from desktop.publish.credentials import Credentials
from desktop.workspace import Workspace


def _configure_publish(parser: ArgumentParser) -> None:
    parser.add_argument("coverage", help="a coverage's id, the start of one, or its headline")
    parser.add_argument("--dry-run", action="store_true", help="say what would change for readers, and send nothing")
    _configure_target(parser)


def _configure_withdraw(parser: ArgumentParser) -> None:
    parser.add_argument("coverage", help="a coverage's id, the start of one, or its headline")
    parser.add_argument("entry", help="the entry's id")
    parser.add_argument("--reason", required=True, metavar="R", help="what readers see in its place")
    _configure_target(parser)


def _configure_correct(parser: ArgumentParser) -> None:
    parser.add_argument("coverage", help="a coverage's id, the start of one, or its headline")
    parser.add_argument("entry", help="the entry's id")
    parser.add_argument("--text", required=True, metavar="T", help="what was wrong, in words that readers see")
    _configure_target(parser)


def _configure_target(parser: ArgumentParser) -> None:
    parser.add_argument("--to", required=True, metavar="NAME", help="the endpoint")
    parser.add_argument("--on-air", action="store_true", help="say that this may go to readers")


def _publish(args: Namespace) -> int:
    with opened(args, writes=True) as workspace:
        endpoint = _endpoint(workspace, args.to)
        coverage_id = find_coverage(workspace, args.coverage)
        if args.dry_run:
            return show(args, workspace.difference(coverage_id, None, endpoint.id), endpoint)
        _warn(workspace.unproved(coverage_id, endpoint.id))
        workspace.publish(coverage_id, None, endpoint.id, on_air=args.on_air)
        return _drain(args, workspace, endpoint, coverage_id)


def _withdraw(args: Namespace) -> int:
    with opened(args, writes=True) as workspace:
        endpoint = _endpoint(workspace, args.to)
        coverage_id = find_coverage(workspace, args.coverage)
        workspace.withdraw(read_id(args.entry), args.reason, endpoint.id, on_air=args.on_air)
        return _drain(args, workspace, endpoint, coverage_id)


def _correct(args: Namespace) -> int:
    with opened(args, writes=True) as workspace:
        endpoint = _endpoint(workspace, args.to)
        coverage_id, entry_id = find_coverage(workspace, args.coverage), read_id(args.entry)
        guard.allow(endpoint, on_air=args.on_air)
        workspace.correct(entry_id, args.text)
        _warn(workspace.unproved(coverage_id, endpoint.id, (entry_id,)))
        workspace.publish(coverage_id, (entry_id,), endpoint.id, on_air=args.on_air)
        return _drain(args, workspace, endpoint, coverage_id)


def _warn(shortfall: str) -> None:
    if shortfall:
        sys.stderr.write(f"newsroom: {shortfall}\n")


def _endpoint(workspace: Workspace, name: str) -> Endpoint:
    with workspace.store.read() as reading:
        return reading.endpoint_named(name)


def _drain(args: Namespace, workspace: Workspace, endpoint: Endpoint, coverage_id: UUID) -> int:
    """Send what waits for the endpoint and print a receipt per operation; 1 when any is not done."""
    from desktop.publish.runner import Runner  # noqa: PLC0415 - the HTTP client is only needed here

    waiting = workspace.operations(endpoint_id=endpoint.id, states=WAITING | PARKED)
    runner = Runner(workspace.store, Credentials(), workspace.tell)
    receipts = asyncio.run(runner.drain(endpoint.id, on_air=args.on_air))
    # What waits behind another has no reason of its own; its receipt says why.
    why = {receipt.operation_id: receipt.detail for receipt in receipts}
    with workspace.store.read() as reading:
        left = (reading.operation(operation.id) for operation in waiting)
        outcome = [replace(each, reason=each.reason or why.get(each.id, "")) for each in left]
    say(args, _as_json(outcome, coverage_id), _in_words(outcome, endpoint))
    return 0 if all(operation.state is OperationState.DONE for operation in outcome) else 1


def _as_json(operations: Sequence[Operation], coverage_id: UUID) -> dict[str, object]:
    receipts = [
        {
            "operation": str(operation.id),
            "kind": operation.kind.value,
            "target": str(operation.target_id),
            "outcome": operation.state.value,
            "detail": operation.reason,
        }
        for operation in operations
    ]
    return {"coverage": str(coverage_id), "receipts": receipts}


def _in_words(operations: Sequence[Operation], endpoint: Endpoint) -> str:
    if not operations:
        return f"Nothing to send: {endpoint.name} has everything as it stands."
    lines = [
        f"{each.state.value:8} {each.kind.value:8} {each.target_id}  {each.reason}".rstrip() for each in operations
    ]
    done = sum(operation.state is OperationState.DONE for operation in operations)
    return "\n".join([*lines, f"{done} of {len(operations)} accepted by {endpoint.name}."])


COMMANDS = {
    "publish": Command(_publish, _configure_publish),
    "correct": Command(_correct, _configure_correct),
    "withdraw": Command(_withdraw, _configure_withdraw),
}
