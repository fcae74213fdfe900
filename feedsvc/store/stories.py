"""
Stories: the guid of each published piece, and which of its members is shown.

Each saved entry waits with a story of its own. When it is placed, it keeps this story or joins another (`twins.py`).
Then the story gets its guid. All waiting entries are placed together, in order of date, source and guid. So the outcome
does not depend on which source was polled first.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from feedsvc.identity import article_id, digest, distinct_guid, page_key
from feedsvc.identity.headline import Decorations, decorations, headline_key
from feedsvc.model import Entry
from feedsvc.normalize import title_key
from feedsvc.store.facts import newest_titles, split
from feedsvc.store.lookups import chunks, guids_of
from feedsvc.store.schema import departure, digest_piece, entry, membership, source, story

#: A migration has `page_key` from here.
__all__ = [
    "TEXT", "UNPLACED", "Waiting", "add", "keys_of", "learnt_of", "lock", "name", "page_key", "show_fullest",
    "text_key",
]  # fmt: skip

#: So many first letters of their texts two pieces must share to be compared.
TEXT = 40

#: First character of a waiting story's guid. No real guid has it, because XML has no form for it.
UNPLACED = "\x01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An entry that is to come into feeds, with a date."""

    entry_id: int
    story_id: int
    source_id: int
    #: Of the source.
    name: str
    guid: str
    published: datetime


def keys_of(new: Entry, learnt: Decorations) -> dict[str, str | None]:
    """The columns by which entries of other sources are found that may be the same piece."""
    return {
        "link_key": page_key(new.link),
        "title_key": headline_key(new.title, learnt),
        "text_key": text_key(new.summary),
    }


def text_key(summary: str) -> str | None:
    """A key that texts with the same first letters share; None for a text that is too short."""
    beginning = title_key(summary)[:TEXT]
    return digest(beginning.encode()) if len(beginning) == TEXT else None


HEADLINES = sa.select(source.c.id, source.c.title, newest_titles().label("titles")).where(
    source.c.id.in_(sa.bindparam("sources", expanding=True))
)


def learnt_of(db: sa.Connection, source_ids: Collection[int]) -> dict[int, Decorations]:
    """The additions of each source to its headlines, as seen in its newest."""
    rows = (row for chunk in chunks(source_ids) for row in db.execute(HEADLINES, {"sources": chunk}))
    return {row.id: decorations(split(row.titles), row.title or "") for row in rows}


def add(db: sa.Connection, source_id: int, guids: Sequence[str]) -> dict[str, int]:
    """Add a waiting story for each new entry of a source. Returns their ids by the entry's guid."""
    names = {guid: f"{UNPLACED}{source_id} {guid}" for guid in guids}
    if not names:
        return {}
    rows = [{"guid": name, "article_id": digest(name.encode())} for name in names.values()]
    added = db.execute(sa.insert(story).returning(story.c.guid, story.c.id), rows)
    ids = {row.guid: row.id for row in added}
    return {guid: ids[name] for guid, name in names.items()}


def lock(db: sa.Connection, story_ids: Collection[int]) -> None:
    """Let no other transaction change the members of these stories before the end of this one."""
    if story_ids and db.dialect.name != "sqlite":  # SQLite has one writer
        for chunk in chunks(sorted(set(story_ids))):
            db.execute(sa.select(story.c.id).where(story.c.id.in_(chunk)).order_by(story.c.id).with_for_update()).all()


def name(db: sa.Connection, begun: Sequence[Waiting]) -> dict[int, str]:
    """The guid, for good, of each story that begins with one of these entries: the entry's own, unless it is taken."""
    owners = guids_of(db, [one.guid for one in begun])
    taken = owners.keys() - _vacated(db, owners)
    articles = _articles(db, [article_id(one.guid) for one in begun])
    named: dict[int, str] = {}
    for one in begun:
        named[one.story_id] = next(
            guid for guid in _guids(db, one, taken, articles) if guid not in taken and article_id(guid) not in articles
        )
        taken.add(named[one.story_id])
        articles.add(article_id(named[one.story_id]))
    return named


def _vacated(db: sa.Connection, owners: Mapping[str, int]) -> set[str]:
    """The guids of stories whose take-down was undone. The piece that comes back gets its guid and page again."""
    free: set[str] = set()
    for chunk in chunks(owners.values()):
        is_undone = sa.and_(story.c.taken_down_at.is_not(None), story.c.taken_down_by.is_(None))
        rows = db.execute(sa.select(story.c.id, story.c.guid).where(story.c.id.in_(chunk), is_undone)).all()
        free |= {row.guid for row in rows}
        if ids := [row.id for row in rows]:
            for table in (membership, departure, digest_piece):
                db.execute(sa.delete(table).where(table.c.story_id.in_(ids)))
            db.execute(sa.delete(story).where(story.c.id.in_(ids)))
    return free


def _guids(db: sa.Connection, one: Waiting, taken: set[str], articles: set[str]) -> Iterator[str]:
    """The guids that a story might have, in order. For each but the first, the store is asked whether it is taken."""
    yield one.guid
    seed = f"{one.name}\n{one.guid}"
    while True:
        seed = digest(seed.encode())
        guid = distinct_guid(one.guid, seed)
        taken |= set(guids_of(db, [guid]))
        articles |= _articles(db, [article_id(guid)])
        yield guid


def _articles(db: sa.Connection, ids: Collection[str]) -> set[str]:
    """The ids of article pages that are taken."""
    some = (db.scalars(sa.select(story.c.article_id).where(story.c.article_id.in_(chunk))) for chunk in chunks(ids))
    return {found for of_one in some for found in of_one}


# --- the member that is shown ----------------------------------------------------------------------------------------


def show_fullest(db: sa.Connection, story_ids: Iterable[int]) -> None:
    """Show the fullest member of each story that may be shown; of equally full ones, the first by date and source."""
    for chunk in chunks(sorted(set(story_ids))):
        members: dict[int, list[Any]] = {story_id: [] for story_id in chunk}
        for row in db.execute(MEMBERS, {"stories": chunk}):
            members[row.story_id].append(row)
        best = {story_id: min(some, key=_fullest_first, default=None) for story_id, some in members.items()}
        # If the rules drop all members, or their sources keep them private, the story shows none.
        if others := [story_id for story_id, one in best.items() if one is None or not one.is_shown]:
            db.execute(sa.update(entry).where(entry.c.story_id.in_(others), entry.c.is_shown).values(is_shown=False))
        if shown := [one.id for one in best.values() if one is not None and not one.is_shown]:
            db.execute(sa.update(entry).where(entry.c.id.in_(shown)).values(is_shown=True))


MEMBERS = (
    sa.select(
        entry.c.id, entry.c.story_id, entry.c.is_shown, entry.c.published, source.c.name,
        sa.func.length(entry.c.content).label("size"),
    )
    .join(source, source.c.id == entry.c.source_id)
    .where(
        entry.c.story_id.in_(sa.bindparam("stories", expanding=True)), entry.c.withdrawn_at.is_(None),
        entry.c.is_kept, ~source.c.is_private,
    )
)  # fmt: skip


def _fullest_first(one: Any) -> tuple[int, bool, datetime | None, str]:
    return -one.size, one.published is None, one.published, one.name
