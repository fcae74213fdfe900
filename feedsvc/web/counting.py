"""
Counts the answers of a process, and the programs that ask for feeds. Every minute the numbers go into the database.

A request costs one entry of a dictionary. A thread saves them, so no reader waits for the database.
"""

import logging
import os
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeVar

from flask import Flask, Response, request

from feedsvc.errors import StoreError
from feedsvc.store import Store, traffic
from feedsvc.store.traffic import Answers, Reads
from feedsvc.web.agents import OTHER, agent_of
from feedsvc.web.routes import NO_ROUTE, Routes

log = logging.getLogger(__name__)

#: Seconds between two times at which the numbers are saved. A process that ends loses those since the last time.
SECONDS = 60

#: Different requests that are counted apart between these times, and characters of a User-Agent. Beyond this, requests
#: of an address count without the program's name: a client can send any number of names.
MOST, MOST_AGENT = 5_000, 300

#: Characters of the address of a feed.
MOST_PATH = 1_000

#: Path, User-Agent and status line of an answer.
Key = tuple[str, str, str]

K = TypeVar("K")

#: The answers that give a feed to a program.
FEED_GIVEN = ("200", "304")


class Counts:
    """The numbers of a process since it saved them last."""

    def __init__(self, store: Store, routes: Routes, clock: Callable[[], datetime]) -> None:
        self.store = store
        self.routes = routes
        self.clock = clock
        #: From memory; and, where Flask was asked, those of feeds. Threads may lose a count where they meet: a figure
        #: for an operator is not worth a lock in each request.
        self.hot: dict[Key, int] = {}
        self.asked: dict[Key, int] = {}
        #: All answers of Flask, by route and status.
        self.answers: dict[tuple[str, int], int] = {}
        self._process = 0
        self._lock = threading.Lock()
        self._ended = threading.Event()

    def count_hot(self, path: str, agent: str, status: str) -> None:
        """Count an answer from memory."""
        try:
            self.hot[path, agent, status] += 1
        except KeyError:
            self._first(self.hot, path, agent, status)

    def count_flask(self, response: Response) -> Response:
        """Count an answer of Flask."""
        rule = request.url_rule.rule if request.url_rule else NO_ROUTE
        key = (rule, response.status_code)
        self.answers[key] = self.answers.get(key, 0) + 1
        if response.status.startswith(FEED_GIVEN) and self.routes.find(path := request.environ["PATH_INFO"]).feed:
            self._first(self.asked, path, request.environ.get("HTTP_USER_AGENT", ""), response.status)
        self._begin()
        return response

    def _first(self, counts: dict[Key, int], path: str, agent: str, status: str) -> None:
        """Count under a key that is new, or cut to the bounds."""
        key = (path, agent[:MOST_AGENT], status)
        if key not in counts and len(counts) >= MOST:
            key = (path, OTHER, status)
        counts[key] = counts.get(key, 0) + 1
        self._begin()

    def _begin(self) -> None:
        """Save from now on. A process that was forked has no threads of its parent, and begins anew."""
        if self._process == os.getpid() or self.store.is_fixed:
            return
        with self._lock:
            if self._process == os.getpid():
                return
            self._process = os.getpid()
            self._ended = threading.Event()
            self.store.closing.append(self._ended.set)
        threading.Thread(target=self._run, args=(self._ended,), name="counts", daemon=True).start()

    def _run(self, ended: threading.Event) -> None:
        while not ended.wait(SECONDS):
            try:
                self.save()
            except Exception:  # the next numbers are saved all the same
                log.exception("numbers of requests cannot be saved; please report it")

    def save(self) -> bool:
        """Save the numbers. While the database cannot be written, they stay here. Returns whether it could."""
        if self.store.is_fixed:
            return False
        with self._lock:
            hot, self.hot = self.hot, {}
            asked, self.asked = self.asked, {}
            answers, self.answers = self.answers, {}
            if not answers and not hot:
                return True
            try:
                # Copies: a thread may still add to the former dictionaries.
                self._save(dict(hot), dict(asked), dict(answers))
            except StoreError as error:
                log.debug("numbers of requests are saved later: %s", error)
                _add(self.hot, hot)
                _add(self.asked, asked)
                _add(self.answers, answers)
                return False
        return True

    def _save(self, hot: Mapping[Key, int], asked: Mapping[Key, int], answers: Mapping[tuple[str, int], int]) -> None:
        from_memory = Counter[tuple[str, int]]()
        for (path, _, status), number in hot.items():
            from_memory[self.routes.find(path).rule, int(status[:3])] += number
        both = {
            key: Answers(answers.get(key, 0) + from_memory[key], from_memory[key])
            for key in answers.keys() | from_memory.keys()
        }
        reads = [one for counts in (hot, asked) for key, number in counts.items() for one in self._reads(key, number)]
        with self.store.write(is_hasty=True) as db:
            traffic.save(db, both, reads, self.clock().astimezone(UTC).date(), OTHER)

    def _reads(self, key: Key, number: int) -> list[Reads]:
        """The requests of a program for a feed; none for other pages."""
        path, agent, _ = key
        route = self.routes.find(path)
        # A slug has no such length. PostgreSQL refuses longer keys, and all numbers of the process with them.
        if not route.feed or len(route.path) > MOST_PATH:
            return []
        name, subscribers = agent_of(agent)
        return [Reads(address=route.path, name=name, feed=route.feed, requests=number, subscribers=subscribers)]


def _add(counts: "dict[K, int]", more: "Mapping[K, int]") -> None:
    for key, number in list(more.items()):
        counts[key] = counts.get(key, 0) + number


def register(app: Flask, counts: Counts) -> None:
    """Count all answers of an application."""
    app.extensions["feedsvc.counts"] = counts
    app.after_request(counts.count_flask)
