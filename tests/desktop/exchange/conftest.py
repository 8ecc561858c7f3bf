from pathlib import Path

import pytest

from desktop.page.house import House

EXAMPLE = Path(__file__).parents[3] / "../shared/example"


@pytest.fixture(scope="session")
def example() -> bytes:
    """The text of a real page; it stands beside the checkout."""
    path = EXAMPLE / "live-page.txt"
    if not path.exists():
        pytest.skip("the example page is not beside this checkout")
    return path.read_bytes()


@pytest.fixture(scope="session")
def example_house() -> House:
    """The profile that words it."""
    path = EXAMPLE / "house.toml"
    if not path.exists():
        pytest.skip("the example's house profile is not beside this checkout")
    return House.lay_over(path)
