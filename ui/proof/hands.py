"""What a reader does in the sealed browser, and what can be read off the page: clicks, keys, looks, pictures."""

import asyncio
import base64
from pathlib import Path
from typing import Any, Final

from desktop.consent.probe import AIM, IS_FOCUSED, READ_ON, READ_ON_DRAWN, at, looking
from desktop.domain.problem import Problem
from ui.proof.process import SealedProcess

_TABS: Final = 400
_SCREENS: Final = 300
_STEP: Final = 0.01
_KEYS: Final = {
    "Tab": ("Tab", 9, ""),
    "Enter": ("Enter", 13, "\r"),
    "Space": ("Space", 32, " "),
    "Escape": ("Escape", 27, ""),
}


class Unreachable(Problem):
    """Something a reader was to press, and could not."""


class Hands:
    """The hands and eyes of one visit. `embed` and `same` are the id of the embed in question and of its siblings."""

    def __init__(self, browser: SealedProcess, embed: str = "", same: tuple[str, ...] = ()) -> None:
        self._browser = browser
        self._embed = embed
        self._same = same
        self._world: int | None = None

    async def settle(self) -> None:
        """Take hold of a page that has just been loaded, in a world the page's own scripts cannot see."""
        tree = await self._browser.devtools("Page.getFrameTree")
        frame = tree["frameTree"]["frame"]["id"]
        made = await self._browser.devtools("Page.createIsolatedWorld", frameId=frame, worldName="proof")
        self._world = int(made["executionContextId"])

    async def see(self, expression: str) -> Any:
        """Return an expression's value, in the names of `desktop.consent.probe`."""
        said = await self._browser.devtools(
            "Runtime.evaluate",
            expression=looking(expression, self._embed, self._same),
            contextId=self._world,
            returnByValue=True,
            awaitPromise=True,
        )
        if "exceptionDetails" in said:
            thrown = said["exceptionDetails"].get("exception", {}).get("description", "unknown")
            message = "The page could not be looked into."
            raise Problem(message, detail=f"{str(thrown).splitlines()[0]}.")
        return said["result"].get("value")

    async def press(self, selector: str) -> None:
        """Click the first visible element of a selector; one that is not there, or covered, raises Unreachable."""
        aim = await self.see(at(AIM, self.selector(selector)))
        if aim is None:
            message = f"Nothing to press: {selector}."
            raise Unreachable(message)
        if not aim["hits"]:
            message = f"{selector} is covered by {aim['by']}."
            raise Unreachable(message)
        where = {"x": aim["x"], "y": aim["y"], "button": "left", "clickCount": 1}
        for kind in ("mousePressed", "mouseReleased"):
            await self._browser.devtools("Input.dispatchMouseEvent", type=kind, **where)

    async def key(self, name: str) -> None:
        """Press a key where the focus is."""
        code, number, text = _KEYS[name]
        key = " " if name == "Space" else name
        common: dict[str, Any] = {"key": key, "code": code, "windowsVirtualKeyCode": number}
        await self._browser.devtools("Input.dispatchKeyEvent", type="keyDown", text=text, **common)
        await self._browser.devtools("Input.dispatchKeyEvent", type="keyUp", **common)

    async def tab_to(self, selector: str) -> int:
        """Press Tab until the first visible element of a selector has the focus; returns how often."""
        wanted = at(IS_FOCUSED, self.selector(selector))
        for pressed in range(_TABS):
            if await self.see(wanted):
                return pressed
            await self.key("Tab")
        message = f"Tab does not reach {selector}."
        raise Unreachable(message)

    async def read_to_end(self, *, is_scripted: bool = True) -> None:
        """Scroll to the end of the page, screen by screen, each drawn; `is_scripted` tells whether scripts run."""
        for _ in range(_SCREENS):
            if await self.see(READ_ON_DRAWN if is_scripted else READ_ON):
                return
            if not is_scripted:
                await asyncio.sleep(_STEP)

    async def photograph(self, path: Path) -> None:
        """Keep a picture of the view as PNG."""
        taken = await self._browser.devtools("Page.captureScreenshot", format="png")
        await asyncio.to_thread(path.write_bytes, base64.b64decode(taken["data"]))

    async def cookies(self) -> list[dict[str, Any]]:
        """Return every cookie of the profile, whoever set it."""
        return list((await self._browser.devtools("Network.getAllCookies"))["cookies"])

    async def tree(self) -> list[tuple[str, str]]:
        """Return the accessibility tree in reading order, as roles and names; what is ignored is left out."""
        nodes = (await self._browser.devtools("Accessibility.getFullAXTree"))["nodes"]
        by_id = {node["nodeId"]: node for node in nodes}
        found: list[tuple[str, str]] = []
        waiting = [nodes[0]["nodeId"]] if nodes else []
        while waiting:
            node = by_id.get(waiting.pop())
            if node is None:
                continue
            if not node.get("ignored"):
                found.append((node.get("role", {}).get("value", ""), node.get("name", {}).get("value", "")))
            waiting.extend(reversed(node.get("childIds", [])))
        return found

    def selector(self, written: str) -> str:
        """Return a scenario's selector for this embed."""
        return written.replace("{embed}", f'[id="{self._embed}"]')
