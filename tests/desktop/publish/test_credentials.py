"""Secrets: from the platform's own keyring or an environment variable, refused in words, never kept in the clear."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import SecretService, chainer, fail, null
from keyring.errors import InitError, KeyringError, KeyringLocked, PasswordSetError

from desktop.domain.endpoint import Endpoint, Environment, SecretSource
from desktop.domain.identity import new_id
from desktop.publish.credentials import Credentials, SecretState, SecretUnavailable
from tests.desktop.publish.desk import endpoint_at

CHECKOUT = Path(__file__).parents[3]
ENDPOINT = Endpoint(
    id=new_id(),
    name="The page",
    url="http://127.0.0.1:1",
    environment=Environment.REHEARSAL,
    secret_source=SecretSource.KEYRING,
)


class Memory(SecretService.Keyring):
    """A keyring with the answers of the real one, kept in memory: for what a real one cannot be made to do here."""

    priority = 0.5
    kept: dict[tuple[str, str], str]
    reads = 0
    error: Exception | None = None

    def __init__(self) -> None:
        self.kept = {}

    def get_password(self, service: str, username: str) -> str | None:
        self.reads += 1
        if self.error:
            raise self.error
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.error:
            raise self.error
        self.kept[service, username] = password


Memory.__module__ = SecretService.__name__


class Plain(KeyringBackend):
    """A keyring that some package brought along and that keeps secrets in a file."""

    priority = 9

    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError(service, username, len(password))


def test_a_secret_is_read_once_a_run() -> None:
    memory = Memory()
    Credentials(lambda: memory).store(ENDPOINT, "let-me-in")
    credentials = Credentials(lambda: memory)
    assert [credentials.read(ENDPOINT) for _ in range(3)] == ["let-me-in"] * 3
    assert memory.reads == 1
    credentials.reread(ENDPOINT)
    assert credentials.read(ENDPOINT) == "let-me-in"
    assert memory.reads == 2


def test_environments_never_share_an_entry() -> None:
    memory = Memory()
    Credentials(lambda: memory).store(ENDPOINT, "let-me-in")
    assert Credentials(lambda: memory).read(replace(ENDPOINT, environment=Environment.PRODUCTION)) is None
    assert {service for service, _ in memory.kept} == {"newsroom-console/rehearsal"}


def test_a_variable_is_read_by_name_and_an_absent_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    endpoint = replace(ENDPOINT, secret_source=SecretSource.VARIABLE, secret_name="NEWSROOM_TEST_TOKEN")
    monkeypatch.delenv("NEWSROOM_TEST_TOKEN", raising=False)
    assert Credentials().read(endpoint) is None
    with pytest.raises(SecretUnavailable, match="NEWSROOM_TEST_TOKEN"):
        Credentials().require(endpoint)
    monkeypatch.setenv("NEWSROOM_TEST_TOKEN", "let-me-in\n")
    assert Credentials().require(endpoint) == "let-me-in"


def test_an_endpoint_without_secret_asks_nobody() -> None:
    assert Credentials(Plain).require(replace(ENDPOINT, secret_source=SecretSource.NONE)) is None


def test_a_lent_secret_is_used_and_kept_nowhere() -> None:
    memory = Memory()
    credentials = Credentials(lambda: memory)
    credentials.lend(ENDPOINT, "for-this-run")
    assert credentials.read(ENDPOINT) == "for-this-run"
    assert (memory.kept, memory.reads) == ({}, 0)


@pytest.mark.parametrize("backend", [Plain, null.Keyring, fail.Keyring, chainer.ChainerBackend])
def test_a_keyring_that_would_not_keep_a_secret_safe_is_refused(backend: type[KeyringBackend]) -> None:
    credentials = Credentials(backend)
    with pytest.raises(SecretUnavailable) as refused:
        credentials.store(ENDPOINT, "let-me-in")
    assert refused.value.state is SecretState.NONE
    with pytest.raises(SecretUnavailable):
        credentials.read(ENDPOINT)


@pytest.mark.skipif(sys.platform != "linux", reason="the bus that is cut off here is Linux's")
def test_configuration_cannot_choose_another_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    with pytest.raises(SecretUnavailable) as refused:
        Credentials().store(ENDPOINT, "let-me-in")
    assert refused.value.state is SecretState.NONE
    assert "keyring" in str(refused.value)


def test_a_platform_nobody_knows_has_no_keyring() -> None:
    with pytest.raises(SecretUnavailable) as refused:
        Credentials(platform="plan9").read(ENDPOINT)
    assert refused.value.state is SecretState.NONE


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (KeyringLocked("dismissed"), SecretState.LOCKED),
        (InitError("no bus"), SecretState.NONE),
        (PasswordSetError("no"), SecretState.DENIED),
        (KeyringError("no"), SecretState.DENIED),
        (ConnectionResetError("gone"), SecretState.DENIED),
    ],
)
def test_every_way_a_keyring_fails_has_its_words(error: Exception, state: SecretState) -> None:
    memory = Memory()
    memory.error = error
    for work in (Credentials(lambda: memory).read, Credentials(lambda: memory).require):
        with pytest.raises(SecretUnavailable) as refused:
            work(ENDPOINT)
        assert refused.value.state is state
        assert "nothing is lost" in str(refused.value)


def test_a_keyring_that_hangs_is_left_behind() -> None:
    released = threading.Event()

    class Hanging(Memory):
        def get_password(self, service: str, username: str) -> str | None:
            released.wait(20)
            return super().get_password(service, username)

    Hanging.__module__ = SecretService.__name__
    started = time.monotonic()
    with pytest.raises(SecretUnavailable) as refused:
        Credentials(Hanging, patience=0.2).read(ENDPOINT)
    released.set()
    assert refused.value.state is SecretState.HUNG
    assert time.monotonic() - started < 2


def test_a_fault_of_our_own_is_no_refusal_of_the_keyring() -> None:
    memory = Memory()
    memory.error = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        Credentials(lambda: memory).read(ENDPOINT)


@pytest.mark.parametrize(("platform", "longest"), [("win32", 1_280), ("linux", 16_000)])
def test_a_secret_has_a_length_the_system_can_keep(platform: str, longest: int) -> None:
    memory = Memory()
    credentials = Credentials(lambda: memory, platform=platform)
    credentials.store(ENDPOINT, "x" * longest)
    with pytest.raises(SecretUnavailable) as refused:
        credentials.store(ENDPOINT, "x" * (longest + 1))
    assert refused.value.state is SecretState.TOO_LONG


@pytest.mark.parametrize("secret", ["two words", "line\nbreak", "naïve", "tab\tbed"])
def test_a_secret_that_no_header_can_carry_is_refused_without_repeating_it(secret: str) -> None:
    with pytest.raises(SecretUnavailable) as refused:
        Credentials(Memory).store(ENDPOINT, secret)
    assert refused.value.state is SecretState.UNUSABLE
    assert secret not in str(refused.value)


# A bus that starts nothing by itself: asked too early, it would start a second, locked keyring.
_BUS = """<!DOCTYPE busconfig>
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def _in_private_session(tmp_path: Path, work: str) -> dict[str, Any]:
    needed = ("dbus-run-session", "gnome-keyring-daemon")
    missing = [name for name in needed if shutil.which(name) is None]
    if missing:
        pytest.skip(f"no {missing[0]} on this computer")
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    folders = {name: str(tmp_path / name.lower()) for name in ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")}
    for folder in folders.values():
        Path(folder).mkdir(mode=0o700)
    bus = tmp_path / "bus.conf"
    bus.write_text(_BUS)
    command = [
        "dbus-run-session",
        f"--config-file={bus}",
        "--",
        sys.executable,
        "-m",
        "tests.desktop.publish.keyring_session",
        work,
    ]
    ended = subprocess.run(
        command, cwd=CHECKOUT, env=kept | folders, capture_output=True, text=True, timeout=60, check=False
    )
    if "no secret service came up" in ended.stderr:
        pytest.skip("the keyring daemon does not start in this session")
    assert ended.returncode == 0, ended.stderr
    result: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return result


def test_the_real_keyring_keeps_reads_and_forgets(tmp_path: Path) -> None:
    result = _in_private_session(tmp_path, "round-trip")
    assert result == {"read": ["for-readers", "for-practice"], "after": [None, "for-practice"]}


def test_a_real_keyring_that_freezes_is_told_in_time(tmp_path: Path) -> None:
    result = _in_private_session(tmp_path, "frozen")
    assert result["state"] == "hung"
    assert result["took"] < 3


def test_a_password_may_be_in_groups_and_a_token_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSROOM_TEST_TOKEN", "abcd efgh ijkl")
    token = endpoint_at("http://127.0.0.1:9")
    assert Credentials().read(replace(token, account="editor")) == "abcd efgh ijkl"
    with pytest.raises(SecretUnavailable):
        Credentials().read(token)
