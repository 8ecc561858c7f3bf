"""A real WordPress on loopback: PHP's own web server with several workers, WordPress and SQLite from one package."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

HERE: Final = Path(__file__).parent
FETCHED: Final = HERE.parents[1] / "build/wordpress"
MODULES: Final = {"sqlite3", "pdo_sqlite", "mbstring", "gd", "dom"}

CONFIG: Final = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', ''); define('DB_PASSWORD', ''); define('DB_HOST', '');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', '{url}'); define('WP_SITEURL', '{url}');
define('WP_ENVIRONMENT_TYPE', '{environment}');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('AUTOMATIC_UPDATER_DISABLED', true); define('DISABLE_WP_CRON', true);
define('WP_DEBUG', false); {extra}
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {{
    define($name . '_KEY', $name . 'key'); define($name . '_SALT', $name . 'salt');
}}
$table_prefix = 'wp_';
defined('ABSPATH') || define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""


@dataclass
class WordPress:
    """A running site; `passwords` are application passwords of admin, editor, author and contributor."""

    url: str
    folder: Path
    passwords: dict[str, str]
    process: subprocess.Popen[bytes]

    def php(self, code: str) -> str:
        """Run code inside the site and return what it prints."""
        prelude = (
            f"$_SERVER += ['HTTP_HOST' => '{self.url.removeprefix('http://')}', 'REQUEST_URI' => '/', "
            f"'REQUEST_METHOD' => 'GET', 'SERVER_PROTOCOL' => 'HTTP/1.1']; require '{self.folder}/wp-load.php'; "
        )
        return _run(["php", "-r", prelude + code])

    def install_plugin(self, source: Path) -> None:
        """Put a plugin's folder in place and activate it."""
        shutil.copytree(source, self.folder / "wp-content/plugins" / source.name, dirs_exist_ok=True)
        self.php(
            f"require ABSPATH . 'wp-admin/includes/plugin.php'; activate_plugin('{source.name}/newsroom-console.php');"
        )

    def remove_plugin(self, name: str) -> None:
        """Deactivate a plugin and take its folder away."""
        self.php(
            f"require ABSPATH . 'wp-admin/includes/plugin.php'; deactivate_plugins('{name}/newsroom-console.php');"
        )
        shutil.rmtree(self.folder / "wp-content/plugins" / name)

    def stop(self) -> None:
        """End the server with its workers."""
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(10)


def why_not() -> str:
    """Say why no WordPress can be started here, "" when one can."""
    if shutil.which("php") is None:
        return "php is not installed"
    missing = MODULES - set(_run(["php", "-m"]).split())
    if missing:
        return f"php lacks {', '.join(sorted(missing))}"
    if not (FETCHED / "wordpress.zip").is_file() or not (FETCHED / "sqlite.zip").is_file():
        return "WordPress is not there: run `make wordpress`"
    return ""


def start(folder: Path, *, environment: str = "local", extra: str = "", workers: int = 4) -> WordPress:
    """Install a site into an empty folder and serve it. `extra` is PHP for its configuration."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    _unpack(folder, url, environment, extra)
    passwords = json.loads(_run(["php", str(HERE / "wordpress_install.php"), str(folder), url]))
    settings = {"upload_max_filesize": "32M", "post_max_size": "40M", "display_errors": "0", "opcache.enable_cli": "1"}
    options = [part for name, value in settings.items() for part in ("-d", f"{name}={value}")]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            ["php", *options, "-S", f"127.0.0.1:{port}", "-t", str(folder), str(HERE / "wordpress_router.php")],
            env={**os.environ, "PHP_CLI_SERVER_WORKERS": str(workers)},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    site = WordPress(url, folder, passwords, process)
    _wait_for(f"{url}/wp-json/", site)
    return site


def _unpack(folder: Path, url: str, environment: str, extra: str) -> None:
    with zipfile.ZipFile(FETCHED / "wordpress.zip") as archive:
        archive.extractall(folder)
    plugins = folder / "wp-content/mu-plugins"
    with zipfile.ZipFile(FETCHED / "sqlite.zip") as archive:
        archive.extractall(plugins)
    sqlite = (plugins / "sqlite-database-integration-main").rename(plugins / "sqlite-database-integration")
    shutil.rmtree(folder / "wp-content/database", ignore_errors=True)
    (folder / "wp-content/uploads").mkdir(exist_ok=True)
    drop_in = (sqlite / "db.copy").read_text(encoding="utf-8")
    drop_in = drop_in.replace("{SQLITE_IMPLEMENTATION_FOLDER_PATH}", str(sqlite))
    drop_in = drop_in.replace("{SQLITE_PLUGIN}", "sqlite-database-integration/load.php")
    (folder / "wp-content/db.php").write_text(drop_in, encoding="utf-8")
    written = CONFIG.format(url=url, environment=environment, extra=extra)
    (folder / "wp-config.php").write_text(written, encoding="utf-8")


def _wait_for(url: str, site: WordPress) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            with urlopen(url, timeout=10):  # noqa: S310 - our own address
                return
        except (URLError, ConnectionError):
            if time.monotonic() > until or site.process.poll() is not None:
                raise
            time.sleep(0.05)


def _run(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
