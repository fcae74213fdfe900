"""Requests to the hub that the callbacks have not confirmed yet (WebSub, 5.3)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from feedsvc.store import errands
from feedsvc.store.documents import CURRENT
from feedsvc.store.hub_subscriptions import Wanted, confirm, end
from feedsvc.store.schema import document, hub_request, hub_subscription

#: Requests whose callbacks are to be asked, in all, and rows of them. Requests of one host in an hour that were not
#: confirmed: whoever wants no question must not get many, so each repetition counts. And subscriptions, likewise.
MOST_WAITING, MOST_ROWS, MOST_REQUESTS_A_HOST = 2_000, 20_000, 100
MOST_SUBSCRIPTIONS, MOST_SUBSCRIPTIONS_A_HOST = 50_000, 1_000

#: Requests of one subscriber in an hour for which no limit counts. So a subscription is renewed, or ended, also while
#: somebody sends requests with invented callbacks.
MOST_RENEWALS = 5

KEPT = timedelta(hours=1)

#: How long a request waits for its callback to be asked again, after each try without an answer.
WAITS = (timedelta(seconds=10), timedelta(minutes=1))

Limit = Literal["all", "host"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request that this worker has claimed."""

    id: int
    fence: int
    mode: str
    tries: int
    wanted: Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the callback of a request said. None of both: it gave no answer, and is asked again."""

    is_confirmed: bool = False
    is_refused: bool = False


def add(db: sa.Connection, wanted: Wanted, mode: str, now: datetime) -> Limit | None:
    """Let a callback be asked. Returns the limit that is reached; then nothing is stored."""
    errands.lock_feeds(db, [wanted.feed_id], is_alone=True)
    key = wanted.key
    old = db.execute(sa.select(hub_request).where(hub_request.c.key == key).with_for_update()).one_or_none()
    if limit := _limit(db, wanted, mode, key, times=old.times if old else 0):
        return limit
    of_topic = (document.c.feed_id == wanted.feed_id, document.c.page == CURRENT, document.c.format == wanted.format)
    values = {
        "mode": mode, "feed_id": wanted.feed_id, "format": wanted.format, "topic": wanted.topic,
        "callback": wanted.callback, "host": wanted.host, "secret": wanted.secret,
        "lease_seconds": wanted.lease_seconds, "asked_at": now, "tries": 0, "next_due": now,
    }  # fmt: skip
    if old is None:
        known = db.scalar(sa.select(document.c.digest).where(*of_topic))
        db.execute(sa.insert(hub_request).values(key=key, times=1, fence=0, delivered=known, **values))
    else:
        # The fence rises: an answer to the former request does not count for this one.
        more = {"times": hub_request.c.times + 1, "fence": hub_request.c.fence + 1}
        db.execute(sa.update(hub_request).where(hub_request.c.id == old.id).values(**values, **more))
    return None


def _limit(db: sa.Connection, wanted: Wanted, mode: str, key: str, *, times: int) -> Limit | None:
    """The limit that is reached. `times`: how often the same was asked for and not confirmed."""
    count, all_times = sa.func.count(), sa.func.sum(hub_request.c.times)
    is_known = db.scalar(sa.select(count).select_from(hub_subscription).where(hub_subscription.c.key == key))
    if is_known and times < MOST_RENEWALS:
        return None
    of_host = sa.select(all_times).where(hub_request.c.host == wanted.host)
    if (db.scalar(of_host) or 0) >= MOST_REQUESTS_A_HOST:
        return "host"
    waiting, rows = db.execute(sa.select(sa.func.count(hub_request.c.next_due), count).select_from(hub_request)).one()
    if not times and (waiting >= MOST_WAITING or rows >= MOST_ROWS):
        return "all"
    is_other = sa.select(count).select_from(hub_subscription).where(hub_subscription.c.key != key)
    if mode == "subscribe" and (db.scalar(is_other) or 0) >= MOST_SUBSCRIPTIONS:
        return "all"
    others = is_other.where(hub_subscription.c.host == wanted.host)
    return "host" if mode == "subscribe" and (db.scalar(others) or 0) >= MOST_SUBSCRIPTIONS_A_HOST else None


def is_due(db: sa.Connection, now: datetime) -> bool:
    """Whether one is due."""
    return errands.is_due(db, hub_request, now)


def claim(db: sa.Connection, now: datetime, number: int, busy: Collection[str]) -> list[Request]:
    """Take requests whose callbacks are to be asked."""
    rows = errands.claim(db, hub_request, hub_request.c.host, now, number, busy)
    return [
        Request(
            id=row.id, fence=row.fence, mode=row.mode, tries=row.tries,
            wanted=Wanted(
                feed_id=row.feed_id, format=row.format, topic=row.topic, callback=row.callback,
                host=row.host, secret=row.secret, lease_seconds=row.lease_seconds, delivered=row.delivered,
            ),
        )
        for row in rows
    ]  # fmt: skip


def close(db: sa.Connection, answered: Sequence[tuple[Request, Answered]], now: datetime) -> None:
    """Save what callbacks said: a subscription begins, is prolonged or ends, or nothing of that."""
    errands.lock_feeds(db, {one.wanted.feed_id for one, _ in answered}, is_alone=True)
    held = errands.mine(db, hub_request, {one.id: one.fence for one, _ in answered})
    for one, said in answered:
        if one.id not in held:
            continue
        of_one = hub_request.c.id == one.id
        if said.is_confirmed:
            confirm(db, one.wanted, now) if one.mode == "subscribe" else end(db, one.wanted.key)
            db.execute(sa.delete(hub_request).where(of_one))
        else:
            is_over = said.is_refused or one.tries >= len(WAITS)
            due = None if is_over else now + WAITS[one.tries]
            db.execute(sa.update(hub_request).where(of_one).values(next_due=due, tries=one.tries + 1))


def is_old(db: sa.Connection, now: datetime) -> bool:
    """Whether there are requests that were not confirmed long ago."""
    return db.scalar(sa.select(hub_request.c.id).where(hub_request.c.asked_at < now - KEPT).limit(1)) is not None


def forget(db: sa.Connection, now: datetime) -> None:
    """Remove requests that were not confirmed long ago."""
    db.execute(sa.delete(hub_request).where(hub_request.c.asked_at < now - KEPT))
