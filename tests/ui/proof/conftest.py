"""What the tests of the proof share. They make no application of their own: the browser is another process."""

import pytest


@pytest.fixture(autouse=True)
def nothing_left_behind() -> None:
    """Stand in for the window's fixture, which would make one."""
