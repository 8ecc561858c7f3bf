"""Any order of publishing, editing, withdrawing, faults and restarts: nothing lost, nothing doubled, in order."""

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from unittest import mock

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop.domain import moment
from desktop.domain.coverage import Coverage
from desktop.domain.entry import Entry, Withdrawal
from desktop.domain.identity import new_id
from desktop.domain.outbox import Operation, OperationState, can_become
from desktop.publish.credentials import Credentials
from desktop.publish.runner import Patience
from desktop.store.store import Store
from tests.desktop.publish.desk import Desk, endpoint_at
from tests.desktop.publish.scripted import HARMLESS, ScriptedEndpoint

PATIENCE = Patience(failures=2, seconds=5)


class Outbox(RuleBasedStateMachine):
    """A desk, its store on disk, and an endpoint that keeps a ledger of every effect."""

    entries: Bundle[int] = Bundle("entries")

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.scripted = ScriptedEndpoint()
        self.environment = mock.patch.dict(os.environ, {"NEWSROOM_TEST_TOKEN": self.scripted.token})
        self.environment.start()
        store = Store.open(Path(self.folder.name))
        coverage = Coverage(id=new_id(), headline="Storm over the coast")
        self.desk = Desk(store, coverage, endpoint_at(self.scripted.url), Credentials())
        self.desk.save()
        self.known: dict[int, Entry] = {}
        self.seen: dict[str, Operation] = {}

    @rule(target=entries)
    def write_and_publish(self) -> int:
        number = len(self.known)
        self.known[number] = self.desk.write(f"Update {number}")
        self.desk.publish(self.known[number])
        return number

    @rule(number=entries)
    def edit_and_publish(self, number: int) -> None:
        before = self.known[number]
        if before.withdrawal is None:
            self.known[number] = replace(before, headline=f"{before.headline}, again")
            self.desk.publish(self.known[number])

    @rule(number=entries)
    def withdraw(self, number: int) -> None:
        if self.known[number].withdrawal is None:
            self.known[number] = replace(self.known[number], withdrawal=Withdrawal("Wrong.", moment.now()))
            self.desk.publish(self.known[number])

    @rule(faults=st.lists(st.sampled_from(HARMLESS), max_size=6))
    def drain(self, faults: list[object]) -> None:
        self.scripted.faults.clear()
        self.scripted.script(faults)  # type: ignore[arg-type]
        self.desk.drain(patience=PATIENCE, deadline=0.3)

    @rule(first=st.booleans(), state=st.sampled_from([OperationState.QUEUED, OperationState.HELD]))
    def decide_about_what_waits(self, *, first: bool, state: OperationState) -> None:
        with self.desk.store.write() as writing:
            waiting = writing.operations(states={OperationState.QUEUED, OperationState.HELD})
            for operation in waiting[-1:]:
                writing.set_operation(replace(operation, state=state, rank=-1 if first else 1))

    @rule()
    def arrive_late(self) -> None:
        self.scripted.deliver_late()

    @rule()
    def restart_the_program(self) -> None:
        folder = self.desk.store.folder
        self.desk.store.close()
        self.desk = replace(self.desk, store=Store.open(folder), credentials=Credentials())

    @precondition(lambda self: hasattr(self, "desk"))
    @invariant()
    def states_only_follow_the_rules(self) -> None:
        with self.desk.store.read() as reading:
            now = {str(each.id): each for each in reading.operations(endpoint_id=self.desk.endpoint.id)}
        for op, before in self.seen.items():
            assert op in now
            assert now[op].payload == before.payload
            assert not (before.state is OperationState.DONE and now[op].state is not OperationState.DONE)
            assert before.state is not OperationState.CANCELLED or now[op].state is OperationState.CANCELLED
        self.seen = now

    @precondition(lambda self: hasattr(self, "desk"))
    @invariant()
    def nothing_took_effect_twice_or_out_of_order(self) -> None:
        ops = [op for _, op in self.scripted.ledger]
        assert len(ops) == len(set(ops))
        for path in self.scripted.held:
            made = [self.seen[op].sequence for op in self.scripted.ops(path)]
            assert made == sorted(made)

    def teardown(self) -> None:
        if not hasattr(self, "desk"):
            return
        try:
            self._settle()
        finally:
            self.desk.store.close()
            self.scripted.stop()
            self.environment.stop()
            self.folder.cleanup()

    def _settle(self) -> None:
        self.scripted.faults.clear()
        self.scripted.deliver_late()
        with self.desk.store.write() as writing:
            for operation in writing.operations(states={OperationState.HELD}):
                writing.set_operation(replace(operation, state=OperationState.QUEUED))
        self.desk.drain()
        self.scripted.deliver_late()
        self.states_only_follow_the_rules()
        self.nothing_took_effect_twice_or_out_of_order()
        assert {each.state for each in self.seen.values()} <= {OperationState.DONE, OperationState.CANCELLED}
        cancelled = {op for op, each in self.seen.items() if each.state is OperationState.CANCELLED}
        assert {op for _, op in self.scripted.ledger} == set(self.seen) - cancelled
        for entry in self.known.values():
            path, publication = self.desk.path(entry), self.desk.publication(entry)
            if publication is None:
                assert path not in self.scripted.held
                assert entry.withdrawal is not None, "only what was withdrawn in time is nowhere"
                continue
            assert publication.etag == self.scripted.held[path][1]
            assert publication.is_withdrawn is (entry.withdrawal is not None)
            assert str(publication.operation_id) == self.scripted.ops(path)[-1]


Outbox.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestOutbox = Outbox.TestCase


def test_every_state_leads_somewhere_or_is_an_end() -> None:
    ends = {state for state in OperationState if not any(can_become(state, other) for other in OperationState)}
    assert ends == {OperationState.DONE, OperationState.CANCELLED}
