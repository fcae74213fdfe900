"""The tables. feedsvc/README.md walks through them; migrations/ makes them; a test holds the two together."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A UTC-aware datetime. SQLite stores it without a zone, PostgreSQL with one; we see no difference."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """To the database; a naive datetime is a bug of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, _dialect: sa.Dialect) -> datetime | None:
        """From the database."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


metadata = sa.MetaData(naming_convention={
    "ix": "ix_%(column_0_N_label)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
})  # fmt: skip

#: Entries that may be shown and are in no feed yet. SQLite uses a partial index only for its own words.
WAITING = sa.text("is_waiting AND is_shown")


def _id() -> sa.Column[int]:
    # BIGINT would not be SQLite's rowid.
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True)


def _to(column: str, *, nullable: bool = False, primary_key: bool = False) -> sa.Column[int]:
    name = column.replace(".", "_")
    if primary_key:
        return sa.Column(name, sa.BigInteger, sa.ForeignKey(column), primary_key=True)
    return sa.Column(name, sa.BigInteger, sa.ForeignKey(column), nullable=nullable)


source = sa.Table(
    "source", metadata,
    _id(),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    # Digest of the settings that its entries were last made under.
    sa.Column("settings", sa.Text),
    # The same of the rules that say what of an upstream is shown, and where.
    sa.Column("rules", sa.Text),
    # How many of its seeds are held back (seed_file.hold); NULL for none.
    sa.Column("held", sa.Integer),
    # Whose work its entries are, as readers see it: of an upstream, as it says itself.
    sa.Column("title", sa.Text),
    sa.Column("link", sa.Text),
    # When its first entries came into feeds; NULL before. What comes later is news, whatever its date.
    sa.Column("placed_at", UtcDateTime),
    # Of an Atom feed, and where readers may find it.
    sa.Column("feed_id", sa.Text),
    sa.Column("feed_url", sa.Text),
)  # fmt: skip

host = sa.Table(
    "host", metadata,
    _id(),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    # The earliest of its upstreams; while a worker is at it, the end of its lease. NULL: nothing to do.
    sa.Column("next_due", UtcDateTime),
    # The same end, while it lasts: whoever looks after the schedule leaves the host alone until then.
    sa.Column("leased_until", UtcDateTime),
    # Rises with each lease: what is written under an older one is refused.
    sa.Column("fence", sa.BigInteger, nullable=False, default=0),
    # Until when it said that none of its feeds is to be asked for.
    sa.Column("held_until", UtcDateTime),
    sa.Index("ix_host_next_due", "next_due"),
)  # fmt: skip

upstream = sa.Table(
    "upstream", metadata,
    _to("source.id", primary_key=True),
    _to("host.id"),
    # As configured; and as it is asked for, which a move for good may have changed.
    sa.Column("configured_url", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    # NULL: never again, because it is gone, or no longer configured.
    sa.Column("next_due", UtcDateTime),
    # Of the last answer whose entries were saved, to the letter; of `url`.
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    # Who gave these two: `url`, or what it leads to.
    sa.Column("validated_url", sa.Text),
    sa.Column("body_hash", sa.Text),
    # What the entries of that answer are known by, when they come again: marks, with spaces between.
    sa.Column("marks", sa.Text),
    # What the feed says of how often to ask (model.Hints), as JSON.
    sa.Column("hints", sa.Text),
    # How it is polled: failures in a row, and how many times sooner than configured.
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("haste", sa.Integer, nullable=False),
    # Where it says it moved for good, and since when.
    sa.Column("moved_to", sa.Text),
    sa.Column("moved_since", UtcDateTime),
    # For the operator: the last poll, the last good one, the last that brought something new.
    sa.Column("polled_at", UtcDateTime),
    sa.Column("succeeded_at", UtcDateTime),
    sa.Column("changed_at", UtcDateTime),
    # What is wrong now, and why the next poll is when it is; NULL for nothing.
    sa.Column("error", sa.Text),
    sa.Column("why", sa.Text),
    # Digest of how it is configured; NULL from before there was one.
    sa.Column("configured", sa.Text),
    # What is wrong with items of the last answer: how many problems, and the first of them, as JSON; NULL for none.
    sa.Column("problems", sa.Text),
    sa.Index("ix_upstream_host_id", "host_id"),
)  # fmt: skip

seed_file = sa.Table(
    "seed_file", metadata,
    _to("source.id", primary_key=True),
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("mtime_ns", sa.BigInteger, nullable=False),
    sa.Column("raw_hash", sa.Text, nullable=False),
    # NULL for a file that never was published.
    _to("entry.id", nullable=True),
    # Deleted, but remembered: what it gave comes back with it.
    sa.Column("is_gone", sa.Boolean(create_constraint=False), nullable=False),
    # Why the file as it is now is not what is published; `line` where known.
    sa.Column("problem", sa.Text),
    sa.Column("problem_line", sa.Integer),
    # Of a file that went missing with many others: `held` while what it published stays, `confirmed` when somebody let
    # it go; else NULL.
    sa.Column("hold", sa.Text),
)  # fmt: skip

story = sa.Table(
    "story", metadata,
    _id(),
    # The published identity, for good from the moment when it is placed; until then a name that nothing else has.
    sa.Column("guid", sa.Text, nullable=False, unique=True),
    sa.Column("article_id", sa.Text, nullable=False, unique=True),
    # NULL until placed: saved, but not yet in any feed.
    sa.Column("arrived_at", UtcDateTime),
    # Of its first member, for good, from its second member on: whichever is shown, a reader sees one piece.
    sa.Column("link", sa.Text),
    sa.Column("published", UtcDateTime),
)  # fmt: skip

entry = sa.Table(
    "entry", metadata,
    _id(),
    _to("source.id"),
    _to("story.id"),
    # Whether this member is the one its story shows; at most one is.
    sa.Column("is_shown", sa.Boolean(create_constraint=False), nullable=False),
    # Whether it is yet to be placed: to join a story that another source tells, or to begin one.
    sa.Column("is_waiting", sa.Boolean(create_constraint=False), nullable=False, default=True),
    # Unique within its source; the story's is unique everywhere.
    sa.Column("guid", sa.Text, nullable=False),
    # What its upstream itself calls it now: a site that moves changes it. NULL where the upstream gives no guid.
    sa.Column("own_guid", sa.Text),
    # The raw entry as JSON, zlib-compressed: what a new policy is applied to.
    sa.Column("raw", sa.LargeBinary, nullable=False),
    sa.Column("raw_hash", sa.Text, nullable=False),
    # Of all that is published; of what a reader can see; of that without counters.
    sa.Column("published_hash", sa.Text, nullable=False),
    sa.Column("seen_hash", sa.Text),
    sa.Column("steady_hash", sa.Text),
    # When its source last changed anything visible, in how many polls in a row more than counters; whether the last
    # change was one of counters alone.
    sa.Column("edited_at", UtcDateTime),
    sa.Column("streak", sa.Integer, nullable=False, default=0),
    sa.Column("is_counting", sa.Boolean(create_constraint=False), nullable=False, default=False),
    sa.Column("policy_version", sa.Integer, nullable=False),
    sa.Column("link", sa.Text),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("authors", sa.JSON, nullable=False),
    sa.Column("image", sa.Text),
    sa.Column("enclosures", sa.JSON, nullable=False),
    sa.Column("language", sa.Text),
    sa.Column("rights", sa.Text),
    # NULL only for an undated entry that is not placed yet.
    sa.Column("published", UtcDateTime),
    sa.Column("updated", UtcDateTime),
    sa.Column("first_seen", UtcDateTime, nullable=False),
    sa.Column("withdrawn_at", UtcDateTime),
    # The link that it has in a feed whose identities were taken over; its own front matter counts more.
    sa.Column("adopted_link", sa.Text),
    # Why `content` is plain text; NULL when it is the source's own HTML.
    sa.Column("fallback", sa.Text),
    # What stays the same when the source gives it another guid or link.
    sa.Column("article_key", sa.Text),
    # What the same piece of another source is known by: the page's address and the headline, in one spelling each.
    sa.Column("link_key", sa.Text),
    sa.Column("title_key", sa.Text),
    # Digest of how its text begins.
    sa.Column("text_key", sa.Text),
    # Where its source has it from.
    sa.Column("origin", sa.JSON),
    # What it says besides its text (model.Details); NULL for nothing.
    sa.Column("details", sa.JSON),
    # Whether its source's rules let it be shown.
    sa.Column("is_kept", sa.Boolean(create_constraint=False), nullable=False, default=True),
    sa.UniqueConstraint("source_id", "guid"),
    sa.Index("uq_entry_article_key", "source_id", "article_key", unique=True),
    sa.Index("ix_entry_own_guid", "source_id", "own_guid"),
    sa.Index("ix_entry_link_key", "link_key"),
    sa.Index("ix_entry_title_key", "title_key"),
    sa.Index("ix_entry_text_key", "text_key"),
    sa.Index("ix_entry_published", "published"),
    sa.Index("ix_entry_story_id", "story_id"),
    # Entries that wait are looked for at the end of each round of polls; those that a rule drops wait long.
    sa.Index("ix_entry_waiting", "source_id", sqlite_where=WAITING, postgresql_where=WAITING),
    # What an older policy made is looked for at every look.
    sa.Index("ix_entry_policy_version", "policy_version"),
    sa.Index("uq_entry_shown", "story_id", unique=True, sqlite_where=sa.text("is_shown"),
             postgresql_where=sa.text("is_shown")),
)  # fmt: skip

revision = sa.Table(
    "revision", metadata,
    _to("entry.id", primary_key=True),
    # 1 is the first form.
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("raw", sa.LargeBinary, nullable=False),
    sa.Column("raw_hash", sa.Text, nullable=False),
    sa.Column("published_hash", sa.Text, nullable=False),
    sa.Column("updated", UtcDateTime),
    sa.Column("replaced_at", UtcDateTime, nullable=False),
)  # fmt: skip

category = sa.Table(
    "category", metadata,
    _id(),
    sa.Column("name", sa.Text, nullable=False, unique=True),
)  # fmt: skip

entry_category = sa.Table(
    "entry_category", metadata,
    _to("entry.id", primary_key=True),
    # The source's own order, from 0.
    sa.Column("position", sa.Integer, primary_key=True),
    _to("category.id"),
)  # fmt: skip

feed = sa.Table(
    "feed", metadata,
    _id(),
    # `all`, `category` or `defined`.
    sa.Column("kind", sa.Text, nullable=False),
    # The one in use; feed_slug remembers former ones.
    sa.Column("slug", sa.Text, nullable=False, unique=True),
    # Of a category's feed.
    sa.Column("category_id", sa.BigInteger, sa.ForeignKey("category.id"), unique=True),
    # Of a defined feed: which categories and sources, as JSON.
    sa.Column("definition", sa.Text),
    # Rises when anything that its documents show may have changed.
    sa.Column("revision", sa.BigInteger, nullable=False),
    # The highest position ever given in it: what leaves takes its position along.
    sa.Column("last_position", sa.BigInteger, nullable=False, default=0),
    # When a defined feed left the configuration.
    sa.Column("retired_at", UtcDateTime),
)  # fmt: skip

feed_slug = sa.Table(
    "feed_slug", metadata,
    # Case and width folded: two slugs never differ in these alone.
    sa.Column("key", sa.Text, primary_key=True),
    _to("feed.id"),
)  # fmt: skip

membership = sa.Table(
    "membership", metadata,
    _to("feed.id", primary_key=True),
    # In order of arrival, from 1; never reused, so that archive pages never shift.
    sa.Column("position", sa.BigInteger, primary_key=True),
    _to("story.id"),
    # When the story came to this feed; a first import counts an entry's own date.
    sa.Column("arrived_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("feed_id", "story_id"),
    sa.Index("ix_membership_window", "feed_id", "arrived_at", "position"),
    sa.Index("ix_membership_story_id", "story_id"),
)  # fmt: skip

document = sa.Table(
    "document", metadata,
    _to("feed.id", primary_key=True),
    sa.Column("format", sa.Text, primary_key=True),
    # What it was made from: the feed's revision, and a digest of everything else.
    sa.Column("feed_revision", sa.BigInteger, nullable=False),
    sa.Column("made_with", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("gzip", sa.LargeBinary, nullable=False),
    # When the bytes last changed; never goes back.
    sa.Column("changed_at", UtcDateTime, nullable=False),
)  # fmt: skip
