"""The sample, as it is published, put to the proof: read, accepted, refused, taken back, printed."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.cli.main import EXIT_PROBLEM
from desktop.consent.catalogue import catalogue, named
from desktop.domain import moment
from desktop.workspace import Workspace
from ui.command import main
from ui.proof import evidence
from ui.proof.plan import Played
from ui.proof.proof import Proof, plans
from ui.proof.results import Left, Result
from ui.proof.subject import NO_HOST, Subject, of_site

PLAYED = (
    "first-visit",
    "javascript-off",
    "gpc",
    "print",
    "reading-order",
    "identities",
    "narrow",
    "files",
    "accept-once",
    "returning-reworded",
    "withdraw",
    "not-now",
    "offline",
    "keyboard",
    "provider-refused",
    "provider-error",
    "blocked-script",
    "blocked-frame",
    "same-post-twice",
    "two-providers",
    "consent-platform",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("proof")


@pytest.fixture(scope="module")
def subjects(folder: Path) -> tuple[Subject, ...]:
    workspace = Workspace.open(folder / "desk")
    site = workspace.site(workspace.sample().id)
    workspace.close()
    media = folder / "desk" / "media"
    return of_site(site, lambda sha256: media / sha256[:2] / sha256)


@pytest.fixture(scope="module")
def results(folder: Path, subjects: tuple[Subject, ...]) -> tuple[Result, ...]:
    """The older page: three providers, two posts of one of them; each scenario for X alone where it is about one."""
    laid = plans(subjects[-1:], named(PLAYED))
    chosen = [each for each in laid if each.embed is None or each.embed.embed.provider == "x"]
    return asyncio.run(Proof(chosen, folder / "out", lanes=2).run())


def test_every_page_is_there_with_its_embeds_files_and_host(subjects: tuple[Subject, ...]) -> None:
    assert [each.name for each in subjects] == ["index.html", "page-2.html", "page-1.html"]
    assert subjects[0].address == f"https://{NO_HOST}/index.html"
    for each in subjects:
        files = [path for path, _ in each.files]
        assert each.name in files
        assert {f"embed/{placed.id}.html" for placed in each.placed} <= set(files)
        assert each.html


def test_one_embed_of_each_provider_is_rehearsed_and_of_several_the_second(subjects: tuple[Subject, ...]) -> None:
    laid = plans(subjects, catalogue())
    once = [each.embed for each in laid if each.scenario.name == "accept-once" and each.embed]
    assert sorted(each.embed.provider for each in once) == sorted({each.embed.provider for each in once})
    posts = [each.id for subject in subjects for each in subject.placed if each.embed.provider == "x"]
    assert next(each.id for each in once if each.embed.provider == "x") in posts[1:]
    assert len({each.name for each in laid}) == len(laid)
    for page in subjects:
        assert sum(each.subject is page and each.scenario.name == "first-visit" for each in laid) == 1
    unchanging = plans([replace(subjects[0], editions={})], catalogue())
    assert not {"returning-reworded", "same-post-twice", "live-insert"} & {each.scenario.name for each in unchanging}


def test_the_published_sample_stays_within_its_forecast(results: tuple[Result, ...]) -> None:
    assert {each.plan.scenario.name for each in results} == set(PLAYED)
    for each in results:
        assert isinstance(each, Played), each
        assert each.verdict.exceeded == ()
        assert each.verdict.failed == (), each.plan.name
    assert evidence.outcome(results).sentence.startswith("0 third-party requests before consent, in ")


def test_accepting_asks_the_provider_and_leaves_its_traces_in_the_evidence(
    results: tuple[Result, ...], subjects: tuple[Subject, ...], folder: Path
) -> None:
    begun = moment.now() - timedelta(seconds=30)
    report = evidence.write(folder / "out", results, subjects[-1:], begun)
    data = json.loads((folder / "out" / "report.json").read_text())
    assert data["good"] is True
    assert {each["result"] for each in data["rehearsals"]} == {"good"}
    assert len(data["pages"][0]["sha256"]) == 64
    once = next(each for each in results if each.plan.scenario.name == "accept-once")
    place = folder / "out" / once.plan.name
    told = json.loads((place / "evidence.json").read_text())
    assert {each["whose"] for each in told["asked"]} == {"the publisher", "X"}
    assert all(each["after_consent"] for each in told["asked"] if each["party"] == "third")
    assert {each["name"] for each in told["cookies"]} == {"guest_id"}
    assert told["kept"] == []
    assert "platform.twitter.com" in next(iter(told["forecast"]["frame_policies"].values()))
    assert any("Press" in each for each in told["focus"])
    assert (place / "accepted.png").read_bytes().startswith(b"\x89PNG")
    html = report.read_text()
    assert html.index("0 third-party requests before consent") < html.index("no legal opinion")
    printed = next(each for each in results if each.plan.scenario.name == "print")
    assert (folder / "out" / printed.plan.name / "page.pdf").read_bytes().startswith(b"%PDF")


def test_a_rehearsal_that_could_not_be_played_is_no_success(results: tuple[Result, ...]) -> None:
    left = Left(results[0].plan, "The page could not be loaded.", is_failure=True)
    assert not evidence.outcome((*results, left)).is_good
    assert evidence.outcome((*results, replace(left, is_failure=False))).is_good
    assert not evidence.outcome(()).is_good


def test_the_command_reads_a_coverage_and_refuses_what_it_cannot(
    folder: Path, subjects: tuple[Subject, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert subjects
    data = ["--data", str(folder / "desk")]
    out = ["--out", str(folder / "from command")]
    assert main([*data, "--json", "consent-check", *out, "--scenario", "files", "The Teyne"]) == EXIT_PROBLEM
    headline = json.loads(_listed(data, capsys))[0]["headline"]
    assert main([*data, "--json", "consent-check", *out, "--scenario", "files", headline]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["good"] is True
    assert Path(said["report"]).is_file()
    assert main([*data, "consent-check", *out]) == EXIT_PROBLEM
    assert main([*data, "consent-check", *out, "--scenario", "sing", headline]) == EXIT_PROBLEM


def _listed(data: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main([*data, "--json", "list"]) == 0
    return capsys.readouterr().out
