"""Former forms of entries: their raw forms, and the words that readers saw."""

import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from feedsvc.model import Entry
from feedsvc.sanitize.lines import Form, lines_of
from feedsvc.store.lookups import chunks
from feedsvc.store.rows import RAW_LEVEL
from feedsvc.store.schema import entry, revision, story

#: In characters and lines. A longer text is not kept: no page could show what changed in it, and to compare the many
#: equal lines of such texts takes too long for a page.
MAX_TEXT, MAX_LINES = 100_000, 5_000

#: How many revisions an entry has, and the number of the last one that its page lists.
KEPT = sa.select(sa.func.count()).where(revision.c.entry_id == entry.c.id).scalar_subquery()
LAST = (
    sa.select(revision.c.listed)
    .where(revision.c.entry_id == entry.c.id, revision.c.listed.is_not(None))
    .order_by(revision.c.number.desc())
    .limit(1)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """A former form of an entry, and when another one replaced it."""

    at: datetime
    #: None: an earlier release did not keep the words.
    form: Form | None
    #: How many such forms are older.
    older: int


def form_of(title: str, text: str) -> Form:
    """A title, and a text by lines, as far as they are kept."""
    return Form(title=title, text=text if len(text) <= MAX_TEXT and text.count("\n") < MAX_LINES else None)


def keep(db: sa.Connection, entry_id: int, new: Entry, now: datetime) -> None:
    """
    Keep the stored form of an entry as a revision, before `new` replaces it.

    Its words are kept if readers saw them, and read others now.
    """
    raw = (entry.c.raw, entry.c.raw_hash, entry.c.published_hash, entry.c.updated)
    is_seen = sa.and_(entry.c.is_shown, story.c.arrived_at.is_not(None))
    row = db.execute(
        sa.select(
            *raw, entry.c.title, entry.c.content, is_seen.label("is_seen"), KEPT.label("kept"), LAST.label("last")
        )
        .join(story, story.c.id == entry.c.story_id)
        .where(entry.c.id == entry_id)
    ).one()
    values: dict[str, Any] = {column.name: row._mapping[column.name] for column in raw}
    if row.is_seen and _is_other(row, new, text := lines_of(row.content)):
        kept = form_of(row.title, text).text
        packed = None if kept is None else zlib.compress(kept.encode(), RAW_LEVEL)
        values |= {"listed": (row.last or 0) + 1, "title": row.title, "text": packed}
    db.execute(sa.insert(revision).values(**values, entry_id=entry_id, number=row.kept + 1, replaced_at=now))


def _is_other(old: Any, new: Entry, text: str) -> bool:
    """Whether readers see other words now. `text` is that of the old form."""
    return old.title != new.title or (old.content != new.content and text != lines_of(new.content))


def judge(db: sa.Connection, entry_ids: Collection[int], is_kept: Callable[[int, str, str], bool]) -> set[int]:
    """
    Forget the former words that rules hide now. Returns the entries that had such words.

    `is_kept` is asked with the id of an entry, a title and a text.
    """
    hidden = set[int]()
    for chunk in chunks(entry_ids):
        worded = sa.select(revision).where(revision.c.entry_id.in_(chunk), revision.c.title.is_not(None))
        for row in db.execute(worded).all():
            form = _form(row)
            if form and not is_kept(row.entry_id, form.title, form.text or ""):
                _hide(db, sa.and_(revision.c.entry_id == row.entry_id, revision.c.number == row.number))
                hidden.add(row.entry_id)
    return hidden


def hide(db: sa.Connection, entry_ids: Collection[int]) -> None:
    """
    Forget the words of all former forms of entries, and let no page list them.

    An author who withdraws or locks an article may have done so for these words.
    """
    for chunk in chunks(entry_ids):
        _hide(db, revision.c.entry_id.in_(chunk))


def hide_source(db: sa.Connection, source_id: int) -> None:
    """The same for all entries of a source."""
    _hide(db, revision.c.entry_id.in_(sa.select(entry.c.id).where(entry.c.source_id == source_id)))


def _hide(db: sa.Connection, of: sa.ColumnElement[bool]) -> None:
    db.execute(sa.update(revision).where(of, revision.c.listed.is_not(None)).values(listed=None, title=None, text=None))


def forget(db: sa.Connection, entry_ids: Collection[int]) -> int:
    """Delete all former forms of entries. Returns how many there were."""
    gone = (db.execute(sa.delete(revision).where(revision.c.entry_id.in_(chunk))) for chunk in chunks(entry_ids))
    return sum(one.rowcount for one in gone)


#: The listed forms of the entry that an article's page shows, newest first, each with the number of all of them.
LISTED = (
    sa.select(revision.c.title, revision.c.text, revision.c.replaced_at, sa.func.count().over().label("all"))
    .join(entry, entry.c.id == revision.c.entry_id)
    .join(story, story.c.id == entry.c.story_id)
    .where(story.c.article_id == sa.bindparam("article"), entry.c.is_shown, revision.c.listed.is_not(None))
    .order_by(revision.c.number.desc())
    .limit(sa.bindparam("most"))
)


def of_article(db: sa.Connection, article: str, most: int) -> list[Replaced]:
    """The last former forms of the entry that an article's page shows, newest first."""
    rows = db.execute(LISTED, {"article": article, "most": most})
    return [
        Replaced(at=row.replaced_at, form=_form(row), older=row.all - place) for place, row in enumerate(rows, start=1)
    ]


def _form(row: Any) -> Form | None:
    if row.title is None:
        return None
    return Form(title=row.title, text=None if row.text is None else zlib.decompress(row.text).decode())
