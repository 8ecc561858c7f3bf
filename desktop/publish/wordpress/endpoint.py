"""One WordPress site as an endpoint: a post for each entry, a category for each page, a page post above them.

WordPress knows neither preconditions nor idempotent requests. What is new is therefore reserved as a draft, which
readers do not see, and then published by its number: both may be repeated without harm. What is there is read right
before it is changed and compared with what the desk last put there; a window of one request between the two stays.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from desktop.domain import moment
from desktop.domain.endpoint import Endpoint
from desktop.domain.outbox import Operation, OperationKind
from desktop.domain.words import tr
from desktop.page.guest_html import GuestPicture
from desktop.publish.answer import Answer, Conflict, Done, NotArrived, Refused, RetryLater, Unknown
from desktop.publish.books import Books
from desktop.publish.deadline import DeadlineWatch
from desktop.publish.line import Changes, EndpointUnreachable, RemoteChange
from desktop.publish.service import Service
from desktop.publish.transport import DEADLINE, Broken
from desktop.publish.upload import Upload
from desktop.publish.wordpress.api import Told, WordPressApi
from desktop.publish.wordpress.categories import Categories
from desktop.publish.wordpress.composer import Composed, Composer, new_page
from desktop.publish.wordpress.page_post import PagePosts, page_slug, section_token
from desktop.publish.wordpress.pictures import Pictures
from desktop.publish.wordpress.post import FIELDS, Post, as_wire, post_id, post_of, read_post
from desktop.publish.wordpress.refusal import of_question, of_write
from desktop.publish.wordpress.site import read_site

_GONE: Final = frozenset({404, 410})
_A_READ: Final = 100


class WordPressEndpoint:
    """A line to one site. Belongs to one event loop, ends with `close()`.

    A version is named by the post's number, WordPress's number of its revision, and a digest of what it holds.
    """

    def __init__(self, endpoint: Endpoint, books: Books, *, watch: DeadlineWatch, deadline: float = DEADLINE) -> None:
        self.endpoint = endpoint
        self._api = WordPressApi(endpoint.url, endpoint.account, watch, deadline)
        self._pictures = Pictures(self._api, deadline)
        self._categories = Categories(self._api)
        self._composer = Composer(books, self._pictures.find, endpoint)
        self._pages = PagePosts(self._api, self._composer, self._categories)
        self.host = self._api.host

    @property
    def skew(self) -> float | None:
        """How many seconds the site's clock is ahead of ours, None while that is not known."""
        return self._api.skew

    def use(self, secret: str | None) -> None:
        """Sign with this application password from now on."""
        self._api.use(secret)

    async def close(self) -> None:
        """Hang up."""
        await self._api.close()

    async def describe(self) -> Service:
        """Ask the site what it is; raises EndpointUnreachable or NotALivePage."""
        return (await read_site(self._api, self.endpoint)).service

    async def has_media(self, sha256: str) -> bool | Answer:
        """Tell whether the media library holds a file."""
        found = await self._pictures.find(sha256)
        return found is not None if isinstance(found, GuestPicture | None) else found

    async def put_media(self, upload: Upload, data: bytes) -> Answer | None:
        """Send a file; None when the site has it."""
        return await self._pictures.put(upload, data)

    async def reserve(self, operation: Operation) -> str | Answer:
        """Hold a draft with everything in it; readers see nothing of it."""
        if operation.kind is OperationKind.SUMMARY:
            return ""
        draft: Post | None = None
        if operation.attempts > 1 or operation.reserved:
            # An earlier attempt may have left a draft whose number never arrived here.
            found = await self._held(operation)
            if not isinstance(found, Post | None):
                return found
            draft = found
        if draft is not None and draft.op == operation.id:
            return _place(draft)
        composed = await self._new(operation)
        if not isinstance(composed, dict):
            return composed
        path = _path(operation) if draft is None else f"{_path(operation)}/{draft.id}"
        if draft is not None and draft.is_public:
            # An earlier attempt was published after all: it is changed, never hidden again.
            composed.pop("status")
        told = await self._api.post(path, composed, context="edit", _fields=FIELDS)
        made = post_of(told)
        if made is None:
            return of_question(told, self.host)
        return _place(made)

    async def put(self, operation: Operation, etag: str | None) -> Answer:
        """Let readers see a reserved draft, or change what they see."""
        if operation.kind is not OperationKind.ENTRY and (etag or operation.kind is OperationKind.SUMMARY):
            return await self._pages.put(operation, etag)
        if etag is None:
            path = f"{_path(operation)}/{post_id(operation.reserved)}"
            # Only this one word: should it arrive late, or twice, it takes nothing back that was written since.
            told = await self._api.post(path, {"status": "publish"}, context="edit", _fields=FIELDS)
            return self._done(told, operation)
        return await self._change(operation, etag)

    async def read_back(self, operation: Operation, etag: str | None) -> Answer:
        """Read what stands in the post after an operation that may have arrived."""
        if operation.kind is not OperationKind.ENTRY and (etag or operation.kind is OperationKind.SUMMARY):
            return await self._pages.read_back(operation, etag)
        number = post_id(etag or operation.reserved)
        if not number:
            return NotArrived()
        standing = await self._read(f"{_path(operation)}/{number}")
        if not isinstance(standing, Post):
            return NotArrived() if etag is None and isinstance(standing, Conflict) else standing
        return self._judge(standing, operation, etag)

    async def changes(self, coverage_id: UUID, after: str) -> Changes:
        """Read the entries of a page that were changed after a cursor; raises EndpointUnreachable."""
        category = await self._categories.find(coverage_id)
        if not isinstance(category, int):
            raise EndpointUnreachable(_reason(category))
        if not category:
            return Changes((), after)
        query: dict[str, Any] = {"modified_after": after} if after else {}
        told = await self._api.get(
            "/wp/v2/posts",
            categories=category,
            context="edit",
            status="publish,trash",
            orderby="modified",
            order="asc",
            per_page=_A_READ,
            _fields=FIELDS,
            **query,
        )
        if isinstance(told, Broken) or not isinstance(told.value, list):
            raise EndpointUnreachable(_reason(of_question(told, self.host)))
        posts = [post for post in map(read_post, told.value) if post]
        newest = max((post.changed_at for post in posts if post.changed_at), default=None)
        # Its clock ticks in seconds: what happens in the rest of this one is read again.
        cursor = (
            (newest - timedelta(seconds=1)).isoformat(timespec="seconds").replace("+00:00", "") if newest else after
        )
        return Changes(tuple(filter(None, map(_change, posts))), cursor, len(posts) == _A_READ and cursor != after)

    async def _new(self, operation: Operation) -> dict[str, object] | Answer:
        """Write the draft of something new."""
        fields: dict[str, object] = {"status": "draft", "slug": _slug(operation), "comment_status": "closed"}
        if operation.kind is OperationKind.PAGE:
            section = await self._composer.section(operation)
            category = await self._categories.make(operation.coverage_id, section.title)
            if not isinstance(category, int):
                return category
            return {**fields, "title": section.title, "content": new_page(section.content, category)}
        category = await self._categories.find(operation.coverage_id)
        if not isinstance(category, int):
            return category
        if not category:
            return Refused(tr("{host} no longer has the category of this page.").format(host=self.host))
        composed = await self._composer.entry(operation)
        if not isinstance(composed, Composed):
            return composed
        return {**fields, **self._written(composed), "categories": [category]}

    async def _held(self, operation: Operation) -> Post | Answer | None:
        """Find the draft an earlier attempt reserved: by its number when that is known, else by its slug."""
        if number := post_id(operation.reserved):
            standing = await self._read(f"{_path(operation)}/{number}")
            if not isinstance(standing, Conflict):
                return standing
        told = await self._api.get(
            _path(operation), slug=_slug(operation), status="draft", context="edit", _fields=FIELDS
        )
        if isinstance(told, Broken) or not told.is_ok or not isinstance(told.value, list):
            return of_question(told, self.host)
        drafts = (post for post in map(read_post, told.value) if post)
        return next((post for post in drafts if post.nc_id == operation.target_id), None)

    async def _change(self, operation: Operation, etag: str) -> Answer:
        composed = await self._composer.entry(operation)
        if not isinstance(composed, Composed):
            return composed
        path = f"{_path(operation)}/{post_id(etag)}"
        standing = await self._read(path)
        if not isinstance(standing, Post):
            return standing
        judged = self._judge(standing, operation, etag)
        if not isinstance(judged, NotArrived):
            return judged
        return self._done(
            await self._api.post(path, self._written(composed), context="edit", _fields=FIELDS), operation
        )

    def _judge(self, post: Post, operation: Operation, etag: str | None) -> Answer:
        if post.status == "trash":
            return Conflict(tr("{host} has it in the bin.").format(host=self.host), None, post.token)
        if post.op == operation.id and (post.is_public or etag):
            return Done(_token(post, operation), moment.now(), was_already_there=True)
        if not post.is_public and etag is None:
            return NotArrived()
        if post.token == etag:
            return NotArrived()
        reason = tr("{host} holds a version that was not made here.").format(host=self.host)
        return Conflict(reason, as_wire(post, operation.target_id), post.token)

    def _done(self, told: Told | Broken, operation: Operation) -> Answer:
        post = post_of(told)
        if post is None:
            if not isinstance(told, Broken) and told.status in _GONE:
                return RetryLater(tr("{host} no longer has the draft that was reserved.").format(host=self.host))
            return of_write(told, self.host)
        if post.op != operation.id:
            return Unknown(tr("{host} answered, but not about our change.").format(host=self.host))
        if not post.is_public:
            return Refused(
                tr("{host} kept it as “{status}”: readers do not see it.").format(
                    host=self.host, status=post.status[:20]
                )
            )
        return Done(_token(post, operation), moment.now())

    def _written(self, composed: Composed) -> dict[str, object]:
        """Write a post's fields. A time ahead of the site's clock would hide the post until then."""
        fields: dict[str, object] = {"title": composed.title, "content": composed.content}
        if composed.at is not None:
            now = datetime.now(UTC) + timedelta(seconds=(self.skew or 0.0) - 1)
            fields["date_gmt"] = min(composed.at, now).strftime("%Y-%m-%dT%H:%M:%S")
        return fields

    async def _read(self, path: str) -> Post | Answer:
        told = await self._api.get(path, context="edit", _fields=FIELDS)
        if not isinstance(told, Broken) and told.status in _GONE:
            return Conflict(tr("{host} no longer holds what was published there.").format(host=self.host), None, "")
        return post_of(told) or of_question(told, self.host)


def _token(post: Post, operation: Operation) -> str:
    return post.token if operation.kind is OperationKind.ENTRY else section_token(post, "page")


def _path(operation: Operation) -> str:
    return "/wp/v2/posts" if operation.kind is OperationKind.ENTRY else "/wp/v2/pages"


def _slug(operation: Operation) -> str:
    return f"update-{operation.target_id}" if operation.kind is OperationKind.ENTRY else page_slug(operation)


def _place(post: Post) -> str:
    return str(post.id)


def _change(post: Post) -> RemoteChange | None:
    entry_id = post.nc_id
    if entry_id is None:
        return None
    body = as_wire(post, entry_id) if post.is_public else None
    return RemoteChange(
        kind=OperationKind.ENTRY, target_id=entry_id, etag=post.token, body=body, op=post.op, at=post.changed_at
    )


def _reason(answer: Answer) -> str:
    return getattr(answer, "reason", "") or tr("The site cannot be read now.")
