"""
Webhooks of feeds, and how far their deliveries are.

There is no queue of messages. A webhook has the cursor of the change that was delivered last, so the state of the feed
decides what is due. A worker claims a webhook for the time of a lease, which raises its fence number. The result is
saved only under that number.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from feedsvc.identity import digest
from feedsvc.model import Cursor, Webhook
from feedsvc.normalize import slug_key
from feedsvc.normalize.wording import plural, span
from feedsvc.schedule.retries import CAP
from feedsvc.store import feeds, following
from feedsvc.store.engine import Store
from feedsvc.store.feeds import Feed
from feedsvc.store.following import Known
from feedsvc.store.schema import feed, webhook

#: A webhook that was out of the configuration for so long begins anew. If it comes back sooner, it goes on: workers do
#: not get a new configuration at the same moment.
LEFT = timedelta(hours=1)

#: How often it is recorded that all changes of a feed are delivered.
SEEN_EVERY = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A webhook that this worker has claimed, and how far its deliveries are."""

    feed_id: int
    fence: int
    after: Cursor
    known: Known
    failures: int
    #: The error of the last try; None if it succeeded.
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of a worker's turn with a webhook."""

    after: Cursor
    delivered: int = 0
    refused: int = 0
    #: Failures of the present delivery in a row, the error, and the next try.
    failures: int = 0
    error: str | None = None
    due: datetime | None = None
    is_stopped: bool = False
    #: Set where all changes are delivered: the revision of the feed, and its highest position.
    seen: int | None = None
    last_position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookState:
    """A webhook, for the operator."""

    #: The slug of its feed.
    feed: str
    delivered: int
    delivered_at: datetime | None
    refused: int
    failures: int
    error: str | None
    next_due: datetime | None
    is_stopped: bool
    #: Whether there are changes that are not delivered yet.
    is_waiting: bool

    @property
    def state(self) -> Literal["done", "waiting", "failing", "stopped"]:
        """The state in one word."""
        if self.is_stopped:
            return "stopped"
        return "failing" if self.failures else "waiting" if self.is_waiting else "done"

    def words(self, now: datetime) -> str:
        """The state in one line."""
        said = plural(self.delivered, "delivery")
        if self.delivered_at:
            said += f", the last {span(now, self.delivered_at)} ago"
        if self.refused:
            said += f"; {self.refused} refused"
        if self.is_stopped:
            return f"{said}; stopped: {self.error}; remove the webhook, or give it another url"
        if self.failures:
            after = span(self.next_due, now) if self.next_due else "0 s"
            return f"{said}; failed {plural(self.failures, 'time')}: {self.error}; next try in {after}"
        return f"{said}; more wait" if self.is_waiting else said


# --- the webhooks that there are -------------------------------------------------------------------------------------


def define(store: Store, webhooks: Sequence[Webhook], now: datetime) -> tuple[dict[int, Webhook], bool]:
    """
    Make the stored webhooks follow the configuration. Returns them by the id of their feed, and whether any is due.

    A new webhook begins with the changes from now on. So does one that was stopped, and has another configuration now.
    Another address alone keeps the cursor: the new receiver gets what the former one has not got.
    """
    with store.read() as db:
        found, stored = _of_feeds(db, webhooks), _stored(db)
        is_same = not any(True for _ in _changes(db, found, stored, now))
        idle = [row.feed_id for row in stored.values() if _is_idle(found, row, now)]
        if is_same and not idle:
            return _webhooks(found), has_due(db, found, now)
    with store.write(is_shared=True) as db:
        # Two workers may do so at once: the second one finds the rows of the first.
        ids = sorted({*found, *stored})
        db.execute(sa.select(feed.c.id).where(feed.c.id.in_(ids)).order_by(feed.c.id).with_for_update())
        found = _of_feeds(db, webhooks)
        for change in list(_changes(db, found, _stored(db), now)):
            db.execute(change)
        is_seen = sa.exists().where(feed.c.id == webhook.c.feed_id, feed.c.revision == webhook.c.seen)
        db.execute(sa.update(webhook).where(webhook.c.feed_id.in_(idle), is_seen).values(seen_at=now))
        return _webhooks(found), has_due(db, found, now)


_Found = Mapping[int, tuple[Webhook, Feed]]


def _webhooks(found: _Found) -> dict[int, Webhook]:
    return {feed_id: one for feed_id, (one, _) in found.items()}


def _stored(db: sa.Connection) -> dict[int, Any]:
    return {row.feed_id: row for row in db.execute(sa.select(webhook))}


def _is_idle(found: _Found, row: Any, now: datetime) -> bool:
    """Whether all changes of a feed are delivered, and it is time to record that it is still so."""
    is_seen = row.feed_id in found and found[row.feed_id][1].revision == row.seen
    return is_seen and now - row.seen_at > SEEN_EVERY


def _of_feeds(db: sa.Connection, webhooks: Sequence[Webhook]) -> _Found:
    """The webhooks whose feeds there are, with these."""
    categories = {one.name: one for one in webhooks if one.kind == "category"}
    slugs = {slug_key(one.name): one for one in webhooks if one.kind != "category"}
    by_slug, by_category = feeds.find_all(db, slugs, categories)
    pairs = [(slugs[key], of) for key, of in by_slug.items()]
    pairs += [(categories[name], of) for name, of in by_category.items()]
    return {of.id: (one, of) for one, of in pairs if of.kind == one.kind and not of.is_retired}


def _changes(
    db: sa.Connection, found: _Found, stored: Mapping[int, Any], now: datetime
) -> "Iterator[sa.Insert | sa.Update]":
    """The statements that make the stored webhooks follow the configuration."""
    for feed_id, (one, of) in found.items():
        configured, row = configured_of(one), stored.get(feed_id)
        if row is None:
            yield sa.insert(webhook).values(
                feed_id=feed_id, configured=configured, fence=0, delivered=0, refused=0, **_anew(db, of, now)
            )
            continue
        values: dict[str, Any] = {"left_at": None} if row.left_at else {}
        if row.configured != configured:
            values |= {"configured": configured, **RESET}
        has_left = row.left_at and now - row.left_at > LEFT
        # A feed of a lower revision is that of a copy of an earlier day.
        is_other = row.digest != of.digest or row.revision > of.revision
        if has_left or is_other or (row.stopped_at and row.configured != configured):
            values |= {**_anew(db, of, now), "fence": webhook.c.fence + 1}
        if values:
            yield sa.update(webhook).where(webhook.c.feed_id == feed_id).values(**values)
    for feed_id, row in stored.items():
        if feed_id not in found and row.left_at is None:
            yield sa.update(webhook).where(webhook.c.feed_id == feed_id).values(left_at=now)


#: Columns that are reset when the configuration of a webhook changes.
RESET: Mapping[str, object] = {"next_due": None, "failures": 0, "error": None, "stopped_at": None}


def _anew(db: sa.Connection, of: Feed, now: datetime) -> dict[str, Any]:
    """The columns of a webhook that begins with the changes from now on."""
    end = following.end(of)
    return {
        **RESET, "revision": end.revision, "position": end.position, "digest": of.digest, "seen": of.revision,
        "known": following.last_position(db, of), "seen_at": now, "left_at": None,
    }  # fmt: skip


def configured_of(one: Webhook) -> str:
    """A digest of the configuration of a webhook. Its secrets cannot be read from the digest."""
    policy = one.policy
    said = (one.url, one.secret, policy.allow_private, sorted(policy.networks), policy.proxy)
    return digest(repr(said).encode())


# --- the webhooks that are due ---------------------------------------------------------------------------------------


def _due(feed_ids: Collection[int], now: datetime) -> "sa.Select[Any]":
    """The webhooks of these feeds that have changes to deliver and whose next try is due, the longest waiting first."""
    is_due = sa.or_(webhook.c.next_due.is_(None), webhook.c.next_due <= now, webhook.c.next_due > now + 2 * CAP)
    return (
        sa.select(webhook.c.feed_id)
        .join(feed, feed.c.id == webhook.c.feed_id)
        .where(
            webhook.c.feed_id.in_(list(feed_ids)), webhook.c.stopped_at.is_(None), feed.c.retired_at.is_(None),
            feed.c.revision > webhook.c.seen, is_due,
        )
        .order_by(sa.func.coalesce(webhook.c.next_due, webhook.c.seen_at), webhook.c.feed_id)
    )  # fmt: skip


def has_due(db: sa.Connection, feed_ids: Collection[int], now: datetime) -> bool:
    """Whether a webhook of these feeds is due."""
    return bool(feed_ids) and db.execute(_due(feed_ids, now).limit(1)).first() is not None


def claim(db: sa.Connection, feed_ids: Collection[int], now: datetime, lease: timedelta, number: int) -> list[Claim]:
    """Take up to `number` webhooks of these feeds that are due, until `now + lease`."""
    due = _due(feed_ids, now).limit(number).with_for_update(skip_locked=True, of=webhook)
    taken = (
        sa.update(webhook)
        .where(webhook.c.feed_id.in_(due.scalar_subquery()))
        .values(next_due=now + lease, fence=webhook.c.fence + 1)
        .returning(webhook)
    )
    return [
        Claim(
            feed_id=row.feed_id, fence=row.fence, failures=row.failures, error=row.error,
            after=Cursor(revision=row.revision, position=row.position),
            known=Known(position=row.known, seen_at=row.seen_at),
        )
        for row in db.execute(taken)
    ]  # fmt: skip


def save(db: sa.Connection, one: Claim, outcome: Outcome, now: datetime) -> bool:
    """Save the result of a turn, and end its lease. False: another worker has the webhook by now."""
    values: dict[str, Any] = {
        "revision": outcome.after.revision, "position": outcome.after.position, "failures": outcome.failures,
        "error": outcome.error, "next_due": outcome.due, "stopped_at": now if outcome.is_stopped else None,
        "delivered": webhook.c.delivered + outcome.delivered, "refused": webhook.c.refused + outcome.refused,
    }  # fmt: skip
    if outcome.delivered:
        values |= {"delivered_at": now}
    if outcome.seen is not None:
        values |= {"seen": outcome.seen, "known": outcome.last_position, "seen_at": now}
    mine = sa.update(webhook).where(webhook.c.feed_id == one.feed_id, webhook.c.fence == one.fence)
    return bool(db.execute(mine.values(**values)).rowcount)


def states(db: sa.Connection) -> list[WebhookState]:
    """The webhooks of the configuration, by slug."""
    rows = db.execute(
        sa.select(webhook, feed.c.slug, feed.c.revision.label("present"))
        .join(feed, feed.c.id == webhook.c.feed_id)
        .where(webhook.c.left_at.is_(None), feed.c.retired_at.is_(None))
        .order_by(feed.c.slug)
    )
    return [
        WebhookState(
            feed=row.slug, delivered=row.delivered, delivered_at=row.delivered_at, refused=row.refused,
            failures=row.failures, error=row.error, next_due=row.next_due, is_stopped=row.stopped_at is not None,
            is_waiting=row.present > row.seen,
        )
        for row in rows
    ]  # fmt: skip
