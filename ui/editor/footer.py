"""The foot of the editor: what to fix, how long the text is, and the two deeds: mark ready, publish."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.checks.findings import Finding, Severity, blockers
from desktop.domain.endpoint import Environment
from desktop.domain.entry import Stage
from desktop.domain.status import Status
from ui.icons import icon, pixmap
from ui.shared.arming import ArmedButton
from ui.shared.fold import Fold
from ui.shared.label import ElidedLabel, Kind, Size
from ui.theme import tokens
from ui.words import tr

_LIVE: Final = frozenset({Status.LIVE, Status.LIVE_EDITED})

# Publishing anew, publishing what is out already, and waiting for the endpoint: each with what arms and what sends.
_PUBLISH: Final = {
    Environment.PRODUCTION: ("Publish to readers", "Press again to publish to readers"),
    Environment.REHEARSAL: ("Publish to rehearsal page", "Press again to publish to the rehearsal page"),
    Environment.TEST: ("Publish to test page", "Press again to publish to the test page"),
}
_UPDATE: Final = {
    Environment.PRODUCTION: ("Update live entry", "Press again to publish to readers"),
    Environment.REHEARSAL: ("Update rehearsal entry", "Press again to publish to the rehearsal page"),
    Environment.TEST: ("Update test entry", "Press again to publish to the test page"),
}
_QUEUE: Final = {
    Environment.PRODUCTION: ("Queue for readers", "Press again to queue it for readers"),
    Environment.REHEARSAL: ("Queue for rehearsal page", "Press again to queue it for the rehearsal page"),
    Environment.TEST: ("Queue for test page", "Press again to queue it for the test page"),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """What the publish button says, once and again, how it looks, and why it cannot be pressed ("" when it can)."""

    text: str
    again: str
    kind: str
    hindrance: str = ""


def deed(
    environment: Environment | None,
    status: Status,
    findings: Sequence[Finding],
    *,
    is_connected: bool,
    is_edited: bool,
) -> Deed:
    """Say what publishing would do now; words never let a rehearsal pass for the real thing."""
    if environment is None:
        return Deed(tr("Publish"), "", "primary", tr("Choose where to publish to first."))
    words = _QUEUE if not is_connected else _UPDATE if status in _LIVE else _PUBLISH
    text, again = (tr(each) for each in words[environment])
    kind = "air" if environment is Environment.PRODUCTION else "rehearsal"
    if status is Status.WITHDRAWN:
        return Deed(text, again, kind, tr("It was taken back from readers."))
    if environment is Environment.PRODUCTION and blockers(findings):
        return Deed(text, again, kind, tr("Something is to be fixed first."))
    if status is Status.LIVE and not is_edited:
        return Deed(text, again, kind, tr("This version is out already."))
    return Deed(text, again, kind)


def summary(findings: Sequence[Finding], environment: Environment | None) -> tuple[str, str, str]:
    """Say what to fix: the icon, the number in words, and the first sentence."""
    stopping = blockers(findings)
    if stopping:
        when = (
            tr("{count} to fix before publishing")
            if environment is Environment.PRODUCTION
            else tr("{count} to fix before going on air")
        )
        return "triangle-alert", when.format(count=len(stopping)), stopping[0].sentence
    if findings:
        return "circle-alert", tr("{count} to look at").format(count=len(findings)), findings[0].sentence
    return "circle-check", tr("Nothing to fix"), ""


class Footer(QWidget):
    """`publish_confirmed()` tells the second press, `ready_requested()` and `fix_requested(block or None)` the rest."""

    publish_confirmed = Signal()
    ready_requested = Signal()
    fix_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        look = tokens()
        self._findings: tuple[Finding, ...] = ()
        self._drawing = QLabel()
        self.number = ElidedLabel(bold=True)
        self.number.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.sentence = ElidedLabel(kind=Kind.SOFT, size=Size.SMALL)
        self.go = QPushButton(tr("Go to it"))
        self.go.setProperty("kind", "quiet")
        self.go.setAccessibleName(tr("Go to what is to be fixed"))
        self.go.setAutoDefault(False)
        self.ready = QPushButton(tr("Mark ready"))
        self.ready.setAutoDefault(False)
        self.publish = ArmedButton()
        self.publish.setIconSize(QSize(look.icon, look.icon))
        first = QHBoxLayout()
        first.setSpacing(look.space_s)
        first.addWidget(self.number)
        first.addWidget(self.go)
        first.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addLayout(first)
        words.addWidget(self.sentence)
        words.addStretch(1)
        said = QWidget()
        line = QHBoxLayout(said)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.space_s)
        line.addWidget(self._drawing)
        line.addLayout(words, 1)
        self.deeds = Fold(self.ready, self.publish, spacing=look.space_s, stretched=-1)
        self.fold = Fold(said, self.deeds, spacing=look.space_s)
        row = QVBoxLayout(self)
        row.setContentsMargins(look.space_xl, look.space_m, look.space_l, look.space_m)
        row.addWidget(self.fold)
        self.go.clicked.connect(self._on_go)
        self.ready.clicked.connect(self.ready_requested)
        self.publish.confirmed.connect(self.publish_confirmed)
        self.publish.armed.connect(self._on_armed)

    def dress(self) -> None:
        """Take on the text size now in use."""
        self.publish.setIconSize(QSize(tokens().icon, tokens().icon))
        self.deeds.fold()
        self.fold.fold()

    def show_findings(self, findings: tuple[Finding, ...], environment: Environment | None) -> None:
        """Show what to fix."""
        self._findings = findings
        look = tokens()
        drawing, number, sentence = summary(findings, environment)
        ink = {"triangle-alert": look.danger, "circle-alert": look.warning}.get(drawing, look.success)
        self._drawing.setPixmap(pixmap(drawing, ink, look.icon, self.devicePixelRatioF()))
        self.number.setText(number)
        self.number.set_kind(Kind.PLAIN if findings else Kind.SOFT)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.sentence.setAccessibleName(f"{number}: {sentence}")
        self.go.setVisible(bool(findings))

    def show_deed(self, shown: Deed, stage: Stage) -> None:
        """Show what the two buttons do now."""
        self.publish.set_words(shown.text, shown.again, shown.kind)
        self.publish.setEnabled(not shown.hindrance)
        self.publish.setToolTip(shown.hindrance or tr("Press twice (Ctrl+Enter)"))
        is_ready = stage is Stage.READY
        self.ready.setText(f" {tr('Ready') if is_ready else tr('Mark ready')}")
        self.ready.setIcon(icon("circle-check", tokens().accent) if is_ready else icon("circle-dashed"))
        self.ready.setEnabled(not is_ready)
        self.ready.setAccessibleName(self.ready.text().strip())

    def _on_armed(self, armed: bool) -> None:  # noqa: FBT001 - a slot
        """Give the armed button's longer words the place of the button beside it: nothing else moves."""
        room = self.publish.geometry().right() - self.ready.geometry().left() + 1 if armed else 0
        self.ready.setVisible(not armed)
        self.publish.setMinimumWidth(room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line between text and foot."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens().surface))
        painter.fillRect(0, 0, self.width(), 1, QColor(tokens().line))
        painter.end()

    def _on_go(self) -> None:
        first = next((each for each in self._findings if each.severity is Severity.BLOCK), None)
        chosen = first or (self._findings[0] if self._findings else None)
        if chosen is not None:
            self.fix_requested.emit(chosen.block)
