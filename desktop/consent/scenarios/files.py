"""Feed, e-mail and archive: the markup itself."""

from typing import Final

from desktop.consent.scenario import Scenario, Scope

SCENARIO: Final = Scenario(
    name="files",
    title="Feed, e-mail and archive",
    scope=Scope.FILES,
    expects="No markup names a third party that would be asked without a click, and no policy allows one.",
    records="every such address, with its file",
)
