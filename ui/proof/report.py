"""The report of a proof: one page, readable without us, made of nothing but what was observed."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final

_STYLE: Final = """
:root{color-scheme:light dark;--good:#1a6b3c;--bad:#a8231d;--line:#8884}
body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
table{border-collapse:collapse;inline-size:100%;font-size:.875rem}
th,td{text-align:start;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid var(--line)}
td{overflow-wrap:anywhere}
.good{color:var(--good)}.bad{color:var(--bad);font-weight:600}
@media (prefers-color-scheme:dark){:root{--good:#6fcf97;--bad:#ff8a80}}
details{border-bottom:1px solid var(--line);padding:.25rem 0}summary{cursor:pointer}
img{max-inline-size:20rem;border:1px solid var(--line);margin:.25rem}
code{font-size:.875em;overflow-wrap:anywhere}
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


def report(data: Mapping[str, Any], rehearsals: Sequence[Mapping[str, Any]]) -> str:
    """Write the report of a proof from its JSON."""
    whole = "good" if data["good"] else "bad"
    by_name = {each["name"]: each for each in rehearsals}
    return "".join(
        (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Consent proof</title>',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self' file:; ",
            'style-src \'unsafe-inline\'"><meta name="viewport" content="width=device-width">',
            f"<style>{_STYLE}</style></head><body>",
            f'<h1 class="{whole}">{escape(data["sentence"])}</h1>',
            f"<p>{escape(data['begun'])} to {escape(data['ended'])} · Newsroom Console {escape(data['console'])} · ",
            f"{escape(', '.join(data['browsers']) or 'no browser')} · Qt {escape(data['qt'])} · ",
            f"Python {escape(data['python'])} · provider table of {escape(data['provider_table'])}</p>",
            f"<p>{_CLAIM}</p><p>{_MEANS}</p>",
            "<h2>Pages</h2>",
            _table(
                ("Page", "Embeds", "Without consent?", "SHA-256 of its HTML", "Its own policy"),
                [
                    (each["address"], str(each["embeds"]), each["consent"], each["sha256"], each["policy"] or "none")
                    for each in data["pages"]
                ],
            ),
            "<h2>Rehearsals</h2>",
            *(_rehearsal(line, by_name.get(line["name"])) for line in _worst_first(data["rehearsals"])),
            "</body></html>\n",
        )
    )


def _worst_first(lines: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(lines, key=lambda line: tuple(_WORDS).index(line["result"]))


def _rehearsal(line: Mapping[str, Any], full: Mapping[str, Any] | None) -> str:
    look = "good" if line["result"] == "good" else "bad" if line["result"] in {"exceeded", "failed"} else ""
    head = f'<summary><span class="{look}">{_WORDS[line["result"]]}</span> {escape(line["title"])}: '
    head += f"{escape(line['sentence'])}</summary>"
    if full is None:
        return f"<details>{head}</details>"
    return "".join(
        (
            f"<details{' open' if look == 'bad' else ''}>{head}",
            f"<p>Expected: {escape(full['expects'])} Took {full['seconds']} s. Before consent, of third parties: ",
            f"{', '.join(f'{count} {name}' for name, count in line['before_consent'].items())}.</p>",
            _list("Beyond the forecast", line["exceeded"]),
            _list("Did not hold", line["failed"]),
            _list("Worth a look", line["noticed"]),
            _table(
                ("Check", "Held", "After"),
                [(each["sentence"], "yes" if each["holds"] else "no", f"{each['after']} s") for each in full["checks"]],
            ),
            _table(
                ("Asked", "Address", "Whose", "Seen by", "Answer", "Consent"),
                [
                    (
                        each["what"],
                        each["address"],
                        each["whose"],
                        each["seen_by"],
                        each["answer"],
                        "given" if each["after_consent"] else "not given",
                    )
                    for each in full["asked"]
                ],
            ),
            _list("Cookies before consent", _cookies(full["cookies_before"])),
            _list("Cookies at the end", _cookies(full["cookies"])),
            _list("Kept by the page before consent", full["kept_before"]),
            _list("Kept by the page at the end", full["kept"]),
            _list("Where the focus was", full["focus"]),
            _policies(full["forecast"]),
            _tree(full["accessibility_tree"]),
            *(_file(full["name"], name) for name in full["files"]),
            "</details>",
        )
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


def _tree(tree: Sequence[str]) -> str:
    if not tree:
        return ""
    return f"<details><summary>What a screen reader is told</summary>{_list('', tree)}</details>"


def _file(folder: str, name: str) -> str:
    address = f"{escape(folder)}/{escape(name)}"
    if name.endswith(".png"):
        return f'<a href="{address}"><img src="{address}" alt="{escape(name)}" loading="lazy"></a>'
    return f'<p><a href="{address}">{escape(name)}</a></p>'


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _list(title: str, items: Sequence[str]) -> str:
    if not items:
        return ""
    head = f"<p><strong>{escape(title)}</strong></p>" if title else ""
    return f"{head}<ul>{''.join(f'<li>{escape(each)}</li>' for each in items)}</ul>"
