"""Going round the parts of the window by keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def go_round(panes: Sequence[QWidget], focus: QWidget | None, step: int) -> None:
    """Move the keyboard from the pane that has it to the one after, or before; from nowhere to the first."""
    shown = [pane for pane in panes if pane.isVisible()]
    if not shown:
        return
    here = -1
    if focus is not None:
        here = next((at for at, pane in enumerate(shown) if pane is focus or pane.isAncestorOf(focus)), -1)
    target = shown[(here + step) % len(shown)] if here >= 0 else shown[0]
    target.setFocus(Qt.FocusReason.ShortcutFocusReason)
    if not target.hasFocus() and target.focusProxy() is None:
        inner = next((each for each in target.findChildren(QWidget) if _takes_keys(each)), None)
        if inner is not None:
            inner.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _takes_keys(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
