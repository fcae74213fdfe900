"""A real browser that tells which markup ran in it, and what markup leaves behind: Chromium, over its DevTools."""

import asyncio
import json
import re
import subprocess
import time
from collections.abc import Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, web

from tests.data.tools import tool

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--remote-debugging-port=0",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    # Every frame in its page's process: one connection sees them all.
    "--disable-site-isolation-trials",
    "--disable-features=IsolateSandboxedIframes,OriginKeyedProcessesByDefault",
)

#: Seconds.
START_TIMEOUT = 30
ANSWER_TIMEOUT = 60
LOAD_TIMEOUT = 60

#: Documents in one page, and pages at a time.
BATCH = 80
PAGES = 2

#: Texts that are expected to be harmless, in one document.
TOGETHER = 20


#: The addresses of documents that have stayed where they were.
OWN = re.compile(r"/documents/\d+/\d+|/pages/\d+")

#: The leftovers of a document that led to another address.
ELSEWHERE = ("led elsewhere",)


class Mode(StrEnum):
    """The way in which markup gets into its document."""

    #: The parser of a page reads it.
    DOCUMENT = "document"
    #: A script writes it into a document that is loaded already.
    INNER = "inner"
    #: The same, and three times more what the browser itself has made of it.
    RESERIALISED = "reserialised"
    #: As `DOCUMENT`, under a Content-Security-Policy.
    CSP = "csp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The outcome of one piece of markup."""

    #: Something in it ran, by itself or when it was clicked, pointed at, focused and so on.
    executed: bool
    #: Markup that no reader should get: `script`, `p@onclick`, `a@href=javascript:`, `iframe=evil.example`.
    leftovers: tuple[str, ...]
    #: The number of `<article>` elements that stand side by side in it.
    pieces: int = 0

    def is_harmless(self, allowed: Set[str]) -> bool:
        """Whether nothing ran, and nothing is left over but what is allowed."""
        return not self.executed and set(self.leftovers) <= allowed


#: Runs in each frame before its markup is read: whatever pops up is reported with the number of its document.
#: A call of the page's own functions by a document below it is known by the address in the stack.
HOOK = """
(() => {
  const report = window.reportExecution, last = window.top;
  let own = window, number = -1;
  while (own !== last && own.parent !== last) own = own.parent;
  for (let i = 0; own !== last && i < last.length; i++) if (last[i] === own) number = i;
  const hook = () => {
    const caller = /[/]documents[/][0-9]+[/]([0-9]+)/.exec(number < 0 ? new Error().stack : "");
    report(String(caller ? caller[1] : number));
    return null;
  };
  for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = hook;
})()
"""

#: Runs beside the markup, in a world of its own that no script of the markup reaches; `id` and `name` of elements do
#: shadow properties of documents and forms, so each is asked for at its prototype.
SCAN = r"""
(() => {
  const of = (type, name) => {
    const { get, value } = Object.getOwnPropertyDescriptor(type.prototype, name);
    return (self, ...rest) => (get ?? value).apply(self, rest);
  };
  const walk = of(Document, "createTreeWalker"), names = of(Element, "getAttributeNames");
  const attribute = of(Element, "getAttribute"), local = of(Element, "localName"), space = of(Element, "namespaceURI");
  const shadow = of(Element, "shadowRoot"), inside = of(HTMLTemplateElement, "content"), base = of(Node, "baseURI");
  const remove = of(Element, "removeAttribute"), dispatch = of(EventTarget, "dispatchEvent");
  const closest = of(Element, "closest"), focus = of(HTMLElement, "focus");
  const submit = of(HTMLFormElement, "requestSubmit");
  const body = of(Document, "body"), children = of(Element, "children");

  const place = body(document) && children(body(document))[0];
  const pieces = place ? [...children(place)].filter((element) => local(element) === "article").length : 0;

  const elements = [], left = new Set();
  const collect = (root) => {
    const walker = walk(document, root, NodeFilter.SHOW_ALL);
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
      if (node instanceof Comment || node instanceof ProcessingInstruction) left.add("comment");
      if (!(node instanceof Element)) continue;
      elements.push(node);
      if (shadow(node)) { left.add("shadow root"); collect(shadow(node)); }
      if (node instanceof HTMLTemplateElement) collect(inside(node));
    }
  };

  const UNWANTED = new Set(("script style link meta base object embed applet param frame frameset form input button " +
    "select option textarea template noscript title plaintext xmp portal fencedframe dialog slot marquee keygen " +
    "isindex picture track source").split(" "));
  const SAFE = new Set(["http:", "https:", "mailto:"]);
  // What no browser follows.
  const WORDS = new Set(["alt", "title"]);
  const schemes = (value) => [value, ...value.split(",")].map((part) => {
    const plain = part.replace(/[\t\n\r]/g, "").replace(/^[\0- ]+/, "");
    return /^([a-z][a-z0-9+.-]*:)/i.exec(plain)?.[1].toLowerCase() ?? "";
  });
  const host = (url) => { try { return new URL(url, base(document)).host; } catch { return ""; } };
  const scan = (element) => {
    const tag = local(element);
    if (UNWANTED.has(tag) || tag.includes("-") || space(element) !== "http://www.w3.org/1999/xhtml") left.add(tag);
    if (tag === "iframe") left.add("iframe=" + host(attribute(element, "src") ?? ""));
    for (const name of names(element)) {
      if (/^on|^(id|name|class|style|srcdoc|srcset|formaction|action|ping|is|popover)$|:/.test(name)) {
        left.add(tag + "@" + name);
      }
      if (WORDS.has(name)) continue;
      for (const scheme of schemes(attribute(element, name))) {
        if (scheme && !SAFE.has(scheme)) left.add(tag + "@" + name + "=" + scheme);
      }
    }
  };

  const EVENTS = ("pointerover pointerenter pointermove pointerdown mousedown mouseover mouseenter mousemove mouseup " +
    "mouseout mouseleave dblclick contextmenu wheel touchstart touchend keydown keypress keyup focus focusin blur " +
    "focusout input change invalid select toggle beforetoggle load error scroll copy cut paste dragstart drag drop " +
    "animationstart animationend transitionend").split(" ");
  const RENAMED = { begin: "beginEvent", end: "endEvent", repeat: "repeatEvent", webkitanimationend:
    "webkitAnimationEnd", webkitanimationstart: "webkitAnimationStart", webkittransitionend: "webkitTransitionEnd",
    webkitanimationiteration: "webkitAnimationIteration" };
  const attempt = (action) => { try { action(); } catch { /* it does not take this */ } };
  const runs = (url) => /^[\0- ]*[jdvb]/i.test(url);
  const stay = (event) => {
    const link = event.target instanceof Element ? closest(event.target, "a, area") : null;
    if (link instanceof HTMLElement && !runs(link.href)) event.preventDefault();
    if (link instanceof SVGElement && !runs(link.href.animVal)) event.preventDefault();
  };
  const keep = (event) => {
    const button = event.submitter;
    const own = button ? attribute(button, "formaction") : null;
    if (!runs(own ?? attribute(event.target, "action") ?? "")) event.preventDefault();
  };
  const bother = (element) => {
    for (const name of ["target", "formtarget"]) remove(element, name);
    const events = new Set(EVENTS);
    for (const name of names(element)) {
      if (/^on/i.test(name)) events.add(RENAMED[name.slice(2).toLowerCase()] ?? name.slice(2).toLowerCase());
    }
    events.delete("click");
    for (const name of events) {
      dispatch(element, new Event(name, { cancelable: true }));
      if (local(element) === "body" || local(element) === "frameset") dispatch(window, new Event(name));
    }
    if (element instanceof HTMLElement) {
      attempt(() => focus(element));
      attempt(() => element.showPopover());
    }
    if (element instanceof HTMLDialogElement) attempt(() => element.showModal());
    if (element instanceof HTMLDetailsElement) attempt(() => { element.open = !element.open; });
    if (element instanceof HTMLFormElement) attempt(() => submit(element));
  };
  const click = (element) => {
    dispatch(element, new MouseEvent("click", { bubbles: true, cancelable: true, composed: true, view: window }));
  };

  collect(document);
  elements.forEach(scan);
  window.addEventListener("click", stay, true);
  window.addEventListener("submit", keep, true);
  elements.forEach(bother);
  elements.forEach(click);
  return JSON.stringify([[...left].sort(), pieces]);
})()
"""

#: Waits in the browser's own time, however busy the machine is, for broken images, timers and animations.
SETTLE = "new Promise((done) => setTimeout(() => setTimeout(done, 50), 150))"

STYLE = "<style>iframe { position: absolute; top: 0; left: 0; width: 20px; height: 20px }</style>"

#: Writes markup into loaded documents, and then writes the browser's own form of it again, the given number of times.
WRITER = """
const write = (texts, times) => texts.forEach((text, number) => {
  const page = document.querySelectorAll("iframe")[number].contentDocument;
  page.open();
  page.write("<!doctype html><body><div></div>");
  const place = page.body.firstChild;
  place.innerHTML = text;
  for (let time = 0; time < times; time++) place.innerHTML = place.innerHTML;
  page.close();
});
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Markup to try out at once, each piece in a frame of its own."""

    texts: Sequence[str]
    mode: Mode
    csp: str | None

    @property
    def is_parsed(self) -> bool:
        """Whether each piece is a page from the server; otherwise a script writes it."""
        return self.mode in {Mode.DOCUMENT, Mode.CSP}

    def html(self, address: str) -> str:
        """The page with all the frames."""
        if self.is_parsed:
            return STYLE + "".join(f'<iframe src="{address}/{number}"></iframe>' for number in range(len(self.texts)))
        texts = json.dumps(self.texts).replace("<", "\\u003c")
        times = 3 if self.mode == Mode.RESERIALISED else 0
        return f"{STYLE}{'<iframe></iframe>' * len(self.texts)}<script>{WRITER}write({texts}, {times})</script>"


class DevTools:
    """A connection to the browser: questions and answers, and what it reports by itself."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._asked = 0
        #: Session → the documents of its page in which something ran; -1 is the page itself.
        self.executed: dict[str, set[int]] = {}
        self.loaded: dict[str, asyncio.Event] = {}
        #: Session → what its console shows, where somebody asks for that.
        self.complaints: dict[str, list[str]] = {}
        #: Session → the kind and URL of each request, where somebody asks for that.
        self.requests: dict[str, list[tuple[str, str]]] = {}

    async def ask(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """The answers of the browser."""
        self._asked += 1
        number = self._asked
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        question = {"id": number, "method": method, "params": parameters}
        await self._socket.send_json(question | ({"sessionId": session} if session else {}))
        async with asyncio.timeout(ANSWER_TIMEOUT):
            message = await answer
        if "error" in message:
            raise LookupError(f"{method}: {message['error']['message']}")
        result: dict[str, Any] = message["result"]
        return result

    async def listen(self) -> None:
        """Hand out answers, and take note of reports, until the browser is gone."""
        async for raw in self._socket:
            if raw.type != WSMsgType.TEXT:
                break
            message = json.loads(raw.data)
            if answer := self._answers.pop(message.get("id"), None):
                if not answer.done():
                    answer.set_result(message)
            else:
                self._note(message.get("method"), message.get("sessionId", ""), message.get("params", {}))

    def _note(self, method: str | None, session: str, parameters: dict[str, Any]) -> None:
        if method == "Runtime.bindingCalled":
            self.executed.setdefault(session, set()).add(int(parameters["payload"]))
        elif method == "Page.javascriptDialogOpening":
            self.executed.setdefault(session, set()).add(-1)
        elif method == "Page.loadEventFired" and session in self.loaded:
            self.loaded[session].set()
        elif session in self.requests and method == "Network.requestWillBeSent":
            self.requests[session].append((parameters["type"], parameters["request"]["url"]))
        elif session in self.complaints and method == "Log.entryAdded":
            self.complaints[session].append(str(parameters["entry"]["text"]))
        elif session in self.complaints and method in {"Runtime.consoleAPICalled", "Runtime.exceptionThrown"}:
            self.complaints[session].append(json.dumps(parameters))


class Chromium:
    """A browser with a fresh profile, and a server on this machine for the pages that the browser reads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._runner = asyncio.Runner()
        self._pages: list[Page] = []

    def __enter__(self) -> Self:
        command = [
            tool("chromium-headless-shell"),
            *FLAGS,
            f"--user-data-dir={self._folder / 'profile'}",
            "about:blank",
        ]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(command, cwd=self._folder, stdin=quiet, stdout=quiet, stderr=quiet)
        try:
            self._runner.run(self._connect(self._endpoint()))
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            self._runner.run(self._disconnect())
        finally:
            self._runner.close()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=10)
            self._process.kill()
            self._process.wait()

    def try_out(self, texts: Sequence[str], mode: Mode, csp: str | None = None) -> list[Outcome]:
        """The outcome of each text, in a document of its own."""
        distinct = list(dict.fromkeys(texts))
        outcomes = dict(zip(distinct, self._runner.run(self._try_all(distinct, mode, csp)), strict=True))
        return [outcomes[text] for text in texts]

    def find_harm(self, texts: Sequence[str], mode: Mode, allowed: Set[str] = frozenset()) -> dict[str, Outcome]:
        """
        The texts that are not harmless, of many that are expected to be, and what became of each.

        Many texts stand in one document. If that document is not harmless, or if it has lost one of them, which an open
        comment or element could hide, each of its texts is tried in a document of its own.
        """
        distinct = list(dict.fromkeys(texts))
        groups = [distinct[start : start + TOGETHER] for start in range(0, len(distinct), TOGETHER)]
        documents = ["".join(f"<article>{text}</article>" for text in group) for group in groups]
        suspects = [
            text
            for group, found in zip(groups, self._runner.run(self._try_all(documents, mode, None)), strict=True)
            if found.pieces != len(group) or not found.is_harmless(allowed)
            for text in group
        ]
        outcomes = zip(suspects, self.try_out(suspects, mode), strict=True)
        return {text: outcome for text, outcome in outcomes if not outcome.is_harmless(allowed)}

    def _endpoint(self) -> str:
        """Where the browser listens; it writes that down once it does."""
        file = self._folder / "profile" / "DevToolsActivePort"
        end = time.monotonic() + START_TIMEOUT
        while time.monotonic() < end:
            with suppress(OSError, ValueError):
                port, path = file.read_text().split("\n")
                return f"ws://127.0.0.1:{port}{path}"
            time.sleep(0.05)
        raise TimeoutError("Chromium did not start")

    async def _connect(self, endpoint: str) -> None:
        application = web.Application()
        application.router.add_get("/pages/{page:[0-9]+}", self._serve_page)
        application.router.add_get("/documents/{page:[0-9]+}/{number:[0-9]+}", self._serve_document)
        self._server = web.AppRunner(application, access_log=None)
        await self._server.setup()
        site = web.TCPSite(self._server, "127.0.0.1", 0)
        await site.start()
        self._url = f"http://127.0.0.1:{self._server.addresses[0][1]}"
        self._client = ClientSession()
        self._socket = await self._client.ws_connect(endpoint, max_msg_size=0)
        self._tools = DevTools(self._socket)
        self._listener = asyncio.create_task(self._tools.listen())
        self._tabs = [await self._tab() for _ in range(PAGES)]

    async def _disconnect(self) -> None:
        with suppress(LookupError):
            await self._tools.ask("Browser.close")
        await self._socket.close()
        await self._listener
        await self._client.close()
        await self._server.cleanup()

    async def _tab(self) -> str:
        """A page to load things in, hooked: the number of its session."""
        target = await self._tools.ask("Target.createTarget", url="about:blank", newWindow=True)
        attached = await self._tools.ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        session = str(attached["sessionId"])
        for method in ("Page.enable", "Runtime.enable"):
            await self._tools.ask(method, session)
        # A page that nobody looks at would not move.
        await self._tools.ask("Emulation.setFocusEmulationEnabled", session, enabled=True)
        await self._tools.ask("Runtime.addBinding", session, name="reportExecution")
        await self._tools.ask("Page.addScriptToEvaluateOnNewDocument", session, source=HOOK)
        return session

    async def _serve_page(self, request: web.Request) -> web.Response:
        number = int(request.match_info["page"])
        text = f"<!doctype html>{self._pages[number].html(f'/documents/{number}')}"
        return web.Response(text=text, content_type="text/html", charset="utf-8")

    async def _serve_document(self, request: web.Request) -> web.Response:
        page = self._pages[int(request.match_info["page"])]
        headers = {"Content-Security-Policy": page.csp} if page.csp else None
        text = f"<!doctype html><body><article>{page.texts[int(request.match_info['number'])]}</article>"
        return web.Response(text=text, content_type="text/html", charset="utf-8", headers=headers)

    async def _try_all(self, texts: Sequence[str], mode: Mode, csp: str | None) -> list[Outcome]:
        outcomes: list[Outcome] = [Outcome(executed=False, leftovers=())] * len(texts)
        starts = iter(range(0, len(texts), BATCH))

        async def work(session: str) -> None:
            for start in starts:
                page = Page(texts=texts[start : start + BATCH], mode=mode, csp=csp)
                outcomes[start : start + BATCH] = await self._try_page(session, page)

        async with asyncio.TaskGroup() as workers:
            for session in self._tabs:
                workers.create_task(work(session))
        return outcomes

    async def _try_page(self, session: str, page: Page) -> list[Outcome]:
        self._pages.append(page)
        executed: set[int] = set()
        self._tools.executed[session] = executed
        loaded = self._tools.loaded[session] = asyncio.Event()
        await self._tools.ask("Page.navigate", session, url=f"{self._url}/pages/{len(self._pages) - 1}")
        async with asyncio.timeout(LOAD_TIMEOUT):
            await loaded.wait()
        tree = await self._tools.ask("Page.getFrameTree", session)
        frames = [child["frame"] for child in tree["frameTree"].get("childFrames", ())]
        if len(frames) != len(page.texts):
            raise LookupError(f"{len(frames)} frames for {len(page.texts)} documents")
        left = await asyncio.gather(*(self._scan(session, frame) for frame in frames))
        if page.csp and all(found.leftovers == ELSEWHERE for found in left):
            raise LookupError("the policy does not let its documents be framed, so that none was read")
        await self._tools.ask("Runtime.evaluate", session, expression=SETTLE, awaitPromise=True)
        if -1 in executed and len(frames) > 1:
            # Something called a function of the page, and its stack does not say who: try fewer at once.
            middle = len(frames) // 2
            halves = (replace(page, texts=page.texts[:middle]), replace(page, texts=page.texts[middle:]))
            return [outcome for half in halves for outcome in await self._try_page(session, half)]
        if -1 in executed:
            executed.add(0)
        return [replace(found, executed=number in executed) for number, found in enumerate(left)]

    async def _scan(self, session: str, frame: dict[str, Any]) -> Outcome:
        """The traces of code in a document. A document that led elsewhere has a trace, too."""
        elsewhere = Outcome(executed=False, leftovers=ELSEWHERE)
        if not OWN.fullmatch(frame["url"].removeprefix(self._url)):
            return elsewhere
        try:
            world = await self._tools.ask("Page.createIsolatedWorld", session, frameId=frame["id"])
            context = world["executionContextId"]
            answer = await self._tools.ask("Runtime.evaluate", session, contextId=context, expression=SCAN)
        except LookupError:
            return elsewhere
        if "exceptionDetails" in answer:
            raise LookupError(str(answer["exceptionDetails"]))
        leftovers, pieces = json.loads(answer["result"]["value"])
        return Outcome(executed=False, leftovers=tuple(leftovers), pieces=pieces)
