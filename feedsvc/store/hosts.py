"""
The host as the unit of polling: who has it, until when, and until when it is to be left alone.

A worker claims hosts: their `next_due` becomes the end of a lease, their fence number rises. What it finds is written
only under that number, so a worker that was thought dead writes nothing, and no two ask one host at a time.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import sqlalchemy as sa

from feedsvc.schedule import LONGEST
from feedsvc.store.entries import inserted
from feedsvc.store.schema import host, source, upstream


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A host that is ours for a while."""

    host_id: int
    name: str
    fence: int


def name_of(url: str) -> str:
    """What a URL's host is called here."""
    return (urlsplit(url).hostname or "").lower()


def host_of(db: sa.Connection, url: str) -> int:
    """The id of a URL's host, which is made at first sight."""
    found = db.scalar(sa.select(host.c.id).where(host.c.name == name_of(url)))
    return int(found) if found is not None else inserted(db, host, {"name": name_of(url), "fence": 0})


def _due() -> sa.Case[datetime | None]:
    """When a host that nobody has is due: with the first of its upstreams, but not while it is to be left alone."""
    first = sa.select(sa.func.min(upstream.c.next_due)).where(upstream.c.host_id == host.c.id).scalar_subquery()
    return sa.case((host.c.held_until > first, host.c.held_until), else_=first)


def settle(db: sa.Connection, now: datetime) -> None:
    """Let hosts know when the first of their upstreams is due; those that a worker has, it tells when it is done."""
    is_free = sa.or_(host.c.leased_until.is_(None), host.c.leased_until <= now)
    db.execute(sa.update(host).where(is_free).values(next_due=_due(), leased_until=None))


def claim(
    db: sa.Connection, now: datetime, lease: timedelta, number: int, only: Collection[str] | None = None
) -> list[Claim]:
    """
    Take up to `number` hosts that are due, the longest waiting first, until `now + lease`.

    With `only`, hosts of upstreams of these sources that are due.
    """
    is_due = sa.or_(host.c.next_due <= now, host.c.next_due > now + LONGEST)
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
    return [Claim(host_id=row.id, name=row.name, fence=row.fence) for row in db.execute(taken)]


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
        mine = sa.and_(host.c.id == sa.bindparam("of_host"), host.c.fence == sa.bindparam("of_fence"))
        change = sa.update(host).where(mine).values(next_due=_due(), leased_until=None)
        db.execute(change, [{"of_host": one.host_id, "of_fence": one.fence} for one in claims])


def hold(db: sa.Connection, until: Mapping[str, datetime]) -> None:
    """Leave hosts alone, by their names; those that are to be left alone for longer already stay so."""
    for name, moment in until.items():
        is_longer = sa.and_(host.c.name == name, sa.or_(host.c.held_until.is_(None), host.c.held_until < moment))
        db.execute(sa.update(host).where(is_longer).values(held_until=moment))
        is_free = sa.and_(host.c.name == name, host.c.leased_until.is_(None), host.c.next_due < moment)
        db.execute(sa.update(host).where(is_free).values(next_due=moment))


def let_go(db: sa.Connection, host_ids: Collection[int]) -> None:
    """Do not leave these hosts alone any more."""
    db.execute(sa.update(host).where(host.c.id.in_(list(host_ids))).values(held_until=None))
