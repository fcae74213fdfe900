"""
Polls upstream feeds.

    claim hosts → fetch each feed that is due → changed? → read → pipeline: look up, decide, save → place at the end

Hosts are polled at the same time, the feeds of one host one after the other. The entries of an answer, its validators
and the time of the next poll are saved in one transaction, under the host's fence. So a worker that is killed leaves
nothing half saved, and a worker whose lease has ended writes nothing.
"""

import asyncio
import logging
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedsvc.catalogue import Catalogue
from feedsvc.errors import FetchError
from feedsvc.fetch.client import Answer, Client
from feedsvc.model import UpstreamSpec
from feedsvc.store import Store, backfills, polls
from feedsvc.store.backfills import Page
from feedsvc.store.polls import Due, HostClaim, Poll
from feedsvc.update.terms import declare
from feedsvc.update.upstreams.answers import Answers, Taken
from feedsvc.update.upstreams.backfill import Backfill
from feedsvc.update.upstreams.intake import Intake
from feedsvc.update.upstreams.rules import judge_again

log = logging.getLogger(__name__)

#: Hosts that one worker polls at the same time.
HOSTS = 64

#: External programs that one worker runs at the same time.
PROGRAMS = 4

#: How long a claimed host stays ours without a renewal, and how often leases are renewed.
LEASE = timedelta(seconds=60)
LEASE_RENEW_SECONDS = 20

#: For so long a round claims new hosts. Between rounds a new configuration takes effect, and documents are made.
DRAIN_SECONDS = 120

#: How often a round looks whether it has to end.
LOOK_SECONDS = 0.5

#: For so long a source with newer settings is left to workers that know them. Then any worker polls it.
OLD_SETTINGS = timedelta(minutes=15)

#: A longer round is placed part by part, so that a slow host does not delay the entries of others.
PLACE_SECONDS = 60

#: Entries that were saved so long ago, and are in no feed yet, were left behind by a worker that was killed.
LEFT_BEHIND = timedelta(minutes=2)

#: Threads that read answers, where the database is on a server. SQLite has one writer.
SERVER_THREADS = 8

#: Seconds between two requests to one host.
HOST_PAUSE_SECONDS = 1.0


@dataclass(slots=True, kw_only=True)
class Poller:
    """Polls the upstreams of a store that are due."""

    store: Store
    #: By name.
    specs: Mapping[str, UpstreamSpec]
    catalogue: Catalogue
    #: The time. Upstreams that are due by it are polled.
    clock: Callable[[], datetime]
    pause: float = HOST_PAUSE_SECONDS
    client: Callable[[], Client] = Client
    #: Whether to end. Asked between two steps.
    is_stopping: Callable[[], bool] = lambda: False
    #: Whether there are newer settings than these. Asked before new hosts are claimed.
    is_outdated: Callable[[], bool] = lambda: False
    #: Names of the sources that are polled; None for all.
    only: Collection[str] | None = None

    #: How many entries came into feeds.
    placed: int = 0

    def drain(self) -> list[Taken]:
        """Poll until nothing is due, or for a while. Raises StoreError when the database cannot be used."""
        with self.store.read() as db:
            # A worker with former settings must not make public what is private by now.
            current = polls.current(db, self.specs.values())
        declare(self.store, current, self.catalogue, self.clock())
        judge_again(self.store, self.specs.values(), self.catalogue, self.clock())
        answers = Answers(
            store=self.store, specs=self.specs, catalogue=self.catalogue, clock=self.clock,
            is_stopping=self.is_stopping,
        )  # fmt: skip
        with (
            answers,
            ThreadPoolExecutor(self._threads, thread_name_prefix="poll") as pool,
            ThreadPoolExecutor(PROGRAMS, thread_name_prefix="program") as slow,
        ):
            return asyncio.run(self._drain(Intake(answers=answers, pool=pool, slow=slow)))

    def recover(self) -> int:
        """Let the entries come into feeds that a worker left behind: it was killed before the end of its round."""
        answers = Answers(store=self.store, specs=self.specs, catalogue=self.catalogue, clock=self.clock)
        self._place(answers, LEFT_BEHIND)
        return self.placed

    @property
    def _threads(self) -> int:
        """The number of threads that read answers: on a server, they wait for it more than they compute."""
        return os.cpu_count() or 1 if self.store.path else SERVER_THREADS

    async def _drain(self, intake: Intake) -> list[Taken]:
        loop = asyncio.get_running_loop()
        taken: list[Taken] = []
        running: dict[asyncio.Task[list[Taken]], HostClaim] = {}
        renewed = loop.time()
        placed, ends = renewed, renewed + DRAIN_SECONDS
        async with self.client() as client:
            while True:
                is_over = self.is_stopping() or self.is_outdated() or loop.time() >= ends
                if not is_over and len(running) <= HOSTS // 2:
                    for one, dues, pages in await asyncio.to_thread(self._claim, HOSTS - len(running)):
                        running[asyncio.create_task(self._host(intake, client, one, dues, pages))] = one
                if not running or self.is_stopping():
                    for task in running:
                        task.cancel()  # its answers are saved; its host is free when the lease ends
                    await asyncio.gather(*running, return_exceptions=True)
                    await intake.finish()
                    if taken:
                        await asyncio.to_thread(self._place, intake.answers)
                    return taken
                done, _ = await asyncio.wait(running, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    del running[task]
                    taken += task.result()
                if loop.time() - renewed >= LEASE_RENEW_SECONDS:
                    renewed = loop.time()
                    await asyncio.to_thread(self._renew, list(running.values()))
                if loop.time() - placed >= PLACE_SECONDS:
                    placed = loop.time()
                    await asyncio.to_thread(self._place, intake.answers)

    def _place(self, answers: Answers, waited: timedelta | None = None) -> None:
        """Let saved entries come into feeds; with `waited`, only those that have waited so long."""
        self.placed += answers.place(waited, is_joining=waited is None and self.only is None)

    def _claim(self, number: int) -> list[tuple[HostClaim, list[Due], list[Page]]]:
        now = self.clock()
        with self.store.write(is_shared=True) as db:
            claims = polls.claim(db, now, LEASE, number, self.only)
            ids = [one.host_id for one in claims]
            dues = polls.due_of(db, ids, now)
            # `feedsvc poll <name>` asks for the feed alone.
            has_pages = self.only is None and any(spec.history for spec in self.specs.values())
            pages = backfills.due_of(db, ids, now) if has_pages else {}
            # Another worker polled it between its lease and this claim, or its clock is wrong.
            polls.release(db, [one for one in claims if not dues[one.host_id] and not pages.get(one.host_id)])
        return [
            (
                one,
                [due for due in dues[one.host_id] if self._is_ours(due, now)],
                [page for page in pages.get(one.host_id, ()) if self._is_known(page)],
            )
            for one in claims
        ]

    def _is_known(self, page: Page) -> bool:
        """Whether the configuration that is known here asks for a page. Another worker's may be newer."""
        spec = self.specs.get(page.name)
        return spec is not None and spec.history and page.configured == polls.configured_of(spec)

    def _is_ours(self, due: Due, now: datetime) -> bool:
        """Whether a source is to be polled, and its stored configuration is the one that is known here."""
        if due.name not in self.specs or (self.only is not None and due.name not in self.only):
            return False
        is_known = due.configured in {None, polls.configured_of(self.specs[due.name])}
        return is_known or (due.since is not None and now - due.since > OLD_SETTINGS)

    def _renew(self, claims: Sequence[HostClaim]) -> None:
        with self.store.write(is_shared=True) as db:
            polls.renew(db, claims, self.clock() + LEASE)

    # --- one host ----------------------------------------------------------------------------------------------------

    async def _host(
        self, intake: Intake, client: Client, one: HostClaim, dues: Sequence[Due], pages: Sequence[Page]
    ) -> list[Taken]:
        """
        Poll all feeds of a host that are due, one after the other, then some older pages.

        Sources with equal requests share one.
        """
        groups = _together(dues, self.specs)
        left = sum(map(len, groups))
        taken: list[Taken] = []
        for number, group in enumerate(groups):
            if number:
                await asyncio.sleep(self.pause)
            answer = await self._ask(intake.answers, client, group)
            held = intake.answers.hold(answer).get(one.name)
            for due in group:
                left -= 1
                is_last = (not left and not pages) or (held is not None and due is group[-1])
                result = await intake.take_in(Poll(claim=one, due=due, is_last=is_last), answer)
                taken.append(result)
                _tell(result)
                if result.counts["lost"]:
                    return taken
            if held is not None:
                log.info("host %s: rate limit reached; not polled until %s", one.name, f"{held:%F %T}Z")
                return taken
        if pages:
            backfill = Backfill(answers=intake.answers, pool=intake.pool, client=client, pause=self.pause)
            taken += await backfill.turn(one, pages)
        # Otherwise, if no source of the host is known here, another worker polls it when the lease ends.
        return taken

    async def _ask(self, answers: Answers, client: Client, dues: Sequence[Due]) -> Answer | FetchError:
        spec = self.specs[dues[0].name]
        asked = {answers.conditions(due) for due in dues}
        try:
            return await client.get(dues[0].url, spec.policy, asked.pop() if len(asked) == 1 else None, spec.url)
        except FetchError as error:
            return error


def _together(dues: Sequence[Due], specs: Mapping[str, UpstreamSpec]) -> list[list[Due]]:
    """The due sources, grouped by request."""
    groups: dict[object, list[Due]] = {}
    for due in dues:
        groups.setdefault((due.url, specs[due.name].url, specs[due.name].policy), []).append(due)
    return list(groups.values())


def _tell(taken: Taken) -> None:
    if taken.error:
        log.warning("source %s: %s", taken.source, taken.error)
    for problem in taken.problems:
        log.warning("source %s: %s", taken.source, problem)
    if changes := {what: number for what, number in taken.counts.items() if what in {"new", "edited"} and number}:
        told = ", ".join(f"{number} {what}" for what, number in sorted(changes.items()))
        log.info("source %s: %s", taken.source, told)
