"""Trying every rule of the contract on an endpoint, one after the other."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

from desktop.domain.endpoint import Endpoint, Environment
from desktop.publish.conformance.rules import RULES
from desktop.publish.conformance.trial import RuleBroken, Trial
from desktop.publish.deadline import DeadlineWatch
from desktop.publish.guard import GuardRefused
from desktop.publish.native import NativeEndpoint
from desktop.publish.transport import Transport

DEADLINE: Final = 20.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one rule: its name and sentence, and what was wrong, "" when it is kept."""

    name: str
    sentence: str
    wrong: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether the endpoint keeps the rule."""
        return not self.wrong


async def try_rules(endpoint: Endpoint, secret: str | None) -> AsyncIterator[Finding]:
    """Try every rule, on a page made for it, and yield what came of each.

    Raises EndpointUnreachable or NotALivePage when nobody of the contract answers, and GuardRefused for an endpoint
    that readers see: pages are written here that nobody should read.
    """
    watch = DeadlineWatch()
    line = NativeEndpoint(endpoint, watch=watch)
    transport = Transport(endpoint.url, watch)
    try:
        service = await line.describe()
        if service.environment is Environment.PRODUCTION:
            message = f"{line.host} says that readers see what is published there."
            raise GuardRefused(message, done="Nothing was sent.", next_action="Try the rules on a test or a rehearsal.")
        trial = Trial(transport, secret, service)
        for each in RULES:
            try:
                await each.attempt(trial)
                yield Finding(each.name, each.sentence)
            except RuleBroken as broken:
                yield Finding(each.name, each.sentence, str(broken))
    finally:
        await transport.close()
        await line.close()
        watch.close()
