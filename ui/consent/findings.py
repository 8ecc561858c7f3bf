"""What was found: the list of requests, the one sentence, and what the list cannot show."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui import icons
from ui.consent.observation import Expected, Observation, ReaderState
from ui.consent.requests_model import KIND, PARTY, REQUEST, RESULT, WIDEST, RequestsModel
from ui.sealed.requests import Logged, Party, Verdict
from ui.shared.label import Kind, Label, Size, heading
from ui.theme import tokens
from ui.words import tr

_ROWS: Final = 5
_ALL_COLUMNS_FROM: Final = 480  # pixels
_TITLE: Final = "What the reader's browser asked for"
_LOOKING: Final = "Reading the page to its end …"
_OUTDATED: Final = "The page has changed since this was observed."
_NOT_OBSERVED: Final = "Nothing was observed."
_LIMITS: Final = (
    "Nothing here reaches the internet. Connections a browser opens ahead of a request, and WebRTC calls, are shut off "
    "as well, but this list cannot show them."
)
_AFTER: Final = " Each provider is stopped at its first request, so what it would go on to ask is not seen either."


class Findings(QWidget):
    """The lower half of the consent pane; `again_requested` asks for another look."""

    again_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = tokens()
        self.model = RequestsModel(self)
        self._table = _table(self.model, self)
        self._icon = QLabel(self)
        self._verdict = Label(wraps=True, bold=True)
        self._verdict.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._counts = Label(kind=Kind.SOFT, wraps=True)
        self._limits = Label(_LIMITS, kind=Kind.FAINT, size=Size.SMALL, wraps=True)
        self._outdated = Label(_OUTDATED, kind=Kind.WARNING, wraps=True)
        again = QPushButton(tr("Observe again"), self)
        again.clicked.connect(self.again_requested)
        self._strip = QWidget(self)
        strip = QHBoxLayout(self._strip)
        strip.setContentsMargins(0, 0, 0, 0)
        strip.addWidget(self._outdated, 1)
        strip.addWidget(again)
        line = QHBoxLayout()
        line.setSpacing(look.space_s)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._verdict, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.space_m, look.space_s, look.space_m, look.space_s)
        layout.setSpacing(look.space_s)
        title = heading(_TITLE)
        title.setWordWrap(True)
        layout.addWidget(title)
        layout.addWidget(self._table, 1)
        layout.addWidget(self._strip)
        layout.addLayout(line)
        layout.addWidget(self._counts)
        layout.addWidget(self._limits)
        self.clear()

    def begin(self, state: ReaderState) -> None:
        """Start an empty list for one state."""
        self.model.clear(Expected({}))
        self._strip.hide()
        self._limits.setText(_LIMITS + (_AFTER if state is ReaderState.AFTER else ""))
        self._say("loader", _LOOKING, Kind.SOFT)
        self._counts.setText("")
        self._keep_room()

    def expect(self, may_ask: Expected) -> None:
        """Take the hosts that may be asked as no fault."""
        self.model.clear(may_ask)

    def add(self, logged: Logged) -> None:
        """List a request."""
        self.model.add(logged)

    def replace(self, logged: Logged) -> None:
        """Say what became of a request that is listed."""
        self.model.replace(logged)

    def conclude(self, observation: Observation) -> None:
        """Say what it comes down to."""
        icon, kind = ("circle-check", Kind.SUCCESS) if observation.is_good else ("octagon-x", Kind.DANGER)
        self._say(icon, observation.verdict, kind)
        self._counts.setText(_count(observation.requests))
        self._keep_room()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, observation.verdict))

    def fail(self) -> None:
        """Say that there is no result."""
        self._say("circle-help", _NOT_OBSERVED, Kind.SOFT)

    def clear(self) -> None:
        """Forget everything."""
        self.model.clear(Expected({}))
        self._strip.hide()
        self.fail()
        self._counts.setText("")

    def say_outdated(self) -> None:
        """Say that the page is no longer what was observed."""
        self._strip.show()
        self._keep_room()

    def is_outdated(self) -> bool:
        """Tell whether the page has changed since."""
        return self._strip.isVisibleTo(self)

    def verdict(self) -> str:
        """Return the sentence shown."""
        return self._verdict.text()

    def counts(self) -> str:
        """Return the counts shown."""
        return self._counts.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for the words: a splitter asks nobody how high they are at this width."""
        super().resizeEvent(event)
        # In the narrowest pane the address comes before what kind of request it is.
        is_narrow = self.width() < _ALL_COLUMNS_FROM
        self._table.setColumnHidden(KIND, is_narrow)
        party = tr("Third: X") if is_narrow else WIDEST[PARTY]
        self._table.setColumnWidth(PARTY, self._table.fontMetrics().horizontalAdvance(party) + tokens().space_l)
        self._keep_room()

    def _keep_room(self) -> None:
        if (layout := self.layout()) is not None:
            layout.invalidate()
            self.setMinimumHeight(layout.totalMinimumHeightForWidth(self.width()))

    def _say(self, icon: str, words: str, kind: Kind) -> None:
        look = tokens()
        colour = {Kind.SUCCESS: look.success, Kind.DANGER: look.danger}.get(kind, look.ink_soft)
        self._icon.setPixmap(icons.pixmap(icon, colour, look.icon, self.devicePixelRatioF()))
        self._verdict.set_kind(kind)
        self._verdict.setText(words)


def _count(requests: tuple[Logged, ...]) -> str:
    third = sum(each.party is Party.THIRD for each in requests)
    loaded = sum(each.verdict is Verdict.LOADED for each in requests)
    missing = sum(each.verdict is Verdict.FAILED for each in requests)
    said = tr("{count} requests: {first} first-party, {third} third-party; {loaded} loaded").format(
        count=len(requests), first=len(requests) - third, third=third, loaded=loaded
    )
    return tr("{requests}, {missing} not found").format(requests=said, missing=missing) if missing else said


def _table(model: RequestsModel, parent: QWidget) -> QTableView:
    table = QTableView(parent)
    table.setModel(model)
    table.setAccessibleName(_TITLE)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setMinimumHeight((table.fontMetrics().height() + tokens().space_s) * _ROWS)
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + tokens().space_s)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setSectionResizeMode(REQUEST, QHeaderView.ResizeMode.Stretch)
    header.setMinimumSectionSize(table.fontMetrics().horizontalAdvance("m") * 4)
    for column, longest in WIDEST.items():
        # Room for the longest words once: widths that follow the contents would jump with each request.
        beside = tokens().icon + tokens().space_xs if column == RESULT else 0
        table.setColumnWidth(column, table.fontMetrics().horizontalAdvance(longest) + beside + tokens().space_l)
    header.setHighlightSections(False)
    return table
