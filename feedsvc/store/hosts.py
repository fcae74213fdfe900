"""
The host is the unit of polling: a worker claims it for the time of a lease.

A claim sets `next_due` to the end of the lease and raises the fence number. Results are written only under that number.
So two workers never poll one host at the same time, and a worker whose lease has ended writes nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import sqlalchemy as sa

from feedsvc.schedule import LONGEST
from feedsvc.store.adding import insert_missing
from feedsvc.store.schema import backfill, host, source, upstream


@dataclass(frozen=True, slots=True, kw_only=True)
class HostClaim:
    """A host that this worker has claimed."""

    host_id: int
    name: str
    fence: int


def name_of(url: str) -> str:
    """The name of a URL's host, as the table has it."""
    return (urlsplit(url).hostname or "").lower()


def host_of(db: sa.Connection, url: str) -> int:
    """The id of a URL's host, which is made at first sight."""
    named = sa.select(host.c.id).where(host.c.name == name_of(url))
    if db.scalar(named) is None:
        insert_missing(db, host, [{"name": name_of(url), "fence": 0}])
    return int(db.execute(named).scalar_one())


def _due() -> sa.Case[datetime | None]:
    """The time when an unclaimed host is due: with its first upstream or older page, but not before `held_until`."""
    parts = (
        sa.select(table.c.next_due).where(table.c.host_id == host.c.id, table.c.next_due.is_not(None)).correlate(host)
        for table in (upstream, backfill)
    )
    first = sa.union_all(*parts).order_by("next_due").limit(1).scalar_subquery()
    return sa.case((host.c.held_until > first, host.c.held_until), else_=first)


def settle(db: sa.Connection, now: datetime, names: Collection[str] | None = None) -> None:
    """Set when unclaimed hosts are due, of these names or all. For a claimed host, `release` does that."""
    is_free = sa.or_(host.c.leased_until.is_(None), host.c.leased_until <= now)
    is_meant = sa.true() if names is None else host.c.name.in_(names)
    db.execute(sa.update(host).where(is_free, is_meant).values(next_due=_due(), leased_until=None))


def _is_due(now: datetime) -> sa.ColumnElement[bool]:
    """Whether a host is due. A time that is too far ahead was written by a clock that was wrong."""
    return sa.or_(host.c.next_due <= now, host.c.next_due > now + LONGEST)


def is_any_due(db: sa.Connection, now: datetime) -> bool:
    """Whether a host is due."""
    # Both conditions in one would let PostgreSQL read all hosts where none is due.
    sooner, wrong = (sa.exists().where(one) for one in (host.c.next_due <= now, host.c.next_due > now + LONGEST))
    return bool(db.scalar(sa.select(sa.or_(sooner, wrong))))


def settle_one(db: sa.Connection, host_id: int, now: datetime) -> None:
    """Set when a host is due, if it is not claimed."""
    is_free = sa.or_(host.c.leased_until.is_(None), host.c.leased_until <= now)
    db.execute(sa.update(host).where(host.c.id == host_id, is_free).values(next_due=_due(), leased_until=None))


def claim(
    db: sa.Connection, now: datetime, lease: timedelta, number: int, only: Collection[str] | None = None
) -> list[HostClaim]:
    """
    Take up to `number` hosts that are due, the longest waiting first, until `now + lease`.

    With `only`, hosts of upstreams of these sources that are due.
    """
    is_due = _is_due(now)
    if only is not None:
        wanted = sa.select(upstream.c.host_id).join(source, source.c.id == upstream.c.source_id)
        is_due = sa.and_(is_due, host.c.id.in_(wanted.where(source.c.name.in_(only), upstream.c.next_due <= now)))
    due = sa.select(host.c.id).where(is_due).order_by(host.c.next_due).limit(number).with_for_update(skip_locked=True)
    taken = (
        sa.update(host)
        .where(host.c.id.in_(due.scalar_subquery()))
        .values(next_due=now + lease, leased_until=now + lease, fence=host.c.fence + 1)
        .returning(host.c.id, host.c.name, host.c.fence)
    )
    return [HostClaim(host_id=row.id, name=row.name, fence=row.fence) for row in db.execute(taken)]


def renew(db: sa.Connection, claims: Collection[HostClaim], until: datetime) -> None:
    """Extend the leases of claimed hosts. A host that another worker has claimed since stays with it."""
    # `mine` locks the hosts in the order of all transactions.
    ours = [one.host_id for one in mine(db, claims)]
    # A host that was released since must not be leased to nobody.
    is_leased = sa.and_(host.c.id.in_(ours), host.c.leased_until.is_not(None))
    db.execute(sa.update(host).where(is_leased).values(next_due=until, leased_until=until))


def mine(db: sa.Connection, claims: Collection[HostClaim]) -> set[HostClaim]:
    """The claims that still hold. Asked first in each transaction that writes results of polls."""
    ids = [one.host_id for one in claims]
    rows = db.execute(
        sa.select(host.c.id, host.c.fence).where(host.c.id.in_(ids)).order_by(host.c.id).with_for_update()
    )
    fences = {row.id: row.fence for row in rows}
    return {one for one in claims if fences.get(one.host_id) == one.fence}


def release(db: sa.Connection, claims: Collection[HostClaim]) -> None:
    """End the leases of hosts. Each is due again with the next of its upstreams."""
    if claims:
        mine = sa.and_(host.c.id == sa.bindparam("of_host"), host.c.fence == sa.bindparam("of_fence"))
        change = sa.update(host).where(mine).values(next_due=_due(), leased_until=None)
        db.execute(change, [{"of_host": one.host_id, "of_fence": one.fence} for one in claims])


def hold(db: sa.Connection, until: Mapping[str, datetime]) -> None:
    """Do not poll these hosts, by name, until the given time. A later time that is stored already stays."""
    for name, moment in until.items():
        is_longer = sa.and_(host.c.name == name, sa.or_(host.c.held_until.is_(None), host.c.held_until < moment))
        db.execute(sa.update(host).where(is_longer).values(held_until=moment))
        is_free = sa.and_(host.c.name == name, host.c.leased_until.is_(None), host.c.next_due < moment)
        db.execute(sa.update(host).where(is_free).values(next_due=moment))


def let_go(db: sa.Connection, host_ids: Collection[int]) -> None:
    """Let these hosts be polled again."""
    db.execute(sa.update(host).where(host.c.id.in_(list(host_ids))).values(held_until=None))
