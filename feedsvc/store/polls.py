"""
Upstreams, and when each is polled: the schedule is in the database, and the host is the unit of work.

A worker claims hosts: their `next_due` becomes the end of a lease, their fence number rises. What it finds is written
only under that number, so a worker that was thought dead writes nothing, and no two ask one host at a time.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import sqlalchemy as sa

from feedsvc.model import Hints, UpstreamSpec, Validators
from feedsvc.schedule import LONGEST, Move, Next, Pace
from feedsvc.store.entries import inserted
from feedsvc.store.lookups import chunks
from feedsvc.store.schema import host, source, upstream
from feedsvc.store.sources import find_or_add


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A host that is ours for a while."""

    host_id: int
    name: str
    fence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An upstream that is to be polled."""

    source_id: int
    name: str
    url: str
    validators: Validators
    body_hash: str | None
    #: What the entries of that answer are known by.
    marks: frozenset[str]
    hints: Hints
    pace: Pace
    move: Move | None
    #: Digest of the settings that its entries were last made under; None before the first.
    settings: str | None
    #: When it was polled last.
    polled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is remembered of a poll."""

    following: Next
    move: Move | None
    #: Where to ask from now on, where that changed.
    url: str | None = None
    error: str | None = None
    #: Of an answer whose entries are saved; None keeps what there is.
    validators: Validators | None = None
    body_hash: str | None = None
    marks: Sequence[str] | None = None
    hints: Hints | None = None
    is_changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What is polled, under whose claim; the last one of a host gives it back."""

    claim: Claim
    due: Due
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PollState:
    """An upstream as an operator sees it."""

    url: str
    next_due: datetime | None
    polled_at: datetime | None
    succeeded_at: datetime | None
    changed_at: datetime | None
    failures: int
    error: str | None
    why: str | None


# --- which there are -------------------------------------------------------------------------------------------------


def define(db: sa.Connection, specs: Sequence[UpstreamSpec], now: datetime) -> None:
    """
    Make the stored upstreams follow the configuration.

    A new one is due at once; one whose URL was changed begins anew under its old
    identities; one that left is not polled any more.
    """
    present = {
        row.name: row
        for row in db.execute(sa.select(source.c.name, upstream).join(source, source.c.id == upstream.c.source_id))
    }
    for spec in specs:
        row = present.get(spec.name)
        if row is None:
            values = {"source_id": find_or_add(db, spec.name), **_anew(db, spec, now)}
            db.execute(sa.insert(upstream).values(**values))
        elif row.configured_url != spec.url or (row.next_due is None and row.error is None):
            change = sa.update(upstream).where(upstream.c.source_id == row.source_id)
            db.execute(change.values(**_anew(db, spec, now)))
    kept = {spec.name for spec in specs}
    gone = [row.source_id for name, row in present.items() if name not in kept and (row.next_due or row.error)]
    for chunk in chunks(gone):
        left = {"next_due": None, "error": None, "why": "no longer configured"}
        db.execute(sa.update(upstream).where(upstream.c.source_id.in_(chunk)).values(**left))
    _settle_hosts(db, now)


def _anew(db: sa.Connection, spec: UpstreamSpec, now: datetime) -> dict[str, object]:
    return {
        "host_id": _host_of(db, spec.url), "configured_url": spec.url, "url": spec.url,
        "next_due": now, "etag": None, "last_modified": None, "validated_url": None, "body_hash": None,
        "marks": None, "hints": None, "failures": 0, "haste": 1, "moved_to": None, "moved_since": None, "error": None,
        "why": None,
    }  # fmt: skip


def _host_of(db: sa.Connection, url: str) -> int:
    name = (urlsplit(url).hostname or "").lower()
    found = db.scalar(sa.select(host.c.id).where(host.c.name == name))
    return int(found) if found is not None else inserted(db, host, {"name": name, "fence": 0})


def _earliest() -> sa.ScalarSelect[datetime | None]:
    return sa.select(sa.func.min(upstream.c.next_due)).where(upstream.c.host_id == host.c.id).scalar_subquery()


def _settle_hosts(db: sa.Connection, now: datetime) -> None:
    """Let hosts know when the first of their upstreams is due; those that a worker has, it tells when it is done."""
    is_free = sa.or_(host.c.leased_until.is_(None), host.c.leased_until <= now)
    db.execute(sa.update(host).where(is_free).values(next_due=_earliest(), leased_until=None))


# --- whose turn it is ------------------------------------------------------------------------------------------------


def claim(db: sa.Connection, now: datetime, lease: timedelta, number: int) -> list[Claim]:
    """Take up to `number` hosts that are due, the longest waiting first, until `now + lease`."""
    is_due = sa.or_(host.c.next_due <= now, host.c.next_due > now + LONGEST)
    due = sa.select(host.c.id).where(is_due).order_by(host.c.next_due).limit(number).with_for_update(skip_locked=True)
    taken = (
        sa.update(host)
        .where(host.c.id.in_(due.scalar_subquery()))
        .values(next_due=now + lease, leased_until=now + lease, fence=host.c.fence + 1)
        .returning(host.c.id, host.c.name, host.c.fence)
    )
    return [Claim(host_id=row.id, name=row.name, fence=row.fence) for row in db.execute(taken)]


def due_of(db: sa.Connection, host_ids: Collection[int], now: datetime) -> dict[int, list[Due]]:
    """The upstreams of each host that are due, the longest waiting first."""
    found: dict[int, list[Due]] = {host_id: [] for host_id in host_ids}
    rows = db.execute(
        sa.select(upstream, source.c.name, source.c.settings)
        .join(source, source.c.id == upstream.c.source_id)
        .where(
            upstream.c.host_id.in_(list(host_ids)),
            sa.or_(upstream.c.next_due <= now, upstream.c.next_due > now + LONGEST),
        )
        .order_by(upstream.c.next_due, upstream.c.source_id)
    )
    for row in rows:
        one = Due(
            source_id=row.source_id,
            name=row.name,
            url=row.url,
            validators=Validators(etag=row.etag, last_modified=row.last_modified, url=row.validated_url),
            body_hash=row.body_hash,
            marks=frozenset((row.marks or "").split()),
            hints=_hints(row.hints),
            pace=Pace(failures=row.failures, haste=row.haste),
            move=Move(url=row.moved_to, since=row.moved_since) if row.moved_to else None,
            settings=row.settings,
            polled_at=row.polled_at,
        )
        found[row.host_id].append(one)
    return found


def renew(db: sa.Connection, claims: Collection[Claim], until: datetime) -> None:
    """Keep hosts for longer; those that somebody else has by now stay with them."""
    for one in claims:
        mine = sa.and_(host.c.id == one.host_id, host.c.fence == one.fence)
        db.execute(sa.update(host).where(mine).values(next_due=until, leased_until=until))


def mine(db: sa.Connection, claims: Collection[Claim]) -> set[Claim]:
    """Those that are still ours: asked first in each transaction that writes what was found there."""
    ids = [one.host_id for one in claims]
    rows = db.execute(sa.select(host.c.id, host.c.fence).where(host.c.id.in_(ids)).with_for_update())
    fences = {row.id: row.fence for row in rows}
    return {one for one in claims if fences.get(one.host_id) == one.fence}


def release(db: sa.Connection, claims: Collection[Claim]) -> None:
    """Give hosts back: each is due when the next of its upstreams is."""
    if claims:
        db.execute(_RELEASE, [{"of_host": one.host_id, "of_fence": one.fence} for one in claims])


# --- what came of it -------------------------------------------------------------------------------------------------


def close(db: sa.Connection, polled: Sequence[tuple[Poll, Outcome]], now: datetime) -> None:
    """Remember what came of polls. With the last one of a host, the host is free."""
    rows: dict[tuple[str, ...], list[dict[str, object]]] = {}
    for poll, outcome in polled:
        row = {"of_source": poll.due.source_id, "of_url": poll.due.url, **_remembered(db, outcome, now)}
        rows.setdefault(tuple(row), []).append(row)
    for names, alike in rows.items():
        # What was found at a URL that is not asked for any more says nothing.
        db.execute(_SAVE.values({name: sa.bindparam(name) for name in names if not name.startswith("of_")}), alike)
    release(db, [poll.claim for poll, _ in polled if poll.is_last])
    if any(outcome.url for _, outcome in polled):
        _settle_hosts(db, now)


_SAVE = sa.update(upstream).where(
    upstream.c.source_id == sa.bindparam("of_source"),
    upstream.c.url == sa.bindparam("of_url"),
    upstream.c.next_due.is_not(None),
)
_RELEASE = (
    sa.update(host)
    .where(host.c.id == sa.bindparam("of_host"), host.c.fence == sa.bindparam("of_fence"))
    .values(next_due=_earliest(), leased_until=None)
)


def _remembered(db: sa.Connection, outcome: Outcome, now: datetime) -> dict[str, object]:
    """The columns that a poll changes."""
    values: dict[str, object] = {
        "next_due": outcome.following.due,
        "failures": outcome.following.pace.failures,
        "haste": outcome.following.pace.haste,
        "moved_to": outcome.move.url if outcome.move else None,
        "moved_since": outcome.move.since if outcome.move else None,
        "polled_at": now,
        "error": outcome.error,
        "why": outcome.following.why or None,
    }
    if outcome.error is None:
        values["succeeded_at"] = now
    if outcome.is_changed:
        values["changed_at"] = now
    if outcome.validators is not None:
        given = outcome.validators
        values |= {"etag": given.etag, "last_modified": given.last_modified, "validated_url": given.url}
    if outcome.body_hash is not None:
        values["body_hash"] = outcome.body_hash
    if outcome.marks is not None:
        values["marks"] = " ".join(outcome.marks)
    if outcome.hints is not None:
        values["hints"] = _as_json(outcome.hints)
    if outcome.url is not None:
        values |= {"url": outcome.url, "host_id": _host_of(db, outcome.url)}
    return values


def _as_json(hints: Hints) -> str | None:
    """What a feed says of how often to ask; None for nothing."""
    said = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(hints).items()}
    return json.dumps(said) if hints != Hints() else None


def _hints(written: str | None) -> Hints:
    if written is None:
        return Hints()
    said = json.loads(written)
    days, hours = frozenset(said.pop("skip_days")), frozenset(said.pop("skip_hours"))
    return Hints(**said, skip_days=days, skip_hours=hours)


def states(db: sa.Connection) -> dict[str, PollState]:
    """How every upstream does, by its source's name."""
    rows = db.execute(sa.select(upstream, source.c.name).join(source, source.c.id == upstream.c.source_id))
    return {
        row.name: PollState(
            url=row.url,
            next_due=row.next_due,
            polled_at=row.polled_at,
            succeeded_at=row.succeeded_at,
            changed_at=row.changed_at,
            failures=row.failures,
            error=row.error,
            why=row.why,
        )
        for row in rows
    }
