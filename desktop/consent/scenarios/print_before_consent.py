"""A reader prints the page before accepting anything."""

from typing import Final

from desktop.consent.scenario import Print, PrintedWords, Scenario, Scope

SCENARIO: Final = Scenario(
    name="print",
    title="Print and PDF before consent",
    scope=Scope.PAGE,
    expects="Nobody else is asked; quotation, author and address are printed, and no button.",
    records="requests while printing, the PDF",
    steps=(
        Print(),
        PrintedWords(),
    ),
)
