"""A real browser that shows our pages, one at a time: what a page becomes in it, and what the browser complains of."""

import asyncio
import base64
from dataclasses import dataclass
from typing import Any

from tests.data.browser import LOAD_TIMEOUT, Chromium

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


class Viewer(Chromium):
    """A browser for many pages. The browser opens each page without a cache and without cookies."""

    def look(self, url: str) -> Look:
        """Open a page, and close it."""
        return self._runner.run(self._look(url))

    async def _look(self, url: str) -> Look:
        ask = self._tools.ask
        context = (await ask("Target.createBrowserContext"))["browserContextId"]
        target = await ask("Target.createTarget", url="about:blank", browserContextId=context, newWindow=True)
        attached = await ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        session = str(attached["sessionId"])
        complaints = self._tools.complaints[session] = []
        try:
            return await self._load(session, url, complaints)
        finally:
            await ask("Target.disposeBrowserContext", browserContextId=context)

    async def _load(self, session: str, url: str, complaints: list[str]) -> Look:
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
