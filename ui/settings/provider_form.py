"""One provider: what the house calls it and links, and every fact of the table with where it was found."""

from typing import Final

from PySide6.QtWidgets import QFormLayout, QHeaderView, QLineEdit, QVBoxLayout, QWidget

from desktop.consent.providers import Provider, Providers
from desktop.page.wording import POLICIES
from ui.icons import icon
from ui.settings.own_house import OwnHouse
from ui.settings.provider_facts import facts, strategy
from ui.shared.label import Kind, Label
from ui.shared.table import ReadTable
from ui.theme import tokens
from ui.words import tr

_NAMES: Final = "embed.names"
_FOUND: Final = 2


class ProviderForm(QWidget):
    """Fields for what a house may say differently, over a table of what is known."""

    def __init__(self) -> None:
        super().__init__()
        look = tokens()
        self._id = ""
        self.name, self.cookie, self.privacy = QLineEdit(), QLineEdit(), QLineEdit()
        rows = QFormLayout()
        rows.setSpacing(look.space_s)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for label, field in (
            (tr("Called"), self.name),
            (tr("Cookie policy"), self.cookie),
            (tr("Privacy policy"), self.privacy),
        ):
            field.setAccessibleName(label)
            rows.addRow(label, field)
        self.strategy = Label(kind=Kind.SOFT, wraps=True)
        self.unverified = Label(kind=Kind.WARNING, wraps=True)
        self.facts = _table(())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.space_s)
        self._column.addLayout(rows)
        self._column.addWidget(self.strategy)
        self._column.addWidget(self.unverified)
        self._column.addWidget(self.facts, 1)

    def show_provider(self, provider: Provider, providers: Providers, house: OwnHouse) -> None:
        """Show a provider as the table has it, and what a house says in its place."""
        self._id = provider.id
        own = house.own()
        self.name.setText(own.get(f"{_NAMES}.{provider.id}", ""))
        self.name.setPlaceholderText(house.as_it_came.provider_name(provider.id))
        for field, table, known in zip(
            (self.cookie, self.privacy),
            POLICIES.values(),
            house.as_it_came.policy_links(provider.id).values(),
            strict=True,
        ):
            field.setText(own.get(f"{table}.{provider.id}", ""))
            field.setPlaceholderText(known or tr("None on file: https://…"))
        self.strategy.setText(strategy(provider))
        listed = facts(provider, providers)
        count = sum(fact.is_unverified for fact in listed)
        self.unverified.setText(
            tr("{count} of {all} facts are unverified: written down from memory.").format(count=count, all=len(listed))
        )
        self.unverified.setVisible(count > 0)
        made = _table([(fact.about, fact.said, fact.found) for fact in listed])
        for at, fact in enumerate(listed):
            if (cell := made.item(at, _FOUND)) is not None:
                cell.setIcon(icon("triangle-alert", tokens().warning) if fact.is_unverified else icon("check"))
                cell.setToolTip(fact.found)
            if (cell := made.item(at, 1)) is not None:
                cell.setToolTip(fact.said.replace("<", "&lt;"))
        self._column.replaceWidget(self.facts, made)
        self.facts.hide()
        self.facts.deleteLater()
        self.facts = made

    def said(self) -> dict[str, str]:
        """Return what stands in the fields, by the profile's keys."""
        keys = (_NAMES, *POLICIES.values())
        fields = (self.name, self.cookie, self.privacy)
        return {f"{key}.{self._id}": field.text().strip() for key, field in zip(keys, fields, strict=True)}


def _table(rows: "list[tuple[str, str, str]] | tuple[()]") -> ReadTable:
    made = ReadTable(tr("What is known"), (tr("What"), tr("Fact"), tr("Where found")), rows, _FOUND)
    made.setWordWrap(False)
    letter = made.fontMetrics().horizontalAdvance("m")
    made.setMinimumHeight(letter * 8)
    header = made.horizontalHeader()
    for column, letters in enumerate((9, 13)):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        made.setColumnWidth(column, letter * letters)
    return made
