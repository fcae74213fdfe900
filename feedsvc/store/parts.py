"""As much of stories as a filter looks at. Content is read only where its text is not stored."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa

from feedsvc.filters.readable import Readable
from feedsvc.sanitize.text import plain_text
from feedsvc.store.members import categories_of, credits_of, owners
from feedsvc.store.readables import readables_of
from feedsvc.store.rows import SHOWN_COLUMNS, details_of
from feedsvc.store.schema import entry, entry_text, source, story

#: The part of an entry → the columns of its row that it needs. Other parts need whole entries.
COLUMNS: dict[str, tuple[Any, ...]] = {
    "title": (entry.c.title,),
    "author": (entry.c.authors,),
    "content": (entry_text.c.text, sa.case((entry_text.c.text.is_(None), entry.c.content)).label("content")),
    "language": (entry.c.language,),
    "category": (entry.c.details,),
    "published": (story.c.published.label("story_published"), entry.c.published),
    "arrived": (),
    "source": (),
}

MEMBERS = (
    sa.select(entry.c.story_id, entry.c.source_id, entry.c.origin, entry.c.first_seen, source.c.name)
    .join(source, source.c.id == entry.c.source_id)
    .where(
        entry.c.story_id.in_(sa.bindparam("stories", expanding=True)), entry.c.withdrawn_at.is_(None),
        ~source.c.is_private,
    )
)  # fmt: skip


def is_partial(needed: Collection[str]) -> bool:
    """Whether a filter looks at parts alone."""
    return set(needed) <= COLUMNS.keys()


def columns(needed: Collection[str]) -> list[Any]:
    """The columns that a filter needs of an entry and of its story, besides `story_id`."""
    if not is_partial(needed):
        return [one for one in SHOWN_COLUMNS if one is not entry.c.story_id]
    return [column for part in sorted(needed) for column in COLUMNS[part]]


def readables(db: sa.Connection, rows: Sequence[Any], needed: Collection[str]) -> dict[int, Readable]:
    """The stories of rows with these columns, as a filter sees them."""
    if not is_partial(needed):
        return readables_of(db, rows)
    story_ids = [row.story_id for row in rows]
    categories = categories_of(db, story_ids) if "category" in needed else {}
    came = _came(db, story_ids) if not {"source", "arrived"}.isdisjoint(needed) else {}
    return {
        row.story_id: _readable(row, needed, categories.get(row.story_id, []), came.get(row.story_id, NOWHERE))
        for row in rows
    }


@dataclass(slots=True)
class _Came:
    """The names of the sources of a story, and when its first entry came."""

    sources: dict[str, None] = field(default_factory=dict)
    at: datetime | None = None


NOWHERE = _Came()


def _came(db: sa.Connection, story_ids: Collection[int]) -> dict[int, _Came]:
    rows = db.execute(MEMBERS, {"stories": list(story_ids)}).all()
    owner_of = owners(db, {row.source_id for row in rows})
    found: dict[int, _Came] = defaultdict(_Came)
    for row in rows:
        one = found[row.story_id]
        one.at = row.first_seen if one.at is None else min(one.at, row.first_seen)
        titles = [credit.title for credit in credits_of(row.origin, None, owner_of[row.source_id])]
        one.sources |= dict.fromkeys((row.name, *titles))
    return found


def _readable(row: Any, needed: Collection[str], categories: Sequence[str], came: _Came) -> Readable:
    return Readable(
        title=row.title if "title" in needed else "",
        link="",
        authors=tuple(author["name"] for author in row.authors) if "author" in needed else (),
        tags=(*categories, *details_of(row.details).tags) if "category" in needed else (),
        text=partial(_text, row) if "content" in needed else str,
        sources=tuple(came.sources),
        language=(row.language or "") if "language" in needed else "",
        published=(row.story_published or row.published) if "published" in needed else None,
        arrived=came.at,
    )


def _text(row: Any) -> str:
    return str(row.text) if row.text is not None else plain_text(row.content)
