"""
Asks for older pages of feeds, some of a host in a row, then its feeds have their turn again.

A page is asked for once. If that fails, it is asked for again later, and later still; the live poll of the feed does
not notice. A host that asks for fewer requests gets no page until then, while its feeds are polled as before: they are
few, and their own answers say if they are too many.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from feedsvc.errors import FeedsvcError, FetchError, StoreError
from feedsvc.fetch.client import Answer, Client
from feedsvc.fetch.content import OK
from feedsvc.fetch.guard import without_secrets as shown
from feedsvc.schedule import Pace, Polled, following, held
from feedsvc.store import Connection, backfills, polls
from feedsvc.store.backfills import Page, Step
from feedsvc.store.hosts import name_of
from feedsvc.store.polls import HostClaim
from feedsvc.update import pipeline
from feedsvc.update.upstreams.answers import Answers, Taken
from feedsvc.update.upstreams.pages import PageBatch
from feedsvc.update.upstreams.words import instead

log = logging.getLogger(__name__)

#: So many pages of a host are asked for in a row.
PAGES_A_TURN = 5

#: After so many failures in a row, over some days, a page is given up.
MAX_FAILURES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """Asks for the pages of one host."""

    answers: Answers
    #: Threads that read answers.
    pool: ThreadPoolExecutor
    client: Client
    #: Seconds between two requests to the host.
    pause: float

    async def turn(self, claim: HostClaim, pages: Sequence[Page]) -> list[Taken]:
        """
        Ask for some pages, and release the host.

        The feed that waited longest has the turn. Sources with equal requests share them.
        """
        taken: list[Taken] = []
        loop = asyncio.get_running_loop()
        for _ in range(PAGES_A_TURN):
            group = self._alike(pages)
            if not group:
                break
            await asyncio.sleep(self.pause)
            answer = await self._ask(group[0])
            taken += [await loop.run_in_executor(self.pool, self.take_in, claim, page, answer) for page in group]
            pages = await asyncio.to_thread(self._next, claim, group)
        await asyncio.sleep(self.pause)
        await asyncio.to_thread(self._release, claim)
        return taken

    def _alike(self, pages: Sequence[Page]) -> list[Page]:
        """The first of these pages, and those with the same request."""
        return [one for one in pages if self._request(one) == self._request(pages[0])]

    def _request(self, page: Page) -> object:
        spec = self.answers.specs[page.name]
        return page.url, spec.url, spec.policy

    async def _ask(self, page: Page) -> Answer | FetchError:
        spec = self.answers.specs[page.name]
        try:
            return await self.client.get(page.url, spec.policy, home=spec.url)
        except FetchError as error:
            return error

    def _next(self, claim: HostClaim, group: Sequence[Page]) -> list[Page]:
        """The next pages of these feeds that are due at this host, under the same configuration."""
        same = {(one.name, one.configured) for one in group}
        with self.answers.store.read() as db:
            due = backfills.due_of(db, [claim.host_id], self.answers.clock())[claim.host_id]
        return [one for one in due if (one.name, one.configured) in same]

    def _release(self, claim: HostClaim) -> None:
        with self.answers.store.write(is_shared=True) as db:
            # `mine` locks the host: a push that comes at this moment counts.
            polls.release(db, list(polls.mine(db, [claim])))

    def take_in(self, claim: HostClaim, page: Page, answer: Answer | FetchError) -> Taken:
        """Save the entries of a page, and what follows it: another page, the same one later, or the end."""
        if isinstance(answer, FetchError):
            return self._failed(claim, page, None, str(answer))
        if answer.status != OK:
            return self._failed(claim, page, answer, f"{shown(page.url)}: the server answers {answer.status}")
        try:
            return self._read(claim, page, answer)
        except StoreError as error:
            return self._failed(claim, page, answer, f"{shown(page.url)}: cannot be saved: {error}")
        except FeedsvcError:
            raise
        except Exception as error:
            log.exception("source %s: unexpected; please report it", page.name)
            why = f"{shown(page.url)}: feedsvc cannot handle it ({type(error).__name__}); the log has more"
            return self._failed(claim, page, answer, why)

    def _read(self, claim: HostClaim, page: Page, answer: Answer) -> Taken:
        spec = self.answers.specs[page.name]
        read = self.answers.reader.read_page(spec, answer)
        if spec.program and self.answers.is_stopping():
            # The program did not get all entries. Another worker asks for the page again.
            return _lost(page)
        problem = instead(read.problem, answer) if read.problem is not None else None
        if problem is None and read.older_page is None and not read.is_whole:
            problem = "only a part of a feed: its end is missing"
        if problem is not None:
            return self._failed(claim, page, answer, f"{shown(page.url)}: {problem}")
        batch = PageBatch(
            claim=claim, page=page, spec=spec, read=read, url=answer.url, now=self.answers.clock(),
            settings=self.answers.settings(page.name),
        )  # fmt: skip
        if read.older_page and name_of(read.older_page) != name_of(page.url):
            # Two hosts are written. Two workers that do so at once must not wait for each other.
            with self.answers.store.write() as db:
                kept = pipeline.take_in(db, batch, self.answers.catalogue)
        else:
            kept = pipeline.take_in_beside(self.answers.store, batch, self.answers.catalogue)
        if kept is None:
            return _lost(page)
        with self.answers.store.write(is_shared=True) as db:
            self._put_off(db, page, answer)
        for one in kept.problems:
            log.warning("source %s: %s: %s", page.name, shown(page.url), one)
        log.info("source %s: %s: %d older entries", page.name, shown(page.url), kept.counts["older"])
        return Taken(source=page.name, counts=kept.counts)

    def _failed(self, claim: HostClaim, page: Page, answer: Answer | None, error: str) -> Taken:
        """Put a page off, or give it up."""
        now, spec = self.answers.clock(), self.answers.specs[page.name]
        after = following(
            replace(_polled(answer), is_good=False), Pace(failures=page.failures), spec.every, page.url, now
        )
        failures = page.failures + 1
        is_over = after.due is None or failures >= MAX_FAILURES
        # The page stays: another setting may mend it.
        step = Step(
            url=page.url, due=None if is_over else after.due, ended="failed" if is_over else None, error=error,
            failures=failures,
        )  # fmt: skip
        with self.answers.store.write(is_shared=True) as db:
            if claim not in polls.mine(db, [claim]) or not backfills.is_next(db, page):
                return _lost(page)
            backfills.save(db, page, step, now)
            self._put_off(db, page, answer)
        log.warning("source %s: older entries: %s", page.name, error)
        return Taken(source=page.name, counts=Counter(put_off=1))

    def _put_off(self, db: Connection, page: Page, answer: Answer | None) -> None:
        """If the host asks for fewer requests, wait with the pages of all feeds there."""
        now = self.answers.clock()
        wait = None if answer is None or answer.is_own else held(_polled(answer), now)
        if wait:
            backfills.put_off(db, page.host_id, now + wait)


def _polled(answer: Answer | None) -> Polled:
    return Polled(status=None) if answer is None else Polled(status=answer.status, headers=answer.headers)


def _lost(page: Page) -> Taken:
    return Taken(source=page.name, counts=Counter(lost=1))
