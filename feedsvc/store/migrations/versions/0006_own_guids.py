"""What upstreams call their entries, how often entries change, and stories that wait until they are placed."""

import sqlalchemy as sa
from alembic import op

from feedsvc.identity import digest
from feedsvc.identity.headline import headline_key
from feedsvc.store.stories import UNPLACED, text_key

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

#: Entries at a time.
CHUNK = 1000


def upgrade() -> None:
    op.add_column("source", sa.Column("placed_at", sa.DateTime(timezone=True), nullable=True))
    for name in ("own_guid", "seen_hash", "steady_hash", "text_key"):
        op.add_column("entry", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("entry", sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("entry", sa.Column("streak", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("entry", sa.Column("is_counting", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_entry_own_guid", "entry", ["source_id", "own_guid"])
    op.create_index("ix_entry_text_key", "entry", ["text_key"])
    op.add_column("entry", sa.Column("is_waiting", sa.Boolean(), nullable=False, server_default=sa.false()))
    is_upstream = "source_id IN (SELECT source_id FROM upstream)"
    op.execute(f"UPDATE entry SET own_guid = guid WHERE {is_upstream}")  # noqa: S608 - a literal
    op.execute(
        "UPDATE source SET placed_at = (SELECT min(entry.first_seen) FROM entry JOIN story ON story.id = entry.story_id"
        " WHERE entry.source_id = source.id AND story.arrived_at IS NOT NULL)"
    )
    _part_waiting(op.get_bind())
    op.create_index(
        "ix_entry_waiting", "entry", ["source_id"], sqlite_where=sa.text("is_waiting AND is_shown"),
        postgresql_where=sa.text("is_waiting AND is_shown"),
    )  # fmt: skip
    _fill_keys(op.get_bind())


def _part_waiting(db: sa.Connection) -> None:
    """Let each entry of a story that is not placed wait with a story of its own, under a name that nothing else has."""
    columns = ("id", "source_id", "story_id", "guid", "is_shown", "is_kept", "is_waiting", "withdrawn_at")
    entry = sa.table("entry", *(sa.column(name) for name in columns))
    of_story = ("id", "guid", "article_id", "arrived_at", "link", "published")
    story = sa.table("story", *(sa.column(name) for name in of_story))
    waiting = sa.select(entry.c.id, entry.c.source_id, entry.c.story_id, entry.c.guid, entry.c.is_kept,
                        entry.c.withdrawn_at).join(story, story.c.id == entry.c.story_id)  # fmt: skip
    seen: set[int] = set()
    for row in db.execute(waiting.where(story.c.arrived_at.is_(None)).order_by(entry.c.id)).all():
        name = f"{UNPLACED}{row.source_id} {row.guid}"
        named = {"guid": name, "article_id": digest(name.encode())}
        story_id = row.story_id
        if story_id in seen:
            db.execute(sa.insert(story).values(**named))
            story_id = db.scalar(sa.select(story.c.id).where(story.c.guid == name))
        else:
            seen.add(story_id)
            db.execute(sa.update(story).where(story.c.id == story_id).values(**named, link=None, published=None))
        is_shown = bool(row.is_kept) and row.withdrawn_at is None
        mine = sa.update(entry).where(entry.c.id == row.id)
        db.execute(mine.values(story_id=story_id, is_shown=False, is_waiting=True))
        db.execute(mine.values(is_shown=is_shown))


def _fill_keys(db: sa.Connection) -> None:
    """What the entries that are there are known by: headlines have another key than before."""
    names = ("id", "title", "summary", "title_key", "text_key")
    entry = sa.table("entry", *(sa.column(name) for name in names))
    last = 0
    read = sa.select(entry.c.id, entry.c.title, entry.c.summary).order_by(entry.c.id).limit(CHUNK)
    while rows := db.execute(read.where(entry.c.id > last)).all():
        last = rows[-1].id
        keys = [{"one": row.id, "words": headline_key(row.title), "beginning": text_key(row.summary)} for row in rows]
        change = sa.update(entry).where(entry.c.id == sa.bindparam("one"))
        db.execute(change.values(title_key=sa.bindparam("words"), text_key=sa.bindparam("beginning")), keys)
