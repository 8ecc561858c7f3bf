"""The small plugin a site may install: opens consent gates for readers, and gives the site an id of its own."""

import io
import zipfile
from importlib.resources import files
from typing import Final

NAME: Final = "newsroom-console"

# What runs inside an opened gate is the same as on the console's own pages.
_FILES: Final = {
    "newsroom-console.php": "wordpress",
    "gate.js": "wordpress",
    "gate.css": "wordpress",
    "frame.js": "page",
    "frame.css": "page",
}


def plugin_files() -> dict[str, bytes]:
    """Return the plugin's files by their name in its folder."""
    resources = files("resources")
    return {name: (resources / folder / name).read_bytes() for name, folder in _FILES.items()}


def plugin_archive() -> bytes:
    """Return the plugin as WordPress takes it: a ZIP archive with one folder."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in plugin_files().items():
            # A fixed date: the same plugin is the same archive.
            written.writestr(zipfile.ZipInfo(f"{NAME}/{name}", (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return archive.getvalue()
