import subprocess
from pathlib import Path

from PySide6.QtGui import QImage

from tests.journeys.conftest import command, environment, result

SCREENS = {"welcome", "desk", "search", "consent", "history", "checks", "palette", "conflict", "on-air"}
SHEETS = {
    "settings",
    "shortcuts",
    "export",
    "receipts",
    "difference",
    "correct",
    "hand_over",
    "pause_clock",
    "withdraw",
}


def test_every_main_screen_is_photographed_and_none_is_blank(tmp_path: Path) -> None:
    done = subprocess.run(
        command(tmp_path / "unused", "screenshots", "--look", "dark", "--out", tmp_path / "shots", "--json"),
        capture_output=True,
        text=True,
        timeout=180,
        env=environment(tmp_path, {}),
        check=False,
    )
    pictures = [Path(name) for name in result(done)["screenshots"]]
    assert {path.stem.removeprefix("dark-") for path in pictures} >= SCREENS | SHEETS
    for path in pictures:
        shown = QImage(str(path))
        assert shown.width() > 300, path.name
        colours = {shown.pixel(x, y) for x in range(0, shown.width(), 7) for y in range(0, shown.height(), 7)}
        assert len(colours) > 8, f"{path.name} is blank"
