"""The card of a third party's post: where it is, what it said, and that it waits for the reader."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QComboBox

from desktop.domain import moment
from desktop.domain.blocks import GENERIC_PROVIDER, Embed, Image
from desktop.domain.blocks import Card as CardBlock
from desktop.domain.problem import InvalidValue, Problem
from ui.editor.cards.card import Card, Surroundings
from ui.editor.form import Form
from ui.editor.picture_form import PictureForm
from ui.shared.label import Kind
from ui.words import tr

if TYPE_CHECKING:
    from desktop.consent.providers import Providers

WAITS: Final = "Loads nothing until the reader says so"
_WRITTEN: Final = "%Y-%m-%d %H:%M"


class EmbedCard(Card):
    """A post kept behind the consent gate."""

    TITLE = "Embed"
    INSERT = "Insert embed"
    ICON = "shield-check"

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._block = Embed()
        self._zone = ZoneInfo(around.zone)
        self._form = Form()
        self.address = self._form.add_field(
            "address", tr("Address"), tr("Paste the address of the post, or its embed code")
        )
        self.trouble = self._form.add_hint("", Kind.DANGER)
        self.trouble.hide()
        self.provider = QComboBox()
        self.provider.setAccessibleName(tr("Provider"))
        for each in _providers():
            self.provider.addItem(_name(each.id), each.id)
        self._form.add_labelled(tr("Provider"), self.provider)
        self.quoted = self._form.add_field(
            "quoted", tr("Quoted text"), tr("What the post says, kept for readers"), is_long=True
        )
        self.author = self._form.add_field("author", tr("Author"), tr("Who posted it"))
        self.posted = self._form.add_field("posted", tr("Posted"), "2026-11-22 10:41")
        self.posted_trouble = self._form.add_hint("", Kind.DANGER)
        self.posted_trouble.hide()
        self.picture = PictureForm(around.pictures, "picture.")
        self.add_form(self._form)
        self.add_form(self.picture)
        self.set_detail(WAITS)
        self.provider.activated.connect(self._on_provider)
        self.address.edited.connect(self._show_trouble)
        self.address.focus_changed.connect(self._on_address_left)
        self.posted.edited.connect(self._show_trouble)

    def forms(self) -> tuple[Form, ...]:
        """Return the post's form, and that of its picture when it has one."""
        return (self._form, self.picture) if self.picture.isVisibleTo(self) else (self._form,)

    def block(self) -> Embed:
        """Return the embed; an address that is refused is none."""
        found = self._recognised()
        picture = self.picture.image()
        return replace(
            self._block,
            provider=found.provider if found else self.provider.currentData(),
            kind=found.kind if found else self._block.kind,
            address=found.address if found else None,
            quoted=self.quoted.plain(),
            author=self.author.plain(),
            posted_at=self._posted_at(),
            picture=None if picture == Image() and self._block.picture is None else picture,
        )

    def show_block(self, block: CardBlock) -> None:
        """Show an embed; what is typed as an address stays while it means the same."""
        if not isinstance(block, Embed):
            return
        found = self._recognised()
        if (found.address if found else None) != block.address:
            self.address.show_plain(block.address or "")
        if self._posted_at() != block.posted_at:
            self.posted.show_plain(self._written(block.posted_at))
        self._block = block
        self.quoted.show_plain(block.quoted)
        self.author.show_plain(block.author)
        self.picture.show_image(block.picture or Image())
        self.picture.setVisible(block.picture is not None)
        self._show_provider(block.provider)
        self._show_trouble()

    def number(self, number: int, total: int) -> None:
        """Say which of several posts of one provider this is."""
        is_known = self._block.provider != GENERIC_PROVIDER
        said = f"{_name(self._block.provider)} {self._block.kind}" if is_known else tr(self.TITLE)
        self.set_title(f"{said} {number}" if total > 1 else said)

    def _recognised(self) -> Embed | None:
        typed = self.address.plain().strip()
        if not typed:
            return None
        if typed == self._block.address:
            return self._block
        try:
            return _recognise(typed)
        except Problem:
            return None

    def _posted_at(self) -> datetime | None:
        typed = self.posted.plain().strip()
        if not typed or typed == self._written(self._block.posted_at):
            return self._block.posted_at if typed else None
        try:
            return moment.to_utc(datetime.strptime(typed, _WRITTEN).replace(tzinfo=self._zone))
        except (ValueError, OverflowError, InvalidValue):
            return None

    def _written(self, at: datetime | None) -> str:
        return f"{at.astimezone(self._zone):{_WRITTEN}}" if at else ""

    def _show_provider(self, provider: str) -> None:
        if self.provider.findData(provider) < 0:
            self.provider.addItem(provider, provider)
        self.provider.setCurrentIndex(self.provider.findData(provider))
        self.provider.setEnabled(self._recognised() is None)

    def _show_trouble(self) -> None:
        typed = self.address.plain().strip()
        trouble = ""
        if typed and typed != self._block.address:
            try:
                _recognise(typed)
            except Problem as problem:
                trouble = str(problem)
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self._form.frames["address"].set_wanting(bool(trouble) or not typed)
        is_read = not self.posted.plain().strip() or self._posted_at() is not None
        self.posted_trouble.setText("" if is_read else tr("Write the time like 2026-11-22 10:41."))
        self.posted_trouble.setVisible(not is_read)

    def _on_address_left(self, has_focus: bool) -> None:  # noqa: FBT001 - a slot
        found = self._recognised()
        if not has_focus and found is not None and found.address:
            self.address.show_plain(found.address)
            if found.quoted and not self.quoted.plain():
                self.quoted.show_plain(found.quoted)
                self.author.show_plain(found.author)
                self.edited.emit("quoted", tr("Keep the quoted text"))

    def _on_provider(self) -> None:
        self.edited.emit("provider", tr("Change provider"))


def _recognise(typed: str) -> Embed:
    from desktop.consent.recognise import recognise  # noqa: PLC0415 - names of hosts need big tables, not at the start

    return recognise(typed)


def _providers() -> "Providers":
    from desktop.consent.providers import table  # noqa: PLC0415 - read when the first embed is shown

    return table()


def _name(provider: str) -> str:
    if provider == GENERIC_PROVIDER:
        return tr("Another site")
    table = _providers()
    return table.get(provider).name if provider in table else provider
