"""Digests with their pieces, as readers see them. A digest whose pieces are all gone is not shown."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from feedsvc.filters.deciding import decide
from feedsvc.model import BEGINNING, Cursor, Entry, Filter
from feedsvc.store.digests import IN_DIGEST, of_digest
from feedsvc.store.lookups import chunks
from feedsvc.store.readables import readables_of
from feedsvc.store.rows import SHOWN_COLUMNS, WITHOUT_CONTENT
from feedsvc.store.schema import departure, digest, digest_piece, entry, feed, membership, story
from feedsvc.store.views import last_changed
from feedsvc.store.windows import LAST, entries_of

#: Digests whose pieces are read together.
PART = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A period of a feed."""

    position: int
    #: The name of the period (normalize/periods.py), and its end.
    period: str
    ends_at: datetime
    guid: str
    article_id: str
    #: The entries that the period has now, the newest first, without content.
    pieces: tuple[Entry, ...]


def _pieces(columns: "Collection[sa.ColumnElement[Any]]") -> "sa.Select[Any]":
    """The shown entries of some digests of a feed."""
    return (
        sa.select(*columns, digest_piece.c.position.label("digest"), membership.c.position)
        .join(story, story.c.id == entry.c.story_id)
        .join(membership, membership.c.story_id == story.c.id)
        .join(digest_piece, of_digest(membership))
        .where(
            digest_piece.c.feed_id == sa.bindparam("of_feed"),
            digest_piece.c.position.in_(sa.bindparam("digests", expanding=True)),
            entry.c.is_shown,
        )
    )


#: Made once: SQLAlchemy takes longer to build a statement than the database to run it. A filter reads the content.
PIECES, WHOLE_PIECES = _pieces(WITHOUT_CONTENT), _pieces(SHOWN_COLUMNS)

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
    with db.execute(LISTED, given, execution_options={"yield_per": PART}) as found:
        for rows in found.partitions(PART):
            yield from _with_pieces(db, feed_id, rows, fits)


def _with_pieces(db: sa.Connection, feed_id: int, rows: Sequence[Any], fits: Filter | None = None) -> list[Digest]:
    statement = PIECES if fits is None else WHOLE_PIECES
    found = db.execute(statement, {"of_feed": feed_id, "digests": [row.position for row in rows]}).all()
    if fits is not None:
        readable = {key: one for some in chunks(found) for key, one in readables_of(db, some).items()}
        found = [one for one in found if decide(fits, readable[one.story_id]).fits]
    of_digest: dict[int, list[Any]] = defaultdict(list)
    for one in found:
        of_digest[one.digest].append(one)
    shown = [row for row in rows if row.position in of_digest]
    return [_digest(row, entries_of(db, of_digest[row.position], "publication")) for row in shown]


def _digest(row: Any, pieces: Iterable[Entry]) -> Digest:
    return Digest(
        position=row.position,
        period=row.period,
        ends_at=row.ends_at,
        guid=row.guid,
        article_id=row.article_id,
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
    for start in range(0, len(places), PART):
        part = places[start : start + PART]
        rows_at = db.execute(
            _OF_FEED.where(digest.c.position.in_([one.position for one in part])), {"of_feed": feed_id}
        ).all()
        row_at = {row.position: row for row in rows_at}
        shown = {one.position: one for one in _with_pieces(db, feed_id, rows_at, fits)}
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
