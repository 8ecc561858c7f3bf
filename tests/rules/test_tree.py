"""Rules about the tree itself, which nobody should have to remember."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*ROOT.glob("desktop/**/*.py"), *ROOT.glob("ui/**/*.py")])


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]


def test_the_top_level_is_as_laid_out() -> None:
    folders = {path.relative_to(ROOT).parts[0] for path in tracked() if len(path.relative_to(ROOT).parts) > 1}
    assert folders == {".ci", "desktop", "docs", "packaging", "resources", "tests", "ui"}


def test_the_packaging_folder_never_shadows_the_packaging_library() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_pins_hold_hashes_and_no_address() -> None:
    for pins in (ROOT / "packaging").glob("requirements*.txt"):
        written = pins.read_text()
        assert "--hash=sha256:" in written
        assert not re.search(r"https?://|index-url", written)


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_module_is_a_drawer_for_leftovers(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "manager", "common", "misc"}


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_nested_event_loop(path: Path) -> None:
    calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    nested = [call.attr for call in calls if isinstance(call, ast.Attribute) and call.attr in {"exec", "processEvents"}]
    # Before the one loop is made there is nothing yet that a turn of Qt's could freeze.
    allowed = {"processEvents"} if name(path) == "ui/start.py" else set()
    assert set(nested) <= allowed


@pytest.mark.parametrize("path", sorted(ROOT.glob("desktop/**/__init__.py")), ids=name)
def test_a_package_imports_nothing_by_itself(path: Path) -> None:
    # The window paints before anything heavy is imported; a package that imports its parts would undo that.
    tree = ast.parse(path.read_text())
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]


def test_nothing_returning_none_costs_a_reference() -> None:
    # A release of PySide6 lost one reference of None a call on Python 3.11 and died after some thousand calls.
    script = (
        "import sys; from PySide6.QtCore import QObject; thing = QObject(); before = sys.getrefcount(None)\n"
        "for _ in range(100): thing.blockSignals(False); thing.setObjectName('a')\n"
        "assert sys.getrefcount(None) > before - 50, (before, sys.getrefcount(None))"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
