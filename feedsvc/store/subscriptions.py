"""
Our subscriptions at the hubs of upstreams (WebSub), as rows with a state.

    wanted → active → (renewed) … → leaving → gone
       └───────┴→ denied → wanted, after a week

A worker claims the rows that are due, and asks their hubs. The claim raises the fence and notes the request before it
is sent, so a hub may verify it before its answer has come. `next_due` decides what a worker does. A worker that is
killed loses a request at most, which is sent again when its lease ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from feedsvc.normalize import one_line
from feedsvc.schedule.pushes import DENIED, MANY_FAILURES, VERIFICATION, lease_of, renewal, retry
from feedsvc.store import pushes
from feedsvc.store.schema import source, subscription

Mode = Literal["subscribe", "unsubscribe"]

#: Longest reason of a hub that is stored, in characters.
MAX_REASON = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A subscription whose hub is to be asked, and the number under which its result is saved."""

    id: int
    fence: int
    source: str
    hub: str
    topic: str
    callback: str
    secret: str
    mode: Mode
    failures: int
    lease_until: datetime | None


# --- the requests to hubs --------------------------------------------------------------------------------------------


def is_due(db: sa.Connection, now: datetime) -> bool:
    """Whether a hub is to be asked."""
    return db.scalar(sa.select(subscription.c.id).where(subscription.c.next_due <= now).limit(1)) is not None


def claim(db: sa.Connection, now: datetime, lease: timedelta, number: int) -> list[Asked]:
    """Take up to `number` subscriptions whose hubs are to be asked, until `now + lease`."""
    table = subscription.c
    due = sa.select(table.id).where(table.next_due <= now).order_by(table.next_due).limit(number)
    is_over = sa.and_(table.state == "active", table.lease_until <= now)
    taken = (
        sa.update(subscription)
        .where(table.id.in_(due.with_for_update(skip_locked=True).scalar_subquery()))
        .values(
            next_due=now + lease, fence=table.fence + 1, asked=table.fence + 1,
            state=sa.case((sa.or_(table.state == "denied", is_over), "wanted"), else_=table.state),
        )
        .returning(subscription)
    )  # fmt: skip
    rows = db.execute(taken).all()
    for row in rows:
        if row.state == "wanted" and row.lease_until is not None and row.lease_until <= now:
            _forget_lease(db, row, now)
    names = sa.select(source.c.id, source.c.name).where(source.c.id.in_([row.source_id for row in rows]))
    name_of = {row.id: row.name for row in db.execute(names)} if rows else {}
    return [
        Asked(
            id=row.id, fence=row.fence, source=name_of[row.source_id], hub=row.hub, topic=row.topic,
            callback=row.callback, secret=row.secret, mode="unsubscribe" if row.state == "leaving" else "subscribe",
            failures=row.failures, lease_until=row.lease_until if row.state == "active" else None,
        )
        for row in rows
    ]  # fmt: skip


def _forget_lease(db: sa.Connection, row: Any, now: datetime) -> None:
    gone = {"lease_until": None, "since": None}
    db.execute(sa.update(subscription).where(subscription.c.id == row.id).values(**gone))
    pushes.ended(db, row.source_id, now)


def _mine(asked: Asked) -> sa.ColumnElement[bool]:
    """The row of a request, unless the hub has verified the request already, or the row was claimed again."""
    table = subscription.c
    return sa.and_(table.id == asked.id, table.fence == asked.fence, table.answered.is_distinct_from(asked.fence))


def accepted(db: sa.Connection, asked: Asked, now: datetime) -> None:
    """Save that a hub accepted a request. The request counts as failed until the hub has verified it."""
    failures = asked.failures + 1
    if asked.mode == "unsubscribe" and failures >= MANY_FAILURES:
        db.execute(sa.delete(subscription).where(_mine(asked)))
        return
    due = max(now + VERIFICATION, retry(failures, {}, now))
    saved = {"failures": failures, "error": None, "next_due": _before_end(due, asked, now)}
    db.execute(sa.update(subscription).where(_mine(asked)).values(**saved))


def failed(db: sa.Connection, asked: Asked, error: str, headers: Mapping[str, str], now: datetime) -> None:
    """Save that a request failed. A subscription that cannot be ended is forgotten after some failures."""
    failures = asked.failures + 1
    if asked.mode == "unsubscribe" and failures >= MANY_FAILURES:
        db.execute(sa.delete(subscription).where(_mine(asked)))
        return
    due = _before_end(retry(failures, headers, now), asked, now)
    saved = {"failures": failures, "error": error, "next_due": due}
    db.execute(sa.update(subscription).where(_mine(asked)).values(**saved))


def put_off(db: sa.Connection, asked: Asked, due: datetime) -> None:
    """Save that a hub was not asked yet."""
    db.execute(sa.update(subscription).where(_mine(asked)).values(next_due=due))


def _before_end(due: datetime, asked: Asked, now: datetime) -> datetime:
    """The hub is asked again when the lease ends, if not before."""
    until = asked.lease_until
    return min(due, until) if until is not None and until > now else due


# --- the requests of hubs --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """A subscription, as far as a push needs it."""

    id: int
    source_id: int
    secret: str


def is_any_active(db: sa.Connection) -> bool:
    """Whether a hub pushes."""
    return db.scalar(sa.select(subscription.c.id).where(subscription.c.state == "active").limit(1)) is not None


def is_known(db: sa.Connection, token: str) -> bool:
    """Whether a callback is ours."""
    return db.scalar(sa.select(subscription.c.id).where(subscription.c.token == token)) is not None


def find(db: sa.Connection, token: str) -> Subscribed | None:
    """The subscription of a callback. None: there is none, or it is being ended."""
    table = subscription.c
    row = db.execute(sa.select(subscription).where(table.token == token, table.state != "leaving")).one_or_none()
    return None if row is None else Subscribed(id=row.id, source_id=row.source_id, secret=row.secret)


def verify(
    db: sa.Connection, token: str, mode: str, topic: str, lease_seconds: str | None, now: datetime
) -> bool:  # fmt: skip
    """
    Whether a hub asks about what feedsvc asked it for. If so, the subscription begins, is extended, or ends.

    The hub may ask about a subscription again: then its lease is a new one.
    """
    row = _row(db, token, topic)
    if row is None or row.asked is None:
        return False
    if mode == "unsubscribe" and row.state == "leaving":
        db.execute(sa.delete(subscription).where(subscription.c.id == row.id))
        return True
    if mode != "subscribe" or row.state not in {"wanted", "active"}:
        return False
    lease = lease_of(lease_seconds)
    is_live = row.state == "active" and row.lease_until is not None and row.lease_until > now
    active = {
        "state": "active", "answered": row.asked, "failures": 0, "error": None, "lease_until": now + lease,
        "since": row.since if is_live else now, "next_due": renewal(lease, now),
    }  # fmt: skip
    db.execute(sa.update(subscription).where(subscription.c.id == row.id).values(**active))
    return True


def deny(db: sa.Connection, token: str, topic: str, reason: str, now: datetime) -> bool:
    """Whether a hub denies a subscription that there is. If so, the hub is not asked for a while."""
    row = _row(db, token, topic)
    if row is None:
        return False
    change = subscription.c.id == row.id
    if row.state == "leaving":
        db.execute(sa.delete(subscription).where(change))
        return True
    # A hub may quote our callback, which is a secret.
    plain = one_line(reason.replace(token, "…"))[:MAX_REASON]
    denied = {
        "state": "denied", "answered": row.fence, "failures": 0, "since": None, "lease_until": None,
        "error": f"the hub denies it: {plain}" if plain else "the hub denies it", "next_due": now + DENIED,
    }  # fmt: skip
    db.execute(sa.update(subscription).where(change).values(**denied))
    pushes.ended(db, row.source_id, now)
    return True


def _row(db: sa.Connection, token: str, topic: str) -> Any:
    table = subscription.c
    named = sa.select(subscription).where(table.token == token, table.topic == topic)
    return db.execute(named.with_for_update()).one_or_none()


def refuse(db: sa.Connection, subscription_id: int) -> None:
    """Count a push without a valid signature."""
    more = subscription.c.refused + 1
    db.execute(sa.update(subscription).where(subscription.c.id == subscription_id).values(refused=more))
