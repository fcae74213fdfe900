"""
Polls upstream feeds that are due, in rounds (`rounds.py`).

A round ends when nothing is due. With thousands of sources it may last for as long as the worker does.
"""

import asyncio
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import feedsvc.store.sources as source_store
from feedsvc.catalogue import Catalogue
from feedsvc.fetch.client import Client
from feedsvc.store import polls
from feedsvc.update.terms import declare
from feedsvc.update.upstreams.answers import Answers, Taken
from feedsvc.update.upstreams.intake import Intake
from feedsvc.update.upstreams.rounds import Polling, Round
from feedsvc.update.upstreams.rules import judge_again

#: External programs that one worker runs at the same time.
PROGRAMS = 4

#: Threads that read answers, where the database is on a server. SQLite has one writer.
SERVER_THREADS = 8

#: Entries that were saved so long ago, and are in no feed yet, were left behind by a worker that was killed.
LEFT_BEHIND = timedelta(minutes=2)

#: Seconds between two comparisons of the terms and rules of all sources with the stored ones.
COMPARING_SECONDS = 60


@dataclass(slots=True, kw_only=True)
class Poller(Polling):
    """Polls the upstreams of a store that are due, under one configuration."""

    catalogue: Catalogue
    client: Callable[[], Client] = Client
    #: When terms and rules were compared, by the monotonic clock.
    _compared: float | None = None

    def drain(self, tell: Callable[[Taken], None] = lambda _: None) -> None:
        """
        Poll until nothing is due, and `tell` the result of each poll. Raises StoreError if the database is not usable.

        If `is_outdated` says so, the round ends after the present request to each host.
        """
        self.compare()
        answers = Answers(
            store=self.store, specs=self.specs, catalogue=self.catalogue, clock=self.clock,
            is_stopping=self.is_stopping,
        )  # fmt: skip
        with (
            answers,
            ThreadPoolExecutor(self._threads, thread_name_prefix="poll") as pool,
            ThreadPoolExecutor(PROGRAMS, thread_name_prefix="program") as slow,
        ):
            intake = Intake(answers=answers, pool=pool, slow=slow)
            asyncio.run(Round(polling=self, intake=intake, tell=tell).run(self.client))

    def recover(self) -> int:
        """
        Let the entries come into feeds that a worker left behind: it was killed before it placed them.

        Returns how many.
        """
        answers = Answers(store=self.store, specs=self.specs, catalogue=self.catalogue, clock=self.clock)
        return answers.place(LEFT_BEHIND)

    def compare(self) -> None:
        """Let what is stored follow the terms and rules of the sources, but not again within a while."""
        is_recent = self._compared is not None and time.monotonic() - self._compared < COMPARING_SECONDS
        with self.store.read() as db:
            if is_recent and not source_store.mixed(db):
                return
            # A worker with former settings must not make public what is private, or dropped, by now.
            current = polls.current(db, self.specs.values())
        declare(self.store, current, self.catalogue, self.clock())
        judge_again(self.store, current, self.catalogue, self.clock())
        self._compared = time.monotonic()

    @property
    def _threads(self) -> int:
        """The number of threads that read answers: on a server, they wait for it more than they compute."""
        return os.cpu_count() or 1 if self.store.path else SERVER_THREADS
