"""
Upstream feeds, polled and taken in.

    claim hosts → each due feed of each: ask → changed? → parse, sanitize → look up → merge → save; when to ask again

Hosts are asked side by side, the feeds of one after each other. What an answer brought, its validators and when to ask
again are saved in one transaction, under the host's fence: a worker that is killed leaves nothing half-done, and one
that was thought dead writes nothing.
"""

import asyncio
import logging
import os
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

import feedsvc.store.sources as source_store
from feedsvc.errors import FeedsvcError, FetchError
from feedsvc.fetch import NOT_MODIFIED, OK, Answer, Client
from feedsvc.identity import digest, distinct_guid
from feedsvc.merge import Insert, Stored, Update, decide
from feedsvc.model import RawEntry, UpstreamSpec, Validators
from feedsvc.parse.upstream import is_kept
from feedsvc.sandbox import Failure, Sandbox
from feedsvc.sandbox.jobs import Fetched, Item, ReadFeed, read_upstream, sanitize_again, text_again
from feedsvc.sanitize import POLICY_VERSION
from feedsvc.schedule import GONE, Polled, following, moving
from feedsvc.store import Connection, Store, entries, feeds, memberships, polls
from feedsvc.store.polls import Claim, Due, Outcome
from feedsvc.update import Catalogue

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")

#: Hosts that one worker asks at a time.
HOSTS = 64

#: How long a host is ours without a word from us, and how often we give one.
LEASE = timedelta(seconds=60)
RENEW_SECONDS = 20

#: How often to see whether to end.
LOOK_SECONDS = 0.5

#: Between two requests to one host.
PAUSE_SECONDS = 1.0

SERVER_ERROR = 500

#: Status → what an operator can do.
REMEDIES = {
    401: "it wants a password; give its source headers: {Authorization: …}",
    402: "it wants to be paid",
    403: "it refuses us; ask its owner, or see whether another address of it does not",
    404: "look for its new address",
    406: "it has no form of it that we can read",
    410: "gone for good; take it out of the sources",
    429: "it is asked too often, maybe by others from this address; make every longer",
    451: "it may not say why",
}

#: Raised when what the same answer gives changes.
READ_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of one poll."""

    source: str
    #: `new`, `edited`, `unchanged`, `failed`, `gone`, `lost` …: how many of each.
    counts: Counter[str]
    #: What is wrong with the upstream, or with single items of it.
    error: str | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What is polled, under whose claim; the last one of a host gives it back."""

    claim: Claim
    due: Due
    is_last: bool


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
    _local: threading.local = field(default_factory=threading.local)
    _sandboxes: list[Sandbox] = field(default_factory=list)

    def drain(self) -> list[Taken]:
        """Poll until nothing is due. Raises StoreError when the database cannot be used."""
        pool = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="poll")
        try:
            return asyncio.run(self._drain(pool))
        finally:
            pool.shutdown()
            for sandbox in self._sandboxes:
                sandbox.__exit__()
            self._sandboxes.clear()
            self._local = threading.local()

    async def _drain(self, pool: ThreadPoolExecutor) -> list[Taken]:
        loop = asyncio.get_running_loop()
        taken: list[Taken] = []
        running: dict[asyncio.Task[list[Taken]], Claim] = {}
        renewed = loop.time()
        async with self.client() as client:
            while True:
                if not self.is_stopping() and len(running) < HOSTS:
                    for one, dues in await asyncio.to_thread(self._claim, HOSTS - len(running)):
                        running[asyncio.create_task(self._host(pool, client, one, dues))] = one
                if not running or self.is_stopping():
                    for task in running:
                        task.cancel()  # what it has begun to save is saved; its host is free when the lease ends
                    await asyncio.gather(*running, return_exceptions=True)
                    return taken
                done, _ = await asyncio.wait(running, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    del running[task]
                    taken += task.result()
                if loop.time() - renewed >= RENEW_SECONDS:
                    renewed = loop.time()
                    await asyncio.to_thread(self._renew, list(running.values()))

    def _claim(self, number: int) -> list[tuple[Claim, list[Due]]]:
        now = self.clock()
        with self.store.write() as db:
            claims = polls.claim(db, now, LEASE, number)
            dues = polls.due_of(db, [one.host_id for one in claims], now)
        return [(one, dues[one.host_id]) for one in claims]

    def _renew(self, claims: Sequence[Claim]) -> None:
        with self.store.write() as db:
            polls.renew(db, claims, self.clock() + LEASE)

    # --- one host ----------------------------------------------------------------------------------------------------

    async def _host(self, pool: ThreadPoolExecutor, client: Client, one: Claim, dues: Sequence[Due]) -> list[Taken]:
        """All that is due of a host, one after the other; what several sources have in common is asked for once."""
        groups = _together(dues, self.specs)
        left = sum(map(len, groups))
        taken: list[Taken] = []
        for number, group in enumerate(groups):
            if number:
                await asyncio.sleep(self.pause)
            answer = await self._ask(client, group)
            for due in group:
                left -= 1
                poll = Poll(claim=one, due=due, is_last=not left)
                result = await asyncio.get_running_loop().run_in_executor(pool, self._take_in, poll, answer)
                taken.append(result)
                _tell(result)
                if result.counts["lost"]:
                    return taken
        if not groups:
            await asyncio.to_thread(self._release, one)
        return taken

    def _release(self, one: Claim) -> None:
        with self.store.write() as db:
            polls.release(db, one)

    async def _ask(self, client: Client, dues: Sequence[Due]) -> Answer | FetchError:
        spec = self.specs[dues[0].name]
        conditions = {_conditions(due, self.specs[due.name]) for due in dues}
        try:
            return await client.get(dues[0].url, spec.policy, conditions.pop() if len(conditions) == 1 else None)
        except FetchError as error:
            return error

    # --- one answer --------------------------------------------------------------------------------------------------

    def _take_in(self, poll: Poll, answer: Answer | FetchError) -> Taken:
        """What an answer means; where that is too much for us, the upstream is left alone for a while all the same."""
        try:
            return self._judge(poll, answer)
        except FeedsvcError:
            raise
        except Exception as error:
            log.exception("source %s: unexpected; please report it", poll.due.name)
            why = f"{poll.due.url}: feedsvc cannot handle its answer ({type(error).__name__}); the log has more"
            return self._fail(poll, Polled(status=None), why)

    def _judge(self, poll: Poll, answer: Answer | FetchError) -> Taken:
        """What an answer means: for what is published, and for the next poll."""
        due, spec, now = poll.due, self.specs[poll.due.name], self.clock()
        if isinstance(answer, FetchError):
            return self._fail(poll, Polled(status=None), str(answer))
        validators = _conditions(due, spec)
        if answer.status == NOT_MODIFIED and validators == Validators():
            return self._fail(poll, _polled(answer), f"{due.url}: not modified, it says; nobody asked whether")
        if answer.status == NOT_MODIFIED:
            kept = Validators(
                etag=answer.validators.etag or validators.etag,
                last_modified=answer.validators.last_modified or validators.last_modified,
            )
            return self._unchanged(poll, answer, kept)
        if answer.status != OK:
            return self._fail(poll, _polled(answer), f"{due.url}: {_said(answer.status)}")
        seen = digest(answer.body)
        if seen == due.body_hash and due.settings == settings_of(spec):
            return self._unchanged(poll, answer, answer.validators)
        read = self._read(due, spec, answer)
        if read.problem is not None:
            return self._fail(poll, _polled(answer), f"{due.url}: {read.problem}")
        return self._save(poll, answer, read, seen, now)

    def _fail(self, poll: Poll, polled: Polled, error: str) -> Taken:
        """What was published stays, and the validators with it: the next good answer is not missed."""
        due, spec, now = poll.due, self.specs[poll.due.name], self.clock()
        after = following(replace(polled, is_good=False), due.pace, spec.every, due.url, now)
        outcome = Outcome(following=after, move=due.move, error=error)
        counts = Counter(["gone" if polled.status == GONE else "failed"])
        return self._remember(poll, outcome, Taken(source=due.name, counts=counts, error=error))

    def _unchanged(self, poll: Poll, answer: Answer, validators: Validators) -> Taken:
        outcome = self._outcome(poll.due, answer, _polled(answer), validators)
        return self._remember(poll, outcome, Taken(source=poll.due.name, counts=Counter(unchanged=1)))

    def _outcome(self, due: Due, answer: Answer, polled: Polled, validators: Validators) -> Outcome:
        spec, now = self.specs[due.name], self.clock()
        move, url = moving(due.move, answer.moved_to, now)
        after = following(polled, due.pace, spec.every, due.url, now)
        return Outcome(following=after, move=move, url=url, validators=validators)

    def _remember(self, poll: Poll, outcome: Outcome, taken: Taken) -> Taken:
        with self.store.write() as db:
            if not polls.is_mine(db, poll.claim):
                return _lost(poll.due)
            self._close(db, poll, outcome)
        return taken

    def _close(self, db: Connection, poll: Poll, outcome: Outcome) -> None:
        """What came of a poll; with the last one of a host, the host is free."""
        polls.save(db, poll.due, outcome, self.clock())
        if poll.is_last:
            polls.release(db, poll.claim)

    # --- what is new -------------------------------------------------------------------------------------------------

    def _read(self, due: Due, spec: UpstreamSpec, answer: Answer) -> ReadFeed:
        """The answer, parsed and sanitised by a worker; where one entry costs too much, that one as text."""
        known = frozenset[str]()
        if due.settings == settings_of(spec):
            with self.store.read() as db:
                known = entries.raw_hashes(db, due.source_id, spec.max_entries)
        fetched = Fetched(
            body=answer.body,
            content_type=answer.headers.get("content-type", ""),
            url=answer.url,
            spec=spec,
            known=known,
        )
        result = self._run(read_upstream, fetched)
        if not isinstance(result, Failure):
            return result
        plain = self._run(read_upstream, replace(fetched, is_sanitizing=False))
        if isinstance(plain, Failure):
            if plain.detail:
                log.error("%s: %s", due.name, plain.detail)
            return ReadFeed(problem=plain.reason)
        return replace(plain, items=tuple(self._sanitized(item, fetched) for item in plain.items))

    def _sanitized(self, item: Item, fetched: Fetched) -> Item:
        if item.hash in fetched.known:
            return item
        entry = self._run(sanitize_again, (item.raw, fetched.spec.frames))
        if isinstance(entry, Failure):
            text = self._run(text_again, (item.raw, entry.reason))
            reason = entry.reason
            entry = text_again((replace(item.raw, content=""), reason)) if isinstance(text, Failure) else text
        return replace(item, entry=entry)

    def _run(self, function: Callable[[T], R], argument: T) -> R | Failure:
        """Run a pure function in this thread's own worker process."""
        sandbox: Sandbox | None = getattr(self._local, "sandbox", None)
        if sandbox is None:
            sandbox = self._local.sandbox = Sandbox(workers=1)
            self._sandboxes.append(sandbox)
        ((_, result),) = sandbox.map(function, [(None, argument)])
        assert result is not None  # noqa: S101 - for the type checker: there was an argument
        return result

    def _save(self, poll: Poll, answer: Answer, read: ReadFeed, seen: str, now: datetime) -> Taken:
        """Everything that an answer brought, and that it did, in one transaction."""
        due, spec = poll.due, self.specs[poll.due.name]
        with self.store.write() as db:
            if not polls.is_mine(db, poll.claim):
                return _lost(due)
            counts, known, touched = _merge(db, due.source_id, read.items, now)
            if due.settings not in {None, settings_of(spec)}:
                judged = entries.keep(db, due.source_id, lambda raw: is_kept(raw, spec))
                memberships.touch(db, judged)
            feeds.define(db, self.catalogue.specs, self.catalogue.categories, now)
            memberships.assign(db, touched, now=now)
            if source_store.save_origin(db, due.source_id, spec.title or read.title, read.link):
                memberships.touch_source(db, due.source_id)
            memberships.place(db, due.source_id, now)
            source_store.save_settings(db, due.source_id, settings_of(spec))
            is_first = due.body_hash is None
            overlap = known / len(read.items) if read.items and not is_first else None
            polled = replace(_polled(answer), hints=read.hints, overlap=overlap)
            outcome = replace(
                self._outcome(due, answer, polled, answer.validators), body_hash=seen,
                is_changed=bool(counts["new"] or counts["edited"]),
            )  # fmt: skip
            self._close(db, poll, outcome)
        return Taken(source=due.name, counts=counts, problems=read.problems)


def settings_of(spec: UpstreamSpec) -> str:
    """A digest of all that shapes an entry besides what its source says."""
    shaping = replace(spec, url="", every=timedelta(), policy=replace(spec.policy, user_agent="", headers=()))
    return digest(repr((astuple(shaping), READ_VERSION)).encode())


def _together(dues: Sequence[Due], specs: Mapping[str, UpstreamSpec]) -> list[list[Due]]:
    """What is due, those together that one request will do for."""
    groups: dict[object, list[Due]] = {}
    for due in dues:
        if due.name in specs:
            groups.setdefault((due.url, specs[due.name].policy), []).append(due)
    return list(groups.values())


def _conditions(due: Due, spec: UpstreamSpec) -> Validators:
    """What to ask with: nothing, where the answer is to be read anew in any case."""
    return due.validators if due.settings == settings_of(spec) else Validators()


def _polled(answer: Answer) -> Polled:
    return Polled(status=answer.status, headers=answer.headers)


def _said(status: int) -> str:
    remedy = REMEDIES.get(status, "it is asked again later" if status >= SERVER_ERROR else "see what its page says")
    return f"the server answers {status}; {remedy}"


def _lost(due: Due) -> Taken:
    return Taken(source=due.name, counts=Counter(lost=1))


def _tell(taken: Taken) -> None:
    if taken.error:
        log.warning("source %s: %s", taken.source, taken.error)
    for problem in taken.problems:
        log.warning("source %s: %s", taken.source, problem)
    if changes := {what: number for what, number in taken.counts.items() if what in {"new", "edited"} and number}:
        told = ", ".join(f"{number} {what}" for what, number in sorted(changes.items()))
        log.info("source %s: %s", taken.source, told)


# --- merging ---------------------------------------------------------------------------------------------------------


def _merge(db: Connection, source_id: int, items: Sequence[Item], now: datetime) -> tuple[Counter[str], int, list[int]]:
    """Save what is new or changed. Returns what became of the items, how many were known, and which stories changed."""
    by_guid = entries.look_up(db, source_id, [item.raw.guid for item in items])
    by_key = entries.by_key(db, source_id, [item.raw.key for item in items if item.raw.key])
    counts: Counter[str] = Counter()
    known = 0
    touched: list[int] = []
    new: list[tuple[Insert, entries.Raw]] = []
    for item in items:
        stored = _stored(item.raw, by_guid, by_key)
        known += stored is not None
        if item.entry is None:
            counts["unchanged"] += 1
            continue
        raw = _raw(item, stored, by_guid, by_key)
        entry = replace(item.entry, guid=raw.entry.guid, published=_bounded(item.entry.published, now))
        decision = decide(stored, entry, item.hash, now)
        if isinstance(decision, Insert):
            counts["new"] += 1
            new.append((decision, raw))
        elif isinstance(decision, Update):
            counts[decision.reason] += 1
            entries.update(db, decision, raw, now)
            touched.append(decision.stored.story_id)
        else:
            counts["unchanged"] += 1
    touched += [one.story_id for one in entries.insert(db, source_id, new, now) if one.is_joined]
    return counts, known, touched


def _stored(raw: RawEntry, by_guid: Mapping[str, Stored], by_key: Mapping[str, Stored]) -> Stored | None:
    """The entry that this is: by what stays when it moves, else by its guid, unless that is another article's now."""
    if raw.key and raw.key in by_key:
        return by_key[raw.key]
    found = by_guid.get(raw.guid)
    return None if found and found.key and raw.key else found


def _raw(item: Item, stored: Stored | None, by_guid: Mapping[str, Stored], by_key: Mapping[str, Stored]) -> entries.Raw:
    """The raw form under the guid that the entry has for good; its key, unless another entry has that by now."""
    raw = item.raw
    if stored is not None:
        owner = by_key.get(raw.key or "")
        raw = replace(raw, guid=stored.guid, key=raw.key if owner is None or owner.id == stored.id else None)
    elif raw.guid in by_guid:
        raw = replace(raw, guid=distinct_guid(raw.guid, digest(str(raw.key).encode())))
    return entries.Raw(entry=raw, hash=item.hash, policy_version=POLICY_VERSION, is_kept=item.is_kept)


def _bounded(published: datetime | None, now: datetime) -> datetime | None:
    """A date of publication that is yet to come is a clock that is wrong: the entry is here."""
    return min(published, now) if published else None
