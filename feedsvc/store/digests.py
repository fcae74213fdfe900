"""
Digests: a feed may have one entry for all stories of a period, in place of an entry for each story.

The members of such a feed are those of any other feed. A digest is a row that gives a period its guid and its position,
and says which stories belong to it. Its text is made of these stories when it is published (`publish/digests.py`), so
no copy of a story is stored here. A period is published once it is over, by the process that updates.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from feedsvc.catalogue import ALL, Catalogue
from feedsvc.identity import article_id, mint_guid
from feedsvc.model import FeedSpec, Period, Site
from feedsvc.normalize import slug_key
from feedsvc.normalize.periods import Span, period_of
from feedsvc.store import documents
from feedsvc.store.engine import Store
from feedsvc.store.schema import archive_page, digest, digest_piece, feed, membership

#: The pieces of a digest.
IN_DIGEST = sa.and_(digest_piece.c.feed_id == digest.c.feed_id, digest_piece.c.position == digest.c.position)

#: Below the revision of every change. Changes of older releases have 0.
NEVER = -1

#: Before every arrival.
EARLIEST = datetime(1, 1, 1, tzinfo=UTC)

#: Stories that one transaction publishes, unless a period has more, and parts of feeds: so other writers wait less than
#: a second.
STORIES = 10_000
PARTS = 100


def of_digest(table: sa.Table) -> sa.ColumnElement[bool]:
    """The piece of a digest that a membership or a departure is."""
    return sa.and_(digest_piece.c.feed_id == table.c.feed_id, digest_piece.c.story_id == table.c.story_id)


_of_feed = membership.c.feed_id == sa.bindparam("of_feed")


def _moment(name: str) -> sa.BindParameter[datetime]:
    return sa.bindparam(name, type_=membership.c.arrived_at.type)


def _positions(newer: sa.ColumnElement[bool]) -> "sa.Select[tuple[int]]":
    came_at = membership.c.arrived_at
    return sa.select(membership.c.position).where(
        _of_feed, newer, came_at >= _moment("begins_at"), came_at < _moment("ends_at")
    )


#: The members of a feed that are in no digest, and arrived between two moments. Of the members that were there when the
#: last digest was published, only those of the period that was not over then can be among them. Two parts in place of
#: `OR`, and no order: so each part has an index.
UNTOLD = (
    sa.select(membership.c.story_id, membership.c.arrived_at, membership.c.position)
    .outerjoin(digest_piece, of_digest(membership))
    .where(
        _of_feed,
        digest_piece.c.story_id.is_(None),
        membership.c.position.in_(
            sa.union_all(
                _positions(membership.c.changed > sa.bindparam("revision")),
                _positions(membership.c.arrived_at >= _moment("since")),
            )
        ),
    )
)


def begin(db: sa.Connection, feed_id: int, period: Period | None) -> None:
    """
    Let a feed have digests of another period from now on; None: an entry for each story again.

    All positions differ then, so its archive begins anew.
    """
    for table in (digest_piece, digest, archive_page):
        db.execute(sa.delete(table).where(table.c.feed_id == feed_id))
    documents.forget(db, [feed_id], [])
    anew = {"digest": period, "digested": NEVER, "digested_until": None, "closed_pages": 0, "closed_position": 0}
    db.execute(sa.update(feed).where(feed.c.id == feed_id).values(**anew, revision=feed.c.revision + 1))


def close(store: Store, catalogue: Catalogue, now: datetime) -> int:
    """
    Publish the digests of all periods that are over. Returns the number of feeds that have a new or longer one.

    Each transaction publishes some periods, each of them whole: the first digests of a feed may have all its stories. A
    process that is killed between two transactions loses nothing.
    """
    specs = {key: spec for key, spec in catalogue.defined().items() if spec.digest}
    if not specs:
        return 0
    with store.read() as db:
        parts = [part for row in _digesting(db, specs) for part in _parts(db, row, catalogue.site, now)]
    found: set[int] = set()
    for some in _together(parts):
        with store.write() as db:
            found |= _close(db, specs, catalogue.site, some)
    return len(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Periods of a feed that one transaction publishes."""

    feed_id: int
    begins_at: datetime
    ends_at: datetime
    #: The number of their stories.
    size: int
    #: The row of the feed when its parts were found, and the end of all of them. The last part remembers both.
    revision: int
    digested: int
    until: datetime
    is_last: bool = False


def _parts(db: sa.Connection, row: Any, site: Site, now: datetime) -> list[_Part]:
    """The periods of a feed that are over and have stories that are in no digest, in parts."""
    # With a delay, a period is over when its last story may have come in.
    until = period_of(row.digest, now - timedelta(seconds=row.delay), site.timezone).begins_at
    sizes = Counter(period_of(row.digest, one.arrived_at, site.timezone) for one in _untold(db, row, until=until))
    parts: list[_Part] = []
    for span, size in sizes.items():
        last = parts[-1] if parts else None
        if last and last.size + size <= STORIES:
            parts[-1] = replace(last, ends_at=span.ends_at, size=last.size + size)
        else:
            found = _Part(
                feed_id=row.id, begins_at=span.begins_at, ends_at=span.ends_at, size=size, until=until,
                revision=row.revision, digested=row.digested,
            )  # fmt: skip
            parts.append(found)
    return [*parts[:-1], *(replace(one, is_last=True) for one in parts[-1:])]


def _together(parts: Iterable[_Part]) -> Iterator[list[_Part]]:
    """The parts of each transaction: many small ones, or a large one."""
    some: list[_Part] = []
    for part in parts:
        if some and (len(some) == PARTS or sum(one.size for one in some) + part.size > STORIES):
            yield some
            some = []
        some.append(part)
    if some:
        yield some


def _close(db: sa.Connection, specs: dict[str, FeedSpec], site: Site, parts: Sequence[_Part]) -> set[int]:
    """Publish parts. Returns the feeds that have a new or longer digest."""
    # Two processes publish one after the other. The lists of all feeds have the date of the feed `all`.
    feed_ids = {part.feed_id for part in parts}
    locked = sa.select(feed.c.id).where(feed.c.id.in_(feed_ids) | (feed.c.kind == ALL)).order_by(feed.c.id)
    db.execute(locked.with_for_update()).all()
    published: set[int] = set()
    for part in parts:
        # Read again for each part: the part before raised the revision.
        row = next((one for one in _digesting(db, specs, [part.feed_id])), None)
        if row is None:
            continue
        if untold := _untold(db, row, part.begins_at, part.ends_at, until=part.until):
            _publish(db, row, specs[slug_key(row.slug)], site, untold)
            published.add(row.id)
        if part.is_last and row.digested >= part.digested:  # else its digests began anew
            # What came since the parts were found has a later revision.
            known = max(row.digested_until or part.until, part.until)
            done = {"digested": max(row.digested, part.revision), "digested_until": known}
            db.execute(sa.update(feed).where(feed.c.id == row.id).values(**done))
    if published:
        db.execute(sa.update(feed).where(feed.c.kind == ALL).values(revision=feed.c.revision + 1))
    return published


def _digesting(db: sa.Connection, specs: dict[str, FeedSpec], among: Collection[int] | None = None) -> list[Any]:
    """The feeds whose stored period is the configured one. Another one follows the configuration first (`define`)."""
    of_digests = sa.select(feed).where(feed.c.digest.is_not(None), feed.c.retired_at.is_(None))
    rows = db.execute(of_digests if among is None else of_digests.where(feed.c.id.in_(among)))
    return [row for row in rows if (spec := specs.get(slug_key(row.slug))) and spec.digest == row.digest]


def _untold(
    db: sa.Connection, row: Any, begins_at: datetime = EARLIEST, ends_at: datetime | None = None, *, until: datetime
) -> list[Any]:
    """The stories of a time that are in no digest, in order of arrival. `until` is the end of the last period."""
    since = row.digested_until or until
    times = {"since": since, "begins_at": begins_at, "ends_at": ends_at or until}
    rows = db.execute(UNTOLD, {"of_feed": row.id, "revision": row.digested, **times})
    return sorted(rows, key=lambda one: (one.arrived_at, one.position))


def _publish(db: sa.Connection, row: Any, spec: FeedSpec, site: Site, untold: Sequence[Any]) -> None:
    """Put stories into the digests of their periods. A new digest comes last."""
    of_period: dict[Span, list[int]] = defaultdict(list)
    for one in untold:
        of_period[period_of(row.digest, one.arrived_at, site.timezone)].append(one.story_id)
    stored = db.execute(sa.select(digest.c.period, digest.c.position).where(digest.c.feed_id == row.id)).all()
    known = {one.period: one.position for one in stored}
    last = max(known.values(), default=0)
    revision = row.revision + 1
    rows, pieces = [], []
    for span, story_ids in of_period.items():
        if span.name not in known:
            last = known[span.name] = last + 1
            guid = mint_guid(site.tag, f"feed/{spec.slug}", span.name)
            rows.append(
                {
                    "feed_id": row.id, "position": last, "period": span.name, "ends_at": span.ends_at, "guid": guid,
                    "article_id": article_id(guid), "changed": revision,
                }
            )  # fmt: skip
        position = known[span.name]
        pieces += [{"feed_id": row.id, "story_id": story_id, "position": position} for story_id in story_ids]
    if rows:
        db.execute(sa.insert(digest), rows)
    db.execute(sa.insert(digest_piece), pieces)
    longer = [{"of_feed": row.id, "at": known[span.name]} for span in of_period]
    at = (digest.c.feed_id == sa.bindparam("of_feed"), digest.c.position == sa.bindparam("at"))
    db.execute(sa.update(digest).where(*at).values(changed=revision), longer)
    db.execute(sa.update(feed).where(feed.c.id == row.id).values(revision=revision))
