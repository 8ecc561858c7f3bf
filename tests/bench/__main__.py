"""Runs the benchmarks: a table for people, JSON under out/bench for whatever draws curves.

`python -m tests.bench` runs all of them, `python -m tests.bench page` one.
"""

import importlib
import json
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from tests.bench.measure import Figure

OUT = Path("out") / "bench"
_OWN = {"__main__", "measure"}


def main(asked: list[str]) -> int:
    """Run benchmarks; returns 1 when one of them is over its limit."""
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    _say(machine)
    found = {name: _run(name) for name in asked or _names()}
    OUT.mkdir(parents=True, exist_ok=True)
    for name, figures in found.items():
        told = {"machine": machine, "figures": [{**asdict(each), "within": each.is_within} for each in figures]}
        (OUT / f"{name}.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    return 0 if all(each.is_within for figures in found.values() for each in figures) else 1


def _names() -> list[str]:
    return sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in _OWN)


def _run(name: str) -> list[Figure]:
    module = importlib.import_module(f"tests.bench.{name}")
    _say(f"\n{module.TITLE}")
    figures = []
    for line, figure in _lines(module.figures()):
        figures.append(figure)
        _say(line)
    return figures


def _lines(figures: Iterator[Figure]) -> Iterator[tuple[str, Figure]]:
    for each in figures:
        limit = "" if each.limit is None else f"at most {each.limit:,g}"
        verdict = "" if each.limit is None else "ok" if each.is_within else "OVER"
        spread = f"±{each.spread:.0%}" if each.spread else ""
        yield f"  {each.name:<48}{each.value:>12,.3f} {each.unit:<6}{spread:>6}  {limit:<16}{verdict}", each


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
