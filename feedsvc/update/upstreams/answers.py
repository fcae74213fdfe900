"""What an answer means: for what is published, and for the next poll. All of it is saved in one transaction."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

import feedsvc.store.sources as source_store
from feedsvc.errors import FeedsvcError, FetchError
from feedsvc.fetch import NOT_MODIFIED, OK, Answer
from feedsvc.identity import digest
from feedsvc.model import UpstreamSpec, Validators
from feedsvc.parse.upstream import is_kept
from feedsvc.sandbox import Failure, Sandbox
from feedsvc.sandbox.jobs import Fetched, Item, ReadFeed, read_upstream, sanitize_again, text_again
from feedsvc.schedule import GONE, Polled, following, moving
from feedsvc.store import Connection, Store, entries, feeds, memberships, polls
from feedsvc.store.polls import Claim, Due, Outcome
from feedsvc.update import Catalogue
from feedsvc.update.upstreams.merging import merge

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")

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

#: Goes up by one when what the same answer gives changes.
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
class Answers:
    """Takes answers in, in any thread; each has a worker process of its own. A context: leaving it ends those."""

    store: Store
    #: By name.
    specs: Mapping[str, UpstreamSpec]
    catalogue: Catalogue
    clock: Callable[[], datetime]
    _local: threading.local = field(default_factory=threading.local)
    _sandboxes: list[Sandbox] = field(default_factory=list)

    def __enter__(self) -> "Answers":
        """Nothing starts yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the worker processes."""
        for sandbox in self._sandboxes:
            sandbox.__exit__()

    def take_in(self, poll: Poll, answer: Answer | FetchError) -> Taken:
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
        validators = conditions(due, spec)
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
            merged = merge(db, due.source_id, read.items, now)
            if due.settings not in {None, settings_of(spec)}:
                judged = entries.keep(db, due.source_id, lambda raw: is_kept(raw, spec))
                memberships.touch(db, judged)
            feeds.define(db, self.catalogue.specs, self.catalogue.categories, now)
            memberships.assign(db, merged.story_ids, now=now)
            if source_store.save_origin(db, due.source_id, spec.title or read.title, read.link):
                memberships.touch_source(db, due.source_id)
            memberships.place(db, due.source_id, now)
            source_store.save_settings(db, due.source_id, settings_of(spec))
            is_first = due.body_hash is None
            overlap = merged.known / len(read.items) if read.items and not is_first else None
            polled = replace(_polled(answer), hints=read.hints, overlap=overlap)
            outcome = replace(
                self._outcome(due, answer, polled, answer.validators), body_hash=seen,
                is_changed=bool(merged.counts["new"] or merged.counts["edited"]),
            )  # fmt: skip
            self._close(db, poll, outcome)
        return Taken(source=due.name, counts=merged.counts, problems=read.problems)


def settings_of(spec: UpstreamSpec) -> str:
    """A digest of all that shapes an entry besides what its source says."""
    shaping = replace(spec, url="", every=timedelta(), policy=replace(spec.policy, user_agent="", headers=()))
    return digest(repr((astuple(shaping), READ_VERSION)).encode())


def conditions(due: Due, spec: UpstreamSpec) -> Validators:
    """What to ask with: nothing, where the answer is to be read anew in any case."""
    return due.validators if due.settings == settings_of(spec) else Validators()


def _polled(answer: Answer) -> Polled:
    return Polled(status=answer.status, headers=answer.headers)


def _said(status: int) -> str:
    remedy = REMEDIES.get(status, "it is asked again later" if status >= SERVER_ERROR else "see what its page says")
    return f"the server answers {status}; {remedy}"


def _lost(due: Due) -> Taken:
    return Taken(source=due.name, counts=Counter(lost=1))
