"""Secrets of endpoints: in the system's keyring, read once a run, never written down anywhere else.

The one place that imports keyring. Which keyring is the platform's own, by a list here: configuration, environment
variables and plug-ins are not asked, so no secret ends in a plain file because some package was installed.
"""

import importlib
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

from desktop.domain.endpoint import Endpoint, SecretSource
from desktop.domain.problem import Problem
from desktop.domain.words import tr

if TYPE_CHECKING:  # keyring costs tens of milliseconds to import: only when a secret is needed
    from keyring.backend import KeyringBackend

Value = TypeVar("Value")

PATIENCE: Final = 10.0
LONGEST: Final = 16_000
LONGEST_WINDOWS: Final = 1_280

_BACKENDS: Final = {
    "linux": ("keyring.backends.SecretService", "keyring.backends.libsecret", "keyring.backends.kwallet"),
    "darwin": ("keyring.backends.macOS",),
    "win32": ("keyring.backends.Windows",),
}
_LEAKS: Final = {
    "linux": ("jeepney.DBusErrorResponse", "secretstorage.exceptions.SecretStorageException"),
    "win32": ("win32ctypes.pywin32.pywintypes.error",),
}
_NAMES: Final = {"keyring.backends.kwallet": "DBusKeyring", "keyring.backends.Windows": "WinVaultKeyring"}


class SecretState(StrEnum):
    """Why a secret cannot be had."""

    NONE = "none"
    LOCKED = "locked"
    DENIED = "denied"
    HUNG = "hung"
    TOO_LONG = "too_long"
    UNUSABLE = "unusable"


class SecretUnavailable(Problem):
    """A secret cannot be read or kept now; drafting goes on without it."""

    def __init__(self, state: SecretState, title: str, *, next_action: str = "") -> None:
        super().__init__(title, done=tr("Publishing waits; nothing is lost."), next_action=next_action)
        self.state = state


class Credentials:
    """Reads, keeps and forgets the secrets of endpoints. Each call may block for `patience` seconds, never longer.

    `backend` makes the keyring, None for the platform's own; one that keeps secrets in the clear is refused.
    """

    def __init__(
        self,
        backend: "Callable[[], KeyringBackend] | None" = None,
        *,
        patience: float = PATIENCE,
        platform: str = sys.platform,
    ) -> None:
        self._make = backend
        self._patience = patience
        self._platform = platform
        self._known: dict[tuple[str, str], str] = {}
        self._lock = threading.Lock()

    def read(self, endpoint: Endpoint) -> str | None:
        """Return an endpoint's secret, None when it needs or has none; raises SecretUnavailable."""
        key = _key(endpoint)
        with self._lock:
            known = self._known.get(key)
        if known is not None or endpoint.secret_source is SecretSource.NONE:
            return known
        if endpoint.secret_source is SecretSource.VARIABLE:
            secret = os.environ.get(endpoint.secret_name, "").strip() or None
        else:
            secret = self._within_patience(lambda: self._backend().get_password(*key))
        if secret is not None:
            self._check(endpoint, secret)
            self.lend(endpoint, secret)
        return secret

    def require(self, endpoint: Endpoint) -> str | None:
        """Return an endpoint's secret, None only when it needs none; raises SecretUnavailable."""
        secret = self.read(endpoint)
        if secret is None and endpoint.secret_source is not SecretSource.NONE:
            is_variable = endpoint.secret_source is SecretSource.VARIABLE
            place = (
                tr("in the variable {secret_name}").format(secret_name=endpoint.secret_name)
                if is_variable
                else tr("in the system's keyring")
            )
            message = tr("There is no secret for {endpoint} {place}.").format(endpoint=endpoint.name, place=place)
            raise SecretUnavailable(SecretState.NONE, message, next_action=tr("Give the endpoint's secret again."))
        return secret

    def lend(self, endpoint: Endpoint, secret: str) -> None:
        """Use a secret for as long as this program runs, without keeping it anywhere."""
        with self._lock:
            self._known[_key(endpoint)] = secret

    def store(self, endpoint: Endpoint, secret: str) -> None:
        """Keep an endpoint's secret in the keyring; raises SecretUnavailable."""
        self._check(endpoint, secret)
        self._within_patience(lambda: self._backend().set_password(*_key(endpoint), secret))
        self.lend(endpoint, secret)

    def forget(self, endpoint: Endpoint) -> None:
        """Remove an endpoint's secret from the keyring, if it is there; raises SecretUnavailable."""
        self.reread(endpoint)
        self._within_patience(lambda: _remove(self._backend(), *_key(endpoint)))

    def reread(self, endpoint: Endpoint) -> None:
        """Ask the keyring again the next time, because what was read did not pass."""
        with self._lock:
            self._known.pop(_key(endpoint), None)

    def backend_name(self) -> str:
        """Say which keyring keeps the secrets; raises SecretUnavailable when none can."""
        return str(self._within_patience(lambda: self._backend().name))

    def _check(self, endpoint: Endpoint, secret: str) -> None:
        longest = LONGEST_WINDOWS if self._platform == "win32" else LONGEST
        if len(secret) > longest:
            message = tr("The secret has {count} characters; this system's keyring keeps at most {longest}.").format(
                count=len(secret), longest=longest
            )
            raise SecretUnavailable(SecretState.TOO_LONG, message, next_action=tr("Ask for a shorter one."))
        # A password may hold spaces, and WordPress shows its own in groups of four; a token never does.
        has_gaps = " " in secret and not endpoint.account
        if not secret.isascii() or not secret.isprintable() or has_gaps:
            message = tr("The secret holds characters that no access token can have.")
            raise SecretUnavailable(
                SecretState.UNUSABLE, message, next_action=tr("Copy it again, without line breaks.")
            )

    def _backend(self) -> "KeyringBackend":
        if self._make is not None:
            backend = self._make()
            if type(backend).__module__ not in _trusted():
                message = tr("This keyring would keep the secret where others can read it.")
                raise SecretUnavailable(SecretState.NONE, message, next_action=_SET_UP)
            return backend
        for module in _BACKENDS.get(self._platform, ()):
            kind: type[KeyringBackend] = getattr(importlib.import_module(module), _NAMES.get(module, "Keyring"))
            if kind.viable:
                return kind()
        message = tr("This computer has no keyring that could keep a secret.")
        raise SecretUnavailable(SecretState.NONE, message, next_action=_SET_UP)

    def _within_patience(self, work: Callable[[], Value]) -> Value:
        """Do the work in a thread that may be left behind: a keyring that hangs does so for good."""
        answer: Future[Value] = Future()
        threading.Thread(target=_fill, args=(answer, work), name="keyring", daemon=True).start()
        try:
            return answer.result(self._patience)
        except TimeoutError as error:
            message = tr("The system's keyring has not answered for {_patience:g} seconds.").format(
                _patience=self._patience
            )
            raise SecretUnavailable(
                SecretState.HUNG, message, next_action=tr("See whether it waits for your password, or restart it.")
            ) from error


_SET_UP: Final = (
    "Unlock or install the system's keyring, or give the secret in an environment variable (--secret-from-env)."
)


def _key(endpoint: Endpoint) -> tuple[str, str]:
    """Name an endpoint's entry: one service per environment, so that rehearsal and production never share one."""
    name = (
        tr("variable {secret_name}").format(secret_name=endpoint.secret_name)
        if endpoint.secret_source is SecretSource.VARIABLE
        else str(endpoint.id)
    )
    return f"newsroom-console/{endpoint.environment}", name


def _trusted() -> frozenset[str]:
    return frozenset(module for modules in _BACKENDS.values() for module in modules)


def _fill(answer: Future[Value], work: Callable[[], Value]) -> None:
    from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError  # noqa: PLC0415 - see above

    try:
        answer.set_result(work())
    except KeyringLocked:
        title = tr("The system's keyring is locked.")
        answer.set_exception(SecretUnavailable(SecretState.LOCKED, title, next_action=tr("Unlock it and try again.")))
    except (InitError, NoKeyringError):
        title = tr("The system's keyring cannot be reached.")
        answer.set_exception(SecretUnavailable(SecretState.NONE, title, next_action=_SET_UP))
    except BaseException as error:  # noqa: BLE001 - handed to the thread that waits, which raises it
        is_refusal = isinstance(error, (KeyringError, OSError, *_leaks()))
        title = tr("The system's keyring refused.")
        denied = SecretUnavailable(SecretState.DENIED, title, next_action=tr("Allow this program to use it."))
        answer.set_exception(denied if is_refusal else error)


def _leaks() -> tuple[type[BaseException], ...]:
    """What a platform's keyring lets through from below without making it its own."""
    found = (name.rpartition(".") for name in _LEAKS.get(sys.platform, ()))
    return tuple(getattr(importlib.import_module(module), kind) for module, _, kind in found)


def _remove(backend: "KeyringBackend", service: str, name: str) -> None:
    if backend.get_password(service, name) is not None:
        backend.delete_password(service, name)
