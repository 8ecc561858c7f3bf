"""The sample page on a real WordPress, published, corrected and withdrawn at the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.cli.main import TABLE, run
from tests.desktop.publish.wordpress.newsdesk import Readers
from tests.servers.wordpress import WordPress

SAMPLE = Path(__file__).parents[4] / "resources/sample/coverage.json"

Newsroom = Callable[..., Any]


@pytest.fixture
def newsroom(
    tmp_path: Path, site: WordPress, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Newsroom:
    """Runs a command that succeeds, and returns what it tells as JSON."""
    monkeypatch.setenv("NEWSROOM_TEST_TOKEN", site.passwords["editor"])

    def command(*arguments: str) -> Any:
        code = run(TABLE, ["--data", str(tmp_path / "data"), "--json", *arguments])
        told = capsys.readouterr()
        assert code == 0, told.err
        return json.loads(told.out)

    return command


def test_the_sample_is_published_corrected_and_withdrawn(newsroom: Newsroom, site: WordPress) -> None:
    account = ("--kind", "wordpress", "--account", "editor", "--environment", "test")
    newsroom("endpoint", "add", "site", site.url, *account, "--secret-from-env", "NEWSROOM_TEST_TOKEN")
    assert newsroom("endpoint", "test", "site")["ok"]
    coverage = newsroom("import", str(SAMPLE))["coverage"]
    receipts = newsroom("publish", coverage, "--to", "site")["receipts"]
    entries = [each["target"] for each in receipts if each["kind"] == "entry"]
    assert {each["outcome"] for each in receipts} == {"done"}
    newsroom("correct", coverage, entries[0], "--text", "It was Thursday.", "--to", "site")
    newsroom("withdraw", coverage, entries[1], "--reason", "This was not so.", "--to", "site")
    posts = {post["slug"].removeprefix("update-"): post for post in Readers(site).posts_of(coverage)}
    assert set(posts) == set(entries)
    assert "It was Thursday." in posts[entries[0]]["content"]["rendered"]
    assert "This was not so." in posts[entries[1]]["content"]["rendered"]
    assert [post["date_gmt"] for post in posts.values()] == sorted(
        (post["date_gmt"] for post in posts.values()), reverse=True
    )


def test_the_plugin_is_written_and_an_account_asked_for(
    tmp_path: Path, newsroom: Newsroom, site: WordPress, capsys: pytest.CaptureFixture[str]
) -> None:
    told = newsroom("endpoint", "plugin", str(tmp_path / "newsroom-console.zip"))
    assert Path(told["file"]).read_bytes().startswith(b"PK")
    add = ["endpoint", "add", "site", site.url, "--kind", "wordpress", "--environment", "test"]
    assert run(TABLE, ["--data", str(tmp_path / "data"), *add]) == 1
    assert "--account USER" in capsys.readouterr().err
