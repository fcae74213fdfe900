"""The feeds of categories: which categories get a feed, and under which slug."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from feedsvc.normalize import slug as slug_of
from feedsvc.normalize import slug_key
from feedsvc.store.lookups import chunks
from feedsvc.store.schema import category, entry, entry_category, feed, feed_slug, source


def define_categories(db: sa.Connection, slugs: Mapping[str, str], configured: Collection[str]) -> None:
    """Give each new category a feed, and each configured one its slug; a feed with the right slug costs nothing."""
    with_feed = sa.select(category.c.id, category.c.name, feed.c.id.label("feed_id"), feed.c.slug).outerjoin(
        feed, feed.c.category_id == category.c.id
    )
    new = db.execute(with_feed.where(feed.c.id.is_(None)).order_by(category.c.id)).all()
    hidden = _hidden(db, [row.id for row in new if row.name not in {*configured, *slugs}])
    if shown := [row for row in new if row.id not in hidden]:
        _add_categories(db, shown, slugs)
    for chunk in chunks(slugs):
        for row in db.execute(with_feed.where(category.c.name.in_(chunk)).order_by(category.c.id)).all():
            if (wanted := slugs[row.name]) != row.slug:
                take_slug(db, row.feed_id, wanted)


def _hidden(db: sa.Connection, category_ids: Collection[int]) -> set[int]:
    """
    The categories that no entry of a public source has: a feed would tell their names.

    A category without any entry may be one that the author of a private source has removed.
    """
    using = sa.select(entry_category.c.category_id).distinct().where(~source.c.is_private)
    using = using.join(entry, entry.c.id == entry_category.c.entry_id).join(source, source.c.id == entry.c.source_id)
    shown: set[int] = set()
    for chunk in chunks(category_ids):
        shown.update(db.scalars(using.where(entry_category.c.category_id.in_(chunk))))
    return set(category_ids) - shown


def _add_categories(db: sa.Connection, new: Sequence[Any], slugs: Mapping[str, str]) -> None:
    """Make feeds for new categories, all at once, in order, under free slugs; a configured slug is taken later."""
    taken = set(db.scalars(sa.select(feed_slug.c.key))) | {slug_key(slug) for slug in slugs.values()}
    found: dict[int, str] = {}
    tried: Counter[str] = Counter()
    for row in new:
        if not slugs.get(row.name):
            found[row.id] = _free(slug_of(row.name) or "category", taken, tried)
    rows = [
        {"kind": "category", "slug": found.get(row.id, f"category {row.id}"), "category_id": row.id, "revision": 1}
        for row in new
    ]
    db.execute(sa.insert(feed), rows)
    keys = []
    for chunk in chunks(found):
        made = sa.select(feed.c.id, feed.c.category_id).where(feed.c.category_id.in_(chunk))
        keys += [{"key": slug_key(found[row.category_id]), "feed_id": row.id} for row in db.execute(made)]
    if keys:
        db.execute(sa.insert(feed_slug), keys)


def _free(wanted: str, taken: set[str], tried: "Counter[str]") -> str:
    """A slug that no feed has, and that is taken from now on: names of one slug are counted, not searched for."""
    while True:
        tried[slug_key(wanted)] += 1
        number = tried[slug_key(wanted)]
        slug = wanted if number == 1 else f"{wanted}-{number}"
        if slug_key(slug) not in taken:
            taken.add(slug_key(slug))
            return slug


def take_slug(db: sa.Connection, feed_id: int, slug: str) -> None:
    """Give a feed this slug, which no other feed has. The feed's former slug goes on leading to it."""
    key = slug_key(slug)
    if db.scalar(sa.select(feed_slug.c.feed_id).where(feed_slug.c.key == key)) is None:
        db.execute(sa.insert(feed_slug).values(key=key, feed_id=feed_id))
    db.execute(sa.update(feed).where(feed.c.id == feed_id).values(slug=slug, revision=feed.c.revision + 1))
