"""
Subscriptions to feeds, confirmed by their callbacks.

The state decides what is due: the digest of the document that the subscriber got last differs from the present one. So
a subscriber that was away gets the newest document alone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from feedsvc.identity import digest
from feedsvc.model import Format
from feedsvc.store import errands
from feedsvc.store.schema import UNOPENED, UtcDateTime, document, feed, hub_request, hub_subscription

#: The time until the next try, after each failure in a row. The last one repeats until the lease ends.
WAITS = (
    timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2),
    timedelta(hours=6),
)  # fmt: skip

OF_ONE = sa.update(hub_subscription).where(hub_subscription.c.id == sa.bindparam("of_id"))

NOW = sa.bindparam("now", type_=UtcDateTime)

#: A subscription is due again at once if the document changed while it was delivered.
DELIVERED = OF_ONE.values(
    delivered=sa.bindparam("sent"),
    failures=0,
    next_due=sa.case((errands.digest_of(hub_subscription) != sa.bindparam("sent"), NOW), else_=None),
)
FAILED = OF_ONE.values(next_due=sa.bindparam("later"), failures=hub_subscription.c.failures + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The subscription that somebody wants."""

    feed_id: int
    format: Format
    #: As they were written.
    topic: str
    callback: str
    #: Of the callback.
    host: str
    secret: str | None
    lease_seconds: int
    #: The digest of the document that the subscriber knows.
    delivered: str | None = None

    @property
    def key(self) -> str:
        """The key of a topic and a callback."""
        return digest(f"{self.topic} {self.callback}".encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A subscription that this worker has claimed."""

    id: int
    fence: int
    feed_id: int
    format: Format
    topic: str
    callback: str
    host: str
    secret: str | None
    delivered: str | None
    failures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a delivery ended. None of both: it failed."""

    #: The digest of the document that the subscriber has now.
    digest: str | None = None
    #: Whether the subscription ends.
    is_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Numbers for the operator."""

    subscriptions: int
    #: Subscriptions whose last delivery failed.
    failing: int
    #: Requests whose callbacks are not asked yet.
    requests: int


def confirm(db: sa.Connection, wanted: Wanted, now: datetime) -> None:
    """Let a subscription begin, or prolong it. Who calls has the lock of the feed."""
    values = {
        "feed_id": wanted.feed_id, "format": wanted.format, "topic": wanted.topic, "callback": wanted.callback,
        "host": wanted.host, "secret": wanted.secret, "expires_at": now + timedelta(seconds=wanted.lease_seconds),
    }  # fmt: skip
    of_key = hub_subscription.c.key == wanted.key
    old = db.execute(sa.select(hub_subscription).where(of_key).with_for_update()).one_or_none()
    if old is None or old.expires_at <= now:
        # What is over is forgotten: a subscription begins anew, with the document that the subscriber knows.
        end(db, wanted.key)
        new = {**values, "key": wanted.key, "delivered": wanted.delivered, "fence": 0, "failures": 0}
        db.execute(sa.insert(hub_subscription).values(**new))
    else:
        # A subscriber that answers is tried again at once.
        again = {"failures": 0, "next_due": now} if old.failures else {}
        db.execute(sa.update(hub_subscription).where(of_key).values(**values, **again))
    present, known = errands.digest_of(hub_subscription), hub_subscription.c.delivered
    is_behind = sa.and_(present.is_not(None), sa.or_(known.is_(None), known != present))
    db.execute(
        sa.update(hub_subscription).where(of_key, hub_subscription.c.next_due.is_(None), is_behind).values(next_due=now)
    )


def end(db: sa.Connection, key: str) -> None:
    """Let a subscription end."""
    db.execute(sa.delete(hub_subscription).where(hub_subscription.c.key == key))


def is_due(db: sa.Connection, now: datetime) -> bool:
    """Whether one is due."""
    return errands.is_due(db, hub_subscription, now)


def claim(
    db: sa.Connection, now: datetime, number: int, busy: Collection[str], *, is_failing: bool
) -> list[Subscription]:
    """Take subscriptions that are due: those whose last delivery failed, or the others."""
    of_kind = hub_subscription.c.failures > 0 if is_failing else hub_subscription.c.failures == 0
    lasts = hub_subscription.c.expires_at > now
    rows = errands.claim(db, hub_subscription, hub_subscription.c.host, now, number, busy, of_kind, lasts)
    return [
        Subscription(
            id=row.id, fence=row.fence, feed_id=row.feed_id, format=row.format, topic=row.topic,
            callback=row.callback, host=row.host, secret=row.secret, delivered=row.delivered, failures=row.failures,
        )
        for row in rows
    ]  # fmt: skip


def close(db: sa.Connection, ended: Sequence[tuple[Subscription, Ended]], now: datetime) -> None:
    """Save how deliveries ended."""
    fences = {one.id: one.fence for one, _ in ended}
    errands.lock_feeds(db, {one.feed_id for one, _ in ended})
    held = errands.mine(db, hub_subscription, fences)
    sent = [(one, how) for one, how in ended if one.id in held]
    if over := [one.id for one, how in sent if how.is_over]:
        db.execute(sa.delete(hub_subscription).where(hub_subscription.c.id.in_(over)))
    if good := [{"of_id": one.id, "sent": how.digest, "now": now} for one, how in sent if how.digest]:
        db.execute(DELIVERED, good)
    failed = [one for one, how in sent if not how.is_over and not how.digest]
    if failed:
        db.execute(FAILED, [{"of_id": one.id, "later": now + wait(one.failures)} for one in failed])


def wait(failures: int) -> timedelta:
    """The time until the next try, after so many failures before the last one."""
    return WAITS[min(failures, len(WAITS) - 1)]


def outdated(db: sa.Connection) -> list[tuple[int, Format]]:
    """The feeds and formats with subscriptions whose document is not that of the present revision."""
    topics = sa.select(hub_subscription.c.feed_id, hub_subscription.c.format).distinct().subquery()
    is_same = (document.c.feed_id == topics.c.feed_id, document.c.page == 0, document.c.format == topics.c.format)
    rows = db.execute(
        sa.select(topics)
        .join(feed, feed.c.id == topics.c.feed_id)
        .outerjoin(document, sa.and_(*is_same))
        .where(
            feed.c.retired_at.is_(None),
            feed.c.revision > UNOPENED,
            sa.or_(
                document.c.feed_revision.is_(None), document.c.feed_revision != feed.c.revision,
                document.c.gzip.is_(None),
            ),
        )
        .order_by(topics.c.feed_id, topics.c.format)
    )  # fmt: skip
    return [(row.feed_id, row.format) for row in rows]


def is_over(db: sa.Connection, now: datetime) -> bool:
    """Whether there are subscriptions that are over, or that lost their feed."""
    is_late = sa.or_(hub_subscription.c.expires_at <= now, _is_gone())
    return db.scalar(sa.select(hub_subscription.c.id).where(is_late).limit(1)) is not None


def _is_gone() -> sa.ColumnElement[bool]:
    """Whether the feed of a subscription that waits is retired."""
    retired = sa.select(feed.c.id).where(feed.c.retired_at.is_not(None))
    return sa.and_(hub_subscription.c.next_due.is_(None), hub_subscription.c.feed_id.in_(retired))


def expire(db: sa.Connection, now: datetime) -> None:
    """End subscriptions that were not prolonged. Those of a retired feed are due, to be told of it."""
    db.execute(sa.delete(hub_subscription).where(hub_subscription.c.expires_at <= now))
    db.execute(sa.update(hub_subscription).where(_is_gone()).values(next_due=now))


def figures(db: sa.Connection) -> Figures:
    """Numbers for the operator."""
    failing = sa.func.count().filter(hub_subscription.c.failures > 0)
    row = db.execute(sa.select(sa.func.count(), failing).select_from(hub_subscription)).one()
    waiting = db.scalar(sa.select(sa.func.count(hub_request.c.next_due))) or 0
    return Figures(subscriptions=row[0], failing=row[1], requests=waiting)
