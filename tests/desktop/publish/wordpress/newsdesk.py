"""What the tests ask of a WordPress site that is published to."""

import base64
import json
from dataclasses import dataclass, replace
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from desktop.domain.endpoint import Endpoint, EndpointKind, Environment
from tests.desktop.publish.desk import Desk, endpoint_at
from tests.servers.wordpress import WordPress


def wordpress_at(url: str, environment: Environment = Environment.REHEARSAL, account: str = "editor") -> Endpoint:
    """An endpoint that is a WordPress site."""
    return replace(endpoint_at(url, environment), kind=EndpointKind.WORDPRESS, account=account)


@dataclass
class Readers:
    """Looks at a site as its readers do, and as one of its editors."""

    site: WordPress

    def page(self, address: str) -> str:
        with urlopen(address, timeout=30) as answer:  # noqa: S310 - the test site
            return str(answer.read().decode())

    def posts(self, desk: Desk) -> list[dict[str, Any]]:
        """The published entries of a desk's page, newest first, as anybody gets them."""
        return self.posts_of(str(desk.coverage.id))

    def posts_of(self, coverage: str) -> list[dict[str, Any]]:
        """The published entries of a coverage's page, likewise."""
        (category,) = self.ask("GET", f"/wp/v2/categories?slug=live-{coverage}")
        found: list[dict[str, Any]] = self.ask("GET", f"/wp/v2/posts?categories={category['id']}&per_page=100")
        return found

    def live_page(self, desk: Desk) -> dict[str, Any]:
        (found,) = self.ask("GET", f"/wp/v2/pages?slug=live-{desk.coverage.id}")
        return dict(found)

    def drafts(self, desk: Desk) -> list[dict[str, Any]]:
        """What no reader sees and editors do."""
        (category,) = self.ask("GET", f"/wp/v2/categories?slug=live-{desk.coverage.id}")
        found: list[dict[str, Any]] = self.ask(
            "GET", f"/wp/v2/posts?categories={category['id']}&status=draft&per_page=100", account="editor"
        )
        return found

    def ask(self, method: str, path: str, body: object = None, account: str = "") -> Any:
        request = Request(f"{self.site.url}/wp-json{path}", method=method)  # noqa: S310 - the test site
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        if account:
            pair = f"{account}:{self.site.passwords[account]}".encode()
            request.add_header("Authorization", f"Basic {base64.b64encode(pair).decode()}")
        try:
            with urlopen(request, timeout=30) as answer:  # noqa: S310 - the test site
                return json.load(answer)
        except HTTPError as error:
            return json.load(error)
