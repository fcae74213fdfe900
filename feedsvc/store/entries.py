"""Entries, and the stories they belong to."""

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa

from feedsvc.filters.readable import Readable
from feedsvc.identity.headline import NOTHING, Decorations
from feedsvc.merge import Insert, Update
from feedsvc.model import Entry, RawEntry, Rewrite
from feedsvc.sanitize.fields import has_picture, names, summary_text
from feedsvc.sanitize.text import plain_text
from feedsvc.store import adding, entry_texts, revisions, stories
from feedsvc.store.lookups import CHUNK, chunks
from feedsvc.store.members import categories_of, members_of
from feedsvc.store.rows import (
    SHOWN_COLUMNS,
    Raw,
    as_published,
    entry_of,
    hash_columns,
    packed,
    packed_rewrite,
    raw_columns,
    shown_columns,
    unpacked,
)
from feedsvc.store.schema import category, entry, entry_category, source, story


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Inserted:
    """A new entry, and its waiting story."""

    entry_id: int
    story_id: int


def insert(
    db: sa.Connection,
    source_id: int,
    new: "Sequence[tuple[Insert, Raw]]",
    now: datetime,
    learnt: Decorations = NOTHING,
) -> list[Inserted]:
    """
    Save new entries. Until it is placed, each waits with a story of its own.

    `learnt` is what the source adds to its headlines.
    """
    if not new:
        return []
    story_ids = stories.add(db, source_id, [decision.entry.guid for decision, _ in new])
    rows = [
        {
            **shown_columns(decision.entry, learnt),
            **raw_columns(raw),
            **hash_columns(decision.hashes),
            "source_id": source_id,
            "story_id": story_ids[decision.entry.guid],
            "is_shown": raw.is_kept,
            "first_seen": now,
        }
        for decision, raw in new
    ]
    ids = {row.guid: row.id for row in db.execute(sa.insert(entry).returning(entry.c.guid, entry.c.id), rows)}
    save_categories(db, {ids[decision.entry.guid]: decision.entry.categories for decision, _ in new})
    entry_texts.save(db, {ids[decision.entry.guid]: decision.entry for decision, _ in new})
    return [Inserted(entry_id=ids[guid], story_id=story_id) for guid, story_id in story_ids.items()]


def update(db: sa.Connection, change: Update, raw: "Raw", now: datetime, learnt: Decorations = NOTHING) -> None:
    """Save a stored entry in its new form. If the decision says so, the old form becomes a revision."""
    entry_id = change.stored.id
    if change.is_revision:
        revisions.keep(db, entry_id, change.entry, now)
    entry_texts.replace(db, entry_id, change.entry)
    db.execute(
        sa.update(entry)
        .where(entry.c.id == entry_id)
        .values(
            **shown_columns(change.entry, learnt),
            **raw_columns(raw),
            **hash_columns(change.hashes),
            **dataclasses.asdict(change.change),
            withdrawn_at=None,
        )
    )
    stories.show_fullest(db, [change.stored.story_id])
    db.execute(sa.delete(entry_category).where(entry_category.c.entry_id == entry_id))
    save_categories(db, {entry_id: change.entry.categories})


def save_rewrites(db: sa.Connection, made: Mapping[int, Rewrite]) -> None:
    """Save what a program replaced in entries that are published as they were."""
    for entry_id, rewrite in made.items():
        db.execute(sa.update(entry).where(entry.c.id == entry_id).values(rewrite=packed_rewrite(rewrite)))


def judge(
    db: sa.Connection,
    source_id: int,
    is_kept: Callable[[Readable], bool],
    categories: Callable[[RawEntry], tuple[str, ...]],
) -> tuple[list[int], list[int]]:
    """
    Judge every entry of a source by its current rules.

    Returns the stories that this changed, and those of which it hid former words alone.
    """
    changed: list[int] = []
    reworded: list[int] = []
    last = 0
    seen = (
        entry.c.title, entry.c.link, entry.c.authors, entry.c.content, entry.c.summary, entry.c.image,
        entry.c.enclosures, entry.c.language, entry.c.published, entry.c.first_seen,
    )  # fmt: skip
    of_source = sa.select(entry.c.id, entry.c.story_id, entry.c.raw, entry.c.rewrite, entry.c.is_kept, *seen).where(
        entry.c.source_id == source_id
    )
    while rows := db.execute(of_source.where(entry.c.id > last).order_by(entry.c.id).limit(CHUNK)).all():
        last = rows[-1].id
        for row in rows:
            raw, published = unpacked(row.raw), as_published(row)
            placed, judged = categories(published), is_kept(as_judged(row, published))
            if judged != row.is_kept or placed != raw.categories:
                is_shown = {} if judged else {"is_shown": False}
                values = {"raw": packed(dataclasses.replace(raw, categories=placed)), "is_kept": judged, **is_shown}
                db.execute(sa.update(entry).where(entry.c.id == row.id).values(**values))
                db.execute(sa.delete(entry_category).where(entry_category.c.entry_id == row.id))
                save_categories(db, {row.id: names(placed)})
                changed.append(row.story_id)
        reworded += _judge_former(db, rows, is_kept)
    stories.show_fullest(db, changed)
    return changed, sorted(set(reworded).difference(changed))


def _judge_former(db: sa.Connection, rows: Sequence[Any], is_kept: Callable[[Readable], bool]) -> list[int]:
    """Judge former titles and texts as if the entries still had them. Returns the stories of those that are hidden."""
    by_id = {row.id: row for row in rows}

    def is_shown(entry_id: int, title: str, text: str) -> bool:
        row = by_id[entry_id]
        now = as_judged(row, as_published(row))
        return is_kept(dataclasses.replace(now, title=title, text=lambda: text))

    return [by_id[entry_id].story_id for entry_id in revisions.judge(db, list(by_id), is_shown)]


def as_judged(row: Any, raw: RawEntry) -> Readable:
    """A stored entry as the rules of its source see it: as readers do, with the tags of its feed."""
    return Readable(
        title=row.title,
        link=row.link or "",
        authors=tuple(author["name"] for author in row.authors),
        tags=names(raw.tags),
        text=partial(plain_text, row.content),
        summary=partial(summary_text, row.summary),
        language=row.language or "",
        published=row.published,
        arrived=row.first_seen,
        has_enclosure=bool(row.enclosures),
        has_picture=partial(has_picture, row.image, row.content),
    )


def withdraw(db: sa.Connection, entry_ids: Collection[int], now: datetime) -> list[int]:
    """Withdraw entries: they stay stored and are not shown. Returns the ids of their stories."""
    story_ids: list[int] = []
    for chunk in chunks(entry_ids):
        chosen = sa.and_(entry.c.id.in_(chunk), entry.c.withdrawn_at.is_(None))
        story_ids += db.scalars(sa.select(entry.c.story_id).where(chosen))
        db.execute(sa.update(entry).where(chosen).values(withdrawn_at=now, is_shown=False))
        revisions.hide(db, chunk)
    stories.show_fullest(db, story_ids)
    return story_ids


BY_ARTICLE = (
    sa.select(*SHOWN_COLUMNS)
    .join(story, story.c.id == entry.c.story_id)
    .join(source, source.c.id == entry.c.source_id)
    .where(story.c.article_id == sa.bindparam("article"), ~source.c.is_private)
    .order_by(entry.c.is_shown.desc(), entry.c.id)
    .limit(1)
)


def by_article(db: sa.Connection, article: str) -> tuple[Entry | None, bool]:
    """
    The entry of an article page, and whether the page ever existed. For a withdrawn entry: None, True.

    An entry that its source keeps private: None, False.
    """
    if "\0" in article:  # PostgreSQL refuses to look for it
        return None, False
    row = db.execute(BY_ARTICLE, {"article": article}).one_or_none()
    if row is None:
        is_taken_down = sa.exists().where(story.c.article_id == article, story.c.taken_down_at.is_not(None))
        return None, bool(db.scalar(sa.select(is_taken_down)))
    if row.arrived_at is None:
        return None, False
    if not row.is_shown:
        return None, True
    story_id = row.story_id
    return entry_of(row, categories_of(db, [story_id])[story_id], members_of(db, [story_id])[story_id]), True


def save_categories(db: sa.Connection, named: Mapping[int, Sequence[str]]) -> None:
    """Save the categories of entries that have none yet."""
    ids = category_ids(db, dict.fromkeys(name for of_one in named.values() for name in of_one))
    rows = [
        {"entry_id": entry_id, "position": position, "category_id": ids[name]}
        for entry_id, of_one in named.items()
        for position, name in enumerate(of_one)
    ]
    if rows:
        db.execute(sa.insert(entry_category), rows)


def category_ids(db: sa.Connection, names: Collection[str]) -> dict[str, int]:
    """The id of each category, made at first sight."""
    known = {
        name: id_
        for chunk in chunks(names)
        for id_, name in db.execute(sa.select(category.c.id, category.c.name).where(category.c.name.in_(chunk)))
    }
    if new := [name for name in names if name not in known]:
        # Two transactions with the same names in another order would wait for each other.
        adding.lock(db, category)
        adding.insert_missing(db, category, [{"name": name} for name in new])
        for chunk in chunks(new):
            rows = db.execute(sa.select(category.c.id, category.c.name).where(category.c.name.in_(chunk)))
            known |= {name: id_ for id_, name in rows}
    return known


def article_ids(db: sa.Connection) -> list[str]:
    """The ids of the article pages of placed entries."""
    shown = sa.select(story.c.article_id).join(entry, entry.c.story_id == story.c.id)
    placed = shown.where(entry.c.is_shown, story.c.arrived_at.is_not(None))
    return list(db.scalars(placed.order_by(story.c.id)))


def used_categories(db: sa.Connection) -> set[str]:
    """The names of categories that some entry has."""
    used = sa.select(entry_category.c.category_id)
    return set(db.scalars(sa.select(category.c.name).where(category.c.id.in_(used))))
