"""`newsroom consent-check COVERAGE` keeps its proof as the board does."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.proof import Standing
from desktop.workspace import Workspace
from tests.ui.consent.simulator import POST
from ui.command import main


def test_a_proof_of_a_coverage_is_kept_unless_a_window_has_it_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = tmp_path / "desk", tmp_path / "desk" / "proofs" / "by hand"
    workspace = Workspace.open(folder)
    coverage = workspace.create_coverage("Harbour reopens")
    entry = replace(workspace.new_entry(coverage.id), headline="The harbour says", blocks=(POST,))
    workspace.save_draft(entry)
    workspace.mark_ready(entry.id)
    asked = ["--data", str(folder), "consent-check", "--scenario", "files", "--out", str(out), str(coverage.id)]
    assert main(asked) == 0
    assert "The proof was not kept." in capsys.readouterr().err
    assert workspace.last_proof(coverage.id) is None
    workspace.close()
    assert main(asked) == 0
    again = Workspace.open(folder, writes=False)
    try:
        stood = again.proof_standing(coverage.id)
    finally:
        again.close()
    assert stood.standing is Standing.PARTIAL
    assert stood.proof is not None
    assert {each.scenario for each in stood.proof.rehearsed} == {"Feed, e-mail and archive"}
    assert stood.proof.planned > len(stood.proof.rehearsed)
    assert stood.proof.report == "proofs/by hand/report.html"
