"""The endpoint is asked what its own document allows, and what it forbids, by a tool that knows neither of us."""

import os
import re
import subprocess
import sys
from pathlib import Path

from desktop.rehearsal.server import RehearsalEndpoint

EXAMPLES = 12
# What a schema cannot say: an id in a body is the one in its address, an `op` is used once, a cursor was given out
# here, an entry that was taken down stays so, and a precondition has to hold.
RULES = """
[checks]
positive_data_acceptance.expected-statuses = [
    "2xx", "3xx", 400, 401, 403, 404, 409, 410, 412, 415, 416, 422, 428
]
# A request that names no environment, or another one, is refused as being in the wrong place.
missing_required_header.expected-statuses = [400, 401, 409, 422]
"""


def test_a_fuzzer_finds_no_answer_that_the_document_does_not_describe(
    endpoint: RehearsalEndpoint, tmp_path: Path
) -> None:
    (tmp_path / "schemathesis.toml").write_text(RULES, encoding="utf-8")
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{endpoint.url}/openapi.json"),
            *("--header", f"Authorization: Bearer {endpoint.token}"),
            *("--checks", "all", "--phases", "coverage,fuzzing,stateful"),
            *("--max-examples", str(EXAMPLES), "--seed", "20261122", "--no-color"),
        ],
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-8_000:] + ended.stderr[-2_000:]
    asked = re.search(r"(\d+) generated", ended.stdout)
    assert asked is not None
    assert int(asked[1]) > 500
