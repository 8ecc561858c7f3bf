"""The switches that seal the browser's process; they must stand before WebEngine starts."""

import logging
import os
import shlex
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt

VARIABLE: Final = "QTWEBENGINE_CHROMIUM_FLAGS"

# The request interceptor alone is blind to early connections, DNS look-ups and WebRTC: these switches are not.
SEAL: Final = (
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    # Measured in a network of its own: hiding addresses behind mDNS names joins a multicast group, which sends.
    "--disable-features=WebRtcHideLocalIpsWithMdns",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
)
NO_SANDBOX: Final = "--no-sandbox"
# The browser complains of every machine without a GPU or a system bus, on standard error: only what ends it is said.
QUIET: Final = "--log-level=3"

_log = logging.getLogger(__name__)


def sealed(given: str, *, as_root: bool) -> str:
    """Return Chromium switches with the seal laid over those given; Chromium itself refuses its sandbox as root."""
    wanted = (*SEAL, NO_SANDBOX) if as_root else SEAL
    ours = {_name(switch) for switch in wanted}
    kept = [switch for switch in shlex.split(given) if _name(switch) not in ours]
    quiet = () if _name(QUIET) in map(_name, kept) else (QUIET,)
    return " ".join(_quoted(switch) for switch in (*kept, *quiet, *wanted))


def seal_environment() -> None:
    """Seal every WebEngine page of this process; call it before the application object is made."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if as_root:
        _log.warning("Running as root: the browser's own sandbox is off in this process.")
    os.environ[VARIABLE] = sealed(os.environ.get(VARIABLE, ""), as_root=as_root)
    # WebEngine is imported long after the application starts, and can no longer ask for this itself by then.
    if QCoreApplication.instance() is None:
        QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)


def _name(switch: str) -> str:
    return switch.partition("=")[0]


def _quoted(switch: str) -> str:
    # Qt splits the variable at spaces outside double quotes and knows no other quoting.
    name, equals, value = switch.partition("=")
    return f'{name}{equals}"{value}"' if " " in value else switch
