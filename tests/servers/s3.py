"""An S3-compatible server of its own process, on loopback: moto, which keeps everything in memory."""

import importlib.util
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import pytest

from desktop.domain.identity import new_id

# The server looks who asks only as far as the name.
_OWNER = {"Authorization": "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261122/us-east-1/s3/aws4_request"}


@dataclass(frozen=True)
class S3Server:
    """Where it is, and an account it takes. It checks no signature: `sigv4` is held to published examples instead."""

    url: str
    account: str = "AKIDEXAMPLE"
    secret: str = "made-up"

    def new_bucket(self, *, is_open: bool = True) -> str:
        """Make a bucket and return its address; one that is open lets strangers read."""
        name = f"page-{new_id().hex}"
        url = f"{self.url}/{name}"
        with httpx.Client(headers=_OWNER) as client:
            client.put(url).raise_for_status()
            if is_open:
                rule = {
                    "Effect": "Allow",
                    "Principal": "*",
                    "Action": "s3:GetObject",
                    "Resource": f"arn:aws:s3:::{name}/*",
                }
                client.put(f"{url}?policy", json={"Version": "2012-10-17", "Statement": [rule]}).raise_for_status()
        return url


@contextmanager
def running_s3() -> Iterator[S3Server]:
    if importlib.util.find_spec("moto") is None:
        pytest.skip("moto is not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/moto-api/", process)
            yield S3Server(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Wait until a server answers."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            httpx.get(url)
        except httpx.TransportError:
            assert process.poll() is None, f"the server at {url} ended"
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"nothing answered at {url}")
