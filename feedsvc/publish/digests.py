"""
Publishes feeds of digests: makes an entry of each period, and the documents, views and pages of such a feed.

The date of the entry is the end of its period, and its text is made of the pieces as they are now. So an edit of a
piece changes the text under the same guid, and a piece that is withdrawn or taken down is in no digest any more.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from feedsvc.filters.parameters import chosen
from feedsvc.identity import article_url
from feedsvc.model import BEGINNING, MOST_ENTRIES, Deleted, Entry, FeedSpec, Site, View
from feedsvc.normalize.periods import moment_of
from feedsvc.render import Channel
from feedsvc.sanitize.listing import Line, listed, summarised
from feedsvc.store import Connection, digested
from feedsvc.store.articles import Article, Near
from feedsvc.store.digested import Digest
from feedsvc.store.feeds import Feed
from feedsvc.store.overview import A_DAY, DAYS, Facts, Newest, last_arrival
from feedsvc.store.teasers import Teaser
from feedsvc.store.views import USUAL_CHANGES, Changed
from feedsvc.store.windows import LAST, within
from feedsvc.texts import Texts, texts_of

#: The digests of a document, a list or a view list so many pieces in all; but one digest is always there.
MOST_LISTED = 10_000

#: The characters of a date with hours and minutes.
MINUTES = len("2026-11-24 12:00")


@dataclass(frozen=True, slots=True)
class _Made:
    """A digest as an entry, as `within` looks at it."""

    entry: Entry
    #: The id of its page.
    article: str
    position: int
    came_at: datetime
    size: int
    #: The number of pieces that it lists.
    pieces: int


def window(db: Connection, feed: Feed, channel: Channel, closed: int = LAST) -> list[Entry]:
    """The digests of the feed's document, as `windows.select_window` chooses entries."""
    chosen = {one.position: one for one in within(_newest(db, feed, channel), channel.feed.window)}
    for one in _made(digested.newest(db, feed.id, above=closed), channel):
        chosen.setdefault(one.position, one)
    return [one.entry for one in sorted(chosen.values(), key=lambda one: (one.came_at, one.position), reverse=True)]


def between(db: Connection, feed: Feed, channel: Channel, above: int, last: int) -> list[Entry]:
    """The digests at positions above `above`, up to `last`, newest first: a page of the archive."""
    return [one.entry for one in _made(digested.newest(db, feed.id, above=above, last=last), channel)]


def newest(db: Connection, feed: Feed, channel: Channel, view: View) -> list[Entry]:
    """The digests of a view. Filters choose the pieces: a digest without any piece that fits is left out."""
    fits = chosen(view.filters, channel.site.timezone)
    made = _bounded(_made(digested.newest(db, feed.id, fits=fits), channel))
    if view.limit is None and view.since is None:
        return [one.entry for one in within(islice(made, channel.feed.window.max_items), channel.feed.window)]
    return [one.entry for one in _asked(made, view, channel.feed.window.max_bytes)]


def _asked(made: Iterable[_Made], view: View, max_bytes: int) -> Iterator[_Made]:
    size, since = 0, view.since
    for one in islice(made, view.limit or MOST_ENTRIES):
        if isinstance(since, timedelta):
            since = one.came_at - since
        before, size = size, size + _size(one, view)
        if (since and one.came_at < since) or (before and size > max_bytes):
            return
        yield one


def _size(one: _Made, view: View) -> int:
    """The bytes of content that a digest adds to a view."""
    return 0 if view.brief or not view.has_content else one.size


def changes(db: Connection, feed: Feed, channel: Channel, view: View) -> Changed:
    """The digests that changed after the view's cursor, as `store.views.changes` has entries."""
    after = view.after or BEGINNING
    if after.revision > feed.revision or after.position > feed.last_position:
        after = BEGINNING
    entries: list[Entry] = []
    deleted: list[Deleted] = []
    size, pieces = 0, 0
    fits = chosen(view.filters, channel.site.timezone)
    is_beginning = after == BEGINNING
    for one in islice(digested.changes(db, feed.id, after, fits), view.limit or USUAL_CHANGES):
        made = next(_made([one.digest], channel)) if one.digest else None
        before, size = pieces, size + (_size(made, view) if made else 0)
        pieces += made.pieces if made else 0
        if before and (size > channel.feed.window.max_bytes or pieces > MOST_LISTED):
            break
        if made:
            entries.append(made.entry)
        elif fits is None or not is_beginning:  # whoever begins has no digest
            deleted.append(Deleted(guid=one.guid, when=one.gone_at))
        after = one.at
    return Changed(entries=entries, deleted=deleted, after=after)


def teasers(
    db: Connection, feed: Feed, channel: Channel, positions: tuple[int, int] | None = None, most: int | None = None
) -> list[Teaser]:
    """The digests for a list: those of the feed's window, at most so many; or those of a page of its archive."""
    if positions is None:
        return [_teaser(one) for one in within(islice(_newest(db, feed, channel), most), channel.feed.window)]
    above, last = positions
    return [_teaser(one) for one in _made(digested.newest(db, feed.id, above=above, last=last), channel)]


def _teaser(one: _Made) -> Teaser:
    return Teaser(
        article=one.article, link=None, title=one.entry.title, summary=one.entry.summary, authors=(),
        published=one.came_at, image=None, language=one.entry.language, origins=(),
    )  # fmt: skip


def article(found: digested.Found, spec: FeedSpec, site: Site) -> Article | None:
    """The page of a digest. None: its pieces are all gone."""
    if found.digest is None:
        return None
    near = [
        Near(id=one.article_id, title=title(one, spec, site)) if one else None for one in (found.before, found.after)
    ]
    return Article(entry=entry_of(found.digest, spec, site), before=near[0], after=near[1], slugs={}, feed=found.slug)


def facts(db: Connection, channels: Mapping[int, Channel], of_pieces: Mapping[int, Facts]) -> dict[int, Facts]:
    """What the catalogue says of feeds with digests, by their ids. `of_pieces` has the facts of their members."""
    if not channels:
        return {}
    ends, last = digested.ends(db), last_arrival(db)
    found = {}
    for feed_id, channel in channels.items():
        one = next(digested.newest(db, feed_id), None)
        # A period may end after the last arrival of all.
        ages = Counter(max(0, (last - end) // A_DAY) for end in ends.get(feed_id, ()))
        found[feed_id] = replace(
            of_pieces[feed_id],
            entries=len(ends.get(feed_id, ())),
            newest=_as_newest(one, channel) if one else None,
            days=tuple(ages[age] for age in reversed(range(DAYS))),
        )
    return found


def _as_newest(one: Digest, channel: Channel) -> Newest:
    return Newest(id=one.article_id, title=title(one, channel.feed, channel.site), link=None, published=one.ends_at)


def _newest(db: Connection, feed: Feed, channel: Channel) -> Iterator[_Made]:
    return islice(_bounded(_made(digested.newest(db, feed.id), channel)), channel.feed.window.max_items)


def _bounded(made: Iterable[_Made]) -> Iterator[_Made]:
    """The first of these digests, as many as have MOST_LISTED pieces."""
    pieces = 0
    for one in made:
        before, pieces = pieces, pieces + one.pieces
        if before and pieces > MOST_LISTED:
            return
        yield one


def _made(digests: Iterable[Digest], channel: Channel) -> Iterator[_Made]:
    for one in digests:
        entry = entry_of(one, channel.feed, channel.site)
        yield _Made(entry, one.article_id, one.position, one.ends_at, len(entry.content.encode()), len(one.pieces))


# --- the entry -------------------------------------------------------------------------------------------------------


def entry_of(digest: Digest, spec: FeedSpec, site: Site) -> Entry:
    """A digest as an entry. It has no authors and no origins of its own: its text names those of each piece."""
    texts = texts_of(spec.language)
    pieces, left = digest.pieces, digest.number - len(digest.pieces)
    return Entry(
        guid=digest.guid,
        link=None,
        title=title(digest, spec, site),
        content=listed([_line(one, site) for one in pieces], texts.left_out.format(number=left) if left else "", texts),
        summary=summarised(pieces, texts),
        authors=(),
        published=digest.ends_at,
        updated=max(digest.ends_at, digest.updated),
        categories=(),
        image=None,
        enclosures=(),
        language=spec.language,
        rights=None,
    )


def title(digest: Digest, spec: FeedSpec, site: Site) -> str:
    """The title of a digest: that of the feed, and the period."""
    return f"{spec.title} · {_period(digest.period, site, texts_of(spec.language))}"


def _period(name: str, site: Site, texts: Texts) -> str:
    """The name of a period for people."""
    if "W" in name:
        year, week = name.split("-W")
        return texts.week.format(year=year, week=int(week))
    return _time(moment_of(name), site) if "T" in name else name


def _line(piece: Entry, site: Site) -> Line:
    link = piece.link or article_url(site.base_url, piece.guid)
    return Line(entry=piece, link=link, time=_time(piece.published, site))


def _time(moment: datetime | None, site: Site) -> str:
    return moment.astimezone(site.timezone).isoformat(" ")[:MINUTES] if moment else ""
