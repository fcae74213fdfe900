"""Stories as filters see them: the entry that a story shows, as a reader sees it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa

from feedsvc.filters.readable import Readable
from feedsvc.model import Entry
from feedsvc.sanitize.fields import has_picture, summary_text
from feedsvc.sanitize.text import plain_text
from feedsvc.store.members import categories_of, members_of
from feedsvc.store.rows import SHOWN_COLUMNS, entry_of
from feedsvc.store.schema import entry, source, story

SHOWN = (
    sa.select(*SHOWN_COLUMNS)
    .join(story, story.c.id == entry.c.story_id)
    .where(entry.c.story_id.in_(sa.bindparam("stories", expanding=True)), entry.c.is_shown)
)
FROM = (
    sa.select(entry.c.story_id, source.c.name, entry.c.first_seen)
    .join(source, source.c.id == entry.c.source_id)
    .where(
        entry.c.story_id.in_(sa.bindparam("stories", expanding=True)), entry.c.withdrawn_at.is_(None),
        ~source.c.is_private,
    )
    .order_by(source.c.name)
)  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Came:
    """The configured names of the sources of a story, and when its first entry came."""

    sources: list[str] = field(default_factory=list)
    at: datetime | None = None


def readables(db: sa.Connection, story_ids: Collection[int]) -> dict[int, Readable]:
    """Those of these stories that show an entry. At most as many as a statement has parameters."""
    return readables_of(db, db.execute(SHOWN, {"stories": list(story_ids)}).all())


def readables_of(db: sa.Connection, rows: Sequence[Any]) -> dict[int, Readable]:
    """The stories of rows of SHOWN_COLUMNS, in the order of the rows."""
    story_ids = [row.story_id for row in rows]
    categories, members, came = categories_of(db, story_ids), members_of(db, story_ids), _came(db, story_ids)
    return {
        row.story_id: readable(entry_of(row, categories[row.story_id], members[row.story_id]), came[row.story_id])
        for row in rows
    }


def readable(shown: Entry, came: Came) -> Readable:
    """An entry as filters see it: what a reader sees, and the names of its sources in the configuration."""
    return Readable(
        title=shown.title,
        link=shown.link or "",
        authors=tuple(author.name for author in shown.authors),
        tags=shown.categories,
        text=partial(plain_text, shown.content),
        summary=partial(summary_text, shown.summary),
        sources=tuple(dict.fromkeys((*came.sources, *(origin.title for origin in shown.origins if origin.title)))),
        language=shown.language or "",
        published=shown.published,
        arrived=came.at,
        has_enclosure=bool(shown.enclosures),
        has_picture=partial(has_picture, shown.image, shown.content),
    )


def _came(db: sa.Connection, story_ids: Collection[int]) -> dict[int, Came]:
    found: dict[int, Came] = defaultdict(Came)
    for row in db.execute(FROM, {"stories": list(story_ids)}):
        one = found[row.story_id]
        one.sources.append(row.name)
        one.at = row.first_seen if one.at is None else min(one.at, row.first_seen)
    return found
