"""A rehearsal endpoint as a process of its own: prints its address and token on one line, then serves."""

import json
import sys
from pathlib import Path

from desktop.rehearsal.server import RehearsalEndpoint

if __name__ == "__main__":
    served = RehearsalEndpoint(Path(sys.argv[1]))
    served.start()
    sys.stdout.write(json.dumps({"url": served.url, "token": served.token}) + "\n")
    sys.stdout.flush()
    served.serve_forever()
