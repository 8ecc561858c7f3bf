"""The rules of the live page contract, in the order they are tried: later ones build on what earlier ones stored."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from desktop.domain import moment
from desktop.domain.blocks import Embed, Heading, Image, List, Paragraph, Quote
from desktop.domain.coverage import SummaryPoint
from desktop.domain.entry import Correction, Withdrawal
from desktop.domain.identity import new_id
from desktop.domain.members import Json
from desktop.domain.text import Span, text
from desktop.domain.wire import entry_to_wire, page_to_wire, summary_to_wire
from desktop.publish.conformance.pixel import PIXEL
from desktop.publish.conformance.trial import (
    CREATE,
    RuleBroken,
    Trial,
    check,
    digest,
    etag,
    expect,
    listed,
    members,
    refusal,
)

Try = Callable[[Trial], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its short name, the sentence of the contract, and how it is tried."""

    name: str
    sentence: str
    attempt: Try


RULES: Final[list[Rule]] = []


def rule(name: str, sentence: str) -> Callable[[Try], Try]:
    """Add a rule."""

    def add(attempt: Try) -> Try:
        RULES.append(Rule(name, sentence, attempt))
        return attempt

    return add


# Who may write, and where


@rule("token", "A write without the secret, or with another, is refused with 401 and a challenge; nothing is stored.")
async def _needs_token(trial: Trial) -> None:
    if trial.secret is None:
        return
    body = page_to_wire(trial.coverage, {}, new_id())
    for headers, when in (
        ({}, "without a secret"),
        ({"Authorization": "Bearer not-the-secret"}, "with a wrong secret"),
    ):
        reply = await trial.ask("PUT", trial.page, body, {**CREATE, **headers}, is_known=False)
        refusal(reply, 401, f"to a write {when}")
        check("www-authenticate" in reply.headers, f"the refusal of a write {when} carries no WWW-Authenticate")
    expect(await trial.ask("GET", trial.page), 404, "for a page that was only refused")


@rule("environment", "A write that names another environment, or none, is refused with 409 environment-mismatch.")
async def _keeps_environment(trial: Trial) -> None:
    body = page_to_wire(trial.coverage, {}, new_id())
    for named in ("production", "somewhere", ""):
        reply = await trial.ask("PUT", trial.page, body, {**CREATE, "Live-Environment": named})
        told = refusal(reply, 409, f"to a write for “{named or 'no environment'}”")
        check("environment" in str(told["type"]), "the refusal's type does not say environment-mismatch")
    expect(await trial.ask("GET", trial.page), 404, "for a page that was only refused")


@rule("precondition-needed", "A write that does not say what it expects to find is refused with 428.")
async def _needs_precondition(trial: Trial) -> None:
    refusal(await trial.put_page(headers={}), 428, "to a write without a precondition")


@rule("page-first", "An entry or a summary of a page that is not there is refused with 404.")
async def _needs_page(trial: Trial) -> None:
    refusal(await trial.put_entry(trial.entry()), 404, "to an entry of a page that is not there")
    refusal(await trial.ask("GET", trial.page), 404, "for a page that is not there")


# Creating and changing


@rule("create", "If-None-Match: * creates: 201, the stored form with its op, and a strong ETag.")
async def _creates(trial: Trial) -> None:
    op = new_id()
    reply = expect(await trial.put_page(op), 201, "to a new page")
    check(members(reply).get("op") == str(op), "the stored page does not name the operation that made it")
    trial.known |= {"page": etag(reply), "page-op": str(op)}


@rule("read", "What is stored is read with the same ETag, and with 304 by whoever has it.")
async def _reads(trial: Trial) -> None:
    reply = expect(await trial.ask("GET", trial.page), 200, "for the page")
    check(etag(reply) == trial.known.get("page"), "the page is read with another ETag than it was stored with")
    again = await trial.ask("GET", trial.page, headers={"If-None-Match": etag(reply)})
    expect(again, 304, "to a reader who has this version")


@rule(
    "create-once", "If-None-Match: * on what is there is refused with 412, which carries what is stored and its ETag."
)
async def _creates_once(trial: Trial) -> None:
    told = refusal(await trial.put_page(), 412, "to a page that is there already")
    current = told.get("current")
    check(isinstance(current, dict), "the 412 does not carry what is stored as “current”")
    check(isinstance(current, dict) and current.get("op") == trial.known.get("page-op"), "the 412 carries another page")
    check(told.get("etag") == trial.known.get("page"), "the 412 does not name the ETag of what is stored")


@rule("same-op", "An op that was taken is answered 200 with the stored revision, whatever the precondition, and once.")
async def _knows_op(trial: Trial) -> None:
    entry, op = trial.entry("An entry that is sent twice", minutes=1), new_id()
    first = await trial.created(entry, op)
    again = expect(await trial.put_entry(entry, op), 200, "to the same operation sent again")
    check(etag(again) == etag(first), "the same operation sent again made another version")
    made = [each for each in await trial.changes() if each.get("id") == str(entry.id)]
    check(len(made) == 1, f"the same operation sent twice is listed {len(made)} times among the changes")


@rule("replace", "If-Match with the ETag of what is stored replaces: 200 and another ETag.")
async def _replaces(trial: Trial) -> None:
    headers = {"If-Match": trial.known.get("page", "")}
    reply = expect(
        await trial.put_page(headers=headers, headline="The page under another headline"), 200, "to a change"
    )
    check(etag(reply) != trial.known.get("page"), "the changed page has the ETag it had before")
    trial.known |= {"page": etag(reply), "page-before": headers["If-Match"]}


@rule("conflict", "If-Match with an ETag of before is refused with 412: what is stored, its ETag, and who made it.")
async def _tells_conflict(trial: Trial) -> None:
    entry = trial.entry("An entry two desks change", minutes=2)
    first = await trial.created(entry)
    body = entry_to_wire(replace(entry, headline="Changed by the other desk"), new_id())
    theirs = {"If-Match": etag(first), "Live-By": quote("Ådne of the other desk")}
    expect(await trial.ask("PUT", trial.place(entry), body, theirs), 200, "to the other desk's change")
    mine = replace(entry, headline="Changed by this desk")
    told = refusal(await trial.put_entry(mine, headers={"If-Match": etag(first)}), 412, "to a change of what was")
    current = told.get("current")
    check(
        isinstance(current, dict) and current.get("title") == "Changed by the other desk",
        "the 412 lacks what is stored",
    )
    check(told.get("by") == "Ådne of the other desk", "the 412 does not say who changed it (Live-By, percent-encoded)")
    stored = members(expect(await trial.ask("GET", trial.place(entry)), 200, "for the entry"))
    check(stored.get("title") == "Changed by the other desk", "a refused change was stored all the same")


@rule("race", "Of two changes of one version sent at once, one is taken and the other refused with 412.")
async def _lets_one_win(trial: Trial) -> None:
    entry = trial.entry("An entry two desks change at once", minutes=3)
    based_on = {"If-Match": etag(await trial.created(entry))}
    mine, theirs = (replace(entry, headline=f"Changed by the {desk} desk") for desk in ("one", "other"))
    replies = await trial.together(trial.put_entry(mine, None, based_on), trial.put_entry(theirs, None, based_on))
    statuses = sorted(reply.status for reply in replies)
    check(statuses == [200, 412], f"two changes of one version were answered {statuses[0]} and {statuses[1]}")


@rule("own-version", "The summary has a version of its own: a change of the page does not touch it.")
async def _keeps_summary_apart(trial: Trial) -> None:
    points = (SummaryPoint(new_id(), "The bridge is open"), SummaryPoint(new_id(), "Buses run again"))
    place, written = f"{trial.page}/summary", replace(trial.coverage, summary=points)
    first = expect(await trial.ask("PUT", place, summary_to_wire(written, new_id()), CREATE), 201, "to a new summary")
    changed = await trial.put_page(headers={"If-Match": trial.known.get("page", "")}, headline="The page once more")
    trial.known["page"] = etag(expect(changed, 200, "to a change of the page"))
    reply = expect(await trial.ask("GET", place), 200, "for the summary")
    check(etag(reply) == etag(first), "a change of the page changed the summary's ETag")
    told = [bullet.get("text") for bullet in listed(members(reply), "bullets")]
    check(told == [point.text for point in points], "the bullets do not come back in their order")


# What an entry is


@rule("blocks", "Every kind of block comes back as it was sent.")
async def _keeps_blocks(trial: Trial) -> None:
    blocks = (
        Paragraph(
            (Span("Plain, "), Span("bold", bold=True), Span(", "), Span("a link", href="https://example.org/a?b=1&c"))
        ),
        Heading(text("A heading — with “quotes”")),
        List((text("one"), text("two")), ordered=True),
        Quote(text("The water came up overnight."), "A resident"),
        Image(alt="A picture whose file comes later", credit="Our own"),
        Embed("https://www.youtube.com/watch?v=M7lc1UVf-VE"),
        Paragraph(text("Русский, العربية, 日本語, 🌊")),
    )
    entry = trial.entry("An entry of every kind", *blocks, minutes=4, byline=("Adaeze Pryor",), is_key_moment=True)
    sent = entry_to_wire(entry, new_id())
    expect(await trial.ask("PUT", trial.place(entry), sent, CREATE), 201, "to an entry of every kind of block")
    stored = members(expect(await trial.ask("GET", trial.place(entry)), 200, "for that entry"))
    lost = [name for name, value in sent.items() if stored.get(name) != value]
    check(not lost, f"{', '.join(lost)} came back otherwise than sent")


@rule("body-and-address", "A body with another id than its address is refused with 422.")
async def _compares_ids(trial: Trial) -> None:
    body = entry_to_wire(trial.entry(), new_id())
    refusal(await trial.ask("PUT", trial.place(trial.entry()), body, CREATE), 422, "to an entry under another id")


@rule("op-reused", "An op that was taken for one body is refused with 422 for another.")
async def _keeps_op_to_one_body(trial: Trial) -> None:
    entry, op = trial.entry("The first of two bodies", minutes=5), new_id()
    headers = {"If-Match": etag(await trial.created(entry, op))}
    refusal(await trial.put_entry(replace(entry, headline="The second"), op, headers), 422, "to an op used before")


@rule("nonsense", "A body that is no JSON is refused with 400, one that keeps no rule of the contract with 422.")
async def _refuses_nonsense(trial: Trial) -> None:
    place, json_type = trial.place(trial.entry()), {**CREATE, "Content-Type": "application/json"}
    refusal(await trial.ask("PUT", place, b'{"id": ', json_type), (400, 422), "to half a body")
    entry = trial.entry()
    strange: Json = {**entry_to_wire(entry, new_id()), "state": "perhaps"}
    refusal(await trial.ask("PUT", trial.place(entry), strange, CREATE), 422, "to a state nobody knows")


@rule("internal-note", "An internal note is refused: it must never leave a desk.")
async def _refuses_notes(trial: Trial) -> None:
    entry = trial.entry()
    body = entry_to_wire(entry, new_id())
    noted: Json = {**body, "blocks": [*listed(body, "blocks"), {"type": "internal_note", "text": "Ring the council"}]}
    refusal(await trial.ask("PUT", trial.place(entry), noted, CREATE), 422, "to an internal note")


@rule("correction", "A correction and a withdrawal are PUTs that readers are told of, and come back as sent.")
async def _takes_corrections(trial: Trial) -> None:
    entry = trial.entry("An entry that is put right", minutes=6)
    based_on = {"If-Match": etag(await trial.created(entry))}
    told = Correction("We had the wrong bridge.", moment.now().replace(microsecond=0))
    corrected = replace(entry, corrections=(told,))
    reply = expect(await trial.put_entry(corrected, headers=based_on), 200, "to a correction")
    check(len(listed(members(reply), "corrections")) == 1, "the correction does not come back")
    withdrawn = replace(corrected, withdrawal=Withdrawal("It was another town.", moment.now().replace(microsecond=0)))
    reply = expect(await trial.put_entry(withdrawn, headers={"If-Match": etag(reply)}), 200, "to a withdrawal")
    stored = members(reply)
    check(stored.get("state") == "retracted", "a withdrawn entry does not come back as retracted")
    check(stored.get("retraction") == "It was another town.", "the reason of a withdrawal does not come back")


# Lists


@rule("order", "Entries are listed newest first by (at, id), each once, in pages cut by cursor.")
async def _lists_in_order(trial: Trial) -> None:
    for minutes in (20, 10, 20, 15):
        await trial.created(trial.entry(f"An entry of minute {minutes}", minutes=minutes))
    found: list[tuple[str, str]] = []
    cursor = ""
    for _ in range(50):
        query = f"?limit=3{f'&before={cursor}' if cursor else ''}"
        told = members(expect(await trial.ask("GET", f"{trial.page}/entries{query}"), 200, "when asked for entries"))
        page = listed(told, "entries")
        check(len(page) <= 3, "a page of entries holds more than was asked for")  # noqa: PLR2004 - as asked above
        found += [(str(each.get("at")), str(each.get("id"))) for each in page]
        cursor = str(told.get("next") or "")
        if not cursor:
            break
    check(len(set(found)) == len(found), "an entry is listed twice")
    check(found == sorted(found, reverse=True), "entries are not listed newest first by (at, id)")
    check(len(found) >= 4, "not every entry is listed")  # noqa: PLR2004 - as made above


@rule(
    "changes", "Changes list every write oldest first with its op, and go on from a cursor without a gap or a double."
)
async def _lists_changes(trial: Trial) -> None:
    before = await trial.changes()
    check(any(each.get("op") == trial.known.get("page-op") for each in before) or bool(before), "no change is listed")
    cursor, op = trial.known["cursor"], new_id()
    entry = trial.entry("An entry after the cursor", minutes=7)
    await trial.created(entry, op)
    told = members(
        expect(await trial.ask("GET", f"{trial.page}/changes?after={cursor}"), 200, "when asked what is new")
    )
    new = listed(told, "changes")
    check(
        [each.get("op") for each in new] == [str(op)], "what is new since a cursor is not just what was written since"
    )
    value = new[0].get("value")
    check(isinstance(value, dict) and value.get("id") == str(entry.id), "a change does not carry what is stored")


@rule(
    "take-down", "DELETE takes an entry down for good: 204, then 410, and a tombstone without words among the changes."
)
async def _takes_down(trial: Trial) -> None:
    entry = trial.entry("An entry a court forbids", minutes=8)
    headers = {"If-Match": etag(await trial.created(entry))}
    expect(await trial.ask("DELETE", trial.place(entry), headers=headers), 204, "to a take-down")
    refusal(await trial.ask("GET", trial.place(entry)), 410, "for an entry that was taken down")
    refusal(await trial.put_entry(entry), 410, "to an entry that was taken down and is sent again")
    told = [each for each in await trial.changes() if each.get("id") == str(entry.id)]
    check(bool(told) and told[-1].get("change") == "removed", "the take-down is not among the changes")
    check("court" not in json.dumps(told), "the changes still hold the words of what was taken down")


# Files


@rule("media", "A file is stored under its SHA-256: 404 before, 201, then 204, and the same bytes come back.")
async def _stores_media(trial: Trial) -> None:
    sha256, stated = digest(PIXEL)
    place = f"/media/{sha256}"
    was_there = expect(await trial.ask("HEAD", place), (200, 404), "when asked for a file").status == 200  # noqa: PLR2004
    headers = {"Content-Type": "image/png", "Content-Digest": stated}
    first = await trial.ask("PUT", place, PIXEL, headers)
    expect(first, 204 if was_there else 201, "to a file")
    expect(await trial.ask("PUT", place, PIXEL, headers), 204, "to a file it has")
    expect(await trial.ask("HEAD", place), 200, "when asked for a file it has")


@rule(
    "media-whole", "Bytes that are not the announced ones are refused and not stored: a cut upload is never a picture."
)
async def _refuses_cut_media(trial: Trial) -> None:
    data = PIXEL + new_id().bytes
    sha256, stated = digest(data)
    headers = {"Content-Type": "image/png", "Content-Digest": stated}
    reply = await trial.ask("PUT", f"/media/{sha256}", data[:-4], headers)
    refusal(reply, (400, 422), "to a file that was cut off")
    expect(await trial.ask("HEAD", f"/media/{sha256}"), 404, "when asked for a file that was cut off")


@rule("too-large", "A body over the stated limit is refused with 413.")
async def _refuses_giants(trial: Trial) -> None:
    entry = trial.entry("Too large", Paragraph(text("water " * 500_000)))
    try:
        reply = await trial.put_entry(entry)
    except RuleBroken:
        # Hanging up before the end of a body that large is no worse than refusing it.
        expect(await trial.ask("GET", trial.page), 200, "after a body that was too large")
        return
    refusal(reply, 413, "to a body of three million bytes")
