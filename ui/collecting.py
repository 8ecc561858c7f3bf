"""When Python looks for objects that only hold each other: seldom, since a look at everything stops every thread."""

import gc
from typing import Final

# A coverage of 10,000 entries, read in a thread, is a million objects that hold nothing in a circle. By Python's own
# measure each quarter more is looked through from the start, up to half a second in which the window stands still.
_THRESHOLDS: Final = (700, 10, 1000)


def settle() -> None:
    """Leave what was made until now alone for good, and look through everything that is made later only seldom."""
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
    gc.enable()
