"""Testing a connection to a WordPress site: who we are there, what we may do, and what survives being stored.

A draft with a sample of everything is written, read back and deleted; readers see nothing of it.
"""

from collections.abc import Mapping
from typing import Any, Final

from desktop.domain.endpoint import Endpoint
from desktop.domain.words import tr
from desktop.publish.answer import Answer, Unauthorised
from desktop.publish.deadline import DeadlineWatch
from desktop.publish.guard import GuardRefused, allow
from desktop.publish.line import EndpointUnreachable, NotALivePage
from desktop.publish.probed import Capability, ProbeResult, ProbeState, about_clock, about_line
from desktop.publish.transport import Broken
from desktop.publish.wordpress.api import Told, WordPressApi
from desktop.publish.wordpress.post import FIELDS, read_post
from desktop.publish.wordpress.refusal import of_question
from desktop.publish.wordpress.site import LIVEBLOG, PLUGIN, Site, read_site

_RIGHTS: Final = {
    "publish_posts": "publish entries",
    "edit_published_posts": "change published entries",
    "manage_categories": "make the category of a page",
    "publish_pages": "publish the page itself",
    "edit_published_pages": "change the page itself",
    "upload_files": "send pictures",
}
_SAMPLE: Final = {
    "data": ('<div data-nc-id="sample">', "marks that tell whose an entry is"),
    "gate": ('<button type="button" data-nc-choice="once">', "the buttons of the consent gate"),
    "hidden": ('<div hidden="hidden">', "hiding the gate from readers without its script"),
    "named": ('<div role="group" aria-label="Sample">', "names that screen readers tell"),
    "links": (
        '<a href="https://www.example.org/" rel="external noopener noreferrer">',
        "links that say they lead away",
    ),
    "pictures": ('<img src="https://www.example.org/sample.png" alt="Sample" width="3" height="2">', "pictures"),
    "clips": ('<video controls="controls" preload="none" src="https://www.example.org/sample.mp4">', "clips"),
    "brackets": ("&#91;sample&#93;", "square brackets, kept from being run"),
    # Never sent by the console; told so that a newsroom knows what its own blocks would lose.
    "frames": ('<iframe title="Sample">', "frames"),
    "times": ('<time datetime="2026-01-01">', "machine-readable times"),
}
_NOT_NEEDED: Final = frozenset({"frames", "times"})
_VOID: Final = ("<img",)


async def probe_wordpress(endpoint: Endpoint, secret: str | None, deadline: float) -> ProbeResult:
    """See whether a WordPress site can be published to, and how."""
    watch = DeadlineWatch()
    api = WordPressApi(endpoint.url, endpoint.account, watch, deadline)
    try:
        return await _probe(api, endpoint, secret)
    finally:
        await api.close()
        watch.close()


async def _probe(api: WordPressApi, endpoint: Endpoint, secret: str | None) -> ProbeResult:
    try:
        site = await read_site(api, endpoint)
        allow(endpoint, on_air=True, service=site.service)
    except EndpointUnreachable as problem:
        return ProbeResult(ProbeState.UNREACHABLE, str(problem))
    except NotALivePage as problem:
        return ProbeResult(ProbeState.NOT_A_LIVE_PAGE, str(problem))
    except GuardRefused as problem:
        return ProbeResult(ProbeState.WRONG_PLACE, str(problem))
    if not endpoint.account or secret is None:
        return ProbeResult(
            ProbeState.WRONG_SECRET,
            tr("{host} needs a user name and an application password of that user.").format(host=api.host),
        )
    api.use(secret)
    # Public pages answer whoever asks, also with a wrong password; this answers only who is known.
    told = await api.get("/wp/v2/users/me", context="edit", _fields="name,roles,capabilities")
    if isinstance(told, Broken) or not told.is_ok:
        return _refused(of_question(told, api.host))
    rights = told.value.get("capabilities")
    missing = [words for right, words in _RIGHTS.items() if not isinstance(rights, dict) or not rights.get(right)]
    if missing:
        who = tr("“{account}” is known at {host}").format(account=endpoint.account, host=api.host)
        sentence = tr("{who}, but may not {listed}. Give the user the role of an editor.").format(
            who=who, listed=_listed([tr(each) for each in missing])
        )
        return ProbeResult(ProbeState.FORBIDDEN, sentence, site.service, api.skew, _may(rights))
    survived = await _sample(api)
    if not isinstance(survived, Mapping):
        return _refused(survived)
    lost = [tr(words) for name, (_, words) in _SAMPLE.items() if not survived[name] and name not in _NOT_NEEDED]
    sentences = [
        tr("{endpoint} answers as WordPress, and knows “{account}”.").format(
            endpoint=endpoint.name, account=endpoint.account
        ),
        tr("Its filter takes away {listed}.").format(listed=_listed(lost))
        if lost
        else tr("A sample draft came back whole and was deleted."),
        site.pinned,
        tr("Between looking at an entry and changing it a moment stays in which somebody else’s change can be missed."),
        about_clock(api.skew),
        about_line(endpoint),
    ]
    return ProbeResult(
        ProbeState.READY,
        " ".join(filter(None, sentences)),
        site.service,
        api.skew,
        (*_may(rights), *_kept(survived), *_extras(site)),
        (("gate", "" if survived["gate"] and survived["hidden"] else "lost"),),
    )


async def _sample(api: WordPressApi) -> Mapping[str, bool] | Answer:
    """Write the sample as a draft, read it back, delete it; True for each part that was kept."""
    parts = [
        opening if opening.startswith(("&", *_VOID)) else f"{opening}sample{_end(opening)}"
        for opening, _ in _SAMPLE.values()
    ]
    draft = {"status": "draft", "title": "Newsroom Console: test of the connection", "content": "\n".join(parts)}
    told = await api.post("/wp/v2/posts", draft, context="edit", _fields=FIELDS)
    written = _post_id(told)
    if not written:
        return of_question(told, api.host)
    try:
        told = await api.get(f"/wp/v2/posts/{written}", context="edit", _fields=FIELDS)
    finally:
        await api.delete(f"/wp/v2/posts/{written}")
    post = None if isinstance(told, Broken) else read_post(told.value)
    if post is None:
        return of_question(told, api.host)
    # The filter writes numbers of characters with a zero in front.
    content = post.content.replace("&#091;", "&#91;").replace("&#093;", "&#93;")
    return {name: opening in content for name, (opening, _) in _SAMPLE.items()}


def _end(opening: str) -> str:
    return f"</{opening[1:].split(' ', maxsplit=1)[0]}>"


def _post_id(told: Told | Broken) -> int:
    post = None if isinstance(told, Broken) or not told.is_ok else read_post(told.value)
    return post.id if post else 0


def _may(rights: Any) -> tuple[Capability, ...]:
    held = rights if isinstance(rights, dict) else {}
    return tuple(
        Capability(
            right,
            bool(held.get(right)),
            (tr("May {deed}.") if held.get(right) else tr("May not {deed}.")).format(deed=tr(words)),
        )
        for right, words in _RIGHTS.items()
    )


def _kept(survived: Mapping[str, bool]) -> tuple[Capability, ...]:
    return tuple(
        Capability(
            name,
            survived[name],
            (tr("Keeps {what}.") if survived[name] else tr("Takes away {what}.")).format(what=tr(words)),
        )
        for name, (_, words) in _SAMPLE.items()
    )


def _extras(site: Site) -> tuple[Capability, ...]:
    has_plugin, has_liveblog = PLUGIN in site.namespaces, LIVEBLOG in site.namespaces
    without = tr("Its plugin is not installed: readers get posts of other sites as a quotation and a link.")
    warning = tr(
        "Liveblog is installed. The console publishes posts beside it: the plugin's own page loads scripts of social "
        "networks without asking readers."
    )
    return (
        Capability("plugin", has_plugin, tr("Its plugin opens consent gates for readers.") if has_plugin else without),
        Capability("liveblog", has_liveblog, warning if has_liveblog else tr("Liveblog is not installed.")),
    )


def _refused(answer: Answer) -> ProbeResult:
    reason = getattr(answer, "reason", "")
    state = ProbeState.WRONG_SECRET if isinstance(answer, Unauthorised) else ProbeState.FORBIDDEN
    return ProbeResult(state, reason)


def _listed(words: list[str]) -> str:
    return (
        words[0] if len(words) == 1 else tr("{names} and {words}").format(names=", ".join(words[:-1]), words=words[-1])
    )
