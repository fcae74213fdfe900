"""Stories of several entries: which there are, and which of their members is shown."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta

import sqlalchemy as sa
from rapidfuzz import fuzz, process

from feedsvc.identity.headline import headline_key
from feedsvc.merge import SIMILAR, STORY_WINDOW, Piece, is_same_piece
from feedsvc.model import Entry
from feedsvc.normalize import link_key
from feedsvc.sanitize.links import without_tracking
from feedsvc.store.schema import entry, story

#: New entries that are so close in time are looked up together.
TOGETHER = timedelta(days=2)


def piece_of(new: Entry) -> Piece:
    """What an entry is known by elsewhere."""
    return Piece(
        title=new.title, title_key=headline_key(new.title), link_key=page_key(new.link), published=new.published
    )


def page_key(link: str | None) -> str | None:
    """What two addresses of one page share; None for a site's front page, which is nobody's."""
    key = link_key(without_tracking(link)) if link else ""
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
    return found


def _by_page(db: sa.Connection, source_id: int, pieces: dict[str, Piece]) -> dict[str, int]:
    keys = sorted({piece.link_key for piece in pieces.values() if piece.link_key})
    rows = db.execute(
        sa.select(entry.c.link_key, entry.c.story_id)
        .where(entry.c.source_id != source_id, entry.c.link_key.in_(keys))
        .order_by(entry.c.id.desc())
    )
    known = {row.link_key: row.story_id for row in rows}
    return {guid: known[piece.link_key] for guid, piece in pieces.items() if piece.link_key in known}


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
    dates = [piece.published for piece in group.values() if piece.published]
    rows = db.execute(
        sa.select(entry.c.story_id, entry.c.title, entry.c.title_key, entry.c.link_key, entry.c.published)
        .where(
            entry.c.source_id != source_id,
            entry.c.title_key.is_not(None),
            entry.c.published.between(min(dates) - STORY_WINDOW, max(dates) + STORY_WINDOW),
        )
        .order_by(entry.c.id)
    )
    known = defaultdict[str, list[tuple[Piece, int]]](list)
    for row in rows:
        piece = Piece(title=row.title, title_key=row.title_key, link_key=row.link_key, published=row.published)
        known[row.title_key].append((piece, row.story_id))
    keys = list(known)
    found = {}
    for guid, piece in group.items():
        alike = process.extract(piece.title_key, keys, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=None)
        candidates = (one for key, _, _ in alike for one in known[key])
        if match := next((story_id for other, story_id in candidates if is_same_piece(piece, other)), None):
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
