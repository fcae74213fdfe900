"""The pushes for an upstream: what they were when its poll began, and how a valid push lets the upstream be due."""

import json
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from feedsvc.model import Announced
from feedsvc.schedule import Meant, Next, Pushed
from feedsvc.schedule.pushes import SPACING, pushed_due
from feedsvc.store import hosts
from feedsvc.store.schema import UtcDateTime, host, source_day, subscription, upstream

WEEK = timedelta(days=7)

#: The subscription of a hub that pushes. An upstream has at most one, but for a moment while its hub changes.
IS_ACTIVE = sa.and_(subscription.c.source_id == upstream.c.source_id, subscription.c.state == "active")


def columns(now: datetime) -> list[sa.Label[Any]]:
    """Columns for a query of upstreams, for `pushed_of`. They are part of that query, so they cost no round trip."""
    lease = sa.select(sa.func.max(subscription.c.lease_until)).where(IS_ACTIVE)
    since = sa.select(sa.func.min(subscription.c.since)).where(IS_ACTIVE)
    of_week = sa.and_(source_day.c.source_id == upstream.c.source_id, source_day.c.day > (now - WEEK).date())
    entries = sa.select(sa.func.sum(source_day.c.entries)).where(of_week)
    return [
        since.correlate(upstream).scalar_subquery().label("push_since"),
        lease.correlate(upstream).scalar_subquery().label("push_until"),
        entries.correlate(upstream).scalar_subquery().label("a_week"),
    ]


def pushed_of(row: Any) -> Pushed:
    """The pushes for an upstream, of its row with `columns`."""
    return Pushed(
        since=row.push_since, until=row.push_until, number=row.pushes, polled=row.pushes_polled, idle=row.push_idle,
        is_silent=row.is_silent, a_week=int(row.a_week or 0), entries=len((row.marks or "").split()),
    )  # fmt: skip


def next_due() -> sa.Case[datetime | None]:
    """
    The value of `upstream.next_due` after a poll: sooner if a push came meanwhile.

    The poll may not have seen that push's news. The parameters are those of `parameters`, and `next_due`.
    """
    is_same = upstream.c.pushes == sa.bindparam("of_pushes")
    planned = sa.bindparam("next_due", type_=UtcDateTime())
    return sa.case((is_same, planned), else_=sa.bindparam("of_again", type_=UtcDateTime()))


def parameters(pushed: Pushed, following: Next, now: datetime) -> dict[str, object]:
    """The parameters of `next_due`. A failed poll is followed by its back-off, whatever is pushed."""
    due = following.due
    is_good = due is not None and not following.pace.failures
    return {"of_pushes": pushed.number, "of_again": min(due, now + SPACING) if due is not None and is_good else due}


def remembered(pushed: Pushed, announced: Announced | None, meant: Meant | None) -> dict[str, object]:
    """The columns that a poll changes. None keeps what there is."""
    hubs: dict[str, object] = {} if announced is None else {"hubs": as_json(announced)}
    if meant is None:
        return hubs
    return {"push_idle": meant.idle, "is_silent": meant.is_silent, "pushes_polled": pushed.number, **hubs}


def mark(db: sa.Connection, source_id: int, now: datetime) -> None:
    """
    Count a valid push, and let its upstream be due.

    An upstream that fails keeps its back-off, one that is gone stays so, and a host that is held or claimed is polled
    when that ends.
    """
    now, row = now.replace(microsecond=0), _locked(db, source_id)
    if row is None:
        return
    due = row.next_due
    if due is not None and not row.failures:
        due = min(due, pushed_due(now, row.polled_at, row.push_idle))
    told = {"pushes": upstream.c.pushes + 1, "pushed_at": now, "is_silent": False, "next_due": due}
    db.execute(sa.update(upstream).where(upstream.c.source_id == source_id).values(**told))
    hosts.settle_one(db, row.host_id, now)


def ended(db: sa.Connection, source_id: int, now: datetime) -> None:
    """Let an upstream be polled soon, because no hub announces its news any more."""
    now, row = now.replace(microsecond=0), _locked(db, source_id)
    if row is None or row.next_due is None or row.failures:
        return
    due = pushed_due(now, row.polled_at, row.push_idle)
    is_later = sa.and_(upstream.c.source_id == source_id, upstream.c.next_due > due)
    db.execute(sa.update(upstream).where(is_later).values(next_due=due))
    hosts.settle_one(db, row.host_id, now)


def _locked(db: sa.Connection, source_id: int) -> Any:
    """The row of an upstream; None if there is none. Its host is locked first, as by a poll that saves its result."""
    of = upstream.c.source_id == source_id
    host_id = db.scalar(sa.select(upstream.c.host_id).where(of))
    db.execute(sa.select(host.c.id).where(host.c.id == host_id).with_for_update())
    return db.execute(sa.select(upstream).where(of).with_for_update()).one_or_none()


# --- the hubs that an upstream names ---------------------------------------------------------------------------------


def as_json(announced: Announced) -> str | None:
    """The hubs of an upstream as they are stored; None for none."""
    if not announced.hubs:
        return None
    return json.dumps({"topic": announced.topic, "hubs": announced.hubs}, ensure_ascii=True)


def announced_of(stored: str | None) -> Announced:
    """The stored hubs of an upstream."""
    if stored is None:
        return Announced()
    said = json.loads(stored)
    return Announced(topic=said["topic"], hubs=tuple(said["hubs"]))
