"""The evidence of a proof: a folder with everything that was observed, as JSON and as a page a person can read."""

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from desktop.consent.forecast import score, what_loads
from desktop.consent.observed import Asked, Cookie, Witness
from desktop.consent.providers import table
from desktop.consent.static import policies_in
from desktop.consent.verdict import third_parties
from desktop.domain import moment
from ui.proof.plan import Played
from ui.proof.report import report
from ui.proof.results import Left, Result
from ui.proof.subject import Subject

REPORT: Final = "report.html"
DATA: Final = "report.json"
EVIDENCE: Final = "evidence.json"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a whole proof comes down to: one sentence, and whether fact stayed within forecast everywhere."""

    sentence: str
    is_good: bool


def outcome(results: Sequence[Result]) -> Outcome:
    """Bring all rehearsals down to one sentence."""
    played = [each for each in results if isinstance(each, Played)]
    broken = [each for each in results if isinstance(each, Left) and each.is_failure]
    beyond = [each for each in played if each.verdict.exceeded]
    failed = [each for each in played if not each.verdict.is_good and not each.verdict.exceeded]
    of = f"{len(played)} {'rehearsal' if len(played) == 1 else 'rehearsals'}"
    if beyond:
        first = beyond[0]
        said = f"Beyond the forecast in {len(beyond)} of {of}. {_named(first)}: {first.verdict.exceeded[0]}."
        return Outcome(said, is_good=False)
    if broken:
        said = f"{len(broken)} of {len(results)} rehearsals could not be played. {_named(broken[0])}: {broken[0].why}"
        return Outcome(said, is_good=False)
    if failed:
        first = failed[0]
        said = (
            f"0 third-party requests before consent, but {len(failed)} of {of} did not go as they should. "
            f"{_named(first)}: {first.verdict.failed[0]}."
        )
        return Outcome(said, is_good=False)
    if not played:
        return Outcome("Nothing was rehearsed.", is_good=False)
    return Outcome(f"0 third-party requests before consent, in {of}.", is_good=True)


def write(out: Path, results: Sequence[Result], subjects: Sequence[Subject], begun: datetime) -> Path:
    """Write the whole bundle and return the report to open."""
    everything = [evidence(each) for each in results if isinstance(each, Played)]
    for each in everything:
        folder = out / each["name"]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / EVIDENCE).write_text(_json(each), encoding="utf-8")
    data = summary(results, subjects, begun)
    (out / DATA).write_text(_json(data), encoding="utf-8")
    (out / REPORT).write_text(report(data, everything), encoding="utf-8")
    return out / REPORT


def summary(results: Sequence[Result], subjects: Sequence[Subject], begun: datetime) -> dict[str, Any]:
    """Return the proof as JSON: what it comes down to, of which pages, with what, and each rehearsal in a line."""
    said = outcome(results)
    browsers = {each.browser: None for each in results if isinstance(each, Played) and each.browser}
    return {
        "sentence": said.sentence,
        "good": said.is_good,
        "begun": moment.to_json(begun),
        "ended": moment.to_json(moment.now()),
        "console": version("newsroom-console"),
        "python": platform.python_version(),
        "qt": version("PySide6"),
        "browsers": list(browsers),
        "provider_table": table().as_of.isoformat(),
        "pages": [
            {
                "page": each.name,
                "address": each.address,
                "sha256": hashlib.sha256(each.html).hexdigest(),
                "embeds": len(each.placed),
                "without_address": sum(placed.embed.address is None for placed in each.placed),
                "consent": score(each.placed).sentence,
                "policy": "; ".join(policies_in(each.html.decode(errors="replace"))),
            }
            for each in subjects
        ],
        "rehearsals": [_line(each) for each in results],
    }


def evidence(played: Played) -> dict[str, Any]:
    """Return everything one rehearsal forecast and saw, as JSON."""
    plan, after, seen = played.plan, played.after, played.observed
    return {
        **_line(played),
        "records": plan.scenario.records,
        "browser": played.browser,
        "forecast": {
            "own_hosts": sorted(after.own_hosts),
            "third_parties": dict(after.sources),
            "cookies": dict(after.cookies),
            "keeps": after.keeps,
            "page_policy": after.page_policy,
            "frame_policies": {key: value for key, value in after.frame_policies.items() if key in after.awaited},
        },
        "asked": [_asked(each, played) for each in seen.asked],
        "cookies_before": [_cookie(each, played) for each in seen.cookies_before],
        "cookies": [_cookie(each, played) for each in seen.cookies],
        "kept_before": list(seen.kept_before),
        "kept": list(seen.kept),
        "checks": [
            {"sentence": each.sentence, "holds": each.holds, "after": each.after, "seen": each.seen}
            for each in seen.checks
        ],
        "focus": list(seen.focus),
        "faults": list(seen.faults),
        "accessibility_tree": [f"{role} {name}".strip() for role, name in played.tree],
        "files": list(played.files),
    }


def _line(result: Result) -> dict[str, Any]:
    plan = result.plan
    line: dict[str, Any] = {
        "name": plan.name,
        "scenario": plan.scenario.name,
        "scenario_title": plan.scenario.title,
        "expects": plan.scenario.expects,
        "title": _named(result),
        "whose": _whose(result),
        "page": plan.subject.name,
        "embed": plan.embed.id if plan.embed else None,
        "provider": plan.embed.embed.provider if plan.embed else None,
    }
    if isinstance(result, Left):
        return {**line, "result": "failed" if result.is_failure else "not played", "sentence": result.why}
    verdict = result.verdict
    return {
        **line,
        "result": "good" if verdict.is_good else "exceeded" if verdict.exceeded else "failed",
        "sentence": verdict.sentence,
        "exceeded": list(verdict.exceeded),
        "failed": list(verdict.failed),
        "noticed": list(verdict.noticed),
        "seconds": round(result.seconds, 2),
        "before_consent": _before(result),
    }


def _before(played: Played) -> dict[str, int]:
    """Count what asked third parties before consent, by who saw it."""
    early = [each for each in third_parties(played.observed.asked, played.after) if not each.consented]
    names = {
        "requests": Witness.BROWSER,
        "connections": Witness.PROXY,
        "attempts": Witness.SCRIPT,
        "named in files": Witness.FILE,
    }
    return {name: sum(each.witness is witness for each in early) for name, witness in names.items()}


def _asked(asked: Asked, played: Played) -> dict[str, Any]:
    own = not asked.host or played.after.is_own(asked.host)
    whose = "the publisher" if own else (played.after.provider_of(asked.host) or "a third party nobody forecast")
    return {
        "at": moment.to_json(asked.at),
        "what": asked.what,
        "address": asked.address,
        "whose": whose,
        "party": "first" if own else "third",
        "seen_by": asked.witness.value,
        "answer": asked.answer.value,
        "after_consent": asked.consented,
    }


def _cookie(cookie: Cookie, played: Played) -> Mapping[str, Any]:
    return {
        "name": cookie.name,
        "domain": cookie.domain,
        "expires": cookie.expires,
        "in_table": played.after.knows_cookie(cookie.name, cookie.domain),
    }


def _named(result: Result) -> str:
    plan, whose = result.plan, _whose(result)
    return f"{plan.scenario.title}{f', {whose}' if whose else ''} ({plan.subject.name})"


def _whose(result: Result) -> str:
    plan = result.plan
    loads = what_loads(plan.embed.embed, plan.subject.our_host) if plan.embed else None
    return loads.name if loads else ""


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
