"""The one post above a page's entries: the page's own part and its summary, each changed without touching the other."""

from desktop.domain import moment
from desktop.domain.outbox import Operation, OperationKind
from desktop.domain.words import tr
from desktop.publish.answer import Answer, Conflict, Done, NotArrived, Unknown
from desktop.publish.transport import Broken
from desktop.publish.wordpress.api import WordPressApi
from desktop.publish.wordpress.categories import Categories
from desktop.publish.wordpress.composer import Composer, section_of, with_section
from desktop.publish.wordpress.post import FIELDS, Post, as_wire, digest, post_of, read_post
from desktop.publish.wordpress.refusal import of_question, of_write

_PATH = "/wp/v2/pages"


class PagePosts:
    """Changes the parts of pages' posts. A version of a part is named by a digest of that part alone."""

    def __init__(self, api: WordPressApi, composer: Composer, categories: Categories) -> None:
        self._api = api
        self._composer = composer
        self._categories = categories

    async def put(self, operation: Operation, etag: str | None) -> Answer:
        """Change one part, when it still is what the desk last put there."""
        standing = await self._find(operation)
        if not isinstance(standing, Post):
            return standing
        judged = self._judge(standing, operation, etag)
        if not isinstance(judged, NotArrived):
            return judged
        composed = await self._composer.section(operation)
        content = with_section(standing.content, operation.kind.value, composed.content)
        if content is None:
            return self._taken_out()
        fields = {"content": content}
        if operation.kind is OperationKind.PAGE and composed.title != standing.title:
            fields["title"] = composed.title
            renamed = await self._categories.rename(operation.coverage_id, composed.title)
            if renamed is not None:
                return renamed
        told = await self._api.post(f"{_PATH}/{standing.id}", fields, context="edit", _fields=FIELDS)
        post = post_of(told)
        if post is None:
            return of_write(told, self._api.host)
        if not _is_by(operation, post):
            return Unknown(tr("{host} answered, but not about our change.").format(host=self._api.host))
        return Done(section_token(post, operation.kind.value), moment.now())

    async def read_back(self, operation: Operation, etag: str | None) -> Answer:
        """Read what stands in one part after an operation that may have arrived."""
        standing = await self._find(operation)
        return self._judge(standing, operation, etag) if isinstance(standing, Post) else standing

    async def _find(self, operation: Operation) -> Post | Answer:
        told = await self._api.get(
            _PATH, slug=page_slug(operation), status="publish,draft,private", context="edit", _fields=FIELDS
        )
        if isinstance(told, Broken) or not told.is_ok or not isinstance(told.value, list):
            return of_question(told, self._api.host)
        pages = [post for post in map(read_post, told.value) if post and post.nc_id == operation.coverage_id]
        if not pages:
            return Conflict(tr("{host} no longer holds the post of this page.").format(host=self._api.host), None, "")
        return max(pages, key=lambda post: post.is_public)

    def _judge(self, post: Post, operation: Operation, etag: str | None) -> Answer:
        section, token = section_of(post.content, operation.kind.value), section_token(post, operation.kind.value)
        if section is None:
            return self._taken_out()
        if _is_by(operation, post):
            return Done(token, moment.now(), was_already_there=True)
        if token == etag or (etag is None and not section):
            return NotArrived()
        reason = tr("{host} holds a version that was not made here.").format(host=self._api.host)
        return Conflict(reason, as_wire(post, operation.target_id), token)

    def _taken_out(self) -> Conflict:
        return Conflict(
            tr("{host} no longer has the part of the page that shows this.").format(host=self._api.host), None, ""
        )


def page_slug(operation: Operation) -> str:
    """Name the post of a page."""
    return f"live-{operation.coverage_id}"


def section_token(post: Post, name: str) -> str:
    """Name one part of a page's post in this version."""
    return f"{post.id}.{name}.{digest(section_of(post.content, name) or '')}"


def _is_by(operation: Operation, post: Post) -> bool:
    return f'data-nc-op="{operation.id}"' in (section_of(post.content, operation.kind.value) or "")
