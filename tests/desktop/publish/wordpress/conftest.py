from collections.abc import Iterator

import pytest

from desktop.domain.coverage import Coverage
from desktop.domain.identity import new_id
from desktop.publish.credentials import Credentials
from desktop.store.store import Store
from tests.desktop.publish.desk import Desk
from tests.desktop.publish.wordpress.newsdesk import wordpress_at
from tests.servers import wordpress


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[wordpress.WordPress]:
    if reason := wordpress.why_not():
        pytest.skip(reason)
    served = wordpress.start(tmp_path_factory.mktemp("wordpress"))
    yield served
    served.stop()


@pytest.fixture
def newsdesk(store: Store, site: wordpress.WordPress, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk that publishes to WordPress as one of its editors."""
    monkeypatch.setenv("NEWSROOM_TEST_TOKEN", site.passwords["editor"])
    endpoint = wordpress_at(site.url)
    made = Desk(store, Coverage(id=new_id(), headline="Storm over the coast [live]"), endpoint, Credentials())
    made.save()
    return made
