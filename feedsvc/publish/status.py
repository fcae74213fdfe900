"""The operator's picture of a service: its sources, its work, its storage and its readers, at one moment."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from feedsvc.model import SourceSpec
from feedsvc.publish.readers import Readers, readers_of
from feedsvc.sanitize.policy import POLICY_VERSION
from feedsvc.schedule.rhythm import silent_days
from feedsvc.sources.seeds import missing_folder
from feedsvc.store import (
    Connection,
    Store,
    activity,
    figures,
    hub_subscriptions,
    outdated,
    placing,
    poll_states,
    sources,
    tallies,
    traffic,
    webhooks,
    writing,
)  # fmt: skip
from feedsvc.store.activity import Activity
from feedsvc.store.figures import Facts, History, Storage
from feedsvc.store.hub_subscriptions import Figures as HubFigures
from feedsvc.store.poll_states import PollState
from feedsvc.store.sources import SourceState
from feedsvc.store.states import Condition, condition, in_words, next_poll
from feedsvc.store.webhooks import WebhookState

#: Sources on a page.
PAGE = 200

#: So many days of a source are shown.
DAYS = 30

#: An entry that is due appears in feeds within seconds. If it waits longer than this, no update or worker runs.
LATE = timedelta(minutes=10)

#: A source that fails so many times in a row does not recover by itself.
MANY_FAILURES = 3

#: The order of sources: those that need the operator come first.
ORDER: tuple[Condition, ...] = ("missing", "held", "gone", "failing", "new", "ok", "removed")

#: What needs the operator: a source that fails again and again, is gone, lost its folder, or has articles held back;
#: work that is late; entries that no feed shows; a database that cannot be written; a webhook whose receiver fails
#: again and again, or answered 410.
Kind = Literal["failing", "gone", "missing", "held", "late", "waiting", "writes", "undelivered", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """The configured sources."""

    #: The folder or URL of each source, by its name.
    places: Mapping[str, str]
    seeds: Sequence[SourceSpec]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that needs the operator."""

    kind: Kind
    #: The source, the feed, the kind of work, or the obstacle; empty for entries that wait.
    name: str
    #: Failures in a row, articles or entries.
    number: int = 0
    #: The message, with the remedy.
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """A source."""

    name: str
    condition: Condition
    #: The state in words, as `feedsvc sources` prints it.
    words: str
    state: SourceState
    #: None for a source of seeds.
    poll: PollState | None
    #: The next poll and the reason for its time.
    next_poll: tuple[datetime | None, str]
    #: The days since its newest entry, if it has gone silent against its own rhythm.
    silent_days: int | None
    newest_day: date | None
    #: The number of entries on each of the last days; today is the last.
    days: tuple[int, ...]
    history: History


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The whole picture."""

    now: datetime
    #: The sources of one page.
    sources: tuple[SourceStatus, ...]
    page: int
    pages: int
    #: Of all sources.
    conditions: Mapping[Condition, int]
    silent: tuple[str, ...]
    polls: Mapping[str, int]
    lag: timedelta
    storage: Storage
    work: Activity
    late: tuple[str, ...]
    waiting: int
    outdated: int
    #: Why nothing can be written at this moment; None if it can.
    obstacle: str | None
    readers: tuple[Readers, ...]
    webhooks: tuple[WebhookState, ...]
    troubles: tuple[Trouble, ...]
    #: Of our WebSub hub.
    hub: HubFigures


def late(work: Activity, now: datetime) -> tuple[str, ...]:
    """The kinds of work that a process promised for an earlier time: the process hangs, or was killed."""
    return tuple(name for name, one in work.done.items() if one.next_by is not None and one.next_by < now)


def _counted(conditions: Collection[Condition]) -> dict[Condition, int]:
    """The numbers of sources by condition, in the order of the page."""
    numbers = Counter(conditions)
    return {one: numbers[one] for one in ORDER if numbers[one]}


@dataclass(frozen=True, slots=True, kw_only=True)
class _All:
    """Short facts of all sources."""

    facts: Mapping[str, Facts]
    polled: Mapping[str, PollState]
    missing: Mapping[str, str]
    conditions: Mapping[str, Condition]
    silent: Mapping[str, int]

    @property
    def ordered(self) -> list[str]:
        """The names of all sources: those that need the operator, then silent ones, then the others."""
        names = self.conditions
        return sorted(names, key=lambda name: (_rank(names[name], is_silent=name in self.silent), name))


def _rank(of: Condition, *, is_silent: bool) -> float:
    """The place of a source. A silent one comes before those without fault."""
    return ORDER.index("new") - 0.5 if is_silent and of == "ok" else float(ORDER.index(of))


def read(store: Store, configured: Configured, now: datetime, page: int = 1, size: int | None = PAGE) -> Status:
    """The picture at a moment. `size` is the number of sources on a page: 0 for none, None for all."""
    with store.read() as db:
        known = _all(db, configured, now)
        names = known.ordered
        pages = max(1, -(-len(names) // size)) if size else 1
        page = min(max(page, 1), pages)
        chosen = names if size is None else names[(page - 1) * size : page * size]
        shown = _details(db, configured, known, chosen, now)
        work, storage = activity.read(db), figures.storage(db, store)
        waiting = sum(
            number for name, number in placing.count_waiting(db, now - LATE).items() if name in configured.places
        )
        polls, lag, left = figures.polls(db), figures.lag(db, now), outdated.count(db, POLICY_VERSION)
        reads, hub = traffic.reads(db, now.date()), hub_subscriptions.figures(db)
        hooks = webhooks.states(db)
    obstacle, behind = writing.obstacle(store), late(work, now)
    return Status(
        now=now, sources=shown, page=page, pages=pages, conditions=_counted(known.conditions.values()),
        silent=tuple(sorted(known.silent)), polls=polls, lag=lag, storage=storage, work=work, late=behind,
        waiting=waiting, outdated=left, obstacle=obstacle, readers=readers_of(reads),
        webhooks=tuple(hooks), hub=hub,
        troubles=(*_of_sources(known), *_of_webhooks(hooks), *_of_service(behind, waiting, obstacle)),
    )  # fmt: skip


def _all(db: Connection, configured: Configured, now: datetime) -> _All:
    facts, polled = figures.facts(db), poll_states.states(db)
    known = polled.keys() | {spec.name for spec in configured.seeds}
    polled |= {name: _unknown(url, now) for name, url in configured.places.items() if name not in known}
    missing = {spec.name: reason for spec in configured.seeds if (reason := missing_folder(spec))}
    names = [*configured.places, *(name for name in facts if name not in configured.places)]
    conditions = {
        name: condition(
            SourceState(name=name, held=facts[name].held if name in facts else None), polled.get(name),
            configured.places, missing.get(name, ""),
        )
        for name in names
    }  # fmt: skip
    ages = {
        name: days
        for name, one in facts.items()
        if name in configured.places and (days := silent_days(one.newest_day, one.usual_gap, now.date()))
    }
    # Seeds are written when their author likes.
    silent = {name: days for name, days in ages.items() if name in polled}
    return _All(facts=facts, polled=polled, missing=missing, conditions=conditions, silent=silent)


def _unknown(url: str, now: datetime) -> PollState:
    """The state of an upstream that no worker has seen in the configuration yet."""
    return PollState(
        url=url, next_due=now, polled_at=None, succeeded_at=None, changed_at=None, failures=0, error=None, why=None
    )


def _details(
    db: Connection, configured: Configured, known: _All, names: Collection[str], now: datetime
) -> tuple[SourceStatus, ...]:
    """The sources of a page."""
    ids = [known.facts[name].source_id for name in names if name in known.facts]
    states = sources.states(db, now, ids if len(ids) <= PAGE else None)
    histories = figures.histories(db, ids)
    first = now.date() - timedelta(days=DAYS - 1)
    days = tallies.days_of(db, ids, first)
    found = []
    for name in names:
        facts, poll = known.facts.get(name), known.polled.get(name)
        state, source_id = states.get(name, SourceState(name=name)), facts.source_id if facts else 0
        numbers = days.get(source_id, {})
        found.append(
            SourceStatus(
                name=name, condition=known.conditions[name], state=state, poll=poll,
                words=in_words(state, poll, configured.places, now, known.missing.get(name, "")),
                next_poll=next_poll(poll) if poll else (None, ""), silent_days=known.silent.get(name),
                newest_day=facts.newest_day if facts else None,
                days=tuple(numbers.get(first + timedelta(days=number), 0) for number in range(DAYS)),
                history=histories.get(source_id, History()),
            )
        )  # fmt: skip
    return tuple(found)


def _of_sources(known: _All) -> list[Trouble]:
    """The sources that need the operator."""
    found = []
    for name in known.ordered:
        kind, poll = known.conditions[name], known.polled.get(name)
        if kind == "missing":
            found.append(Trouble(kind="missing", name=name, message=known.missing[name]))
        elif kind == "held":
            found.append(Trouble(kind="held", name=name, number=known.facts[name].held or 0))
        elif kind == "gone" and poll:
            found.append(Trouble(kind="gone", name=name, message=poll.error or ""))
        elif kind == "failing" and poll and poll.failures >= MANY_FAILURES:
            found.append(Trouble(kind="failing", name=name, number=poll.failures, message=poll.error or ""))
    return found


def _of_webhooks(hooks: Collection[WebhookState]) -> list[Trouble]:
    """The webhooks that need the operator."""
    return [
        Trouble(
            kind="stopped" if one.is_stopped else "undelivered", name=one.feed, number=one.failures,
            message=one.error or "",
        )
        for one in hooks
        if one.is_stopped or one.failures >= MANY_FAILURES
    ]  # fmt: skip


def _of_service(behind: Collection[str], waiting: int, obstacle: str | None) -> list[Trouble]:
    """What else needs the operator. A lock is none: an import takes it again and again."""
    found = [Trouble(kind="late", name=name) for name in behind]
    if waiting:
        found.append(Trouble(kind="waiting", name="", number=waiting))
    if obstacle and obstacle != writing.LOCKED:
        found.append(Trouble(kind="writes", name=obstacle))
    return found
