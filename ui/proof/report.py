"""The report of a proof: one page, readable without us, made of nothing but what was observed."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final

from desktop.domain import moment

_STYLE: Final = """
:root{color-scheme:light dark;--good:#1a6b3c;--bad:#a8231d;--soft:#5c6370;--line:#8884;--card:#8881}
body{font:1rem/1.5 system-ui,sans-serif;max-inline-size:72rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.2rem;margin-block:2.2rem .5rem}
h3{font-size:1rem;margin-block:1.6rem .2rem}
p{max-inline-size:46rem}.soft{color:var(--soft)}
table{border-collapse:collapse;inline-size:100%;font-size:.875rem;margin-block:.5rem 1rem}
th,td{text-align:start;vertical-align:top;padding:.3rem .6rem;border-block-end:1px solid var(--line)}
td{overflow-wrap:anywhere}td.short,th{overflow-wrap:normal}td.short{white-space:nowrap}
.wide{overflow-x:auto}
.good{color:var(--good)}.bad{color:var(--bad);font-weight:600}a{color:inherit}
details{border-block-end:1px solid var(--line);padding:.35rem 0}summary{cursor:pointer}
details details{border:0;padding-inline-start:1rem}
details[open]:not(details details){background:var(--card);padding:.35rem .8rem}
img{max-inline-size:20rem;border:1px solid var(--line);margin:.25rem}
@media (prefers-color-scheme:dark){:root{--good:#6fcf97;--bad:#ff8a80;--soft:#a6adba}}
@media print{details>*{display:block}.wide{overflow:visible}}
"""
_WORDS: Final = {"exceeded": "exceeded", "failed": "failed", "good": "held", "not played": "not played"}
_CLAIM: Final = (
    "This report states what was observed in a sealed browser, against stand-ins for the third parties, at the time "
    "above. It is no legal opinion, and does not say that a page complies with any law. What the real third parties do "
    "may differ."
)
_MEANS: Final = (
    "Names of hosts could not be looked up: the browser was told that none exist. Every connection went through a "
    "proxy that wrote it down, every request past an interceptor that stopped what was not forecast; scripts in every "
    "page, frame and worker file wrote down attempts that neither sees."
)
_FRAMES: Final = (
    "What a third party shows inside a frame of its own cannot be seen by the page around it. The page can tell "
    "whether that frame was stopped, was answered with an error, or may not be shown there; it cannot tell a post from "
    "a notice that the post is gone. Our quotation and the link to the original therefore stay beside such a frame."
)
_COUNTED: Final = {
    "requests": ("request", "requests"),
    "connections": ("connection", "connections"),
    "attempts": ("recorded attempt", "recorded attempts"),
    "named in files": ("address named in a file", "addresses named in files"),
}
_SHORT: Final = 26
_ASKED: Final = {"CONNECT": "connection"}
_ANSWERS: Final = {
    "loaded": "answered",
    "refused": "stopped by us",
    "blocked": "stopped by the ad-blocker",
    "unjudged": "stopped, not judged",
    "named": "only written down",
}


def report(data: Mapping[str, Any], rehearsals: Sequence[Mapping[str, Any]]) -> str:
    """Write the report of a proof from its JSON."""
    whole = "good" if data["good"] else "bad"
    by_name = {each["name"]: each for each in rehearsals}
    lines = data["rehearsals"]
    return "".join(
        (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Consent proof</title>',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self' file:; ",
            'style-src \'unsafe-inline\'"><meta name="viewport" content="width=device-width">',
            f"<style>{_STYLE}</style></head><body>",
            f'<h1 class="{whole}">{escape(data["sentence"])}</h1>',
            f"<p>All rehearsals together, before consent, of third parties: {_counted(_summed(lines))}.</p>",
            f'<p class="soft">{_between(data["begun"], data["ended"])} · Newsroom Console {escape(data["console"])} · ',
            f"{escape(', '.join(data['browsers']) or 'no browser')} · Qt {escape(data['qt'])} · ",
            f"Python {escape(data['python'])} · provider table of {escape(data['provider_table'])}</p>",
            f"<h2>What this says, and what not</h2><p>{_CLAIM}</p><p>{_MEANS}</p><p>{_FRAMES}</p>",
            "<h2>Pages</h2>",
            _table(
                ("Page", "Embeds", "Without consent?", "SHA-256 of its HTML", "Its own policy"),
                [
                    (each["address"], _embeds(each), each["consent"], each["sha256"], each["policy"] or "none")
                    for each in data["pages"]
                ],
            ),
            _wrong(lines),
            "<h2>Overview</h2>",
            _overview("Of a page", lines, "page", of_embeds=False),
            _overview("Of a post", lines, "whose", of_embeds=True),
            "<h2>Rehearsals</h2>",
            *(_scenario(each, by_name) for each in _by(lines, "scenario").values()),
            "</body></html>\n",
        )
    )


def _embeds(page: Mapping[str, Any]) -> str:
    lacking = page["without_address"]
    if not lacking:
        return str(page["embeds"])
    return f"{page['embeds']}, {lacking} without an address yet: of {'it' if lacking == 1 else 'them'} nothing can load"


def _summed(lines: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    return {name: sum(line.get("before_consent", {}).get(name, 0) for line in lines) for name in _COUNTED}


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {_COUNTED[name][count != 1]}" for name, count in counts.items())


def _between(begun: str, ended: str) -> str:
    first, last = moment.from_json(begun), moment.from_json(ended)
    until = f"{last:%H:%M}" if first.date() == last.date() else f"{last.day} {last:%B %Y, %H:%M}"
    return f"{first.day} {first:%B %Y, %H:%M} to {until} UTC"


def _by(lines: Sequence[Mapping[str, Any]], member: str) -> dict[Any, list[Mapping[str, Any]]]:
    found: dict[Any, list[Mapping[str, Any]]] = {}
    for line in lines:
        found.setdefault(line[member], []).append(line)
    return found


def _look(result: str) -> str:
    return "good" if result == "good" else "bad" if result in {"exceeded", "failed"} else "soft"


def _wrong(lines: Sequence[Mapping[str, Any]]) -> str:
    wrong = sorted((each for each in lines if _look(each["result"]) == "bad"), key=lambda each: each["result"])
    if not wrong:
        return ""
    told = "".join(
        f'<li><a class="bad" href="#{escape(each["name"])}">{escape(each["title"])}</a>: {escape(each["sentence"])}'
        for each in wrong
    )
    return f"<h2>What did not go as it should</h2><ul>{told}</ul>"


def _overview(title: str, lines: Sequence[Mapping[str, Any]], column: str, *, of_embeds: bool) -> str:
    chosen = [each for each in lines if bool(each["embed"]) is of_embeds]
    if not chosen:
        return ""
    columns = tuple(_by(chosen, column))
    rows = []
    for played in _by(chosen, "scenario").values():
        at = {each[column]: each for each in played}
        cells = "".join(f'<td class="short">{_cell(at.get(name))}</td>' for name in columns)
        rows.append(f'<tr><th scope="row">{escape(played[0]["scenario_title"])}</th>{cells}</tr>')
    heads = "".join(f'<th scope="col">{escape(each)}</th>' for each in (title, *columns))
    return f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _cell(line: Mapping[str, Any] | None) -> str:
    if line is None:
        return '<span class="soft">–</span>'
    return f'<a class="{_look(line["result"])}" href="#{escape(line["name"])}">{_WORDS[line["result"]]}</a>'


def _scenario(lines: Sequence[Mapping[str, Any]], by_name: Mapping[str, Mapping[str, Any]]) -> str:
    first = lines[0]
    return "".join(
        (
            f'<h3>{escape(first["scenario_title"])}</h3><p class="soft">Expected: {escape(first["expects"])}</p>',
            *(_rehearsal(line, by_name.get(line["name"])) for line in lines),
        )
    )


def _rehearsal(line: Mapping[str, Any], full: Mapping[str, Any] | None) -> str:
    look = _look(line["result"])
    head = f'<summary><span class="{look}">{_WORDS[line["result"]]}</span> {escape(line["whose"] or line["page"])}: '
    head += f"{escape(line['sentence'])}</summary>"
    mark = f'<details id="{escape(line["name"])}"'
    if full is None:
        return f"{mark}>{head}</details>"
    third = [each for each in full["asked"] if each["party"] == "third"]
    own = [each for each in full["asked"] if each["party"] == "first"]
    return "".join(
        (
            f"{mark}{' open' if look == 'bad' else ''}>{head}",
            f"<p>{escape(line['page'])}, {full['seconds']} s. Before consent, of third parties: ",
            f"{_counted(line['before_consent'])}.</p>",
            _list("Beyond the forecast", line["exceeded"]),
            _list("Did not hold", line["failed"]),
            _list("Worth a look", line["noticed"]),
            _table(
                ("What had to hold", "Held", "After"),
                [
                    (each["sentence"], "yes" if each["holds"] else "no", f"{each['after']} s" if each["after"] else "")
                    for each in full["checks"]
                ],
            ),
            _table(
                ("Asked of third parties", "Address", "Whose", "Seen by", "What became of it", "Consent"),
                [_asked(each) for each in third],
            ),
            _list("Cookies before consent", _cookies(full["cookies_before"])),
            _list("Cookies at the end", _cookies(full["cookies"])),
            _list("Kept by the page before consent", full["kept_before"]),
            _list("Kept by the page at the end", full["kept"]),
            *(_file(full["name"], name) for name in full["files"]),
            _folded(
                f"Asked of the publisher: {len(own)}",
                _table(
                    ("Asked", "Address", "Whose", "Seen by", "What became of it", "Consent"),
                    [_asked(each) for each in own],
                ),
            ),
            _folded("Where the focus was", _list("", full["focus"])),
            _folded("Policies that allow exactly this", _policies(full["forecast"])),
            _folded("What a screen reader is told", _list("", full["accessibility_tree"])),
            "</details>",
        )
    )


def _asked(each: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        _ASKED.get(each["what"], each["what"]),
        each["address"],
        each["whose"],
        each["seen_by"],
        _ANSWERS[each["answer"]],
        "given" if each["after_consent"] else "not given",
    )


def _cookies(cookies: Iterable[Mapping[str, Any]]) -> list[str]:
    return [
        f"{each['name']} of {each['domain']}{'' if each['in_table'] else ' — not in the provider table'}"
        for each in cookies
    ]


def _policies(forecast: Mapping[str, Any]) -> str:
    policies = {"the page": forecast["page_policy"], **forecast["frame_policies"]}
    rows = [(name, policy) for name, policy in policies.items() if policy]
    return _table(("Policy of", "that allows exactly this"), rows)


def _folded(title: str, inside: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{inside}</details>" if inside else ""


def _file(folder: str, name: str) -> str:
    address = f"{escape(folder)}/{escape(name)}"
    if name.endswith(".png"):
        return f'<a href="{address}"><img src="{address}" alt="{escape(name)}" loading="lazy"></a>'
    return f'<p><a href="{address}">{escape(name)}</a></p>'


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    body = "".join(f"<tr>{''.join(map(_td, row))}</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _td(words: str) -> str:
    # A few words are not torn apart; an address breaks anywhere.
    return f"<td{' class=short' if len(words) < _SHORT else ''}>{escape(words)}</td>"


def _list(title: str, items: Sequence[str]) -> str:
    if not items:
        return ""
    head = f"<p><strong>{escape(title)}</strong></p>" if title else ""
    return f"{head}<ul>{''.join(f'<li>{escape(each)}</li>' for each in items)}</ul>"
