"""What Qt itself has to say goes to the log: a command's output is its own lines only."""

import contextlib
import logging
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
# Said of the machine, at every start or with every window, and true of every machine without a screen or a GPU.
_USUAL: Final = (
    "This plugin does not support propagateSizeHints",
    "This plugin does not support raise()",
    "This plugin does not support createPlatformVulkanInstance",
    "QVulkanInstance: Failed to initialize Vulkan",
    "QRhiGles2: Failed to create",
    "Failed to create RHI for backend",
    "GBM is not supported",
    "GPUInfo not initialized",
)

_log = logging.getLogger("qt")


def level(kind: QtMsgType, text: str) -> int:
    """Return how much a message of Qt's matters, as a level of Python's log."""
    return logging.DEBUG if text.startswith(_USUAL) else _LEVELS[kind]


@contextlib.contextmanager
def kept_in_log() -> Iterator[None]:
    """Write Qt's messages to the log instead of standard error, as long as the block runs."""

    def keep(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        _log.log(level(kind, text), "%s: %s", getattr(context, "category", None) or "default", text)

    before = qInstallMessageHandler(keep)
    try:
        yield
    finally:
        # Qt goes on talking while the process ends; by then no Python may be called.
        qInstallMessageHandler(before)
