"""What an answer means: for what is published, and for the next poll. All of it is saved in one transaction."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TypeVar

import feedsvc.store.sources as source_store
from feedsvc.catalogue import Catalogue
from feedsvc.errors import FeedsvcError, FetchError, StoreError
from feedsvc.fetch.client import Answer
from feedsvc.fetch.content import NOT_MODIFIED, OK
from feedsvc.fetch.guard import shown
from feedsvc.filters.rules import slow_rule
from feedsvc.identity import digest
from feedsvc.model import Rule, UpstreamSpec, Validators
from feedsvc.sandbox import Failure, Sandbox
from feedsvc.sandbox.jobs import Fetched, Item, ReadFeed, judged, read_upstream, sanitize_again, text_again
from feedsvc.schedule import LITTLE_OVERLAP, Polled, following, held, moving
from feedsvc.store import Connection, Store, feeds, lookups, memberships, polls
from feedsvc.store.hosts import name_of
from feedsvc.store.polls import Due, Outcome, Poll
from feedsvc.update.upstreams.merging import Look, merge
from feedsvc.update.upstreams.rules import rules_of
from feedsvc.update.upstreams.words import instead, restless, said

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")

#: Fewer entries say nothing of whether others came and went between two polls.
MIN_OVERLAPPING = 3

#: Goes up by one when what the same answer gives changes.
READ_VERSION = 2


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
class Judged:
    """A poll whose answer is understood, and that is to be remembered."""

    poll: Poll
    outcome: Outcome
    taken: Taken


@dataclass(slots=True, kw_only=True)
class Answers:
    """Takes answers in; each thread that reads has a worker process of its own. A context: leaving it ends those."""

    store: Store
    #: By name.
    specs: Mapping[str, UpstreamSpec]
    catalogue: Catalogue
    clock: Callable[[], datetime]
    #: A digest of what shapes the entries of each source, by its name.
    settings: Mapping[str, str] = field(init=False)
    _local: threading.local = field(default_factory=threading.local)
    _sandboxes: list[Sandbox] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.settings = {name: settings_of(spec) for name, spec in self.specs.items()}

    def __enter__(self) -> "Answers":
        """Nothing starts yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the worker processes."""
        for sandbox in self._sandboxes:
            sandbox.__exit__()

    def conditions(self, due: Due) -> Validators:
        """What to ask with: nothing, where the answer is to be read anew in any case."""
        return due.validators if due.settings == self.settings[due.name] else Validators()

    def hold(self, answer: Answer | FetchError) -> dict[str, datetime]:
        """
        The host that this answer says is to be left alone, and until when.

        One's own machine is asked for its other feeds all the same: there, each feed stands for another site.
        """
        if isinstance(answer, FetchError) or answer.is_own:
            return {}
        now = self.clock()
        wait = held(_polled(answer), now)
        return {name_of(answer.url): now + wait} if wait else {}

    def judged(self, poll: Poll, answer: Answer | FetchError) -> Judged | None:
        """What an answer means that brings no entries; None for one that has to be read. Quick."""
        judged = self._judged(poll, answer)
        return judged and replace(judged, outcome=replace(judged.outcome, hold=self.hold(answer)))

    def _judged(self, poll: Poll, answer: Answer | FetchError) -> Judged | None:
        due = poll.due
        if isinstance(answer, FetchError):
            return self._failed(poll, Polled(status=None), str(answer))
        if answer.status == NOT_MODIFIED and not answer.is_conditional:
            return self._failed(poll, _polled(answer), f"{shown(due.url)}: not modified, it says; nobody asked whether")
        if answer.status == NOT_MODIFIED:
            kept = Validators(
                etag=answer.validators.etag or due.validators.etag,
                last_modified=answer.validators.last_modified or due.validators.last_modified,
                url=answer.url,
            )
            return self._unchanged(poll, answer, kept)
        if answer.status != OK:
            return self._failed(poll, self._of_status(due, answer), f"{shown(due.url)}: {said(due, answer)}")
        if due.settings == self.settings[due.name] and due.body_hash == digest(answer.body):
            return self._unchanged(poll, answer, answer.validators)
        return None

    def read(self, poll: Poll, answer: Answer) -> Taken:
        """
        Take in an answer that brings entries; in any thread.

        Where it is too much for us, its upstream is left alone for a while all the same.
        """
        try:
            read = self._read(poll.due, answer)
            if read.problem is None:
                return self._save(poll, answer, read)
            judged = self._failed(poll, _polled(answer), f"{shown(poll.due.url)}: {instead(read.problem, answer)}")
        except StoreError as error:
            # It may be of what this answer holds. If it is not, what follows fails too.
            judged = self._failed(poll, Polled(status=None), f"{shown(poll.due.url)}: cannot be saved: {error}")
        except FeedsvcError:
            raise
        except Exception as error:
            log.exception("source %s: unexpected; please report it", poll.due.name)
            why = f"{shown(poll.due.url)}: feedsvc cannot handle its answer ({type(error).__name__}); the log has more"
            judged = self._failed(poll, Polled(status=None), why)
        (taken,) = self.remember([judged])
        return taken

    def _of_status(self, due: Due, answer: Answer) -> Polled:
        """Gone for good is what the feed's own address says of itself, not what it leads to for now."""
        is_own = answer.url == due.url or answer.moved_to is not None
        return replace(_polled(answer), status=answer.status if is_own or answer.status != HTTPStatus.GONE else None)

    def remember(self, judged: Sequence[Judged]) -> list[Taken]:
        """Save what came of polls, all in one transaction; what became of each."""
        with self.store.write() as db:
            mine = polls.mine(db, [one.poll.claim for one in judged])
            polls.close(db, [(one.poll, one.outcome) for one in judged if one.poll.claim in mine], self.clock())
        return [one.taken if one.poll.claim in mine else _lost(one.poll.due) for one in judged]

    def _failed(self, poll: Poll, polled: Polled, error: str) -> Judged:
        """What was published stays, and the validators with it: the next good answer is not missed."""
        due, spec = poll.due, self.specs[poll.due.name]
        after = following(replace(polled, is_good=False), due.pace, spec.every, due.url, self.clock())
        counts = Counter(["gone" if polled.status == HTTPStatus.GONE else "failed"])
        taken = Taken(source=due.name, counts=counts, error=error)
        return Judged(poll=poll, outcome=Outcome(following=after, move=due.move, error=error), taken=taken)

    def _unchanged(self, poll: Poll, answer: Answer, validators: Validators) -> Judged:
        # All that there is is known: no entry can have slipped through.
        polled = replace(_polled(answer), hints=poll.due.hints, overlap=1.0)
        outcome = self._outcome(poll.due, answer, polled, validators)
        return Judged(poll=poll, outcome=outcome, taken=Taken(source=poll.due.name, counts=Counter(unchanged=1)))

    def _outcome(self, due: Due, answer: Answer, polled: Polled, validators: Validators) -> Outcome:
        spec, now = self.specs[due.name], self.clock()
        move, url = moving(due.move, answer.moved_to, now)
        after = following(polled, due.pace, spec.every, due.url, now)
        return Outcome(following=after, move=move, url=url, validators=validators)

    # --- what is new -------------------------------------------------------------------------------------------------

    def _read(self, due: Due, answer: Answer) -> ReadFeed:
        """The answer, parsed and sanitised by a worker; where one entry costs too much, that one as text."""
        spec = self.specs[due.name]
        known = marks = frozenset[str]()
        if due.settings == self.settings[due.name]:
            with self.store.read() as db:
                known = lookups.raw_hashes(db, due.source_id, spec.max_entries)
            marks = due.marks
        fetched = Fetched(
            body=answer.body,
            content_type=answer.headers.get("content-type", ""),
            url=answer.url,
            spec=spec,
            known=known,
            marks=marks,
        )
        result = self._run(read_upstream, fetched)
        if not isinstance(result, Failure):
            return result
        plain = self._run(read_upstream, replace(fetched, is_sanitizing=False))
        if isinstance(plain, Failure):
            if plain.detail:
                log.error("%s: %s", due.name, plain.detail)
            return ReadFeed(problem=plain.reason)
        slow: set[Rule] = set()
        items = tuple(judged(self._sanitized(item, fetched), fetched.spec, slow) for item in plain.items)
        return replace(plain, items=items, problems=(*plain.problems, *map(slow_rule, slow)))

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

    def _save(self, poll: Poll, answer: Answer, read: ReadFeed) -> Taken:
        """Everything that an answer brought, and that it did, in one transaction."""
        due, spec, now = poll.due, self.specs[poll.due.name], self.clock()
        with self.store.write() as db:
            if not polls.mine(db, [poll.claim]):
                return _lost(due)
            look = Look(
                now=now, since=due.polled_at, title=spec.title or read.origin.title,
                is_whole=read.is_whole and not read.has_left_out,
                is_reread=due.settings not in {None, self.settings[due.name]},
            )  # fmt: skip
            merged = merge(db, due.source_id, read.items, read.known, look)
            feeds.define(db, self.catalogue, now)
            memberships.assign(db, merged.story_ids, now=now)
            origin = replace(read.origin, title=spec.title or read.origin.title)
            if source_store.save_origin(db, due.source_id, origin):
                memberships.touch_source(db, due.source_id)
            if read.is_whole:
                # Else the entries that this answer lacks are still as other settings made them.
                source_store.save_settings(db, due.source_id, self.settings[due.name])
            source_store.save_rules(db, due.source_id, rules_of(spec))
            problems = (*read.problems, *restless(merged.restless))
            overlap = _overlap(db, due, read, merged.known, now)
            polled = replace(_polled(answer), hints=read.hints, overlap=overlap)
            # What breaks off is asked for again, whole: nothing of this answer may say that it is known.
            validators, body_hash = (answer.validators, digest(answer.body)) if read.is_whole else (Validators(), "")
            outcome = replace(
                self._outcome(due, answer, polled, validators), body_hash=body_hash,
                marks=read.marks, hints=read.hints, problems=problems, hold=self.hold(answer),
                is_changed=bool(merged.counts["new"] or merged.counts["edited"]),
            )  # fmt: skip
            polls.close(db, [(poll, outcome)], now)
        counts = merged.counts + Counter(unchanged=len(read.known))
        return Taken(source=due.name, counts=counts, problems=problems)

    def place(self, waited: timedelta | None = None) -> int:
        """
        Let what was saved, and has waited so long, come into feeds. Returns how many entries that were.

        Once for all that was polled together: then no outcome depends on which source was polled first.
        """
        now = self.clock()
        with self.store.write() as db:
            ids = source_store.ids_of(db, self.specs)
            return memberships.place(db, ids, now, before=now - waited if waited else None).total()


def settings_of(spec: UpstreamSpec) -> str:
    """A digest of all that shapes an entry besides what its source says."""
    shaping = (spec.name, spec.tag, str(spec.timezone), spec.article_key, spec.rights, spec.max_entries, spec.frames)
    return digest(repr((shaping, READ_VERSION)).encode())


def _overlap(db: Connection, due: Due, read: ReadFeed, recognised: int, now: datetime) -> float | None:
    """
    The share of an answer's entries that were known before; None where that says nothing.

    An entry that nobody recognises, but whose date to the second is that of a known one, is no news: a site that moves
    gives all of its entries other names, links and texts at once.
    """
    number = len(read.items) + len(read.known)
    if number < MIN_OVERLAPPING or due.body_hash is None:
        return None
    known = recognised + len(read.known)
    if known / number <= LITTLE_OVERLAP:
        dates = {item.entry.published for item in read.items if item.entry and item.entry.published}
        known = max(known, polls.count_dated(db, due.source_id, dates, now))
    return known / number


def _polled(answer: Answer) -> Polled:
    return Polled(status=answer.status, headers=answer.headers)


def _lost(due: Due) -> Taken:
    return Taken(source=due.name, counts=Counter(lost=1))
