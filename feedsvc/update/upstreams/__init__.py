"""
Upstream feeds, polled and taken in.

    claim hosts → each due feed of each: ask → changed? → parse, sanitize → look up → merge → save; when to ask again
    → place what all of them brought                                                                     at the end

Hosts are asked side by side, the feeds of one after each other. What an answer brought, its validators and when to ask
again are saved in one transaction, under the host's fence: a worker that is killed leaves nothing half-done, and one
that was thought dead writes nothing.
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
from feedsvc.store import Store, polls
from feedsvc.store.polls import Claim, Due, Poll
from feedsvc.update.upstreams.answers import Answers, Taken
from feedsvc.update.upstreams.intake import Intake
from feedsvc.update.upstreams.rules import judge_again

__all__ = ["Poller", "Taken"]

log = logging.getLogger(__name__)

#: Hosts that one worker asks at a time.
HOSTS = 64

#: How long a host is ours without a word from us, and how often we give one.
LEASE = timedelta(seconds=60)
RENEW_SECONDS = 20

#: For so long new hosts are claimed: then a new configuration may count, and documents are made.
DRAIN_SECONDS = 120

#: How often to see whether to end.
LOOK_SECONDS = 0.5

#: For so long a source is left to workers that know its newest settings; then it is asked under older ones.
OUTDATED = timedelta(minutes=15)

#: A round that lasts longer than this is placed part by part: a slow host holds back nobody else's entries.
PLACE_SECONDS = 60

#: What was saved so long ago, and is in no feed yet, was left behind by a worker that was killed.
LEFT_BEHIND = timedelta(minutes=5)

#: Between two requests to one host.
PAUSE_SECONDS = 1.0


@dataclass(slots=True, kw_only=True)
class Poller:
    """Polls what is due of a store's upstreams."""

    store: Store
    #: By name.
    specs: Mapping[str, UpstreamSpec]
    catalogue: Catalogue
    #: The time. Only what is due by it is polled.
    clock: Callable[[], datetime]
    pause: float = PAUSE_SECONDS
    client: Callable[[], Client] = Client
    #: Asked between two steps whether to end.
    is_stopping: Callable[[], bool] = lambda: False
    #: Asked before new hosts are claimed whether there are newer settings than these.
    is_outdated: Callable[[], bool] = lambda: False
    #: Names of the sources that are polled; None for all.
    only: Collection[str] | None = None

    #: How many entries came into feeds.
    placed: int = 0

    def drain(self) -> list[Taken]:
        """Poll until nothing is due, or for a while. Raises StoreError when the database cannot be used."""
        judge_again(self.store, self.specs.values(), self.catalogue, self.clock())
        answers = Answers(store=self.store, specs=self.specs, catalogue=self.catalogue, clock=self.clock)
        with answers, ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="poll") as pool:
            # What a worker saved that was killed before the end of its round.
            self._place(answers, LEFT_BEHIND)
            return asyncio.run(self._drain(Intake(answers=answers, pool=pool)))

    async def _drain(self, intake: Intake) -> list[Taken]:
        loop = asyncio.get_running_loop()
        taken: list[Taken] = []
        running: dict[asyncio.Task[list[Taken]], Claim] = {}
        renewed = loop.time()
        placed, ends = renewed, renewed + DRAIN_SECONDS
        async with self.client() as client:
            while True:
                is_over = self.is_stopping() or self.is_outdated() or loop.time() >= ends
                if not is_over and len(running) <= HOSTS // 2:
                    for one, dues in await asyncio.to_thread(self._claim, HOSTS - len(running)):
                        running[asyncio.create_task(self._host(intake, client, one, dues))] = one
                if not running or self.is_stopping():
                    for task in running:
                        task.cancel()  # what it has is saved; its host is free when the lease ends
                    await asyncio.gather(*running, return_exceptions=True)
                    await intake.finish()
                    if taken:
                        await asyncio.to_thread(self._place, intake.answers)
                    return taken
                done, _ = await asyncio.wait(running, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    del running[task]
                    taken += task.result()
                if loop.time() - renewed >= RENEW_SECONDS:
                    renewed = loop.time()
                    await asyncio.to_thread(self._renew, list(running.values()))
                if loop.time() - placed >= PLACE_SECONDS:
                    placed = loop.time()
                    await asyncio.to_thread(self._place, intake.answers)

    def _place(self, answers: Answers, waited: timedelta | None = None) -> None:
        """Let what was saved, and waits so long, come into feeds."""
        self.placed += answers.place(waited)

    def _claim(self, number: int) -> list[tuple[Claim, list[Due]]]:
        now = self.clock()
        with self.store.write() as db:
            claims = polls.claim(db, now, LEASE, number, self.only)
            dues = polls.due_of(db, [one.host_id for one in claims], now)
        return [(one, [due for due in dues[one.host_id] if self._is_ours(due, now)]) for one in claims]

    def _is_ours(self, due: Due, now: datetime) -> bool:
        """Whether a source is known here, as it is configured by now, and is wanted."""
        if due.name not in self.specs or (self.only is not None and due.name not in self.only):
            return False
        is_known = due.configured in {None, polls.configured_of(self.specs[due.name])}
        return is_known or (due.since is not None and now - due.since > OUTDATED)

    def _renew(self, claims: Sequence[Claim]) -> None:
        with self.store.write() as db:
            polls.renew(db, claims, self.clock() + LEASE)

    # --- one host ----------------------------------------------------------------------------------------------------

    async def _host(self, intake: Intake, client: Client, one: Claim, dues: Sequence[Due]) -> list[Taken]:
        """All that is due of a host, one after the other; what several sources have in common is asked for once."""
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
                is_last = not left or (held is not None and due is group[-1])
                result = await intake.take_in(Poll(claim=one, due=due, is_last=is_last), answer)
                taken.append(result)
                _tell(result)
                if result.counts["lost"]:
                    return taken
            if held is not None:
                log.info("host %s: says that it is asked enough; left alone until %s", one.name, f"{held:%F %T}Z")
                return taken
        # A host with nothing that we know of is left to a worker that does, until its lease ends.
        return taken

    async def _ask(self, answers: Answers, client: Client, dues: Sequence[Due]) -> Answer | FetchError:
        spec = self.specs[dues[0].name]
        asked = {answers.conditions(due) for due in dues}
        try:
            return await client.get(dues[0].url, spec.policy, asked.pop() if len(asked) == 1 else None, spec.url)
        except FetchError as error:
            return error


def _together(dues: Sequence[Due], specs: Mapping[str, UpstreamSpec]) -> list[list[Due]]:
    """What is due, those together that one request will do for."""
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
