"""Which subscriptions at hubs there should be, by what upstreams name and what the configuration says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from feedsvc.model import Announced
from feedsvc.schedule.pushes import MANY_FAILURES
from feedsvc.store import pushes
from feedsvc.store.lookups import chunks
from feedsvc.store.schema import source, subscription, upstream


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The values of a new subscription that nobody can guess."""

    token: str
    secret: str


def announced(db: sa.Connection) -> dict[str, Announced]:
    """The hubs of each upstream that names any and is polled, by the name of its source."""
    rows = db.execute(
        sa.select(source.c.name, upstream.c.hubs)
        .join(source, source.c.id == upstream.c.source_id)
        .where(upstream.c.hubs.is_not(None), upstream.c.next_due.is_not(None))
    )
    return {row.name: pushes.announced_of(row.hubs) for row in rows}


@dataclass(slots=True, kw_only=True)
class Plan:
    """What makes the subscriptions those that there should be. False if nothing is to be done."""

    #: The name of a source, its hub and its topic.
    add: list[tuple[str, str, str]] = field(default_factory=list)
    #: Rows that get another callback, and rows that are ended.
    again: list[Any] = field(default_factory=list)
    leave: list[Any] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether anything is to be done."""
        return bool(self.add or self.again or self.leave)


def plan(db: sa.Connection, wanted: Mapping[str, Announced | None], callbacks: str) -> Plan:
    """
    Each upstream in `wanted` has a subscription at the first of its hubs that works; with None, no subscription.

    A hub works unless it denied the subscription, or failed again and again. It keeps its row, so that it is asked
    again later. Every other subscription of these upstreams is ended, and those of upstreams that are polled no more.
    Another process may know other upstreams, by a newer configuration. `callbacks` is the address below which our
    callbacks are.
    """
    found = Plan()
    stored: dict[str, dict[tuple[str, str], Any]] = {}
    rows = (
        sa.select(subscription, source.c.name, upstream.c.next_due.is_not(None).label("is_polled"))
        .join(source, source.c.id == subscription.c.source_id)
        .join(upstream, upstream.c.source_id == source.c.id)
    )
    for one in db.execute(rows):
        stored.setdefault(one.name, {})[one.hub, one.topic] = one
    for name in sorted(wanted.keys() | stored.keys()):
        present = stored.get(name, {})
        if name in wanted or not any(one.is_polled for one in present.values()):
            _plan_one(found, name, wanted.get(name) or Announced(), present, callbacks)
    return found


def _plan_one(found: Plan, name: str, said: Announced, present: Mapping[tuple[str, str], Any], callbacks: str) -> None:
    kept: set[tuple[str, str]] = set()
    for hub in said.hubs if said.topic else ():
        key = (hub, str(said.topic))
        kept.add(key)
        row = present.get(key)
        if row is None:
            found.add.append((name, *key))
            break
        if row.state == "leaving" or not row.callback.startswith(callbacks):
            found.again.append(row)
            break
        if not _is_hopeless(row):
            break
    found.leave += [one for key, one in present.items() if key not in kept and not _is_leaving(one)]


def follow(
    db: sa.Connection, wanted: Mapping[str, Announced | None], callbacks: str, new: Callable[[], Keys], now: datetime
) -> None:
    """Do what `plan` says. Its sources are locked, so another worker that has the same plan finds it done."""
    first = plan(db, wanted, callbacks)
    names = {one[0] for one in first.add} | {row.name for row in (*first.again, *first.leave)}
    for some in chunks(sorted(names)):
        named = sa.select(source.c.id).where(source.c.name.in_(some)).order_by(source.c.id)
        db.execute(named.with_for_update(key_share=True))
    found = plan(db, wanted, callbacks)
    for name, hub, topic in found.add:
        if name in names:
            _add(db, name, (hub, topic), callbacks, new(), now)
    for row in found.again:
        _begin_again(db, row.id, callbacks, new(), now)
    _leave(db, found.leave, now)


def _is_hopeless(row: Any) -> bool:
    return bool(row.state == "denied" or (row.state == "wanted" and row.failures >= MANY_FAILURES))


def _is_leaving(row: Any) -> bool:
    return bool(row.state == "leaving")


def _fresh(callbacks: str, keys: Keys, now: datetime) -> dict[str, object]:
    return {
        "token": keys.token, "callback": f"{callbacks}{keys.token}", "secret": keys.secret, "state": "wanted",
        "next_due": now, "asked": None, "answered": None, "failures": 0, "error": None, "since": None,
        "lease_until": None,
    }  # fmt: skip


def _add(db: sa.Connection, name: str, key: tuple[str, str], callbacks: str, keys: Keys, now: datetime) -> None:
    of = sa.select(source.c.id).where(source.c.name == name).scalar_subquery()
    row = {"source_id": of, "hub": key[0], "topic": key[1], "fence": 0, "refused": 0, **_fresh(callbacks, keys, now)}
    db.execute(sa.insert(subscription).values(**row))


def _begin_again(db: sa.Connection, row_id: int, callbacks: str, keys: Keys, now: datetime) -> None:
    """A subscription with another callback. The hub is told 410 under the former one, and forgets it."""
    change = sa.update(subscription).where(subscription.c.id == row_id)
    db.execute(change.values(fence=subscription.c.fence + 1, **_fresh(callbacks, keys, now)))


def _leave(db: sa.Connection, rows: Sequence[Any], now: datetime) -> None:
    """End subscriptions. A hub that was never asked, or that denied, has nothing to end."""
    unknown = [row.id for row in rows if row.asked is None or row.state == "denied"]
    known = [row.id for row in rows if row.asked is not None and row.state != "denied"]
    for some in chunks(unknown):
        db.execute(sa.delete(subscription).where(subscription.c.id.in_(some)))
    for some in chunks(known):
        left = {"state": "leaving", "next_due": now, "failures": 0, "error": None}
        db.execute(sa.update(subscription).where(subscription.c.id.in_(some)).values(**left))
    for row in rows:
        if row.state == "active":
            pushes.ended(db, row.source_id, now)
