"""The one guard that stands before every way to an endpoint: never to the wrong place."""

from desktop.domain.endpoint import Endpoint, EndpointKind, Environment
from desktop.domain.problem import Problem
from desktop.domain.words import tr
from desktop.publish.address import check_url, is_private_line
from desktop.publish.service import Service


class GuardRefused(Problem):
    """Publishing there, now, is not what the desk agreed to. Nothing was sent."""


def allow(endpoint: Endpoint, *, on_air: bool, service: Service | None = None) -> None:
    """Let an operation pass, or raise GuardRefused.

    `on_air` is the explicit act that production needs: asked when an operation is put into the outbox, and borne
    out afterwards by the operation itself. `service` is what the server says it is, None before it was asked.
    """
    check_url(endpoint.url, is_folder=endpoint.kind is EndpointKind.FOLDER)
    if endpoint.environment is Environment.PRODUCTION:
        _allow_production(endpoint, on_air=on_air)
    if service is None:
        return
    if service.environment is not endpoint.environment:
        message = tr("{endpoint} is set up as {environment}, but the server says it is {other}.").format(
            endpoint=endpoint.name, environment=endpoint.environment.spoken, other=service.environment.spoken
        )
        raise GuardRefused(
            message,
            done=tr("Nothing was sent."),
            next_action=tr("Check the endpoint's address, or set it up again with the right environment."),
        )
    if endpoint.instance is not None and service.instance != endpoint.instance:
        message = tr("The server behind {endpoint} is not the one this endpoint was connected to.").format(
            endpoint=endpoint.name
        )
        raise GuardRefused(
            message,
            detail=tr("It names itself {instance}; expected was {expected}.").format(
                instance=service.instance, expected=endpoint.instance
            ),
            done=tr("Nothing was sent."),
            next_action=tr("If the server was set up anew, add it as a new endpoint."),
        )


def allow_change(before: Endpoint, after: Endpoint, *, is_waited_for: bool) -> None:
    """Let an endpoint's set-up change, or raise GuardRefused.

    What waits in the outbox was made for one environment: it never goes on air because a setting changed under it.
    """
    if is_waited_for and before.environment is not after.environment:
        message = tr("Changes are still waiting for {before} as {environment}.").format(
            before=before.name, environment=before.environment.spoken
        )
        raise GuardRefused(
            message,
            done=tr("The endpoint was left as it is."),
            next_action=tr("Send or discard them first, or add the {environment} server as a new endpoint.").format(
                environment=after.environment.spoken
            ),
        )


def refuse_unproved(shortfall: str) -> None:
    """Raise GuardRefused when something speaks against a page whose house blocks what is unproved; "" is nothing."""
    if shortfall:
        next_action = tr("Prove the page on the consent board, or let its house profile only warn.")
        raise GuardRefused(shortfall, done=tr("Nothing was sent."), next_action=next_action)


def _allow_production(endpoint: Endpoint, *, on_air: bool) -> None:
    if not on_air:
        message = tr("{endpoint} is on air: what goes there goes to readers.").format(endpoint=endpoint.name)
        raise GuardRefused(
            message, done=tr("Nothing was sent."), next_action=tr("Say that you mean it, by going on air.")
        )
    if not is_private_line(endpoint.url):
        message = tr(
            "{endpoint} is on air, but its address begins with http: anybody on the way could read the secret."
        ).format(endpoint=endpoint.name)
        raise GuardRefused(message, done=tr("Nothing was sent."), next_action=tr("Use the server's https address."))
