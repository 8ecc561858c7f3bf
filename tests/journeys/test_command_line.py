"""A real live page comes in, goes out and is published, all at the command line."""

import os
import re
import signal
import subprocess
import time
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

from tests.journeys.conftest import TOKEN_VARIABLE, Rehearsal, Run, command, environment, result


def lines(text: str) -> list[str]:
    collapsed = (re.sub(r"\s+", " ", line).strip() for line in text.splitlines())
    return [line for line in collapsed if line]


def import_example(run: Run, example: Path) -> str:
    imported = result(run("import", example / "live-page.txt", "--house", example / "house.toml", "--json"))
    coverage: str = imported.pop("coverage")
    assert imported == {"entries": 20, "summary_points": 5, "embeds": 7, "images": 9, "unplaced": []}
    return coverage


def test_the_real_page_comes_in_whole_and_goes_out_as_it_came(run: Run, example: Path, tmp_path: Path) -> None:
    coverage = import_example(run, example)
    result(run("export", coverage, "--as", "text", "--out", tmp_path / "text", "--json"))
    assert lines((tmp_path / "text" / "page.txt").read_text()) == lines((example / "live-page.txt").read_text())


class ReadAloud(HTMLParser):
    """The words of a page in the order of the document, each alt text where its picture stands."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style", "title"}
        values = dict(attrs)
        if tag == "img":
            self.said.append(values.get("alt") or "")
        elif values.get("role") == "img":
            self.said.append(values.get("aria-label") or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style", "title"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


def letters(text: str) -> str:
    return re.sub(r"[\s•]", "", text)


def test_the_exported_page_says_every_line_in_its_order(run: Run, example: Path, tmp_path: Path) -> None:
    coverage = import_example(run, example)
    result(run("export", coverage, "--as", "html", "--out", tmp_path / "site", "--json"))
    aloud = ReadAloud()
    aloud.feed((tmp_path / "site" / "index.html").read_text())
    page = letters("".join(aloud.said))
    place = 0
    for line in lines((example / "live-page.txt").read_text()):
        wanted = letters(re.sub(r"^\d+\. ", "", line))
        found = page.find(wanted, place)
        assert found >= 0, f"not in its place: {line}"
        place = found + len(wanted)


def test_an_export_of_everything_is_the_same_coverage_again(run: Run, example: Path, tmp_path: Path) -> None:
    coverage = import_example(run, example)
    result(run("export", coverage, "--as", "json", "--out", tmp_path / "one", "--json"))
    other = tmp_path / "other"
    again = subprocess.run(
        command(other, "import", tmp_path / "one" / "coverage.json", "--json"),
        capture_output=True,
        text=True,
        env=environment(tmp_path, {}),
        check=True,
    )
    assert coverage in again.stdout
    subprocess.run(
        command(other, "export", coverage, "--as", "json", "--out", tmp_path / "two"),
        env=environment(tmp_path, {}),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    assert (tmp_path / "one" / "coverage.json").read_bytes() == (tmp_path / "two" / "coverage.json").read_bytes()


def add_endpoint(run: Run, rehearsal: Rehearsal, environment_name: str = "rehearsal") -> None:
    added = run(
        *("endpoint", "add", "desk", rehearsal.url, "--kind", "native", "--environment", environment_name),
        *("--secret-from-env", TOKEN_VARIABLE),
    )
    assert added.returncode == 0, added.stderr


def test_the_real_page_is_published_once_an_entry(run: Run, example: Path, rehearsal: Rehearsal) -> None:
    coverage = import_example(run, example)
    add_endpoint(run, rehearsal)
    token = {TOKEN_VARIABLE: rehearsal.token}
    receipts = result(run("publish", coverage, "--to", "desk", "--json", variables=token))["receipts"]
    assert [receipt["outcome"] for receipt in receipts] == ["done"] * 22
    again = result(run("publish", coverage, "--to", "desk", "--json", variables=token))["receipts"]
    assert again == []
    served = httpx.get(f"{rehearsal.reader_url}{coverage}/")
    assert served.text.count("<article") == 20
    assert rehearsal.token not in served.text


@pytest.mark.parametrize("written", [1, 4, 9, 15])
def test_a_publisher_killed_in_the_middle_loses_and_doubles_nothing(
    run: Run, example: Path, rehearsal: Rehearsal, tmp_path: Path, written: int
) -> None:
    coverage = import_example(run, example)
    add_endpoint(run, rehearsal)
    token = {TOKEN_VARIABLE: rehearsal.token}
    publisher = subprocess.Popen(
        command(tmp_path / "desk", "publish", coverage, "--to", "desk"),
        env=environment(tmp_path, token),
        stdout=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and publisher.poll() is None:
        answer = httpx.get(f"{rehearsal.url}/pages/{coverage}/entries", params={"limit": 100})
        if answer.status_code == 200 and len(answer.json()["entries"]) >= written:
            break
    os.kill(publisher.pid, signal.SIGKILL)
    publisher.wait(10)
    result(run("publish", coverage, "--to", "desk", "--json", variables=token))
    held = rehearsal.entries(coverage)
    assert len(held) == len({entry["id"] for entry in held}) == 20
    assert [entry["at"] for entry in held] == sorted((entry["at"] for entry in held), reverse=True)
    assert len(rehearsal.changes(coverage)) == 22


def test_a_withdrawn_entry_tells_readers_why(run: Run, example: Path, rehearsal: Rehearsal) -> None:
    coverage = import_example(run, example)
    add_endpoint(run, rehearsal)
    token = {TOKEN_VARIABLE: rehearsal.token}
    result(run("publish", coverage, "--to", "desk", "--json", variables=token))
    entry = rehearsal.entries(coverage)[3]["id"]
    reason = "An earlier version named the wrong street."
    result(run("withdraw", coverage, entry, "--reason", reason, "--to", "desk", "--json", variables=token))
    assert reason in httpx.get(f"{rehearsal.reader_url}{coverage}/").text


def test_a_correction_is_shown_to_readers(run: Run, example: Path, rehearsal: Rehearsal) -> None:
    coverage = import_example(run, example)
    add_endpoint(run, rehearsal)
    token = {TOKEN_VARIABLE: rehearsal.token}
    result(run("publish", coverage, "--to", "desk", "--json", variables=token))
    entry = rehearsal.entries(coverage)[3]["id"]
    words = "An earlier version gave the wrong year."
    sent = result(run("correct", coverage, entry, "--text", words, "--to", "desk", "--json", variables=token))
    assert [receipt["outcome"] for receipt in sent["receipts"]] == ["done"]
    assert words in httpx.get(f"{rehearsal.reader_url}{coverage}/").text
    assert len(rehearsal.entries(coverage)) == 20


def bad_house(folder: Path, example: Path) -> Path:
    path = folder / "house.toml"
    path.write_text((example / "house.toml").read_text().replace("question =", "qestion ="))
    return path


def test_bad_files_get_one_clear_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "line.txt").write_bytes(b"a" * 50_000_000)
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "broken.json").write_bytes(b'{"form": ')
    for name in ("empty.txt", "line.txt", "binary.txt", "broken.json", "gone.txt"):
        refused = run("import", tmp_path / name)
        assert refused.returncode == 1, name
        assert refused.stdout == ""
        assert refused.stderr.startswith("newsroom: ")
        assert refused.stderr.count("\n") == 1, refused.stderr
    assert result(run("list", "--json")) == []


def test_a_wrong_key_of_a_house_profile_is_named(run: Run, example: Path, tmp_path: Path) -> None:
    refused = run("import", example / "live-page.txt", "--house", bad_house(tmp_path, example))
    assert refused.returncode == 1
    assert "qestion" in refused.stderr
    assert result(run("list", "--json")) == []


def test_an_endpoint_that_is_down_leaves_everything_queued(run: Run, example: Path) -> None:
    coverage = import_example(run, example)
    added = run("endpoint", "add", "desk", "http://127.0.0.1:9", "--environment", "rehearsal")
    assert added.returncode == 0, added.stderr
    refused = run("publish", coverage, "--to", "desk", "--json")
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert len(result(run("show", coverage, "--json"))["entries"]) == 20


def test_a_wrong_token_pauses_and_loses_nothing(run: Run, example: Path, rehearsal: Rehearsal) -> None:
    coverage = import_example(run, example)
    add_endpoint(run, rehearsal)
    wrong = {TOKEN_VARIABLE: "not-the-token"}
    refused = run("publish", coverage, "--to", "desk", variables=wrong)
    assert refused.returncode == 1
    assert "not-the-token" not in refused.stdout + refused.stderr
    right = {TOKEN_VARIABLE: rehearsal.token}
    result(run("publish", coverage, "--to", "desk", "--json", variables=right))
    assert len(rehearsal.entries(coverage)) == 20


def test_a_production_profile_never_reaches_a_rehearsal(run: Run, example: Path, rehearsal: Rehearsal) -> None:
    coverage = import_example(run, example)
    add_endpoint(run, rehearsal, "production")
    token = {TOKEN_VARIABLE: rehearsal.token}
    for arguments in ((), ("--on-air",)):
        refused = run("publish", coverage, "--to", "desk", *arguments, variables=token)
        assert refused.returncode == 1
        assert "Traceback" not in refused.stderr
    assert httpx.get(f"{rehearsal.url}/pages/{coverage}").status_code == 404


def test_a_database_of_a_newer_version_is_left_as_it_is(run: Run, tmp_path: Path) -> None:
    import sqlite3  # noqa: PLC0415 - only this test tampers with the file

    assert result(run("list", "--json")) == []
    file = tmp_path / "desk" / "newsroom.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    before = file.read_bytes()
    refused = run("list")
    assert refused.returncode == 1
    assert "newer" in refused.stderr
    assert file.read_bytes() == before


def test_wrong_usage_is_told_apart_from_problems(run: Run) -> None:
    assert run("publish").returncode == 2
    assert run("no-such-command").returncode == 2
    assert run("show", "nothing-here").returncode == 1
