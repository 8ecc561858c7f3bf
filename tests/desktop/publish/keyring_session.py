"""Run inside a private D-Bus session: starts the real gnome-keyring, then works the credentials as `sys.argv` says."""

import json
import os
import signal
import subprocess
import sys
import time

from keyring.backends.SecretService import Keyring

from desktop.domain.endpoint import Endpoint, Environment, SecretSource
from desktop.domain.identity import new_id
from desktop.publish.credentials import Credentials, SecretUnavailable


def _endpoint(environment: Environment) -> Endpoint:
    return Endpoint(
        id=new_id(),
        name="The page",
        url="http://127.0.0.1:1",
        environment=environment,
        secret_source=SecretSource.KEYRING,
    )


def _round_trip() -> dict[str, object]:
    on_air, rehearsal = _endpoint(Environment.PRODUCTION), _endpoint(Environment.REHEARSAL)
    Credentials().store(on_air, "for-readers")
    Credentials().store(rehearsal, "for-practice")
    read = [Credentials().read(each) for each in (on_air, rehearsal)]
    Credentials().forget(on_air)
    return {"read": read, "after": [Credentials().read(each) for each in (on_air, rehearsal)]}


def _frozen(daemon: int) -> dict[str, object]:
    endpoint = _endpoint(Environment.REHEARSAL)
    Credentials().store(endpoint, "for-practice")
    os.kill(daemon, signal.SIGSTOP)
    started = time.monotonic()
    try:
        Credentials(patience=1.0).read(endpoint)
    except SecretUnavailable as problem:
        return {"state": problem.state.value, "took": time.monotonic() - started}
    finally:
        os.kill(daemon, signal.SIGCONT)
    return {}


def main(work: str) -> None:
    command = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        assert run.stdin is not None
        run.stdin.write(b"a made up login password")
        run.stdin.close()
        try:
            _wait_for_service()
            result = _round_trip() if work == "round-trip" else _frozen(run.pid)
        finally:
            run.kill()
    sys.stdout.write(json.dumps(result) + "\n")


def _wait_for_service() -> None:
    for _ in range(100):
        if Keyring.viable:
            return
        time.sleep(0.1)
    sys.exit("no secret service came up")


if __name__ == "__main__":
    main(sys.argv[1])
