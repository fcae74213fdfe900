"""The stored feeds, and their slugs."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from feedsvc.catalogue import ALL, Addresses, Catalogue, Claim, FeedKind, Owner, claims, decide, named
from feedsvc.model import FeedSpec, Period
from feedsvc.normalize import slug as slug_of
from feedsvc.normalize import slug_key
from feedsvc.store import delays, digests, documents, selecting
from feedsvc.store.adding import inserted
from feedsvc.store.category_feeds import define_categories, take_slug
from feedsvc.store.entries import category_ids
from feedsvc.store.lookups import chunks
from feedsvc.store.memberships import assign
from feedsvc.store.schema import UNOPENED, category, entry, entry_category, feed, feed_slug, membership, source

log = logging.getLogger(__name__)

#: The slug of a defined feed whose address another feed has now: this prefix, and the key of its own slug. No feed can
#: have this slug as its address, because a slug has no space.
FORMER = "former "

RETURNED = "the feed %r has its address again; if this repeats, two processes have different configurations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as it is stored."""

    id: int
    kind: FeedKind
    slug: str
    #: Of a category's feed.
    category: str | None
    #: Rises when anything that its documents show may have changed.
    revision: int
    is_retired: bool
    #: The number of closed pages of its archive, and the highest position in them.
    closed_pages: int = 0
    closed_position: int = 0
    #: The highest position ever given.
    last_position: int = 0
    #: The period of which each entry is a digest; None where each story is an entry.
    digest: Period | None = None


def define(db: sa.Connection, catalogue: Catalogue, now: datetime) -> None:
    """
    Make the stored feeds follow the configuration and the categories seen so far.

    Every category has a feed, under its configured slug, else under one made of its name when it is first seen. A
    defined feed whose definition changed gets its members anew; one that left the configuration is retired. A feed
    whose slug is another feed's address does not get it (`catalogue.decide`): a defined feed is not made then, and a
    category's feed keeps the slug that it has.
    """
    if db.scalar(sa.select(feed.c.id).where(feed.c.kind == ALL)) is None:
        take_slug(db, _add(db, ALL, kind=ALL), ALL)
    before = _addresses(db)
    defined, decided = catalogue.defined(), _decided(db, catalogue)
    for claim, owner in decided.handed:
        _release(db, claim, owner, now)
    granted = [slug_key(claim.slug) for claim in decided.granted if claim.kind == "defined"]
    stored = _defined(db) if granted else {}
    for key in granted:
        _define_one(db, defined[key], selecting.written(defined[key], defined), stored.get(key), now)
    _retire(db, defined, now)
    category_ids(db, catalogue.categories)
    slugs = {claim.name: claim.slug for claim in decided.granted if claim.kind == "category"}
    define_categories(db, slugs, catalogue.categories)
    if decided.handed:
        owners, keys = zip(*((owner.id, slug_key(claim.slug)) for claim, owner in decided.handed), strict=True)
        documents.forget(db, owners, keys)
    if _addresses(db) != before:
        # The lists of all feeds have the date of the feed `all`.
        of_all = (feed.c.kind == ALL, feed.c.revision > UNOPENED)
        db.execute(sa.update(feed).where(*of_all).values(revision=feed.c.revision + 1))


def lack(db: sa.Connection, story_ids: Collection[int]) -> bool:
    """Whether one of these stories has a public entry with a category that has no feed."""
    without = (
        sa.select(entry_category.c.category_id)
        .join(entry, entry.c.id == entry_category.c.entry_id)
        .join(source, source.c.id == entry.c.source_id)
        .outerjoin(feed, feed.c.category_id == entry_category.c.category_id)
        .where(feed.c.id.is_(None), ~source.c.is_private)
    )
    return any(db.scalar(sa.select(without.where(entry.c.story_id.in_(some)).exists())) for some in chunks(story_ids))


def _addresses(db: sa.Connection) -> list[tuple[Any, ...]]:
    """The addresses of all feeds, and which of them are retired."""
    return [tuple(row) for row in db.execute(sa.select(feed.c.id, feed.c.slug, feed.c.retired_at).order_by(feed.c.id))]


def _decided(db: sa.Connection, catalogue: Catalogue) -> Addresses:
    claimed = claims(catalogue)
    return decide(claimed, _owners(db, {slug_key(claim.slug) for claim in claimed}))


def _owners(db: sa.Connection, keys: Collection[str]) -> dict[str, Owner]:
    """The feeds that these addresses lead to."""
    of = _feeds().add_columns(feed_slug.c.key).join(feed_slug, feed_slug.c.feed_id == feed.c.id)
    rows = (row for chunk in chunks(sorted(keys)) for row in db.execute(of.where(feed_slug.c.key.in_(chunk))))
    return {row.key: _owner(_feed(row)) for row in rows}


def _owner(one: Feed) -> Owner:
    name = one.slug if one.category is None else one.category
    return Owner(id=one.id, kind=one.kind, name=name, slug=one.slug, is_retired=one.is_retired)


def _release(db: sa.Connection, claim: Claim, owner: Owner, now: datetime) -> None:
    """
    Take an address from its owner, and nothing else.

    The owner keeps its memberships: the configuration may come from a process that is out of date. So a defined feed,
    which has no other address, is retired. If it gets its address back, it has its former positions.
    """
    log.warning("the address /feeds/%s is handed over from %s to %s", claim.slug, named(owner), named(claim))
    key = slug_key(claim.slug)
    db.execute(sa.delete(feed_slug).where(feed_slug.c.key == key))
    if owner.kind == "defined":
        since = feed.c.retired_at if owner.is_retired else now
        db.execute(sa.update(feed).where(feed.c.id == owner.id).values(slug=FORMER + key, retired_at=since))
    elif slug_key(owner.slug) == key:
        # Its configured slug follows. Until then, its row has a slug that no other feed can have: it holds a space.
        db.execute(sa.update(feed).where(feed.c.id == owner.id).values(slug=f"moving {owner.id}"))


def _defined(db: sa.Connection) -> dict[str, Any]:
    """The rows of all defined feeds by the key of their slug, also of feeds that are retired or have no address."""
    rows = db.execute(sa.select(feed).where(feed.c.kind == "defined"))
    # What follows FORMER is a key already. A few slugs have another key when they are folded twice.
    return {row.slug.removeprefix(FORMER) if row.slug.startswith(FORMER) else slug_key(row.slug): row for row in rows}


def _define_one(db: sa.Connection, spec: FeedSpec, definition: str, found: Any, now: datetime) -> None:
    """Make a feed, or let it follow its definition; `found` is its row, or None."""
    delay = timedelta(seconds=found.delay if found else 0)
    same_state = (definition, None, spec.slug, spec.digest, spec.delay)
    if found and (found.definition, found.retired_at, found.slug, found.digest, delay) == same_state:
        return
    if found is None:
        feed_id = _add(db, f"defining {spec.slug}", kind="defined", definition=definition)
    else:
        feed_id = found.id
        if found.slug.startswith(FORMER):
            log.warning(RETURNED, spec.slug)
        same = {"definition": definition, "retired_at": None, "revision": feed.c.revision + 1}
        db.execute(sa.update(feed).where(feed.c.id == feed_id).values(**same))
    if spec.digest != (found and found.digest):
        digests.begin(db, feed_id, spec.digest)
    if spec.delay != delay:
        delays.begin(db, feed_id, spec.delay, now)
    take_slug(db, feed_id, spec.slug)
    arrived = sa.select(membership.c.story_id).join(feed, feed.c.id == membership.c.feed_id).where(feed.c.kind == ALL)
    assign(db, db.scalars(arrived.order_by(membership.c.position)).all(), only=[feed_id])


def _retire(db: sa.Connection, configured: Collection[str], now: datetime) -> None:
    present = db.execute(sa.select(feed.c.id, feed.c.slug).where(feed.c.kind == "defined", feed.c.retired_at.is_(None)))
    if gone := {row.id: row.slug for row in present if slug_key(row.slug) not in configured}:
        db.execute(sa.update(feed).where(feed.c.id.in_(gone)).values(retired_at=now))
        for slug in gone.values():
            log.warning("the feed %r is not in the configuration: /feeds/%s answers 410 (gone)", slug, slug)


def _add(db: sa.Connection, name: str, *, kind: str, definition: str | None = None) -> int:
    """Add a feed. `take_slug` gives it its slug; until then, its slug is `name`."""
    return inserted(db, feed, {"kind": kind, "slug": name, "definition": definition, "revision": 1})


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Changes that a configuration makes to the stored addresses."""

    addresses: Addresses = field(default_factory=Addresses)
    #: Defined feeds that are published, and that the configuration does not have.
    leaving: tuple[Owner, ...] = ()
    #: Categories whose name is the slug of a defined feed that the configuration does not have, each with that feed.
    displaced: tuple[tuple[Claim, Owner], ...] = ()
    #: A category's name → the slug of its feed.
    slugs: Mapping[str, str] = field(default_factory=dict)


def compare(db: sa.Connection, catalogue: Catalogue) -> Changes:
    """The changes that `define` would make to the addresses. Writes nothing."""
    published, defined = list_feeds(db), catalogue.defined()
    slugs = {one.category: one.slug for one in published if one.category is not None}
    elsewhere = [
        Claim(kind="category", name=name, slug=slug_of(name))
        for name, slug in slugs.items()
        if name not in catalogue.slugs and slug_key(slug) != slug_key(slug_of(name))
    ]
    owners = _owners(db, {slug_key(claim.slug) for claim in elsewhere})
    found = ((claim, owners.get(slug_key(claim.slug))) for claim in elsewhere)
    return Changes(
        addresses=_decided(db, catalogue),
        leaving=tuple(_owner(one) for one in published if one.kind == "defined" and slug_key(one.slug) not in defined),
        displaced=tuple(
            (claim, owner)
            for claim, owner in found
            if owner and owner.kind == "defined" and slug_key(owner.slug) not in defined
        ),
        slugs=slugs,
    )


def slugs(db: sa.Connection) -> set[str]:
    """The keys (`slug_key`) of all present and former slugs, also of retired feeds."""
    return set(db.scalars(sa.select(feed_slug.c.key)))


def list_feeds(db: sa.Connection) -> list[Feed]:
    """All feeds that are published: `all` first, then in order of first sight."""
    return [_feed(row) for row in db.execute(LISTED)]


def find_all(
    db: sa.Connection, keys: Collection[str], categories: Collection[str]
) -> tuple[dict[str, Feed], dict[str, Feed]]:
    """The feeds by these keys of slugs, present or former, and those by these names of categories."""
    of_slugs = _feeds().add_columns(feed_slug.c.key).join(feed_slug, feed_slug.c.feed_id == feed.c.id)
    slugs = (row for some in chunks(keys) for row in db.execute(of_slugs.where(feed_slug.c.key.in_(some))))
    of_names = (row for some in chunks(categories) for row in db.execute(_feeds().where(category.c.name.in_(some))))
    return {row.key: _feed(row) for row in slugs}, {row.name: _feed(row) for row in of_names}


def present(db: sa.Connection, feed_id: int) -> Feed:
    """A feed as it is now."""
    return _feed(db.execute(PRESENT, {"of_feed": feed_id}).one())


def is_empty(db: sa.Connection) -> bool:
    """Whether nothing was ever published: no update has come to its end."""
    return db.scalar(OPENED) is None


def find(db: sa.Connection, slug: str) -> Feed | None:
    """The feed that has this slug, or had it before; case and width do not matter."""
    if "\0" in slug:  # PostgreSQL refuses to look for it
        return None
    row = db.execute(BY_SLUG, {"key": slug_key(slug)}).one_or_none()
    return None if row is None else _feed(row)


def _feeds() -> sa.Select[Any]:
    return sa.select(
        feed.c.id, feed.c.kind, feed.c.slug, feed.c.revision, feed.c.retired_at, feed.c.closed_pages,
        feed.c.closed_position, feed.c.last_position, feed.c.digest, category.c.name,
    ).outerjoin(category, category.c.id == feed.c.category_id)  # fmt: skip


#: Made once: to write a statement down costs more than to run it.
PRESENT = _feeds().where(feed.c.id == sa.bindparam("of_feed"))
LISTED = _feeds().where(feed.c.retired_at.is_(None)).order_by(feed.c.kind != ALL, feed.c.id)
BY_SLUG = _feeds().join(feed_slug, feed_slug.c.feed_id == feed.c.id).where(feed_slug.c.key == sa.bindparam("key"))
OPENED = sa.select(feed.c.id).where(feed.c.kind == ALL, feed.c.revision > UNOPENED)


def _feed(row: Any) -> Feed:
    return Feed(
        id=row.id,
        kind=row.kind,
        slug=row.slug,
        category=row.name,
        revision=row.revision,
        is_retired=row.retired_at is not None,
        closed_pages=row.closed_pages,
        closed_position=row.closed_position,
        last_position=row.last_position,
        digest=row.digest,
    )


def former_slugs(db: sa.Connection) -> list[tuple[str, Feed]]:
    """The former slugs of published feeds, as `slug_key` has them."""
    rows = db.execute(_feeds().add_columns(feed_slug.c.key).join(feed_slug, feed_slug.c.feed_id == feed.c.id))
    found = [(row.key, _feed(row)) for row in rows if row.retired_at is None and row.key != slug_key(row.slug)]
    return sorted(found, key=lambda one: one[0])
