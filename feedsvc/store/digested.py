"""Digests with their pieces, as readers see them. A digest whose pieces are all gone is not shown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from feedsvc.model import BEGINNING, Cursor, Entry, Filter
from feedsvc.store import choosing
from feedsvc.store.digests import IN_DIGEST, of_digest
from feedsvc.store.lookups import chunks
from feedsvc.store.narrowing import Narrowing, narrowing
from feedsvc.store.rows import WITHOUT_CONTENT
from feedsvc.store.schema import departure, digest, digest_piece, entry, feed, membership, story
from feedsvc.store.search import Place
from feedsvc.store.views import last_changed
from feedsvc.store.windows import LAST, members, unordered

#: Digests whose pieces are read together: one at first, because a reader may need no more.
PART = 10

#: A digest lists so many pieces. A first import may bring thousands on one day.
MOST_PIECES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A period of a feed."""

    position: int
    #: The name of the period (normalize/periods.py), and its end.
    period: str
    ends_at: datetime
    guid: str
    article_id: str
    #: The number of entries that the period has now, and the date of the last update of any.
    number: int
    updated: datetime
    #: The newest of them, the newest first, without content: at most MOST_PIECES.
    pieces: tuple[Entry, ...]


def _pieces(*columns: "sa.ColumnElement[Any]") -> "sa.Select[Any]":
    """The shown entries of some digests of a feed."""
    return (
        sa.select(*columns)
        .join(story, story.c.id == entry.c.story_id)
        .join(membership, membership.c.story_id == story.c.id)
        .join(digest_piece, of_digest(membership))
        .where(
            digest_piece.c.feed_id == sa.bindparam("of_feed"),
            digest_piece.c.position.in_(sa.bindparam("digests", expanding=True)),
            entry.c.is_shown,
        )
    )


#: The dates of an entry, as readers see them (`rows.entry_of`).
PUBLISHED = sa.func.coalesce(story.c.published, entry.c.published)
UPDATED = sa.case((story.c.published > entry.c.updated, story.c.published), else_=entry.c.updated)

#: The pieces with all that chooses them. Made once: SQLAlchemy takes longer to build a statement than the database to
#: run it.
PLACES = _pieces(
    membership.c.arrived_at, membership.c.position, membership.c.story_id, entry.c.id,
    digest_piece.c.position.label("digest"), PUBLISHED.label("published"), UPDATED.label("updated"),
)  # fmt: skip

_each = sa.func.row_number().over(
    partition_by=digest_piece.c.position, order_by=(PUBLISHED.desc(), membership.c.position.desc())
)
_all = (
    one.over(partition_by=digest_piece.c.position).label(name)
    for name, one in {"number": sa.func.count(), "updated": sa.func.max(UPDATED)}.items()
)
_ranked = _pieces(
    digest_piece.c.position.label("digest"), membership.c.position, _each.label("place"), *_all
).subquery()  # fmt: skip

#: The newest pieces of each digest, with the number of all of them and the date of the last update.
RANKED = sa.select(_ranked).where(_ranked.c.place <= sa.bindparam("most")).order_by(_ranked.c.place)
LISTED_PIECES = members(WITHOUT_CONTENT).where(membership.c.position.in_(sa.bindparam("positions", expanding=True)))

_OF_FEED = sa.select(digest).where(digest.c.feed_id == sa.bindparam("of_feed"))
LISTED = _OF_FEED.where(
    digest.c.position > sa.bindparam("above"), digest.c.position <= sa.bindparam("last")
).order_by(digest.c.ends_at.desc(), digest.c.position.desc())  # fmt: skip


def _last_changes(table: sa.Table) -> "sa.Select[Any]":
    """The revision with which a piece of each digest last changed, or left."""
    found = sa.select(digest_piece.c.position, sa.func.max(table.c.changed).label("changed"))
    of_feed = digest_piece.c.feed_id == sa.bindparam("of_feed")
    return found.join(table, of_digest(table)).where(of_feed).group_by(digest_piece.c.position)


#: The revisions with which each digest was published, and a piece of it last changed or left.
CHANGES: "sa.CompoundSelect[Any]" = sa.union_all(
    sa.select(digest.c.position, digest.c.changed).where(digest.c.feed_id == sa.bindparam("of_feed")),
    _last_changes(membership),
    _last_changes(departure),
)


def newest(
    db: sa.Connection, feed_id: int, *, above: int = 0, last: int = LAST, fits: Filter | None = None
) -> Iterator[Digest]:
    """
    The digests of a feed at positions above `above`, up to `last`, the newest first.

    A filter leaves out the pieces that it does not fit, and digests without any other piece.
    """
    given = {"of_feed": feed_id, "above": above, "last": last}
    known = narrowing(db, fits) if fits else None
    size = 1
    with db.execute(LISTED, given, execution_options={"yield_per": PART}) as found:
        while rows := found.fetchmany(size):
            size = min(2 * size, PART)
            chosen = _fitting(db, feed_id, rows, fits, known) if fits else _newest(db, feed_id, rows)
            yield from _with_pieces(db, feed_id, rows, chosen)


@dataclass(slots=True)
class _Chosen:
    """The pieces of a digest: the positions of those that it lists, and what it says of all."""

    number: int
    updated: datetime
    positions: list[int] = field(default_factory=list)


def _newest(db: sa.Connection, feed_id: int, rows: Sequence[Any]) -> dict[int, _Chosen]:
    """The newest pieces of digests."""
    found: dict[int, _Chosen] = {}
    given = {"of_feed": feed_id, "digests": [row.position for row in rows], "most": MOST_PIECES}
    for one in db.execute(RANKED, given):
        found.setdefault(one.digest, _Chosen(one.number, one.updated)).positions.append(one.position)
    return found


def _fitting(
    db: sa.Connection, feed_id: int, rows: Sequence[Any], fits: Filter, known: Narrowing | None
) -> dict[int, _Chosen]:
    """The newest pieces of digests, of those that a filter fits."""
    pieces = db.execute(PLACES, {"of_feed": feed_id, "digests": [row.position for row in rows]}).all()
    fit = choosing.fitting(db, feed_id, fits, (Place(*row[:4]) for row in pieces), known)
    found: dict[int, _Chosen] = {}
    for one in sorted(pieces, key=lambda one: (one.published, one.position), reverse=True):
        if one.position in fit:
            chosen = found.setdefault(one.digest, _Chosen(0, one.updated))
            chosen.number += 1
            chosen.updated = max(chosen.updated, one.updated)
            chosen.positions.append(one.position)
    for chosen in found.values():
        del chosen.positions[MOST_PIECES:]
    return found


def _with_pieces(
    db: sa.Connection, feed_id: int, rows: Sequence[Any], chosen: dict[int, _Chosen] | None = None
) -> list[Digest]:
    """The digests of rows that have pieces."""
    of_digest = _newest(db, feed_id, rows) if chosen is None else chosen
    listed = chunks(position for one in of_digest.values() for position in one.positions)
    found = [row for some in listed for row in db.execute(LISTED_PIECES, {"of_feed": feed_id, "positions": some})]
    entry_at = dict(zip((row.position for row in found), unordered(db, found), strict=True))
    return [
        _digest(row, of_digest[row.position], [entry_at[one] for one in of_digest[row.position].positions])
        for row in rows
        if row.position in of_digest
    ]


def _digest(row: Any, chosen: _Chosen, pieces: Iterable[Entry]) -> Digest:
    return Digest(
        position=row.position,
        period=row.period,
        ends_at=row.ends_at,
        guid=row.guid,
        article_id=row.article_id,
        number=chosen.number,
        updated=chosen.updated,
        pieces=tuple(pieces),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A digest that changed, with its place in the changes of the feed."""

    at: Cursor
    guid: str
    #: None: its pieces are all gone, since `gone_at`.
    digest: Digest | None
    gone_at: datetime


def changes(
    db: sa.Connection, feed_id: int, after: Cursor = BEGINNING, fits: Filter | None = None
) -> Iterator[Changed]:
    """
    The digests that changed after a cursor, the oldest change first: new ones, and those with changed pieces.

    A filter leaves out pieces. A digest without any other piece counts as gone.
    """
    last: dict[int, int] = {}
    for row in db.execute(CHANGES, {"of_feed": feed_id}):
        last[row.position] = max(row.changed, last.get(row.position, 0))
    found = (Cursor(revision=changed, position=position) for position, changed in last.items())
    places = sorted(one for one in found if one > after)
    known = narrowing(db, fits) if fits else None
    start, size = 0, 1
    while part := places[start : start + size]:
        start, size = start + size, min(2 * size, PART)
        rows_at = db.execute(
            _OF_FEED.where(digest.c.position.in_([one.position for one in part])), {"of_feed": feed_id}
        ).all()
        row_at = {row.position: row for row in rows_at}
        chosen = _fitting(db, feed_id, rows_at, fits, known) if fits else None
        shown = {one.position: one for one in _with_pieces(db, feed_id, rows_at, chosen)}
        for one in part:
            row, made = row_at[one.position], shown.get(one.position)
            gone_at = row.ends_at if made else _gone_at(db, row)
            yield Changed(at=one, guid=row.guid, digest=made, gone_at=gone_at)


def _gone_at(db: sa.Connection, row: Any) -> datetime:
    """When the last piece of a digest went, as far as the store knows."""
    of = (digest_piece.c.feed_id == row.feed_id, digest_piece.c.position == row.position)
    pieces = db.scalars(sa.select(digest_piece.c.story_id).where(*of)).all()
    ends_at: datetime = row.ends_at
    return max([ends_at, *last_changed(db, pieces).values()])


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The digest of a page, with its feed and the shown digests next to it."""

    slug: str
    #: None: its pieces are all gone.
    digest: Digest | None
    before: Digest | None = None
    after: Digest | None = None


#: Whether a digest has a shown piece.
IS_SHOWN = (
    sa.exists()
    .where(IN_DIGEST, of_digest(membership), entry.c.story_id == membership.c.story_id, entry.c.is_shown)
    .correlate(digest)
)

#: Made once: SQLAlchemy takes longer to build a statement than the database to run it.
BY_ARTICLE = (
    sa.select(digest, feed.c.slug, feed.c.retired_at)
    .join(feed, feed.c.id == digest.c.feed_id)
    .where(digest.c.article_id == sa.bindparam("article"))
)


def feed_of(db: sa.Connection, article: str) -> str | None:
    """The slug of the feed with the digest of an article page. None: there never was one."""
    row = None if "\0" in article else db.execute(BY_ARTICLE, {"article": article}).one_or_none()
    return None if row is None else str(row.slug)


def by_article(db: sa.Connection, article: str) -> Found | None:
    """The digest of an article page. None: there never was one."""
    if "\0" in article:  # PostgreSQL refuses to look for it
        return None
    row = db.execute(BY_ARTICLE, {"article": article}).one_or_none()
    if row is None:
        return None
    shown = None if row.retired_at else next(iter(_with_pieces(db, row.feed_id, [row])), None)
    if shown is None:
        return Found(slug=row.slug, digest=None)
    of_feed = _OF_FEED.where(IS_SHOWN).limit(1)
    before = of_feed.where(digest.c.ends_at < row.ends_at).order_by(digest.c.ends_at.desc())
    after = of_feed.where(digest.c.ends_at > row.ends_at).order_by(digest.c.ends_at)
    near = [
        next(iter(_with_pieces(db, row.feed_id, db.execute(one, {"of_feed": row.feed_id}).all())), None)
        for one in (before, after)
    ]
    return Found(slug=row.slug, digest=shown, before=near[0], after=near[1])


#: The digests with a shown piece, of published feeds.
SHOWN = (
    sa.select(digest.c.feed_id, digest.c.article_id, digest.c.ends_at)
    .join(feed, feed.c.id == digest.c.feed_id)
    .where(feed.c.retired_at.is_(None), IS_SHOWN)
    .order_by(digest.c.feed_id, digest.c.position)
)


def article_ids(db: sa.Connection) -> list[str]:
    """The ids of the pages of all digests that are shown."""
    return [row.article_id for row in db.execute(SHOWN)]


def ends(db: sa.Connection) -> dict[int, list[datetime]]:
    """The ends of the shown digests of each feed, by the feed's id."""
    found: dict[int, list[datetime]] = defaultdict(list)
    for row in db.execute(SHOWN):
        found[row.feed_id].append(row.ends_at)
    return dict(found)
