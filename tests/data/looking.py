"""A real browser that shows our pages, one at a time: what a page becomes in it, and what the browser complains of."""

import asyncio
import base64
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from tests.data.browser import LOAD_TIMEOUT, Chromium

T = TypeVar("T")

#: Pixels.
SIZE = {"width": 1000, "height": 1400}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A page, once it has loaded and was drawn."""

    dom: str
    #: The messages that the console would show.
    complaints: tuple[str, ...]
    picture: bytes
    #: The final address of the page.
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person who looks: the width of the screen in pixels, the wish for a dark page, the language, script."""

    width: int = 1000
    is_dark: bool = False
    language: str = "zh-CN"
    has_script: bool = True


class Viewer(Chromium):
    """A browser for many pages. The browser opens each page without a cache and without cookies."""

    def run(self, url: str, script: str, person: Person | None = None) -> Any:
        """The value of JavaScript in a page, as its console would give it. The page's own policy does not apply."""
        return self._runner.run(self._in_page(partial(self._run, url, script, person or Person())))

    def look(self, url: str) -> Look:
        """Open a page, and close it."""
        return self._runner.run(self._in_page(partial(self._load, url)))

    async def _in_page(self, work: Callable[[str, list[str]], Awaitable[T]]) -> T:
        """Do work in a page of its own, which is closed afterwards."""
        ask = self._tools.ask
        context = (await ask("Target.createBrowserContext"))["browserContextId"]
        target = await ask("Target.createTarget", url="about:blank", browserContextId=context, newWindow=True)
        attached = await ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        session = str(attached["sessionId"])
        complaints = self._tools.complaints[session] = []
        try:
            return await work(session, complaints)
        finally:
            await ask("Target.disposeBrowserContext", browserContextId=context)

    async def _run(self, url: str, script: str, person: Person, session: str, _: list[str]) -> Any:
        async def ask(method: str, **parameters: Any) -> dict[str, Any]:
            return await self._tools.ask(method, session, **parameters)

        for domain in ("Page", "Runtime", "Network"):
            await ask(f"{domain}.enable")
        scheme = {"name": "prefers-color-scheme", "value": "dark" if person.is_dark else "light"}
        await ask("Page.setBypassCSP", enabled=True)
        await ask("Emulation.setScriptExecutionDisabled", value=not person.has_script)
        await ask("Emulation.setEmulatedMedia", features=[scheme])
        await ask("Emulation.setFocusEmulationEnabled", enabled=True)
        await ask("Network.setExtraHTTPHeaders", headers={"Accept-Language": person.language})
        size = {"width": person.width, "height": SIZE["height"]}
        await ask(
            "Emulation.setDeviceMetricsOverride", **size, deviceScaleFactor=1, mobile=person.width < SIZE["width"]
        )
        loaded = self._tools.loaded[session] = asyncio.Event()
        await ask("Page.navigate", url=url)
        async with asyncio.timeout(LOAD_TIMEOUT):
            await loaded.wait()
        said = await ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in said:
            raise AssertionError(said["exceptionDetails"])
        return said["result"].get("value")

    async def _load(self, url: str, session: str, complaints: list[str]) -> Look:
        async def ask(method: str, **parameters: Any) -> dict[str, Any]:
            return await self._tools.ask(method, session, **parameters)

        for domain in ("Page", "Runtime", "Log"):
            await ask(f"{domain}.enable")
        await ask("Emulation.setFocusEmulationEnabled", enabled=True)
        await ask("Emulation.setDeviceMetricsOverride", **SIZE, deviceScaleFactor=1, mobile=False)
        loaded = self._tools.loaded[session] = asyncio.Event()
        await ask("Page.navigate", url=url)
        async with asyncio.timeout(LOAD_TIMEOUT):
            await loaded.wait()
        # A page is drawn before it is read: animations, focus and the like begin with that.
        picture = base64.b64decode((await ask("Page.captureScreenshot"))["data"])
        root = (await ask("DOM.getDocument"))["root"]
        dom = (await ask("DOM.getOuterHTML", nodeId=root["nodeId"]))["outerHTML"]
        frame = (await ask("Page.getFrameTree"))["frameTree"]["frame"]
        return Look(dom=dom, complaints=tuple(complaints), picture=picture, url=frame["url"])
