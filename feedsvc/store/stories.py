"""Stories of several entries: which there are, and which of their members is shown."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from rapidfuzz import fuzz, process

from feedsvc.identity import digest
from feedsvc.identity.headline import headline_key
from feedsvc.jumps import without_tracking
from feedsvc.merge import SIMILAR, STORY_WINDOW, Piece, is_same_piece
from feedsvc.model import Entry
from feedsvc.normalize import link_key
from feedsvc.store.lookups import chunks
from feedsvc.store.schema import entry, story

#: Letters of a headline of which one may differ; and how many of the newest are looked through for such.
MIN_FUZZY = 17
MAX_FUZZY = 2000

#: Characters of a page's key: an index holds no more.
MAX_KEY = 500

#: New entries that are so close in time are looked up together.
TOGETHER = timedelta(days=2)


def piece_of(new: Entry) -> Piece:
    """What an entry is known by elsewhere."""
    return Piece(
        title=new.title, title_key=headline_key(new.title), link_key=page_key(new.link), published=new.published,
        text=new.summary,
    )  # fmt: skip


def page_key(link: str | None) -> str | None:
    """What two addresses of one page share; None for a site's front page, which is nobody's."""
    key = link_key(without_tracking(link)) if link else ""
    if len(key) > MAX_KEY:
        key = f"{key.partition('/')[0]}/{digest(key.encode())}"
    return key if key.partition("/")[2] else None


def find(db: sa.Connection, source_id: int, new: Sequence[Entry]) -> dict[str, int]:
    """The story that each of `new` (by guid) belongs to already, as other sources told it; the oldest where several."""
    if not new or not db.scalar(sa.select(sa.exists().where(entry.c.source_id != source_id))):
        return {}
    pieces = {one.guid: piece_of(one) for one in new}
    found = _by_page(db, source_id, pieces)
    dated = {guid: piece for guid, piece in pieces.items() if guid not in found and piece.published and piece.title_key}
    for group in _groups(dated):
        found |= _by_title(db, source_id, group)
    return _once(found)


def _once(found: dict[str, int]) -> dict[str, int]:
    """A story has one entry of a source: of several that would join it, the first."""
    first: dict[int, str] = {}
    for guid, story_id in found.items():
        first.setdefault(story_id, guid)
    return {guid: story_id for story_id, guid in first.items()}


def _told(source_id: int) -> "sa.Select[tuple[Any, ...]]":
    """The entries of other sources, in stories that this one does not tell yet."""
    own = sa.alias(entry)
    is_told = sa.exists().where(own.c.source_id == source_id, own.c.story_id == entry.c.story_id)
    return (
        sa.select(
            entry.c.story_id, entry.c.title, entry.c.title_key, entry.c.link_key, entry.c.published, entry.c.summary
        )
        .where(entry.c.source_id != source_id, ~is_told)
        .order_by(entry.c.id)
    )


def _piece(row: Any) -> Piece:
    return Piece(
        title=row.title, title_key=row.title_key, link_key=row.link_key, published=row.published, text=row.summary
    )


def _by_page(db: sa.Connection, source_id: int, pieces: dict[str, Piece]) -> dict[str, int]:
    keys = {piece.link_key for piece in pieces.values() if piece.link_key}
    known = defaultdict[str, list[tuple[Piece, int]]](list)
    for chunk in chunks(sorted(keys)):
        for row in db.execute(_told(source_id).where(entry.c.link_key.in_(chunk))):
            known[row.link_key].append((_piece(row), row.story_id))
    return {
        guid: story_id
        for guid, piece in pieces.items()
        if (story_id := _match(piece, known.get(piece.link_key or "", ()))) is not None
    }


def _match(piece: Piece, candidates: Iterable[tuple[Piece, int]]) -> int | None:
    return next((story_id for other, story_id in candidates if is_same_piece(piece, other)), None)


def _groups(dated: dict[str, Piece]) -> Iterator[dict[str, Piece]]:
    """Pieces that are close in time: an archive of years is not looked up all at once."""
    group: dict[str, Piece] = {}
    for guid, piece in sorted(dated.items(), key=lambda one: str(one[1].published)):
        first = next(iter(group.values()), piece)
        if piece.published and first.published and piece.published - first.published > TOGETHER:
            yield group
            group = {}
        group[guid] = piece
    if group:
        yield group


def _by_title(db: sa.Connection, source_id: int, group: dict[str, Piece]) -> dict[str, int]:
    """Those whose headline is the same; else, of long ones, nearly the same as one of the newest around them."""
    dates = [piece.published for piece in group.values() if piece.published]
    is_near = entry.c.published.between(min(dates) - STORY_WINDOW, max(dates) + STORY_WINDOW)
    near = _told(source_id).where(is_near)
    known = defaultdict[str, list[tuple[Piece, int]]](list)
    for chunk in chunks(sorted({piece.title_key for piece in group.values()})):
        for row in db.execute(near.where(entry.c.title_key.in_(chunk))):
            known[row.title_key].append((_piece(row), row.story_id))
    found = {
        guid: story_id
        for guid, piece in group.items()
        if (story_id := _match(piece, known.get(piece.title_key, ()))) is not None
    }
    long = {guid: piece for guid, piece in group.items() if guid not in found and len(piece.title_key) >= MIN_FUZZY}
    return found | (_by_likeness(db, near, long) if long else {})


def _by_likeness(db: sa.Connection, near: "sa.Select[tuple[Any, ...]]", group: dict[str, Piece]) -> dict[str, int]:
    newest = near.where(sa.func.length(entry.c.title_key) >= MIN_FUZZY).order_by(None)
    known = defaultdict[str, list[tuple[Piece, int]]](list)
    for row in db.execute(newest.order_by(entry.c.published.desc(), entry.c.id).limit(MAX_FUZZY)):
        known[row.title_key].append((_piece(row), row.story_id))
    keys = list(known)
    found = {}
    for guid, piece in group.items():
        alike = process.extract(piece.title_key, keys, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=None)
        match = _match(piece, (one for key, _, _ in alike for one in known[key]))
        if match is not None:
            found[guid] = match
    return found


def begin(db: sa.Connection, story_ids: Collection[int]) -> None:
    """Keep, before a story gets a second member, what readers know of it: link and date of the first, for good."""
    for story_id in set(story_ids):
        first = (
            sa.select(entry.c.link, entry.c.published).where(entry.c.story_id == story_id).order_by(entry.c.id).limit(1)
        )
        row = db.execute(first).one()
        known = {"link": row.link, "published": row.published}
        db.execute(sa.update(story).where(story.c.id == story_id, story.c.published.is_(None)).values(**known))


def show_fullest(db: sa.Connection, story_ids: Iterable[int]) -> None:
    """Let each story show the fullest of its members that may be shown; the oldest of equals."""
    for story_id in sorted(set(story_ids)):
        members = db.execute(
            sa.select(entry.c.id, entry.c.is_shown, sa.func.length(entry.c.content).label("size"))
            .where(entry.c.story_id == story_id, entry.c.withdrawn_at.is_(None), entry.c.is_kept)
            .order_by(entry.c.id)
        ).all()
        best = max(members, key=lambda one: (one.size, -one.id), default=None)
        if best is None or best.is_shown:
            continue
        db.execute(sa.update(entry).where(entry.c.story_id == story_id, entry.c.is_shown).values(is_shown=False))
        db.execute(sa.update(entry).where(entry.c.id == best.id).values(is_shown=True))
