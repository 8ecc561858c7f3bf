import json
import subprocess
import sys
from pathlib import Path

from ui.crash import MARK, TRACE

CRASHES = """
import asyncio, os, signal, sys
from dataclasses import replace
from pathlib import Path
from ui.start import run

async def journey(console):
    await asyncio.sleep(0)
    coverage = console.workspace.create_coverage("Harbour reopens")
    entry = console.workspace.new_entry(coverage.id)
    console.workspace.save_draft(replace(entry, headline="First boat leaves"))
    os.kill(os.getpid(), getattr(signal, sys.argv[2]))
    return 0

run(Path(sys.argv[1]), offscreen=True, journey=journey)
"""

TELLS = """
import asyncio, json, sys
from pathlib import Path
from ui.start import run

async def journey(console):
    (coverage,) = console.workspace.coverages() or (None,)
    rows = console.workspace.timeline(coverage.id, None) if coverage else []
    shown = console.window.notices.shown
    print(json.dumps([[each.text for each in shown], [each.report for each in shown], [row.headline for row in rows]]))
    return 0

sys.exit(run(Path(sys.argv[1]), offscreen=True, journey=journey))
"""


def start(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, timeout=120, check=False
    )


def told(folder: Path) -> tuple[list[str], list[str], list[str]]:
    done = start(TELLS, str(folder))
    assert done.returncode == 0, done.stderr
    texts, reports, headlines = json.loads(done.stdout)
    return texts, reports, headlines


def test_a_crash_is_told_once_with_its_trace_and_without_a_word_of_the_page(tmp_path: Path) -> None:
    assert start(CRASHES, str(tmp_path), "SIGSEGV").returncode != 0
    texts, reports, headlines = told(tmp_path)
    assert len(texts) == 1
    assert texts[0].endswith("ended without closing. Everything saved until then is here.")
    assert "Segmentation fault" in reports[0]
    assert "console: " in reports[0]
    assert "Harbour" not in reports[0]
    assert "boat" not in reports[0]
    assert headlines == ["First boat leaves"]
    assert [file.read_text(encoding="utf-8") for file in (tmp_path / "crashes").iterdir()] == reports
    assert told(tmp_path)[0] == []


def test_a_killed_console_left_no_trace_and_that_is_said(tmp_path: Path) -> None:
    assert start(CRASHES, str(tmp_path), "SIGKILL").returncode != 0
    _, reports, headlines = told(tmp_path)
    assert "It left no trace" in reports[0]
    assert headlines == ["First boat leaves"]


def test_a_mark_that_was_half_written_is_a_crash_without_a_time(tmp_path: Path) -> None:
    (tmp_path / MARK).write_text('{"started": "2026-11', encoding="utf-8")
    (tmp_path / TRACE).write_text("", encoding="utf-8")
    texts, _, _ = told(tmp_path)
    assert texts == ["The console ended without closing. Everything saved until then is here."]
