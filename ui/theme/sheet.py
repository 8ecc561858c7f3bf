"""The palette and style sheet made of the tokens, and the tokens now in use."""

from dataclasses import replace
from string import Template
from typing import Final

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop.domain.status import Status
from ui.theme.tokens import LIGHT, SCHEMES, Scheme, Tokens

_SHEET: Final = Template("""
QToolTip { background: $ink; color: $surface; border: none; padding: 4px 6px; }
QMenuBar { background: $window; padding: 2px 6px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $surface; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 10px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $ink; }
QMenu::item:disabled { color: $ink_faint; }
QMenu::separator { height: 1px; background: $line; margin: 4px 6px; }
QMenu::icon { left: 8px; }
QToolBar { background: $window; border: none; border-bottom: 1px solid $line; padding: 6px 8px; spacing: 4px; }
QToolButton { border: 1px solid transparent; border-radius: ${radius}px; padding: 5px 8px; }
QToolButton { qproperty-iconSize: ${icon}px ${icon}px; }
QPushButton { icon-size: ${icon}px; }
QToolButton[kind="small"] { padding: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $accent_soft; }
QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { width: 0; }
QToolButton:disabled { color: $ink_faint; }
QPushButton { background: $surface; border: 1px solid $line_strong; border-radius: ${radius}px; padding: 5px 12px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 11px; }
QPushButton:checked { background: $accent_soft; border: 1px solid $accent; }
QPushButton:disabled { color: $ink_faint; border-color: $line; background: $window; }
QPushButton[kind="primary"] { background: $accent; color: $accent_ink; border-color: $accent; font-weight: 600; }
QPushButton[kind="primary"]:focus { border-color: $ink; }
QPushButton[kind="danger"] { background: $danger; color: $danger_ink; border-color: $danger; font-weight: 600; }
QPushButton[kind="danger"]:focus { border-color: $ink; }
QPushButton[kind="air"] { background: $on_air; color: $on_air_ink; border-color: $on_air; font-weight: 600; }
QPushButton[kind="air"]:focus { border-color: $ink; }
QPushButton[kind="rehearsal"] {
    background: $rehearsal; color: $rehearsal_ink; border-color: $rehearsal_ink; font-weight: 600; }
QPushButton[kind="air_bar"] { background: $on_air; color: $on_air_ink; border-color: $on_air_ink; padding: 3px 10px; }
QPushButton[kind="air_bar"]:focus { border: 2px solid $on_air_ink; padding: 2px 9px; }
QPushButton[kind="rehearsal_bar"] {
    background: $rehearsal; color: $rehearsal_ink; border-color: $rehearsal_ink; padding: 3px 10px; }
QPushButton[kind="rehearsal_bar"]:focus { border: 2px solid $rehearsal_ink; padding: 2px 9px; }
QPushButton::menu-indicator { width: 0; }
QPushButton[kind="rehearsal"]:focus { border-color: $accent; }
QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled, QPushButton[kind="air"]:disabled,
QPushButton[kind="rehearsal"]:disabled { background: $window; color: $ink_faint; border-color: $line; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; color: $accent; padding: 4px 6px; }
QPushButton[kind="quiet"]:disabled { color: $ink; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; padding: 3px 5px; }
QLineEdit, QPlainTextEdit, QComboBox {
    background: $surface; border: 1px solid $line_strong; border-radius: ${radius}px; padding: 4px 8px;
    selection-background-color: $accent; selection-color: $accent_ink; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {
    border: 2px solid $accent; padding: 3px 7px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: $window; color: $ink_faint; }
QComboBox::drop-down { border: none; width: 22px; }
QAbstractItemView { outline: 0; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { padding: 8px 12px 7px; border: none; border-bottom: 2px solid transparent; color: $ink_soft; }
QTabBar::tab:hover { background: $hover; }
QTabBar::tab:selected { color: $ink; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:focus { border: 2px solid $accent; }
QSplitter::handle { background: $line; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QStatusBar { background: $window; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QHeaderView::section { background: $raised; border: none; border-bottom: 1px solid $line; padding: 5px 8px; }
QListView::item:selected { background: $accent_soft; color: $ink; }
QListWidget::item { border: 1px solid transparent; border-radius: 4px; padding: 3px; }
QListWidget::item:selected { border-color: $accent_soft; }
QListWidget:focus::item:selected, QListWidget::item:selected:focus { border-color: $accent; }
QTableView::item:selected:focus { border-color: $accent; }
QListView::item:hover:!selected { background: $hover; }
QTableView::item { padding: 2px 8px; }
QTableView::item:selected { background: $accent_soft; color: $ink; }
QFrame[kind="card"] { background: $raised; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[kind="popup"] { background: $surface; border: 1px solid $line_strong; border-radius: ${radius}px; }
QFrame[kind="news"] { background: $accent_soft; border: none; border-bottom: 1px solid $accent; }
QFrame[kind="notice"] { background: $danger_soft; border: none; border-bottom: 1px solid $danger; }
QLabel[kind="soft"] { color: $ink_soft; }
QLabel[kind="faint"] { color: $ink_faint; }
QLabel[kind="danger"] { color: $danger; }
QLabel[kind="warning"] { color: $warning; }
QLabel[kind="success"] { color: $success; }
QLabel[kind="air"] { color: $on_air_ink; }
QLabel[kind="rehearsal"] { color: $rehearsal_ink; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line_strong; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")

_used: Tokens = LIGHT


def tokens() -> Tokens:
    """Return the tokens the console is shown in now."""
    return _used


def choose(scheme: Scheme = Scheme.LIGHT, scale: float = 1.0) -> Tokens:
    """Have everything painted from now on in a scheme; `scale` enlarges every text size, 1.5 for 150 %."""
    global _used  # noqa: PLW0603 - an application has one look at a time
    chosen = SCHEMES[scheme]
    _used = replace(
        chosen,
        text_small=chosen.text_small * scale,
        text_body=chosen.text_body * scale,
        text_large=chosen.text_large * scale,
        text_title=chosen.text_title * scale,
        icon=round(chosen.icon * scale),
    )
    return _used


def apply(app: QApplication, scheme: Scheme = Scheme.LIGHT, scale: float = 1.0) -> Tokens:
    """Show the whole application, with every widget it has, in a scheme and a text size."""
    look = choose(scheme, scale)
    app.setStyle("Fusion")
    font = app.font()
    font.setPointSizeF(look.text_body)
    app.setFont(font)
    app.setPalette(palette(look))
    app.setStyleSheet(sheet(look))
    return look


def palette(look: Tokens) -> QPalette:
    """Make the palette Fusion and every painted delegate draw with."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: look.window,
        QPalette.ColorRole.WindowText: look.ink,
        QPalette.ColorRole.Base: look.surface,
        QPalette.ColorRole.AlternateBase: look.raised,
        QPalette.ColorRole.Text: look.ink,
        QPalette.ColorRole.Button: look.window,
        QPalette.ColorRole.ButtonText: look.ink,
        QPalette.ColorRole.BrightText: look.on_air_ink,
        QPalette.ColorRole.ToolTipBase: look.ink,
        QPalette.ColorRole.ToolTipText: look.surface,
        QPalette.ColorRole.PlaceholderText: look.ink_faint,
        QPalette.ColorRole.Highlight: look.accent,
        QPalette.ColorRole.HighlightedText: look.accent_ink,
        QPalette.ColorRole.Accent: look.accent,
        QPalette.ColorRole.Link: look.accent,
        QPalette.ColorRole.LinkVisited: look.status[Status.LIVE_EDITED],
        QPalette.ColorRole.Light: look.surface,
        QPalette.ColorRole.Midlight: look.line,
        QPalette.ColorRole.Mid: look.line,
        QPalette.ColorRole.Dark: look.line_strong,
        QPalette.ColorRole.Shadow: look.line_strong,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(look.ink_faint))
    return made


def sheet(look: Tokens) -> str:
    """Make the style sheet: only what a palette cannot say."""
    return _SHEET.substitute({name: getattr(look, name) for name in Tokens.__dataclass_fields__})
