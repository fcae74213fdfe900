"""
A round of polls: hosts that are due are claimed, polled at the same time, and more are claimed meanwhile.

    claim hosts → fetch each feed that is due → changed? → read → pipeline: look up, decide, save → place → publish

The feeds of one host are polled one after the other. The entries of an answer, its validators and the time of the next
poll are saved in one transaction, under the host's fence. So a worker that is killed leaves nothing half saved, and a
worker whose lease has ended writes nothing. A slow host keeps only its own place of `HOSTS`.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from feedsvc.errors import FeedsvcError, FetchError, StoreError
from feedsvc.fetch.client import Answer, Client
from feedsvc.model import UpstreamSpec
from feedsvc.store import Store, backfills, hosts, polls
from feedsvc.store.backfills import Page
from feedsvc.store.polls import Due, HostClaim, Poll
from feedsvc.update.upstreams.answers import Taken
from feedsvc.update.upstreams.backfill import Backfill
from feedsvc.update.upstreams.intake import Intake
from feedsvc.update.upstreams.news import News

log = logging.getLogger(__name__)

#: Hosts that one worker polls at the same time.
HOSTS = 64

#: How long a claimed host stays ours without a renewal, and how often leases are renewed.
LEASE = timedelta(seconds=60)
LEASE_RENEW_SECONDS = 20

#: How often a round looks for hosts that are due, and whether it has to end. A claim costs as much for one host as for
#: many, so a round in which hosts end one after the other does not look after each of them.
LOOK_SECONDS = 0.5

#: For so long a source with newer settings is left to workers that know them. Then any worker polls it.
OLD_SETTINGS = timedelta(minutes=15)

#: In a long round, news comes into feeds after so many seconds, so that it does not wait for a slow host. The second
#: number is for news that a hub announced.
PLACE_SECONDS, ANNOUNCED_SECONDS = 15, 0.2

#: After news came into feeds, further news waits for so many times the time that this took.
PLACE_REST = 4

#: Seconds between two requests to one host.
HOST_PAUSE_SECONDS = 1.0


@dataclass(slots=True, kw_only=True)
class Polling:
    """The settings of a round."""

    store: Store
    #: By name.
    specs: Mapping[str, UpstreamSpec]
    #: The time. Upstreams that are due by it are polled.
    clock: Callable[[], datetime]
    pause: float = HOST_PAUSE_SECONDS
    #: Whether to end. Asked between two steps.
    is_stopping: Callable[[], bool] = lambda: False
    #: Whether there are newer settings than these. Asked before new hosts are claimed.
    is_outdated: Callable[[], bool] = lambda: False
    #: Names of the sources that are polled; None for all.
    only: Collection[str] | None = None
    #: Called in a thread after entries came into feeds or changed, more than once in a long round.
    publish: Callable[[], None] = lambda: None
    #: Called in a thread whenever the round renews its leases.
    renewed: Callable[[], None] = lambda: None
    news: News = field(default_factory=News)

    def compare(self) -> None:
        """Let what is stored follow the settings of the sources. Called in a thread, again and again."""


@dataclass(slots=True, kw_only=True)
class Round:
    """Polls that are on their way."""

    polling: Polling
    intake: Intake
    #: Gets the result of each poll.
    tell: Callable[[Taken], None]

    _running: dict[asyncio.Task[None], HostClaim] = field(default_factory=dict)
    #: Claims that no answer has closed, by host.
    _open: dict[int, HostClaim] = field(default_factory=dict)
    _placing: asyncio.Task[None] | None = None
    #: When hosts are claimed again, by the clock of the event loop.
    _claim_at: float = 0.0
    #: Whether the last claim found as many hosts as were asked for.
    _has_more: bool = False
    #: When entries may come into feeds again: usual news, and announced news.
    _place_at: tuple[float, float] = (0.0, 0.0)

    async def run(self, new_client: Callable[[], Client]) -> None:
        """Poll until nothing is due, and all news is in feeds. Raises StoreError."""
        loop = asyncio.get_running_loop()
        self._rest(0.0)
        renewed = loop.time()
        async with new_client() as client:
            try:
                while not self.polling.is_stopping():
                    await self._start(client)
                    self._place_in_time()
                    if not self._running and self._placing is None:
                        return
                    await self._wait()
                    if loop.time() - renewed >= LEASE_RENEW_SECONDS:
                        renewed = loop.time()
                        await asyncio.to_thread(self._renew, list(self._running.values()))
            finally:
                await self._end()

    def _is_over(self) -> bool:
        return self.polling.is_stopping() or self.polling.is_outdated()

    async def _start(self, client: Client) -> None:
        """Claim hosts for the places that are free, if it is time."""
        now, free = asyncio.get_running_loop().time(), HOSTS - len(self._running)
        is_idle = not self._running and self._placing is None
        is_time = is_idle or now >= self._claim_at or (self._has_more and free >= HOSTS // 2)
        if self._is_over() or not free or not is_time:
            return
        claimed = await asyncio.to_thread(self._claim, free)
        self._claim_at, self._has_more = now + LOOK_SECONDS, len(claimed) == free
        for one, dues, pages in claimed:
            self._open[one.host_id] = one
            self._running[asyncio.create_task(self._host(client, one, dues, pages))] = one

    async def _wait(self) -> None:
        """Wait until a host is polled, or news is in feeds, or for a moment."""
        waiting = [*self._running, *([self._placing] if self._placing else [])]
        done, _ = await asyncio.wait(waiting, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            if task is self._placing:
                self._placing = None
                continue
            host = self._running.pop(task)
            if task.cancelled():
                continue
            if isinstance(error := task.exception(), FeedsvcError):
                raise error
            if error is not None:
                # A fault with one host must not end the others. It is polled again when its lease ends.
                log.error("host %s: unexpected; please report it", host.name, exc_info=error)

    async def _end(self) -> None:
        """
        End what is on its way: requests break off, and answers that are being saved are saved.

        Where the worker ends, other workers have its hosts at once. After a fault, hosts wait for the end of the lease.
        """
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        if await self.intake.finish():
            self.polling.news.is_any = self.polling.news.is_edited = True
        is_stopping = self.polling.is_stopping()
        if is_stopping and self._open:
            with suppress(StoreError):
                await asyncio.to_thread(self._release, list(self._open.values()))
        if self._placing is not None:
            await self._placing
        if is_stopping:
            await self._place()

    # --- claims ------------------------------------------------------------------------------------------------------

    def _claim(self, number: int) -> list[tuple[HostClaim, list[Due], list[Page]]]:
        now = self.polling.clock()
        with self.polling.store.read() as db:
            if not hosts.is_any_due(db, now):
                return []
        with self.polling.store.write(is_shared=True) as db:
            claims = polls.claim(db, now, LEASE, number, self.polling.only)
            ids = [one.host_id for one in claims]
            dues = polls.due_of(db, ids, now)
            # `feedsvc poll <name>` asks for the feed alone.
            has_pages = self.polling.only is None and any(spec.history for spec in self.polling.specs.values())
            pages = backfills.due_of(db, ids, now) if has_pages else {}
            # Another worker polled it between its lease and this claim, or its clock is wrong.
            free = [one for one in claims if not dues[one.host_id] and not pages.get(one.host_id)]
            polls.release(db, free)
        return [
            (
                one,
                [due for due in dues[one.host_id] if self._is_ours(due, now)],
                [page for page in pages.get(one.host_id, ()) if self._is_known(page)],
            )
            for one in claims
            if one not in free
        ]

    def _is_known(self, page: Page) -> bool:
        """Whether the configuration that is known here asks for a page. Another worker's may be newer."""
        spec = self.polling.specs.get(page.name)
        return spec is not None and spec.history and page.configured == polls.configured_of(spec)

    def _is_ours(self, due: Due, now: datetime) -> bool:
        """Whether a source is to be polled, and its stored configuration is the one that is known here."""
        if due.name not in self.polling.specs or (self.polling.only is not None and due.name not in self.polling.only):
            return False
        is_known = due.configured in {None, polls.configured_of(self.polling.specs[due.name])}
        return is_known or (due.since is not None and now - due.since > OLD_SETTINGS)

    def _renew(self, claims: Sequence[HostClaim]) -> None:
        with self.polling.store.write(is_shared=True) as db:
            polls.renew(db, claims, self.polling.clock() + LEASE)
        self.polling.renewed()

    def _release(self, claims: Sequence[HostClaim]) -> None:
        with self.polling.store.write(is_shared=True) as db:
            # `mine` locks the hosts: a push that comes at this moment counts.
            polls.release(db, list(polls.mine(db, claims)))

    # --- one host ----------------------------------------------------------------------------------------------------

    async def _host(self, client: Client, one: HostClaim, dues: Sequence[Due], pages: Sequence[Page]) -> None:
        """
        Poll all feeds of a host that are due, one after the other, then some older pages.

        Sources with equal requests share one. When the round is over, the host is released after the present answer.
        """
        answers = self.intake.answers
        groups = _together(dues, self.polling.specs)
        for number, group in enumerate(groups):
            if number:
                await asyncio.sleep(self.polling.pause)
            answer = await self._ask(client, group)
            held = answers.hold(answer).get(one.name)
            is_last = self._is_over() or held is not None or (group is groups[-1] and not pages)
            for due in group:
                poll = Poll(claim=one, due=due, is_last=is_last and due is group[-1])
                taken = await self.intake.take_in(poll, answer)
                self._say(taken, is_announced=due.pushed.number > due.pushed.polled)
                if taken.counts["lost"]:
                    return
                if poll.is_last:
                    self._open.pop(one.host_id, None)
            if held is not None:
                log.info("host %s: rate limit reached; not polled until %s", one.name, f"{held:%F %T}Z")
            if is_last:
                return
        if pages:
            backfill = Backfill(answers=answers, pool=self.intake.pool, client=client, pause=self.polling.pause)
            for taken in await backfill.turn(one, pages):
                self._say(taken, is_announced=False)
            self._open.pop(one.host_id, None)
        # Otherwise, if no source of the host is known here, another worker polls it when the lease ends.

    def _say(self, taken: Taken, *, is_announced: bool) -> None:
        if taken.error:
            log.warning("source %s: %s", taken.source, taken.error)
        for problem in taken.problems:
            log.warning("source %s: %s", taken.source, problem)
        if changes := {what: number for what, number in taken.counts.items() if what in {"new", "edited"} and number}:
            told = ", ".join(f"{number} {what}" for what, number in sorted(changes.items()))
            log.info("source %s: %s", taken.source, told)
        self.polling.news.add(taken, is_announced=is_announced)
        self.tell(taken)

    async def _ask(self, client: Client, dues: Sequence[Due]) -> Answer | FetchError:
        spec = self.polling.specs[dues[0].name]
        asked = {self.intake.answers.conditions(due) for due in dues}
        try:
            return await client.get(dues[0].url, spec.policy, asked.pop() if len(asked) == 1 else None, spec.url)
        except FetchError as error:
            return error

    # --- news --------------------------------------------------------------------------------------------------------

    def _place_in_time(self) -> None:
        """Let news come into feeds beside further polls, if it is time. Where no poll goes on, it is time."""
        usual, announced = self._place_at
        now, news = asyncio.get_running_loop().time(), self.polling.news
        is_time = not self._running or now >= (announced if news.is_announced else usual)
        if self._placing is None and news.is_owed and is_time:
            self._placing = asyncio.create_task(self._place())

    async def _place(self) -> None:
        """Let saved entries come into feeds, and publish them. A fault there ends no poll: it is tried again."""
        loop = asyncio.get_running_loop()
        news, self.polling.news, began = self.polling.news, News(), loop.time()
        if news.is_any:
            try:
                await asyncio.to_thread(self._publish, news)
            except FeedsvcError as error:
                log.error("news is not published: %s", error)  # noqa: TRY400 - its message is all there is to say
                self.polling.news.owe(PLACE_SECONDS)
            except Exception:
                log.exception("unexpected: news is not published; please report it")
                self.polling.news.owe(PLACE_SECONDS)
        self._rest(loop.time() - began)

    def _publish(self, news: News) -> None:
        self.polling.compare()
        if self.intake.answers.place(is_joining=self.polling.only is None) or news.is_edited:
            self.polling.publish()

    def _rest(self, took: float) -> None:
        now, rest = asyncio.get_running_loop().time(), took * PLACE_REST
        self._place_at = now + max(PLACE_SECONDS, rest), now + max(ANNOUNCED_SECONDS, rest)


def _together(dues: Sequence[Due], specs: Mapping[str, UpstreamSpec]) -> list[list[Due]]:
    """The due sources, grouped by request."""
    groups: dict[object, list[Due]] = {}
    for due in dues:
        groups.setdefault((due.url, specs[due.name].url, specs[due.name].policy), []).append(due)
    return list(groups.values())
