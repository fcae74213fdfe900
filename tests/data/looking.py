"""A real browser that shows our pages, one at a time: what a page becomes in it, and what the browser complains of."""

import asyncio
import base64
import contextlib
import http.server
import threading
from collections.abc import Awaitable, Callable, Iterator
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


@contextlib.contextmanager
def foreign(page: bytes, port: int) -> Iterator[str]:
    """A site of somebody else, on another port, with one page."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}/"
    server.shutdown()
    server.server_close()
    thread.join(10)


class Viewer(Chromium):
    """A browser for many pages. The browser opens each page without a cache and without cookies."""

    def run(self, url: str, script: str, person: Person | None = None) -> Any:
        """The value of JavaScript in a page, as its console would give it. The page's own policy does not apply."""
        return self._runner.run(self._in_page(partial(self._run, url, script, person or Person())))

    def look(self, url: str) -> Look:
        """Open a page, and close it."""
        return self._runner.run(self._in_page(partial(self._load, url)))

    def read(self, url: str, script: str, *, has_scripts: bool = True) -> tuple[Any, list[tuple[str, str]]]:
        """The value of JavaScript in a page, whose own scripts may be off, and the kind and URL of all its requests."""
        return self._runner.run(self._in_page(partial(self._read, url, script, has_scripts=has_scripts)))

    def read_frames(self, url: str, script: str) -> tuple[list[Any], tuple[str, ...]]:
        """The value of JavaScript in each frame of a page, and the complaints of the console. An alert is an error."""
        return self._runner.run(self._in_page(partial(self._read_frames, url, script)))

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

    async def _opened(self, url: str, session: str, *, has_scripts: bool = True) -> None:
        """Open a page in a session, and wait until it has loaded."""
        for domain in ("Page", "Runtime", "Network", "Log"):
            await self._tools.ask(f"{domain}.enable", session)
        await self._tools.ask("Emulation.setScriptExecutionDisabled", session, value=not has_scripts)
        loaded = self._tools.loaded[session] = asyncio.Event()
        await self._tools.ask("Page.navigate", session, url=url)
        async with asyncio.timeout(LOAD_TIMEOUT):
            await loaded.wait()

    async def _read(
        self, url: str, script: str, session: str, _: list[str], *, has_scripts: bool
    ) -> tuple[Any, list[tuple[str, str]]]:
        requests = self._tools.requests[session] = []
        await self._opened(url, session, has_scripts=has_scripts)
        said = await self._tools.ask("Runtime.evaluate", session, expression=script, returnByValue=True)
        return said["result"].get("value"), requests

    async def _read_frames(
        self, url: str, script: str, session: str, complaints: list[str]
    ) -> tuple[list[Any], tuple[str, ...]]:
        ask = partial(self._tools.ask, session=session)
        executed = self._tools.executed[session] = set()
        await self._opened(url, session)
        values = []
        for child in (await ask("Page.getFrameTree"))["frameTree"].get("childFrames", ()):
            world = await ask("Page.createIsolatedWorld", frameId=child["frame"]["id"])
            context = world["executionContextId"]
            said = await ask("Runtime.evaluate", contextId=context, expression=script, returnByValue=True)
            values.append(said["result"].get("value"))
        if executed:
            raise AssertionError("a script ran in a frame")
        return values, tuple(complaints)
