"""The hot layer: WSGI middleware that answers known addresses from memory, in front of Flask."""

import logging
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, Any

from feedsvc.store.changes import Changes
from feedsvc.web.ready import Answer, Ready, is_opened

log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: Where a view leaves its answer, and where it finds the key under which the answer is kept.
READY = "feedsvc.ready"

#: Bytes and number of kept answers, and the same of views, which anybody can ask for in any number. An answer beyond
#: either bound takes the place of one that nobody asked for lately.
MOST_BYTES, MOST_ANSWERS = 64_000_000, 10_000
VIEW_BYTES, VIEW_ANSWERS = 16_000_000, 1_000

#: Statuses after which readers get the kept answer: failures. A limit of requests is none. The kept answer is out of
#: date then: it may show a piece that was taken down, for as long as a client keeps the limit reached.
FAILURES = "5"

#: Seconds for which a kept answer is sent without another try: after Flask or the database failed, and while one
#: request makes the new answer.
STALE_SECONDS = 1.0
MAKING_SECONDS = 1.5

#: Requests that may wait for the store at a time: one fewer than the threads of a server's process (cli/serving.py). If
#: they all wait for a database that hangs, a thread is left for known answers. A further request waits for so many
#: seconds; where the database is known to hang, for none.
MOST_WAITING = 3
WAITING_SECONDS = 1.0

#: Says to Flask that the request may not use the database: too many others wait for it.
REFUSED = "feedsvc.refused"

#: The ends of addresses that need no database.
WITHOUT_DATABASE = re.compile(r"/livez\Z|/robots\.txt\Z|/static/[^/]+\Z")

#: Seconds that a request waits while another request compares a kept answer with the store.
COMPARING_SECONDS = 0.25


#: The name of a kept answer; of a page, together with its language.
Name = str | tuple[str, str]


@dataclass(slots=True)
class Kept:
    """An answer in memory, and the epoch in which it was right."""

    ready: Ready
    epoch: int
    #: Until when it is sent although it may be out of date, by the monotonic clock.
    stale_until: float = 0.0
    was_used: bool = False


def _size(name: Name, kept: Kept) -> int:
    """The bytes of an answer and of its name, which a client chooses."""
    return kept.ready.size + len(name if isinstance(name, str) else name[0])


class Shelf:
    """Kept answers by name, within bounds."""

    def __init__(self, most_bytes: int, most_answers: int) -> None:
        self.most_bytes, self.most_answers = most_bytes, most_answers
        self.answers: dict[Name, Kept] = {}
        self.bytes = 0
        self._lock = Lock()

    def keep(self, name: Name, kept: Kept | None) -> None:
        """Keep an answer in place of the former one; None removes it."""
        with self._lock:
            if former := self.answers.pop(name, None):
                self.bytes -= _size(name, former)
            if kept is None or _size(name, kept) > self.most_bytes:
                return
            self.answers[name] = kept
            self.bytes += _size(name, kept)
            while self.bytes > self.most_bytes or len(self.answers) > self.most_answers:
                self._remove_one()

    def _remove_one(self) -> None:
        """Remove the answer that came first, unless somebody asked for it since the last search."""
        while True:
            name, kept = next(iter(self.answers.items()))
            del self.answers[name]
            if not kept.was_used:
                self.bytes -= _size(name, kept)
                return
            kept.was_used = False
            self.answers[name] = kept


class HotLayer:
    """
    Answers GET and HEAD of addresses that Flask answered before, as long as nothing changed.

    After any commit, a kept answer is compared with the store by one query before it is sent again. While the store or
    Flask fail, the kept answer is sent: an upstream's, a worker's or a disk's trouble does not reach readers.
    """

    def __init__(
        self,
        app: "WSGIApplication",
        changes: Changes,
        key: Callable[[str, str], str | None],
        language: Callable[[str], str],
        count: Callable[[str, str, str], None],
    ) -> None:
        self.app = app
        #: Counts an answer by path, User-Agent and status.
        self.count = count
        self.changes = changes
        #: Path and query → the name of an answer; None: such answers are not kept.
        self.key = key
        #: Accept-Language → the language of a page.
        self.language = language
        self.kept = Shelf(MOST_BYTES, MOST_ANSWERS)
        self.views = Shelf(VIEW_BYTES, VIEW_ANSWERS)
        self._comparing = Lock()
        self._waiting = BoundedSemaphore(MOST_WAITING)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        method = environ["REQUEST_METHOD"]
        if method not in {"GET", "HEAD"}:
            return self._answer(environ, start_response)
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        # A `?` tells views from other answers, so no path may have one.
        name = None if "?" in path else self.key(path, query) if query else path
        kept = self._known(name, environ) if name else None
        if kept and self._is_right(kept):
            return self._send(kept.ready, environ, start_response, path)
        return self._ask(environ, start_response, name, kept)

    def _known(self, name: str, environ: "WSGIEnvironment") -> Kept | None:
        # As `_shelf` decides, without the call.
        answers = (self.views if "?" in name else self.kept).answers
        return answers.get(name) or answers.get((name, self.language(environ.get("HTTP_ACCEPT_LANGUAGE", ""))))

    def _shelf(self, name: str) -> Shelf:
        return self.views if "?" in name else self.kept

    def _is_right(self, kept: Kept) -> bool:
        """Whether a kept answer may be sent."""
        self.changes.begin()
        epoch = self.changes.epoch
        kept.was_used = True
        if kept.epoch == epoch or not self.changes.is_reachable:
            return True
        if kept.stale_until > time.monotonic():
            return True
        if kept.ready.is_current is None:
            return False
        is_current = self._compare(kept.ready.is_current)
        if is_current is None:
            kept.stale_until = time.monotonic() + STALE_SECONDS
            return True
        if is_current:
            kept.epoch = epoch
        return is_current

    @property
    def is_comparing(self) -> bool:
        """Whether a request compares a kept answer with the store."""
        return self._comparing.locked()

    def _compare(self, is_current: Callable[[], bool]) -> bool | None:
        """Whether a kept answer is that of the store; None where the store does not say so in time."""
        if not self._comparing.acquire(timeout=COMPARING_SECONDS):
            return None
        is_free = self._waiting.acquire(blocking=False)
        try:
            return is_current() if is_free else None
        except Exception as error:  # an answer that is kept is no reason for 500
            log.warning("a kept answer cannot be compared with the store: %s", type(error).__name__)
            return None
        finally:
            if is_free:
                self._waiting.release()
            self._comparing.release()

    def _ask(
        self, environ: "WSGIEnvironment", start_response: "StartResponse", name: str | None, kept: Kept | None
    ) -> Iterable[bytes]:
        """Let Flask answer, and keep the answer. If Flask fails, send the kept answer."""
        # Flask may remove a prefix from it.
        path = environ.get("PATH_INFO", "")
        self.changes.begin()
        epoch = self.changes.epoch
        said: list[Any] = []

        def remember(status: str, fields: list[tuple[str, str]], error: Any = None) -> Callable[[bytes], object]:
            said[:] = [status, fields, error]
            return start_response(status, fields, error) if kept is None else _no_writer

        if kept is not None:
            kept.stale_until = time.monotonic() + MAKING_SECONDS
        body = self._answer(environ, remember)
        if kept is not None:
            if said[0].startswith(FAILURES):
                kept.stale_until = time.monotonic() + STALE_SECONDS
                _close(body)
                return self._send(kept.ready, environ, start_response, path)
            start_response(*said)
        if name is not None:
            self._keep(name, environ, _kept(environ.get(READY), epoch))
        return body

    def _answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Let Flask answer. Where too many requests wait, it answers without the database."""
        if WITHOUT_DATABASE.search(environ.get("PATH_INFO", "")):
            return self.app(environ, start_response)
        is_free = self._waiting.acquire(timeout=0 if self.changes.is_hanging else WAITING_SECONDS)
        environ[REFUSED] = not is_free
        try:
            return self.app(environ, start_response)
        finally:
            if is_free:
                self._waiting.release()

    def _keep(self, name: str, environ: "WSGIEnvironment", kept: Kept | None) -> None:
        """Keep an answer in place of the former one. An answer in one language leaves those in others."""
        shelf = self._shelf(name)
        spoken = (name, self.language(environ.get("HTTP_ACCEPT_LANGUAGE", "")))
        has_language = kept is not None and kept.ready.language is not None
        shelf.keep(name, None if has_language else kept)
        shelf.keep(spoken, kept if has_language else None)

    def _send(
        self, ready: Ready, environ: "WSGIEnvironment", start_response: "StartResponse", path: str
    ) -> Iterable[bytes]:
        answer = answer_of(ready, environ)
        self.count(path, environ.get("HTTP_USER_AGENT", ""), answer.status)
        # A copy: a server may change the list that it gets (PEP 3333).
        start_response(answer.status, answer.fields[:])
        return (answer.body,) if answer.body else ()


def _kept(ready: Ready | None, epoch: int) -> Kept | None:
    """The answer of an epoch. An answer that is older than the store is tried again in a moment."""
    if ready is None:
        return None
    if ready.is_stale:
        return Kept(ready=ready, epoch=epoch - 1, stale_until=time.monotonic() + STALE_SECONDS)
    return Kept(ready=ready, epoch=epoch)


def answer_of(ready: Ready, environ: "WSGIEnvironment") -> Answer:
    """The answer to a request: the one place where the hot layer and Flask's views read its header fields."""
    # Readers send no such field. To look for it costs less than the call.
    if "HTTP_SEC_FETCH_DEST" in environ and ready.opened is not None and is_opened(environ):
        ready = ready.opened
    return ready.answer(
        environ["REQUEST_METHOD"],
        environ.get("HTTP_ACCEPT_ENCODING", ""),
        environ.get("HTTP_IF_NONE_MATCH"),
        environ.get("HTTP_IF_MODIFIED_SINCE"),
    )


def _no_writer(_: bytes) -> None:
    raise NotImplementedError("no view writes by hand")


def _close(body: Iterable[bytes]) -> None:
    close = getattr(body, "close", None)
    if close is not None:
        close()
