"""The one table of actions, which feeds menus, toolbar, palette and shortcut sheet."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from ui.icons import icon


class Needs(StrEnum):
    """What must be there before an action can do anything."""

    NOTHING = "nothing"
    WORKSPACE = "workspace"
    COVERAGE = "coverage"
    ENTRY = "entry"
    LIVE_ENTRY = "live entry"
    FOCUS = "what has the keyboard"


class Menu(StrEnum):
    """The menus, in their order; what is in none is reached by keys and the palette."""

    FILE = "&File"
    EDIT = "E&dit"
    ENTRY = "&Entry"
    PUBLISH = "&Publish"
    PAGE = "P&age"
    VIEW = "&View"
    HELP = "&Help"
    NONE = ""


Role = QAction.MenuRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing a producer can do. `keys` are portable key sequences, the first is shown.

    `is_local` keys work in the timeline alone. `role` is where macOS moves the item; it moves none by its text.
    `starts_group` draws a line above it in its menu.
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    enabled_when: Needs = Needs.NOTHING
    danger: bool = False
    menu: Menu = Menu.NONE
    tooltip: str = ""
    role: QAction.MenuRole = Role.NoRole
    is_local: bool = False
    starts_group: bool = False

    @property
    def name(self) -> str:
        """The text without its mnemonic and dots, for the palette and for screen readers."""
        return self.text.replace("&", "").removesuffix("…")


ACTIONS: Final = (
    Action(
        id="new_coverage",
        text="&New page…",
        keys=("Ctrl+Shift+N",),
        icon="newspaper",
        enabled_when=Needs.WORKSPACE,
        menu=Menu.FILE,
        tooltip="Start a live page of your own",
    ),
    Action(
        id="open_coverage",
        text="&Open page…",
        keys=("Ctrl+O",),
        icon="folder-open",
        enabled_when=Needs.WORKSPACE,
        menu=Menu.FILE,
        tooltip="Open another live page of this computer",
    ),
    Action(
        id="import_file",
        text="&Import a file…",
        keys=("Ctrl+Shift+O",),
        icon="upload",
        enabled_when=Needs.WORKSPACE,
        menu=Menu.FILE,
        tooltip="Bring in a page from a text or export file",
        starts_group=True,
    ),
    Action(
        id="try_sample",
        text="&Try the sample page",
        icon="sparkles",
        enabled_when=Needs.WORKSPACE,
        menu=Menu.FILE,
        tooltip="Open a complete invented page, in rehearsal",
    ),
    Action(
        id="export",
        text="&Export…",
        keys=("Ctrl+Shift+E",),
        icon="download",
        enabled_when=Needs.COVERAGE,
        menu=Menu.FILE,
        tooltip="Write this page to a folder as HTML",
    ),
    Action(
        id="settings",
        text="&Settings…",
        keys=("Ctrl+,",),
        icon="settings",
        enabled_when=Needs.WORKSPACE,
        menu=Menu.FILE,
        tooltip="Endpoints this desk can publish to, and your name",
        role=Role.PreferencesRole,
        starts_group=True,
    ),
    Action(
        id="quit",
        text="&Quit",
        keys=("Ctrl+Q",),
        icon="x",
        menu=Menu.FILE,
        tooltip="Close the console; everything typed is kept",
        role=Role.QuitRole,
        starts_group=True,
    ),
    Action(
        id="undo",
        text="&Undo",
        keys=("Ctrl+Z",),
        icon="undo",
        enabled_when=Needs.FOCUS,
        menu=Menu.EDIT,
        tooltip="Take the last step back",
    ),
    Action(
        id="redo",
        text="&Redo",
        keys=("Ctrl+Y",),
        icon="redo",
        enabled_when=Needs.FOCUS,
        menu=Menu.EDIT,
        tooltip="Do again what was taken back",
    ),
    Action(
        id="cut",
        text="Cu&t",
        keys=("Ctrl+X",),
        enabled_when=Needs.FOCUS,
        menu=Menu.EDIT,
        tooltip="Take the selection out and keep it for pasting",
        starts_group=True,
    ),
    Action(
        id="copy",
        text="&Copy",
        keys=("Ctrl+C",),
        icon="copy",
        enabled_when=Needs.FOCUS,
        menu=Menu.EDIT,
        tooltip="Keep the selection for pasting",
    ),
    Action(
        id="paste",
        text="&Paste",
        keys=("Ctrl+V",),
        enabled_when=Needs.FOCUS,
        menu=Menu.EDIT,
        tooltip="Put in what was kept, cleaned of fonts and tracking",
    ),
    Action(
        id="paste_plain",
        text="Paste as plain te&xt",
        keys=("Ctrl+Shift+V",),
        enabled_when=Needs.FOCUS,
        menu=Menu.EDIT,
        tooltip="Put in nothing but the characters of what was kept",
    ),
    Action(
        id="select_all",
        text="Select &all",
        keys=("Ctrl+A",),
        enabled_when=Needs.FOCUS,
        menu=Menu.EDIT,
        tooltip="Select everything in the text with the caret",
    ),
    Action(
        id="find_in_entry",
        text="&Find in entry…",
        keys=("Ctrl+F",),
        icon="search",
        enabled_when=Needs.ENTRY,
        menu=Menu.EDIT,
        tooltip="Find words in this entry, and put others in their place",
        starts_group=True,
    ),
    Action(
        id="next_misspelling",
        text="Next &misspelling",
        keys=("F7",),
        icon="spell-check",
        enabled_when=Needs.ENTRY,
        menu=Menu.EDIT,
        tooltip="Select the next word of this entry that no dictionary knows",
    ),
    Action(
        id="snippets",
        text="&Snippets…",
        keys=("Ctrl+Shift+S",),
        icon="text-cursor",
        enabled_when=Needs.ENTRY,
        menu=Menu.EDIT,
        tooltip="Put in words kept for using again, or keep those selected now",
        starts_group=True,
    ),
    Action(
        id="new_entry",
        text="&New entry",
        keys=("Ctrl+N",),
        icon="square-pen",
        enabled_when=Needs.COVERAGE,
        menu=Menu.ENTRY,
        tooltip="Write a new entry, timed now",
    ),
    Action(
        id="mark_ready",
        text="Mark &ready",
        keys=("Ctrl+Shift+R",),
        icon="circle-check",
        enabled_when=Needs.ENTRY,
        menu=Menu.ENTRY,
        tooltip="Say that this entry is finished and may go out",
        starts_group=True,
    ),
    Action(
        id="return_to_draft",
        text="Return to &draft",
        icon="circle-dashed",
        enabled_when=Needs.ENTRY,
        menu=Menu.ENTRY,
        tooltip="Say that this entry is not finished after all",
    ),
    Action(
        id="toggle_key_moment",
        text="&Key moment",
        keys=("Ctrl+Shift+M",),
        icon="star",
        enabled_when=Needs.ENTRY,
        menu=Menu.ENTRY,
        tooltip="Mark this entry as a key moment, or take the mark off",
        starts_group=True,
    ),
    Action(
        id="toggle_pin",
        text="&Pin to the top",
        keys=("Ctrl+Shift+T",),
        icon="pin",
        enabled_when=Needs.ENTRY,
        menu=Menu.ENTRY,
        tooltip="Keep this entry above all others for readers, or let it go",
    ),
    Action(
        id="retime_entry",
        text="Change &time…",
        keys=("Ctrl+Shift+Y",),
        icon="clock",
        enabled_when=Needs.ENTRY,
        menu=Menu.ENTRY,
        tooltip="Give this entry another time, by which it takes its place on the page",
    ),
    Action(
        id="duplicate_entry",
        text="D&uplicate entry",
        keys=("Ctrl+D",),
        icon="copy",
        enabled_when=Needs.ENTRY,
        menu=Menu.ENTRY,
        tooltip="Start a draft that says what this entry says",
    ),
    Action(
        id="bin_entry",
        text="Move to &bin",
        keys=("Ctrl+Shift+Backspace",),
        icon="trash-2",
        enabled_when=Needs.ENTRY,
        menu=Menu.ENTRY,
        tooltip="Take this entry off the desk; it can be brought back",
        starts_group=True,
    ),
    Action(
        id="restore_entry",
        text="Bring back from bin…",
        keys=("Ctrl+Shift+Z",),
        icon="archive-restore",
        enabled_when=Needs.COVERAGE,
        menu=Menu.ENTRY,
        tooltip="See what is in the bin of this page, and bring an entry back",
    ),
    Action(
        id="publish",
        text="&Publish entry",
        keys=("Ctrl+Return", "Ctrl+Enter"),
        icon="send",
        enabled_when=Needs.ENTRY,
        menu=Menu.PUBLISH,
        tooltip="Check this entry and arm the button; press again to send",
    ),
    Action(
        id="correct",
        text="C&orrect entry…",
        keys=("Ctrl+Shift+C",),
        icon="pencil",
        enabled_when=Needs.LIVE_ENTRY,
        menu=Menu.PUBLISH,
        tooltip="Tell readers what was wrong in a live entry, and publish it again",
    ),
    Action(
        id="publish_summary",
        text="Publish &summary",
        icon="list-checks",
        enabled_when=Needs.COVERAGE,
        menu=Menu.PUBLISH,
        tooltip="Arm the button that sends the bullets at the top of the page; press again to send",
    ),
    Action(
        id="withdraw",
        text="&Withdraw entry…",
        icon="circle-slash",
        enabled_when=Needs.LIVE_ENTRY,
        danger=True,
        menu=Menu.PUBLISH,
        tooltip="Take a live entry back and tell readers why",
        starts_group=True,
    ),
    Action(
        id="show_difference",
        text="See what will be se&nt…",
        keys=("Ctrl+Shift+Return",),
        icon="git-compare",
        enabled_when=Needs.COVERAGE,
        menu=Menu.PUBLISH,
        tooltip="Compare what readers have with what publishing now would send",
    ),
    Action(
        id="take_theirs",
        text="Take over another &desk's version",
        icon="users",
        enabled_when=Needs.LIVE_ENTRY,
        menu=Menu.PUBLISH,
        tooltip="Bring what another desk published of this entry here; yours stays in the history",
    ),
    Action(
        id="toggle_pause",
        text="Pause or &go on publishing",
        icon="pause",
        enabled_when=Needs.COVERAGE,
        menu=Menu.PUBLISH,
        tooltip="Hold everything for this endpoint, or let it go on",
        starts_group=True,
    ),
    Action(
        id="retry_failed",
        text="&Try failed items again",
        icon="refresh-cw",
        enabled_when=Needs.COVERAGE,
        menu=Menu.PUBLISH,
        tooltip="Send every refused item of this page once more",
        starts_group=True,
    ),
    Action(
        id="show_receipts",
        text="Re&ceipts…",
        keys=("Ctrl+Shift+L",),
        icon="inbox",
        enabled_when=Needs.WORKSPACE,
        menu=Menu.PUBLISH,
        tooltip="What the endpoints answered, newest first",
    ),
    Action(
        id="plan_clock",
        text="P&lan the start…",
        icon="calendar",
        enabled_when=Needs.COVERAGE,
        menu=Menu.PAGE,
        tooltip="Say when coverage is meant to start; the status bar counts down to it",
    ),
    Action(
        id="start_clock",
        text="&Start coverage",
        icon="play",
        enabled_when=Needs.COVERAGE,
        menu=Menu.PAGE,
        tooltip="Tell readers that coverage is live, or live again",
    ),
    Action(
        id="pause_clock",
        text="&Pause coverage…",
        icon="pause",
        enabled_when=Needs.COVERAGE,
        menu=Menu.PAGE,
        tooltip="Tell readers that coverage pauses, and until when",
    ),
    Action(
        id="end_clock",
        text="E&nd coverage",
        icon="circle-dot",
        enabled_when=Needs.COVERAGE,
        menu=Menu.PAGE,
        tooltip="Tell readers that coverage has ended",
    ),
    Action(
        id="hand_over",
        text="&Hand over…",
        keys=("Ctrl+Shift+H",),
        icon="users",
        enabled_when=Needs.COVERAGE,
        menu=Menu.PAGE,
        tooltip="Leave a note to the next shift, and read those that were left before",
    ),
    Action(
        id="delete_coverage",
        text="Delete this page…",
        icon="trash-2",
        enabled_when=Needs.COVERAGE,
        danger=True,
        menu=Menu.PAGE,
        tooltip="Take this page with all its entries off this computer; readers keep what they have",
    ),
    Action(
        id="add_point",
        text="Add summary &bullet",
        keys=("Ctrl+Shift+B",),
        icon="circle-plus",
        enabled_when=Needs.COVERAGE,
        menu=Menu.PAGE,
        tooltip="Add a bullet to the summary at the top of the page",
        starts_group=True,
    ),
    Action(
        id="point_from_entry",
        text="B&ullet from this entry",
        keys=("Ctrl+Alt+B",),
        icon="megaphone",
        enabled_when=Needs.ENTRY,
        menu=Menu.PAGE,
        tooltip="Add a bullet with the marked words or the headline of this entry, which it rests on",
    ),
    Action(
        id="bind_point",
        text="Bind bullet to selected &entry",
        icon="link",
        enabled_when=Needs.ENTRY,
        menu=Menu.PAGE,
        tooltip="Say that the chosen bullet rests on the selected entry",
    ),
    Action(
        id="palette",
        text="&Run a command…",
        keys=("Ctrl+K", "Ctrl+Shift+P"),
        icon="search",
        menu=Menu.VIEW,
        tooltip="Find an entry or run a command by typing its name",
    ),
    Action(
        id="find",
        text="&Find in the timeline",
        keys=("Ctrl+Shift+F",),
        icon="search-check",
        enabled_when=Needs.COVERAGE,
        menu=Menu.VIEW,
        tooltip="Show only entries that hold certain words",
    ),
    Action(
        id="show_preview",
        text="Show pre&view",
        keys=("Ctrl+1",),
        icon="eye",
        menu=Menu.VIEW,
        tooltip="Show the page as readers will see it",
        starts_group=True,
    ),
    Action(
        id="detach_preview",
        text="Preview in a &window of its own",
        keys=("Ctrl+Shift+1",),
        icon="external-link",
        enabled_when=Needs.WORKSPACE,
        menu=Menu.VIEW,
        tooltip="Show the preview in a window of its own, or bring it back",
    ),
    Action(
        id="show_consent",
        text="Show &consent",
        keys=("Ctrl+2",),
        icon="shield-check",
        menu=Menu.VIEW,
        tooltip="Show what the page loads before and after consent",
    ),
    Action(
        id="show_history",
        text="Show &history",
        keys=("Ctrl+3",),
        icon="history",
        menu=Menu.VIEW,
        tooltip="Show the kept versions of this entry",
    ),
    Action(
        id="show_checks",
        text="Show chec&ks",
        keys=("Ctrl+4",),
        icon="list-checks",
        menu=Menu.VIEW,
        tooltip="Show what to fix in this entry",
    ),
    Action(
        id="next_pane",
        text="&Next pane",
        keys=("F6",),
        icon="panel-right",
        menu=Menu.VIEW,
        tooltip="Move the keyboard to the next part of the window",
        starts_group=True,
    ),
    Action(
        id="previous_pane",
        text="&Previous pane",
        keys=("Shift+F6",),
        menu=Menu.VIEW,
        tooltip="Move the keyboard to the part of the window before",
    ),
    Action(
        id="next_entry",
        text="Next entry",
        keys=("J",),
        enabled_when=Needs.COVERAGE,
        tooltip="Go to the entry below in the timeline",
        is_local=True,
    ),
    Action(
        id="previous_entry",
        text="Previous entry",
        keys=("K",),
        enabled_when=Needs.COVERAGE,
        tooltip="Go to the entry above in the timeline",
        is_local=True,
    ),
    Action(
        id="larger_text",
        text="&Larger text",
        keys=("Ctrl++", "Ctrl+="),
        menu=Menu.VIEW,
        tooltip="Make every text of the console larger",
        starts_group=True,
    ),
    Action(
        id="smaller_text",
        text="&Smaller text",
        keys=("Ctrl+-",),
        menu=Menu.VIEW,
        tooltip="Make every text of the console smaller",
    ),
    Action(
        id="next_scheme",
        text="Next c&olours",
        keys=("Ctrl+Shift+D",),
        icon="sun-moon",
        menu=Menu.VIEW,
        tooltip="Change between light, dark and high contrast",
    ),
    Action(
        id="shortcuts",
        text="&Keyboard shortcuts",
        keys=("F1",),
        icon="keyboard",
        menu=Menu.HELP,
        tooltip="Show every shortcut of the console",
    ),
    Action(
        id="about",
        text="&About Newsroom Console",
        icon="info",
        menu=Menu.HELP,
        tooltip="Show the version of the console and where its files are",
        role=Role.AboutRole,
    ),
)


class Actions(QObject):
    """The table as live QActions, each connected at most once, enabled by what is there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = {row.id: row for row in ACTIONS}
        self._made = {row.id: self._make(row) for row in ACTIONS}
        self.enable(frozenset({Needs.NOTHING}))

    def __getitem__(self, action_id: str) -> QAction:
        return self._made[action_id]

    def row(self, action_id: str) -> Action:
        """Return an action's row of the table."""
        return self._rows[action_id]

    def connect_to(self, action_id: str, slot: Callable[[], object]) -> None:
        """Do something whenever an action is triggered; `slot` is a bound method."""
        self._made[action_id].triggered.connect(slot)

    def enable(self, there: Collection[Needs]) -> None:
        """Enable exactly the actions whose needs are there; what the keyboard is in enables its own."""
        for action_id, row in self._rows.items():
            if row.enabled_when is not Needs.FOCUS:
                self._made[action_id].setEnabled(row.enabled_when in there)

    def _make(self, row: Action) -> QAction:
        made = QAction(row.text, self)
        made.setObjectName(row.id)
        made.setShortcuts([QKeySequence(keys) for keys in row.keys])
        if row.is_local:
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shown = f" ({made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})" if row.keys else ""
        made.setToolTip(f"{row.tooltip}{shown}")
        made.setStatusTip(row.tooltip)
        made.setMenuRole(row.role)
        # A key held down does a deed once; only moving in the timeline goes on.
        made.setAutoRepeat(row.is_local)
        if row.icon:
            made.setIcon(icon(row.icon))
            # What a tool bar shows: Fusion sets the text so close to the icon that the two read as one drawing.
            made.setIconText(f" {row.name}")
        return made
