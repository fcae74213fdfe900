"""
A round of polls: hosts that are due are claimed, polled at the same time, and more are claimed meanwhile.

    claim hosts → fetch each feed that is due → changed? → read → pipeline: look up, decide, save → place → publish

The feeds of one host are polled one after the other. The entries of an answer, its validators and the time of the next
poll are saved in one transaction, under the host's fence. So a worker that is killed leaves nothing half saved, and a
worker whose lease has ended writes nothing. No host waits for another one: a slow host keeps only its own place.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from feedsvc.errors import FetchError
from feedsvc.fetch.client import Answer, Client
from feedsvc.model import UpstreamSpec
from feedsvc.store import Store, backfills, polls
from feedsvc.store.backfills import Page
from feedsvc.store.polls import Due, HostClaim, Poll
from feedsvc.update.upstreams.answers import Taken
from feedsvc.update.upstreams.backfill import Backfill
from feedsvc.update.upstreams.intake import Intake

log = logging.getLogger(__name__)

#: Hosts that one worker polls at the same time.
HOSTS = 64

#: How long a claimed host stays ours without a renewal, and how often leases are renewed.
LEASE = timedelta(seconds=60)
LEASE_RENEW_SECONDS = 20

#: How often a round looks for hosts that are due, and whether it has to end.
LOOK_SECONDS = 0.5

#: For so long a source with newer settings is left to workers that know them. Then any worker polls it.
OLD_SETTINGS = timedelta(minutes=15)

#: In a long round, news come into feeds after so many seconds, so that they do not wait for a slow host. The second
#: number is for news that a hub announced.
PLACE_SECONDS, ANNOUNCED_SECONDS = 15, 0.2

#: After news came into feeds, further news wait for so many times the time that this took.
PLACE_REST = 4

#: Seconds between two requests to one host.
HOST_PAUSE_SECONDS = 1.0


@dataclass(slots=True, kw_only=True)
class _News:
    """The news since entries came into feeds last."""

    is_any: bool = False
    #: Whether stored entries changed.
    is_edited: bool = False
    #: Whether a hub announced some.
    is_announced: bool = False

    def add(self, taken: Taken, *, is_announced: bool) -> None:
        """Note the result of a poll."""
        is_edited = bool(taken.counts["edited"] or taken.counts["restless"])
        self.is_any = True
        self.is_edited |= is_edited
        self.is_announced |= is_announced and bool(taken.counts["new"] or is_edited)


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


@dataclass(slots=True, kw_only=True)
class Round:
    """Polls that are on their way."""

    polling: Polling
    intake: Intake
    #: Gets the result of each poll.
    tell: Callable[[Taken], None]

    _running: dict[asyncio.Task[None], HostClaim] = field(default_factory=dict)
    _news: _News = field(default_factory=_News)
    _placing: asyncio.Task[None] | None = None
    #: When entries may come into feeds again, by the clock of the event loop: usual news, and announced ones.
    _place_at: tuple[float, float] = (0.0, 0.0)

    async def run(self, new_client: Callable[[], Client]) -> None:
        """Poll until nothing is due. Raises StoreError."""
        loop = asyncio.get_running_loop()
        self._rest(0.0)
        renewed = loop.time()
        async with new_client() as client:
            while True:
                if not self._is_over() and len(self._running) <= HOSTS // 2:
                    for one, dues, pages in await asyncio.to_thread(self._claim, HOSTS - len(self._running)):
                        self._running[asyncio.create_task(self._host(client, one, dues, pages))] = one
                if not self._running or self.polling.is_stopping():
                    await self._end()
                    return
                done, _ = await asyncio.wait(self._running, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    del self._running[task]
                    task.result()  # raises
                if loop.time() - renewed >= LEASE_RENEW_SECONDS:
                    renewed = loop.time()
                    await asyncio.to_thread(self._renew, list(self._running.values()))
                self._place_in_time()

    def _is_over(self) -> bool:
        return self.polling.is_stopping() or self.polling.is_outdated()

    async def _end(self) -> None:
        for task in self._running:
            task.cancel()  # its answers are saved; its host is free when the lease ends
        await asyncio.gather(*self._running, return_exceptions=True)
        await self.intake.finish()
        if self._placing is not None:
            await self._placing
        await self._place()

    # --- claims ------------------------------------------------------------------------------------------------------

    def _claim(self, number: int) -> list[tuple[HostClaim, list[Due], list[Page]]]:
        now = self.polling.clock()
        with self.polling.store.write(is_shared=True) as db:
            claims = polls.claim(db, now, LEASE, number, self.polling.only)
            ids = [one.host_id for one in claims]
            dues = polls.due_of(db, ids, now)
            # `feedsvc poll <name>` asks for the feed alone.
            has_pages = self.polling.only is None and any(spec.history for spec in self.polling.specs.values())
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
            if held is not None:
                log.info("host %s: rate limit reached; not polled until %s", one.name, f"{held:%F %T}Z")
            if is_last:
                return
        if pages:
            backfill = Backfill(answers=answers, pool=self.intake.pool, client=client, pause=self.polling.pause)
            for taken in await backfill.turn(one, pages):
                self._say(taken, is_announced=False)
        # Otherwise, if no source of the host is known here, another worker polls it when the lease ends.

    def _say(self, taken: Taken, *, is_announced: bool) -> None:
        if taken.error:
            log.warning("source %s: %s", taken.source, taken.error)
        for problem in taken.problems:
            log.warning("source %s: %s", taken.source, problem)
        if changes := {what: number for what, number in taken.counts.items() if what in {"new", "edited"} and number}:
            told = ", ".join(f"{number} {what}" for what, number in sorted(changes.items()))
            log.info("source %s: %s", taken.source, told)
        self._news.add(taken, is_announced=is_announced)
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
        """Let news come into feeds beside further polls, if it is time."""
        if self._placing is not None:
            if not self._placing.done():
                return
            self._placing.result()  # raises
            self._placing = None
        usual, announced = self._place_at
        if self._news.is_any and asyncio.get_running_loop().time() >= (announced if self._news.is_announced else usual):
            self._placing = asyncio.create_task(self._place())

    async def _place(self) -> None:
        """Let saved entries come into feeds, and publish them."""
        loop = asyncio.get_running_loop()
        news, self._news, began = self._news, _News(), loop.time()
        if news.is_any:
            await asyncio.to_thread(self._publish, news)
        self._rest(loop.time() - began)

    def _publish(self, news: _News) -> None:
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
