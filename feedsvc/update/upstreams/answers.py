"""Derives the stored entries and the next poll from an answer. Both are saved in one transaction."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http import HTTPStatus

import feedsvc.store.sources as source_store
from feedsvc.catalogue import Catalogue
from feedsvc.errors import FeedsvcError, FetchError, StoreError
from feedsvc.fetch.client import Answer
from feedsvc.fetch.content import NOT_MODIFIED, OK
from feedsvc.fetch.guard import without_secrets as shown
from feedsvc.identity import digest
from feedsvc.model import Announced, UpstreamSpec, Validators
from feedsvc.parse.hubs import announced
from feedsvc.sandbox.shapes import ReadFeed
from feedsvc.schedule import LITTLE_OVERLAP, Polled, following, held, meant, moving
from feedsvc.store import Store, backfills, feeds, opening, placing, polls, tried
from feedsvc.store.hosts import HostClaim, name_of
from feedsvc.store.polls import Due, Outcome, Poll
from feedsvc.update import pipeline
from feedsvc.update.upstreams.batch import AnswerBatch
from feedsvc.update.upstreams.reading import Reader, settings_of
from feedsvc.update.upstreams.words import instead, status_message

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The result of one poll."""

    source: str
    #: How many had which outcome: `new`, `edited`, `unchanged`, `failed`, `gone`, `lost` …
    counts: Counter[str]
    #: The problem of the upstream as a whole.
    error: str | None = None
    #: Problems of single items.
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A poll without new entries, ready to be saved."""

    poll: Poll
    outcome: Outcome
    taken: Taken


@dataclass(slots=True, kw_only=True)
class Answers:
    """Takes in answers. A context: leaving it ends the worker processes."""

    store: Store
    #: By name.
    specs: Mapping[str, UpstreamSpec]
    catalogue: Catalogue
    clock: Callable[[], datetime]
    #: Whether to end.
    is_stopping: Callable[[], bool] = lambda: False
    reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        self.reader = Reader(is_stopping=self.is_stopping)

    def __enter__(self) -> "Answers":
        """Nothing starts yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the worker processes."""
        self.reader.close()

    def settings(self, name: str) -> str:
        """A digest of what shapes the entries of a source."""
        return settings_of(self.specs[name])

    def conditions(self, due: Due) -> Validators:
        """The validators of a request. None where the settings changed: then the answer has to be read anyway."""
        is_same = due.settings == self.settings(due.name) and not due.wants_older_page
        return due.validators if is_same else Validators()

    def hold(self, answer: Answer | FetchError) -> dict[str, datetime]:
        """
        The host that this answer says not to poll for a while, and until when.

        The own machine is polled on: there, each feed stands for another site, as RSSHub's do.
        """
        if isinstance(answer, FetchError) or answer.is_own:
            return {}
        now = self.clock()
        wait = held(_polled(answer), now)
        return {name_of(answer.url): now + wait} if wait else {}

    def judged(self, poll: Poll, answer: Answer | FetchError) -> Judged | Answer:
        """Judge an answer without new entries. An answer that has to be read is returned as it is. Quick."""
        judged = self._judged(poll, answer)
        if isinstance(judged, Answer):
            return judged
        seconds = answer.seconds if isinstance(answer, Answer) else None
        return replace(judged, outcome=replace(judged.outcome, hold=self.hold(answer), seconds=seconds))

    def _judged(self, poll: Poll, answer: Answer | FetchError) -> Judged | Answer:
        due = poll.due
        if isinstance(answer, FetchError):
            return self._failed(poll, Polled(status=None), str(answer))
        if answer.status == NOT_MODIFIED and not answer.is_conditional:
            return self._failed(
                poll, _polled(answer), f"{shown(due.url)}: the server answers 304 to an unconditional request"
            )
        if answer.status == NOT_MODIFIED:
            kept = Validators(
                etag=answer.validators.etag or due.validators.etag,
                last_modified=answer.validators.last_modified or due.validators.last_modified,
                url=answer.url,
            )
            return self._unchanged(poll, answer, kept)
        if answer.status != OK:
            return self._failed(poll, self._of_status(due, answer), f"{shown(due.url)}: {status_message(due, answer)}")
        is_read = due.settings == self.settings(due.name) and not due.wants_older_page
        if is_read and due.body_hash == digest(answer.body):
            return self._unchanged(poll, answer, answer.validators)
        return answer

    def read(self, poll: Poll, answer: Answer) -> Taken:
        """
        Take in an answer that has to be read, in any thread.

        If feedsvc cannot read or save it, the next poll is put off, as after any failure.
        """
        try:
            due = poll.due
            is_same = due.settings == self.settings(due.name)
            read = self.reader.read(self.store, due, self.specs[due.name], answer, is_same=is_same)
            if self.specs[due.name].program and self.is_stopping():
                # The program did not get all entries. Another worker asks for the answer again.
                return _lost(due)
            if read.problem is None:
                return self._taken(poll, answer, read)
            judged = self._failed(poll, _polled(answer), f"{shown(poll.due.url)}: {instead(read.problem, answer)}")
        except StoreError as error:
            # This answer's data may be the cause. If the database is down, the next write raises.
            judged = self._failed(poll, Polled(status=None), f"{shown(poll.due.url)}: cannot be saved: {error}")
        except FeedsvcError:
            raise
        except Exception as error:
            log.exception("source %s: unexpected; please report it", poll.due.name)
            why = f"{shown(poll.due.url)}: feedsvc cannot handle its answer ({type(error).__name__}); the log has more"
            judged = self._failed(poll, Polled(status=None), why)
        (taken,) = self.remember([replace(judged, outcome=replace(judged.outcome, seconds=answer.seconds))])
        return taken

    def _of_status(self, due: Due, answer: Answer) -> Polled:
        """A 410 counts where the feed's own address says it, not where a temporary redirect leads to it."""
        is_own = answer.url == due.url or answer.moved_to is not None
        return replace(_polled(answer), status=answer.status if is_own or answer.status != HTTPStatus.GONE else None)

    def remember(self, judged: Sequence[Judged]) -> list[Taken]:
        """Save the results of polls, all in one transaction. Polls whose host another worker has by now are lost."""
        is_alone = any(_is_elsewhere(one.poll, one.outcome) for one in judged)

        def save() -> set[HostClaim]:
            with self.store.write(is_shared=not is_alone) as db:
                mine = polls.mine(db, [one.poll.claim for one in judged])
                polls.close(db, [(one.poll, one.outcome) for one in judged if one.poll.claim in mine], self.clock())
            return mine

        mine = tried(save)
        return [one.taken if one.poll.claim in mine else _lost(one.poll.due) for one in judged]

    def _failed(self, poll: Poll, polled: Polled, error: str) -> Judged:
        """A failed poll. Entries and validators stay, so that the next good answer is read."""
        due, spec = poll.due, self.specs[poll.due.name]
        after = following(replace(polled, is_good=False), due.pace, spec.every, due.url, self.clock())
        counts = Counter(["gone" if polled.status == HTTPStatus.GONE else "failed"])
        taken = Taken(source=due.name, counts=counts, error=error)
        return Judged(poll=poll, outcome=Outcome(following=after, move=due.move, error=error), taken=taken)

    def _unchanged(self, poll: Poll, answer: Answer, validators: Validators) -> Judged:
        # All entries are known, so none was missed between two polls.
        polled = replace(_polled(answer), hints=poll.due.hints, overlap=1.0)
        outcome = self._outcome(poll.due, answer, polled, validators)
        return Judged(poll=poll, outcome=outcome, taken=Taken(source=poll.due.name, counts=Counter(unchanged=1)))

    def _outcome(
        self, due: Due, answer: Answer, polled: Polled, validators: Validators, *, is_changed: bool = False
    ) -> Outcome:
        spec, now = self.specs[due.name], self.clock()
        move, url = moving(due.move, answer.moved_to, now)
        pushed = meant(due.pushed, spec.every, due.polled_at, now, is_changed=is_changed)
        after = following(polled, due.pace, spec.every, due.url, now, pushed)
        return Outcome(
            following=after, move=move, url=url, validators=validators, is_changed=is_changed, meant=pushed,
            announced=self._announced(due, answer),
        )  # fmt: skip

    def _announced(self, due: Due, answer: Answer, read: ReadFeed | None = None) -> Announced | None:
        """The hubs that an upstream names; None if they are as before, or if an answer without news says nothing."""
        link = answer.headers.get("link", "")
        if read is None and not link:
            return None
        policy = self.specs[due.name].policy
        is_open = not (policy.allow_private or policy.networks or policy.headers)
        hubs, own = (due.announced.hubs, due.announced.topic) if read is None else (read.hubs, read.self_link)
        found = announced(link, answer.url, hubs, own, is_open=is_open)
        return None if found == due.announced else found

    # --- what is new -------------------------------------------------------------------------------------------------

    def _taken(self, poll: Poll, answer: Answer, read: ReadFeed) -> Taken:
        """Save everything that an answer brought, and what it means for the next poll, in one transaction."""
        due = poll.due
        batch = AnswerBatch(
            poll=poll, spec=self.specs[due.name], read=read, now=self.clock(), settings=self.settings(due.name),
            outcome=lambda overlap, is_changed: self._of_read(due, answer, read, overlap, is_changed=is_changed),
            url=answer.url,
        )  # fmt: skip
        is_moving = answer.moved_to is not None or self.hold(answer).keys() - {poll.claim.name}
        if due.wants_older_page or is_moving or self.specs[due.name].program:
            # Another host, or other entries, are written too: no other worker may do so meanwhile.
            with self.store.write() as db:
                kept = pipeline.take_in(db, batch, self.catalogue)
        else:
            kept = pipeline.take_in_beside(self.store, batch, self.catalogue)
        return _lost(due) if kept is None else Taken(source=due.name, counts=kept.counts, problems=kept.problems)

    def _of_read(self, due: Due, answer: Answer, read: ReadFeed, overlap: float | None, *, is_changed: bool) -> Outcome:
        # An answer that breaks off is asked for again: neither validators nor a digest may say that it is known.
        validators, body_hash = (answer.validators, digest(answer.body)) if read.is_whole else (Validators(), "")
        polled = replace(_polled(answer), hints=read.hints, overlap=overlap)
        return replace(
            self._outcome(due, answer, polled, validators, is_changed=is_changed), body_hash=body_hash,
            marks=read.marks, hints=read.hints, hold=self.hold(answer), seconds=answer.seconds,
            announced=self._announced(due, answer, read),
            is_missing=overlap is not None and overlap <= LITTLE_OVERLAP,
        )  # fmt: skip

    def place(self, waited: timedelta | None = None, *, is_joining: bool = False) -> int:
        """
        Let saved entries come into feeds; with `waited`, only those that have waited so long. Returns how many.

        All that was polled together is placed together, so that the order of the polls does not matter. With
        `is_joining`, a first import waits for a while for its older pages.
        """
        now = self.clock()
        with self.store.read() as db:
            if not (placing.count_waiting(db, now - waited) if waited else placing.is_needed(db)):
                return 0
        with self.store.write() as db:
            feeds.define(db, self.catalogue, now)
            opening.open_all(db)
            ids = set(source_store.ids_of(db, self.specs)) - (backfills.joining(db, now) if is_joining else set())
            # Who has the stored configuration judges these first, and lets them come into feeds (`judge_again`).
            ids -= source_store.mixed(db)
            return placing.place(db, ids, now, before=now - waited if waited else None).total()


def _is_elsewhere(poll: Poll, outcome: Outcome) -> bool:
    """Whether the result of a poll also changes another host than the one that the poll has claimed."""
    return outcome.url is not None or bool(outcome.hold.keys() - {poll.claim.name})


def _polled(answer: Answer) -> Polled:
    return Polled(status=answer.status, headers=answer.headers)


def _lost(due: Due) -> Taken:
    return Taken(source=due.name, counts=Counter(lost=1))
