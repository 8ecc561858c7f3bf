"""`python -m ui` is `newsroom`."""

import sys

from ui.command import main

sys.exit(main())
