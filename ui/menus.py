"""The menus and bars at the top of the window, made from the table of actions."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar, QSizePolicy, QToolBar, QToolButton, QWidget

from ui.actions import ACTIONS, Actions, Menu
from ui.theme import tokens
from ui.words import tr

_TOOLS: Final = ("new_entry", "mark_ready", "withdraw", "add_point")
_WIDEST: Final = 420


def place_menus(window: QMainWindow, deeds: Actions) -> None:
    """Fill the menu bar, and let every action's keys work anywhere in the window."""
    bar = QMenuBar(window)
    for name in Menu:
        if name is not Menu.NONE:
            bar.addMenu(_menu(name, deeds, bar))
    window.setMenuBar(bar)
    window.addActions([deeds[row.id] for row in ACTIONS if not row.is_local])


def _menu(name: Menu, deeds: Actions, bar: QMenuBar) -> QMenu:
    menu = QMenu(str(name), bar)
    menu.setToolTipsVisible(True)
    for row in ACTIONS:
        if row.menu is name:
            if row.starts_group:
                menu.addSeparator()
            menu.addAction(deeds[row.id])
    return menu


def air_bar(held: QWidget) -> QToolBar:
    """Make the bar right below the menus, above every other."""
    bar = _bar(tr("Air"), "air")
    bar.setStyleSheet("QToolBar { padding: 0; border: none; }")
    held.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    bar.addWidget(held)
    return bar


def tool_bar(deeds: Actions, field: QWidget) -> QToolBar:
    """Make the bar of the tools used most, with a field at its end."""
    bar = _bar(tr("Tools"), "tools")
    bar.setIconSize(QSize(tokens().icon, tokens().icon))
    for action_id in _TOOLS:
        bar.addWidget(_tool(deeds, action_id))
    gap = QWidget()
    gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    bar.addWidget(gap)
    field.setMaximumWidth(_WIDEST)
    field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    bar.addWidget(field)
    return bar


def _bar(title: str, name: str) -> QToolBar:
    bar = QToolBar(title)
    bar.setObjectName(name)
    bar.setMovable(False)
    bar.toggleViewAction().setEnabled(False)
    return bar


def _tool(deeds: Actions, action_id: str) -> QToolButton:
    made = QToolButton()
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setDefaultAction(deeds[action_id])
    made.setAccessibleName(deeds.row(action_id).name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
