"""A web folder of its own process, on loopback: Apache with mod_dav, served to readers by the same address."""

import base64
import hashlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.domain.identity import new_id
from tests.servers.s3 import wait_for

MODULES = Path("/usr/lib/apache2/modules")
_LOADED = (
    "mpm_event",
    "authn_core",
    "authn_file",
    "authz_core",
    "authz_user",
    "auth_basic",
    "dav",
    "dav_fs",
    "mime",
    "headers",
    "dir",
)
_CONFIG = """
ServerRoot {folder}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/error.log
{user}
{modules}
TypesConfig {folder}/types
DocumentRoot {folder}/www
DavLockDB {folder}/locks/db
FileETag {etag}
<Directory {folder}/www>
  Dav On
  AuthType Basic
  AuthName newsroom
  AuthUserFile {folder}/users
  <LimitExcept GET HEAD OPTIONS>
    Require valid-user
  </LimitExcept>
</Directory>
"""
_TYPES = "text/html html\ntext/css css\ntext/javascript js\napplication/json json\napplication/atom+xml atom\n"


@dataclass(frozen=True)
class DavServer:
    """Where it is, where its files lie, and the one account it takes."""

    url: str
    files: Path
    account: str = "editor"
    secret: str = "made-up"

    def new_folder(self) -> str:
        """Make a folder and return its address."""
        made = self.files / new_id().hex
        made.mkdir()
        made.chmod(0o777)
        return f"{self.url}/{made.name}"


@contextmanager
def running_dav(*, settles: bool = True) -> Iterator[DavServer]:
    """Start it; `settles`: versions are named by time, weakly for a second, as Apache does unless told otherwise."""
    apache = shutil.which("apache2", path="/usr/sbin:/usr/bin")
    if apache is None or not (MODULES / "mod_dav.so").exists():
        pytest.skip("Apache is not installed (apache2-bin)")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    # Not below pytest's own folder, which no other account of the system may enter.
    folder = Path(tempfile.mkdtemp(prefix="newsroom-dav-"))
    try:
        for path in (folder, folder / "www", folder / "locks"):
            path.mkdir(exist_ok=True)
            path.chmod(0o777)
        digest = base64.b64encode(hashlib.sha1(b"made-up").digest()).decode()  # noqa: S324 - the form Apache reads
        (folder / "users").write_text(f"editor:{{SHA}}{digest}\n")
        (folder / "types").write_text(_TYPES)
        config = folder / "config"
        config.write_text(
            _CONFIG.format(
                folder=folder,
                port=port,
                user="User www-data\nGroup www-data" if os.geteuid() == 0 else "",
                modules="\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in _LOADED),
                etag="MTime Size INode" if settles else "Digest",
            )
        )
        with subprocess.Popen([apache, "-f", config, "-DFOREGROUND"]) as process:
            try:
                wait_for(f"http://127.0.0.1:{port}/", process)
                yield DavServer(f"http://127.0.0.1:{port}", folder / "www")
            finally:
                process.terminate()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
