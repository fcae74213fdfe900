"""Feeds, their slugs, and who is in them."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

import sqlalchemy as sa

from feedsvc.model import Entry, FeedSpec, Window
from feedsvc.normalize import slug as slug_of
from feedsvc.normalize import slug_key
from feedsvc.store.entries import SHOWN, categories_of, category_ids, chunks, entry_of, inserted
from feedsvc.store.schema import category, entry, entry_category, feed, feed_slug, membership, source, story

ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as it is stored."""

    id: int
    kind: str
    slug: str
    #: Of a category's feed.
    category: str | None
    #: Rises when anything that its documents show may have changed.
    revision: int
    is_retired: bool


# --- which feeds there are -------------------------------------------------------------------------------------------


def define(db: sa.Connection, specs: Collection[FeedSpec], categories: Mapping[str, str | None], now: datetime) -> None:
    """
    Make the stored feeds follow the configuration and the categories seen so far.

    `categories` are the configured ones, with their slugs. Every category has a feed, under its configured slug, else
    under one made of its name when it is first seen. A defined feed whose definition changed gets its members anew; one
    that left the configuration is retired. A configured slug is taken from whichever feed has it by itself.
    """
    if db.scalar(sa.select(feed.c.id).where(feed.c.kind == ALL)) is None:
        _claim(db, _add(db, ALL, kind=ALL), ALL)
    for spec in specs:
        if spec.slug != ALL:
            _define_one(db, spec)
    _retire(db, {slug_key(spec.slug) for spec in specs}, now)
    category_ids(db, categories)
    _define_categories(db, categories)


def _define_one(db: sa.Connection, spec: FeedSpec) -> None:
    definition = json.dumps([sorted(spec.categories), sorted(spec.sources)], ensure_ascii=False)
    found = db.execute(
        sa.select(feed)
        .join(feed_slug, feed_slug.c.feed_id == feed.c.id)
        .where(feed_slug.c.key == slug_key(spec.slug), feed.c.kind == "defined")
    ).one_or_none()
    if found and (found.definition, found.retired_at, found.slug) == (definition, None, spec.slug):
        return
    if found is None:
        feed_id = _add(db, f"defining {spec.slug}", kind="defined", definition=definition)
    else:
        feed_id = found.id
        same = {"definition": definition, "retired_at": None, "revision": feed.c.revision + 1}
        db.execute(sa.update(feed).where(feed.c.id == feed_id).values(**same))
    _claim(db, feed_id, spec.slug)
    assign(db, db.scalars(sa.select(story.c.id).where(story.c.arrived_at.is_not(None))).all(), only=feed_id)


def _retire(db: sa.Connection, configured: Collection[str], now: datetime) -> None:
    present = db.execute(sa.select(feed.c.id, feed.c.slug).where(feed.c.kind == "defined", feed.c.retired_at.is_(None)))
    if gone := [row.id for row in present if slug_key(row.slug) not in configured]:
        db.execute(sa.update(feed).where(feed.c.id.in_(gone)).values(retired_at=now))


def _define_categories(db: sa.Connection, slugs: Mapping[str, str | None]) -> None:
    with_feed = sa.select(category.c.id, category.c.name, feed.c.id.label("feed_id"), feed.c.slug).outerjoin(
        feed, feed.c.category_id == category.c.id
    )
    for row in db.execute(with_feed.order_by(category.c.id)).all():
        wanted = slugs.get(row.name)
        if row.feed_id is None:
            slug = wanted or _free_slug(db, slug_of(row.name) or "category")
            _claim(db, _add(db, f"category {row.id}", kind="category", category_id=row.id), slug)
        elif wanted and wanted != row.slug:
            _claim(db, row.feed_id, wanted)


def _add(
    db: sa.Connection, name: str, *, kind: str, category_id: int | None = None, definition: str | None = None
) -> int:
    """Make a feed whose slug is yet to be claimed."""
    return inserted(
        db, feed, {"kind": kind, "slug": name, "category_id": category_id, "definition": definition, "revision": 1}
    )


def _claim(db: sa.Connection, feed_id: int, slug: str) -> None:
    """Give a feed this slug. A feed that had it gets another; the former slug of this one goes on leading to it."""
    key = slug_key(slug)
    owner = db.scalar(sa.select(feed_slug.c.feed_id).where(feed_slug.c.key == key))
    if owner not in {None, feed_id}:
        current = db.scalar(sa.select(feed.c.slug).where(feed.c.id == owner)) or ""
        db.execute(sa.delete(feed_slug).where(feed_slug.c.key == key))
        if slug_key(current) == key:
            _claim(db, int(owner or 0), _free_slug(db, f"{slug}-2"))
        owner = None
    if owner is None:
        db.execute(sa.insert(feed_slug).values(key=key, feed_id=feed_id))
    db.execute(sa.update(feed).where(feed.c.id == feed_id).values(slug=slug, revision=feed.c.revision + 1))


def _free_slug(db: sa.Connection, wanted: str) -> str:
    slugs = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(
        slug for slug in slugs if not db.scalar(sa.select(sa.exists().where(feed_slug.c.key == slug_key(slug))))
    )


# --- who is in them --------------------------------------------------------------------------------------------------


def place(db: sa.Connection, source_id: int, now: datetime) -> int:
    """
    Put what was saved, and is due, into its feeds. Returns how many stories that were.

    Only here does an entry become visible, all of an import at once and in order of date: an import that was cut off
    and resumed gives what an unbroken one gives. On a source's first import an entry arrives on its own date, so that
    an archive does not come out as news, and undated ones take the newest date; later, arrival is now. An entry dated
    in the future waits.
    """
    is_first = not db.scalar(
        sa.select(
            sa.exists().where(
                entry.c.source_id == source_id, entry.c.story_id == story.c.id, story.c.arrived_at.is_not(None)
            )
        )
    )
    waiting = db.execute(
        sa.select(entry.c.id, entry.c.published, story.c.id.label("story_id"), story.c.guid)
        .join(story, story.c.id == entry.c.story_id)
        .where(entry.c.source_id == source_id, entry.c.is_shown, story.c.arrived_at.is_(None))
    ).all()
    newest = max((row.published for row in waiting if row.published and row.published <= now), default=now)
    undated = newest if is_first else now
    _date(db, [row.id for row in waiting if row.published is None], undated)
    due = [(row.published or undated, row.guid, row.story_id) for row in waiting if (row.published or now) <= now]
    arrivals = [
        {"chosen": story_id, "arrived_at": published if is_first else now} for published, _, story_id in sorted(due)
    ]
    if arrivals:
        db.execute(
            sa.update(story).where(story.c.id == sa.bindparam("chosen")).values(arrived_at=sa.bindparam("arrived_at")),
            arrivals,
        )
        assign(db, [row["chosen"] for row in arrivals])
    return len(arrivals)


def _date(db: sa.Connection, entry_ids: Collection[int], moment: datetime) -> None:
    for chunk in chunks(entry_ids):
        db.execute(
            sa.update(entry)
            .where(entry.c.id.in_(chunk))
            .values(published=moment, updated=sa.func.coalesce(entry.c.updated, moment))
        )


def assign(
    db: sa.Connection, story_ids: Collection[int], *, only: int | None = None, now: datetime | None = None
) -> None:
    """
    Make the memberships of placed stories follow their categories and sources, in the order given.

    New members come last. They arrive in a feed when their story did, or at `now` where it is given. `only` looks at
    one feed. The revision of every feed touched rises.
    """
    matcher = _Matcher(db, only)
    next_position = {
        feed_id: last + 1
        for feed_id, last in db.execute(
            sa.select(membership.c.feed_id, sa.func.max(membership.c.position)).group_by(membership.c.feed_id)
        )
    }
    for chunk in chunks(story_ids):
        members, present = _members(db, chunk), _present(db, chunk, only)
        rows = []
        for story_id in chunk:
            if story_id not in members:
                continue
            arrived_at, categories, sources = members[story_id]
            wanted = matcher.feeds_of(categories, sources)
            _leave(db, story_id, present[story_id] - wanted)
            for feed_id in sorted(wanted - present[story_id]):
                position = next_position.get(feed_id, 1)
                next_position[feed_id] = position + 1
                rows.append(
                    {"feed_id": feed_id, "position": position, "story_id": story_id, "arrived_at": now or arrived_at}
                )
        if rows:
            db.execute(sa.insert(membership), rows)
        if only is None:
            touch(db, chunk)


class _Matcher:
    """Which feeds want a story."""

    def __init__(self, db: sa.Connection, only: int | None) -> None:
        self.by_category: dict[int, int] = {}
        self.always: set[int] = set()
        self.defined: list[tuple[int, set[str], set[str]]] = []
        self.names = {row.id: row.name for row in db.execute(sa.select(category.c.id, category.c.name))}
        query = sa.select(feed.c.id, feed.c.kind, feed.c.category_id, feed.c.definition)
        for row in db.execute(query if only is None else query.where(feed.c.id == only)):
            if row.kind == ALL:
                self.always.add(row.id)
            elif row.kind == "category":
                self.by_category[row.category_id] = row.id
            else:
                categories, sources = json.loads(row.definition)
                self.defined.append((row.id, set(categories), set(sources)))

    def feeds_of(self, categories: Collection[int], sources: Collection[str]) -> set[int]:
        """The feeds for a story of these categories (ids) and sources (names)."""
        names = {self.names[category_id] for category_id in categories}
        return (
            self.always
            | {self.by_category[category_id] for category_id in categories if category_id in self.by_category}
            | {
                feed_id
                for feed_id, of, from_ in self.defined
                if (not of or of & names) and (not from_ or from_ & set(sources))
            }
        )


def _members(db: sa.Connection, story_ids: list[int]) -> dict[int, tuple[datetime, set[int], set[str]]]:
    """Arrival, categories and sources of each placed story, over all members that are not withdrawn."""
    found: dict[int, tuple[datetime, set[int], set[str]]] = {}
    rows = db.execute(
        sa.select(story.c.id, story.c.arrived_at, source.c.name, entry_category.c.category_id)
        .join(entry, entry.c.story_id == story.c.id)
        .join(source, source.c.id == entry.c.source_id)
        .outerjoin(entry_category, entry_category.c.entry_id == entry.c.id)
        .where(story.c.id.in_(story_ids), story.c.arrived_at.is_not(None), entry.c.withdrawn_at.is_(None))
    )
    for row in rows:
        _, categories, sources = found.setdefault(row.id, (row.arrived_at, set(), set()))
        sources.add(row.name)
        if row.category_id is not None:
            categories.add(row.category_id)
    return found


def _present(db: sa.Connection, story_ids: list[int], only: int | None) -> dict[int, set[int]]:
    query = sa.select(membership.c.story_id, membership.c.feed_id).where(membership.c.story_id.in_(story_ids))
    present: dict[int, set[int]] = defaultdict(set)
    for story_id, feed_id in db.execute(query if only is None else query.where(membership.c.feed_id == only)):
        present[story_id].add(feed_id)
    return present


def _leave(db: sa.Connection, story_id: int, feed_ids: Collection[int]) -> None:
    if feed_ids:
        db.execute(sa.update(feed).where(feed.c.id.in_(feed_ids)).values(revision=feed.c.revision + 1))
        db.execute(sa.delete(membership).where(membership.c.story_id == story_id, membership.c.feed_id.in_(feed_ids)))


def touch(db: sa.Connection, story_ids: Collection[int]) -> None:
    """Raise the revision of every feed that these stories are in."""
    for chunk in chunks(story_ids):
        of = sa.select(membership.c.feed_id).where(membership.c.story_id.in_(chunk))
        db.execute(sa.update(feed).where(feed.c.id.in_(of)).values(revision=feed.c.revision + 1))


# --- reading them ----------------------------------------------------------------------------------------------------


def list_feeds(db: sa.Connection) -> list[Feed]:
    """All feeds that are published: `all` first, then in order of first sight."""
    rows = db.execute(_feeds().where(feed.c.retired_at.is_(None)).order_by(feed.c.kind != ALL, feed.c.id))
    return [_feed(row) for row in rows]


def get(db: sa.Connection, feed_id: int) -> Feed:
    """The feed as it is now."""
    return _feed(db.execute(_feeds().where(feed.c.id == feed_id)).one())


def find(db: sa.Connection, slug: str) -> Feed | None:
    """The feed under this slug or a former one of its; case and width do not matter."""
    of = sa.select(feed_slug.c.feed_id).where(feed_slug.c.key == slug_key(slug)).scalar_subquery()
    row = db.execute(_feeds().where(feed.c.id == of)).one_or_none()
    return None if row is None else _feed(row)


def _feeds() -> sa.Select[tuple[int, str, str, int, datetime | None, str | None]]:
    return sa.select(
        feed.c.id, feed.c.kind, feed.c.slug, feed.c.revision, feed.c.retired_at, category.c.name
    ).outerjoin(category, category.c.id == feed.c.category_id)


def _feed(row: sa.Row[tuple[int, str, str, int, datetime | None, str | None]]) -> Feed:
    return Feed(
        id=row.id,
        kind=row.kind,
        slug=row.slug,
        category=row.name,
        revision=row.revision,
        is_retired=row.retired_at is not None,
    )


def count_entries(db: sa.Connection) -> dict[int, int]:
    """How many stories each feed shows in all, by the feed's id."""
    rows = db.execute(
        sa.select(membership.c.feed_id, sa.func.count())
        .join(entry, sa.and_(entry.c.story_id == membership.c.story_id, entry.c.is_shown))
        .group_by(membership.c.feed_id)
    )
    return {feed_id: number for feed_id, number in rows}  # noqa: C416 - dict() takes no rows


def select_window(db: sa.Connection, feed_id: int, window: Window) -> list[Entry]:
    """
    What a feed's document shows, newest first.

    The larger of `window.items` entries and of those that came in the `window.hours` before the newest arrival; never
    more than `window.max_items`, nor than `window.max_bytes` of content (but always one).
    """
    rows = db.execute(
        sa.select(*SHOWN, story.c.guid.label("story_guid"), membership.c.arrived_at)
        .join(story, story.c.id == entry.c.story_id)
        .join(membership, membership.c.story_id == story.c.id)
        .where(membership.c.feed_id == feed_id, entry.c.is_shown)
        .order_by(membership.c.arrived_at.desc(), membership.c.position.desc())
        .limit(window.max_items)
    )
    chosen: list[Any] = []
    size = 0
    for row in rows:
        size += len(row.content.encode())
        age = (chosen[0].arrived_at - row.arrived_at).total_seconds() if chosen else 0
        if chosen and (size > window.max_bytes or (len(chosen) >= window.items and age > window.hours * 3600)):
            break
        chosen.append(row)
    categories = categories_of(db, [row.id for row in chosen])
    entries = [entry_of(row, row.story_guid, categories[row.id]) for row in chosen]
    return sorted(entries, key=lambda one: (one.published, one.guid), reverse=True)
