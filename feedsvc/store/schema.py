"""
The tables. feedsvc/README.md explains them, migrations/ makes them, and a test compares the two.

The tables refer to each other and are read as a whole, so they stand in one module of more than 300 lines.
"""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A UTC-aware datetime. SQLite stores it without a zone, PostgreSQL with one; callers see no difference."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """To the database. A datetime without a zone is an error of the caller."""
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

#: Entries that may be shown and are in no feed yet. SQLite uses a partial index only for a condition in the same words.
WAITING = sa.text("is_waiting AND is_shown")

#: The revision of a feed that was made before the first update has come to its end. It only rises.
UNOPENED = 0


def _id() -> sa.Column[int]:
    # BIGINT would not be SQLite's rowid.
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True)


#: A table whose key is an entry, with SQLite's rowid as that key.
ENTRY_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


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
    # Digest of the rules that its entries were last judged by (model.Rules).
    sa.Column("rules", sa.Text),
    # How many of its seeds are held back (seed_file.hold); NULL for none.
    sa.Column("held", sa.Integer),
    # Of an upstream: whose work its entries are, as its feed says, or as configured.
    sa.Column("title", sa.Text),
    sa.Column("link", sa.Text),
    # When its first entries came into feeds; NULL before. Entries that come later are news, whatever their date.
    sa.Column("placed_at", UtcDateTime),
    # The id of an Atom feed; the address of its self link, where it is public.
    sa.Column("feed_id", sa.Text),
    sa.Column("feed_url", sa.Text),
    # The newest day of `source_day`, and the usual longest gap between two of these days (schedule/rhythm.py).
    sa.Column("newest_day", sa.Date),
    sa.Column("usual_gap", sa.Integer),
    # How many elements the sanitiser removed from its entries: kind → number, as JSON; NULL for none.
    sa.Column("removed", sa.Text),
    # The declared terms of its entries (model.Terms), as JSON; NULL for none.
    sa.Column("terms", sa.JSON(none_as_null=True)),
    # Whether these terms keep its entries from the public. No query of published entries may leave this out.
    sa.Column("is_private", sa.Boolean(create_constraint=False), nullable=False, default=False),
)  # fmt: skip

source_day = sa.Table(
    "source_day", metadata,
    # How many entries a source had on a day, by their dates. Days long ago are forgotten.
    _to("source.id", primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("entries", sa.BigInteger, nullable=False),
)  # fmt: skip

host = sa.Table(
    "host", metadata,
    _id(),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    # When the first of its upstreams is due; while it is claimed, the end of the lease. NULL: none is due.
    sa.Column("next_due", UtcDateTime),
    # The end of the lease, while it is claimed. Until then, `hosts.settle` changes nothing.
    sa.Column("leased_until", UtcDateTime),
    # Rises with each claim. Results of an older claim are refused.
    sa.Column("fence", sa.BigInteger, nullable=False, default=0),
    # Until when none of its feeds must be polled, as the host said.
    sa.Column("held_until", UtcDateTime),
    sa.Index("ix_host_next_due", "next_due"),
)  # fmt: skip

upstream = sa.Table(
    "upstream", metadata,
    _to("source.id", primary_key=True),
    _to("host.id"),
    # The URL as configured, and the URL that is polled: a permanent redirect may have changed it.
    sa.Column("configured_url", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    # NULL: it is not polled any more, because it is gone or not configured.
    sa.Column("next_due", UtcDateTime),
    # Validators of the last answer whose entries were saved, as the server sent them.
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    # The address that gave these two: `url`, or the end of its redirects.
    sa.Column("validated_url", sa.Text),
    sa.Column("body_hash", sa.Text),
    # Marks of that answer's entries, separated by spaces: such entries need not be parsed again.
    sa.Column("marks", sa.Text),
    # The feed's own hints of how often to poll (model.Hints), as JSON.
    sa.Column("hints", sa.Text),
    # The pace of its polls: failures in a row, and how many times sooner than configured.
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("haste", sa.Integer, nullable=False),
    # The target of its permanent redirect, and since when it redirects.
    sa.Column("moved_to", sa.Text),
    sa.Column("moved_since", UtcDateTime),
    # For the operator: the last poll, the last good poll, and the last poll with new entries.
    sa.Column("polled_at", UtcDateTime),
    sa.Column("succeeded_at", UtcDateTime),
    sa.Column("changed_at", UtcDateTime),
    # The error of the last poll, and the reason for the time of the next poll; NULL for none.
    sa.Column("error", sa.Text),
    sa.Column("why", sa.Text),
    # Digest of its configuration; NULL in a row of a release that had none.
    sa.Column("configured", sa.Text),
    # Problems of items of the last answer: their number and the first of them, as JSON; NULL for none.
    sa.Column("problems", sa.Text),
    # How long its last answers took, in milliseconds, the oldest first, separated by spaces; NULL for none.
    sa.Column("durations", sa.Text),
    # How many polls brought a new or changed entry, brought none, or failed; how many may have missed entries.
    sa.Column("polls_changed", sa.BigInteger, nullable=False, default=0),
    sa.Column("polls_unchanged", sa.BigInteger, nullable=False, default=0),
    sa.Column("polls_failed", sa.BigInteger, nullable=False, default=0),
    sa.Column("polls_missed", sa.BigInteger, nullable=False, default=0),
    # How many items of the last answer that was read are not taken in, because a take-down names them; NULL for none.
    sa.Column("blocked", sa.Integer),
    # The hubs that it names, and its topic (model.Announced), as JSON; NULL for none.
    sa.Column("hubs", sa.Text),
    # The number of valid pushes for it, that number at the last good poll, and the time of the last push.
    sa.Column("pushes", sa.BigInteger, nullable=False, default=0),
    sa.Column("pushes_polled", sa.BigInteger, nullable=False, default=0),
    sa.Column("pushed_at", UtcDateTime),
    # How many polls in a row a push caused that found no news; whether polls find news that no push announces.
    sa.Column("push_idle", sa.Integer, nullable=False, default=0),
    sa.Column("is_silent", sa.Boolean(create_constraint=False), nullable=False, default=False),
    sa.Index("ix_upstream_host_id", "host_id"),
)  # fmt: skip

backfill = sa.Table(
    "backfill", metadata,
    # The older pages of an upstream's feed: how far they are read (store/backfills.py).
    _to("source.id", primary_key=True),
    # The URL of the feed as configured. The pages of another feed are read from the beginning.
    sa.Column("url", sa.Text, nullable=False),
    # Digest of the configuration of the source; NULL while the configuration does not ask for older pages.
    sa.Column("configured", sa.Text),
    # The page to ask for next, its host, and when. Without a page, the next answer of the feed says which it is.
    sa.Column("page", sa.Text),
    _to("host.id", nullable=True),
    sa.Column("next_due", UtcDateTime),
    # How many pages were read, and how many entries were new; how many of the last pages had no entry.
    sa.Column("pages", sa.Integer, nullable=False, default=0),
    sa.Column("entries", sa.BigInteger, nullable=False, default=0),
    sa.Column("empty", sa.Integer, nullable=False, default=0),
    # How often in a row the page could not be read, and the last error.
    sa.Column("failures", sa.Integer, nullable=False, default=0),
    sa.Column("error", sa.Text),
    sa.Column("began_at", UtcDateTime),
    # Why no further page is asked for (store/backfills.py:END); NULL before.
    sa.Column("ended", sa.Text),
    sa.Index("ix_backfill_host_id", "host_id"),
)  # fmt: skip

backfill_sign = sa.Table(
    "backfill_sign", metadata,
    # Digests of the addresses and of the entries of pages that were read: a page that comes again ends the reading.
    _to("source.id", primary_key=True),
    sa.Column("sign", sa.Text, primary_key=True),
)  # fmt: skip

subscription = sa.Table(
    "subscription", metadata,
    # A subscription of ours, for the feed of an upstream, at a hub that the upstream names (WebSub).
    _id(),
    _to("source.id"),
    sa.Column("hub", sa.Text, nullable=False),
    sa.Column("topic", sa.Text, nullable=False),
    # The last part of our callback, which nobody else can guess, and the whole callback.
    sa.Column("token", sa.Text, nullable=False, unique=True),
    sa.Column("callback", sa.Text, nullable=False),
    # The key of the hub's signatures.
    sa.Column("secret", sa.Text, nullable=False),
    # `wanted`, `active` once the hub has verified it, `denied`, or `leaving` until the hub has ended it.
    sa.Column("state", sa.Text, nullable=False),
    # When the hub is asked again; while a worker asks it, the end of the worker's lease.
    sa.Column("next_due", UtcDateTime, nullable=False),
    # Rises with each claim; its value at the last request; the request that the hub verified last.
    sa.Column("fence", sa.BigInteger, nullable=False, default=0),
    sa.Column("asked", sa.BigInteger),
    sa.Column("answered", sa.BigInteger),
    # Requests in a row that failed, or that the hub has not verified; the message of the last.
    sa.Column("failures", sa.Integer, nullable=False, default=0),
    sa.Column("error", sa.Text),
    # Since when, and until when, the hub pushes; NULL before it has verified a request.
    sa.Column("since", UtcDateTime),
    sa.Column("lease_until", UtcDateTime),
    # How many pushes had no valid signature.
    sa.Column("refused", sa.BigInteger, nullable=False, default=0),
    sa.UniqueConstraint("source_id", "hub", "topic"),
    sa.Index("ix_subscription_next_due", "next_due"),
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
    # Deleted. If the file comes back, its entry does, too.
    sa.Column("is_gone", sa.Boolean(create_constraint=False), nullable=False),
    # Why the present content of the file is not published; `line` where known.
    sa.Column("problem", sa.Text),
    sa.Column("problem_line", sa.Integer),
    # Of a file that went missing with many others: `held` while its entry stays published, `confirmed` when a person
    # confirmed the loss; else NULL.
    sa.Column("hold", sa.Text),
    # Whether its content is not taken in, because a take-down names it.
    sa.Column("is_blocked", sa.Boolean(create_constraint=False), nullable=False, default=False),
)  # fmt: skip

story = sa.Table(
    "story", metadata,
    _id(),
    # The published guid, for good once the story is placed. Before that, a unique temporary name.
    sa.Column("guid", sa.Text, nullable=False, unique=True),
    sa.Column("article_id", sa.Text, nullable=False, unique=True),
    # NULL until it is placed.
    sa.Column("arrived_at", UtcDateTime),
    # Link and date of its first member, for good. Set when a second member joins.
    sa.Column("link", sa.Text),
    sa.Column("published", UtcDateTime),
    # When its last entry was taken down: a story without entries. The take-down that did so; NULL once it is undone.
    sa.Column("taken_down_at", UtcDateTime),
    sa.Column("taken_down_by", sa.BigInteger),
)  # fmt: skip

entry = sa.Table(
    "entry", metadata,
    _id(),
    _to("source.id"),
    _to("story.id"),
    # Whether its story shows this member. At most one member is shown.
    sa.Column("is_shown", sa.Boolean(create_constraint=False), nullable=False),
    # Whether it is not placed yet: then it joins a story of another source, or begins one.
    sa.Column("is_waiting", sa.Boolean(create_constraint=False), nullable=False, default=True),
    # Unique within its source. The story's guid is unique everywhere.
    sa.Column("guid", sa.Text, nullable=False),
    # The guid that its upstream gives it now: a site that moves may change it. NULL where the upstream gives none.
    sa.Column("own_guid", sa.Text),
    # The raw entry as JSON, zlib-compressed. A new policy is applied to it.
    sa.Column("raw", sa.LargeBinary, nullable=False),
    sa.Column("raw_hash", sa.Text, nullable=False),
    # Hashes: of all that is published; of all that a reader can see; of that without counters.
    sa.Column("published_hash", sa.Text, nullable=False),
    sa.Column("seen_hash", sa.Text),
    sa.Column("steady_hash", sa.Text),
    # When its source last changed anything visible; in how many polls in a row it changed more than counters; whether
    # the last change was one of counters alone.
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
    # The link that it has in a feed that was taken over. A link in its front matter takes precedence.
    sa.Column("adopted_link", sa.Text),
    # Why `content` is plain text; NULL when it is the source's own HTML.
    sa.Column("fallback", sa.Text),
    # The part of its link that stays when the source gives it another guid or link.
    sa.Column("article_key", sa.Text),
    # Signs for the same piece of another source: keys of the page's address and of the headline.
    sa.Column("link_key", sa.Text),
    sa.Column("title_key", sa.Text),
    # Digest of the first letters of its text.
    sa.Column("text_key", sa.Text),
    # The origin that its source names.
    sa.Column("origin", sa.JSON),
    # Details that few entries have (model.Details); NULL for none.
    sa.Column("details", sa.JSON),
    # The parts of the raw form that the program of its source replaced, as JSON, zlib-compressed; empty where the
    # program failed; NULL without a program.
    sa.Column("rewrite", sa.LargeBinary),
    # Whether the rules of its source let it be shown.
    sa.Column("is_kept", sa.Boolean(create_constraint=False), nullable=False, default=True),
    # Whether an older page of its feed brought it (backfill): it arrived on its own date.
    sa.Column("is_past", sa.Boolean(create_constraint=False), nullable=False, default=False),
    sa.UniqueConstraint("source_id", "guid"),
    sa.Index("uq_entry_article_key", "source_id", "article_key", unique=True),
    sa.Index("ix_entry_own_guid", "source_id", "own_guid"),
    sa.Index("ix_entry_link_key", "link_key"),
    sa.Index("ix_entry_title_key", "title_key"),
    sa.Index("ix_entry_text_key", "text_key"),
    sa.Index("ix_entry_published", "published"),
    sa.Index("ix_entry_story_id", "story_id"),
    # For the entries of older policies, which each look of the watcher reads.
    sa.Index("ix_entry_policy_version", "policy_version"),
    # migrations/declared.py has two more indexes, over a part of the table.
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
    # Its number among the forms that the article's page lists. NULL: readers did not see it, or saw the same words.
    sa.Column("listed", sa.Integer),
    # The words that readers saw: the title, and the text by lines, zlib-compressed. Without a title, an earlier release
    # did not keep the words. Without a text, it is too long to be compared.
    sa.Column("title", sa.Text),
    sa.Column("text", sa.LargeBinary),
)  # fmt: skip

entry_text = sa.Table(
    "entry_text", metadata,
    sa.Column("entry_id", ENTRY_ID, sa.ForeignKey("entry.id"), primary_key=True, autoincrement=False),
    # The words of the content on one line. An entry of an older release has no row until it is indexed.
    sa.Column("text", sa.Text, nullable=False),
)  # fmt: skip

unindexed = sa.Table(
    "unindexed", metadata,
    # The entries that the index of terms (store/term_index.py) does not have yet in their present form.
    sa.Column("entry_id", ENTRY_ID, sa.ForeignKey("entry.id"), primary_key=True, autoincrement=False),
)  # fmt: skip

term_index = sa.Table(
    "term_index", metadata,
    # One row: the version of the terms in the index (filters/terms.py). No row before the index is first filled.
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
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
    # The slug in use. feed_slug has the former ones, too.
    sa.Column("slug", sa.Text, nullable=False, unique=True),
    # Of a category's feed.
    sa.Column("category_id", sa.BigInteger, sa.ForeignKey("category.id"), unique=True),
    # Of a defined feed: its selection, and those of the feeds that it names, as JSON (selecting.py).
    sa.Column("definition", sa.Text),
    # Rises when anything that its documents show may have changed.
    sa.Column("revision", sa.BigInteger, nullable=False),
    # The highest position ever given in it. A position is not given again.
    sa.Column("last_position", sa.BigInteger, nullable=False, default=0),
    # When a defined feed left the configuration.
    sa.Column("retired_at", UtcDateTime),
    # The number of closed pages of its archive, and the highest position in them (archive_page).
    sa.Column("closed_pages", sa.BigInteger, nullable=False, default=0),
    sa.Column("closed_position", sa.BigInteger, nullable=False, default=0),
    # The last position of entries that older pages of upstreams brought. A page of the archive ends there.
    sa.Column("past_position", sa.BigInteger, nullable=False, default=0),
    # The period of which each entry is a digest: `hour`, `day` or `week`; NULL where each story is an entry.
    sa.Column("digest", sa.Text),
    # The revision with which the last digest was published, and the end of all periods that were over then.
    sa.Column("digested", sa.BigInteger, nullable=False, default=0),
    sa.Column("digested_until", UtcDateTime),
    # The seconds for which stories wait after their arrival, and the arrival up to which they came into the feed.
    sa.Column("delay", sa.BigInteger, nullable=False, default=0),
    sa.Column("released", UtcDateTime),
)  # fmt: skip

feed_slug = sa.Table(
    "feed_slug", metadata,
    # The slug, case and width folded: two slugs never differ in these alone.
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
    # The revision of the feed with which the story last changed there: it came, was edited or withdrawn.
    sa.Column("changed", sa.BigInteger, nullable=False, default=0),
    sa.UniqueConstraint("feed_id", "story_id"),
    sa.Index("ix_membership_window", "feed_id", "arrived_at", "position"),
    sa.Index("ix_membership_story_id", "story_id"),
    sa.Index("ix_membership_changed", "feed_id", "changed", "position"),
)  # fmt: skip

document = sa.Table(
    "document", metadata,
    _to("feed.id", primary_key=True),
    # 0 for the document that readers subscribe to, else the number of a closed page of the archive.
    sa.Column("page", sa.BigInteger, primary_key=True),
    sa.Column("format", sa.Text, primary_key=True),
    # The feed's revision that it was made of, and a digest of everything else.
    sa.Column("feed_revision", sa.BigInteger, nullable=False),
    sa.Column("made_with", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    # The bytes in each content coding; NULL where they were removed to save space. An older release had gzip alone.
    sa.Column("gzip", sa.LargeBinary),
    sa.Column("br", sa.LargeBinary),
    sa.Column("zstd", sa.LargeBinary),
    sa.Column("is_hard", sa.Boolean(create_constraint=False), nullable=False),
    # When the bytes last changed, and when their content or settings did; neither goes back.
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.Column("made_at", UtcDateTime, nullable=False),
    # Seconds for which a cache may use the document.
    sa.Column("max_age", sa.Integer, nullable=False),
)  # fmt: skip

archive_page = sa.Table(
    "archive_page", metadata,
    _to("feed.id", primary_key=True),
    # From 1, the oldest. A page that is closed keeps its positions for good.
    sa.Column("number", sa.BigInteger, primary_key=True),
    sa.Column("last_position", sa.BigInteger, nullable=False),
)  # fmt: skip

departure = sa.Table(
    "departure", metadata,
    # A story that left a feed, because its categories or the feed's definition changed.
    _to("feed.id", primary_key=True),
    _to("story.id", primary_key=True),
    # The position that it had, and the revision of the feed with which it left.
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("changed", sa.BigInteger, nullable=False),
    # When it had arrived there; NULL for departures of an earlier release.
    sa.Column("arrived_at", UtcDateTime),
    sa.Index("ix_departure_changed", "feed_id", "changed", "position"),
)  # fmt: skip

digest = sa.Table(
    "digest", metadata,
    # A period of a feed with digests that is over, and has stories.
    _to("feed.id", primary_key=True),
    # In the order in which they were published, from 1. Pages of the archive have these positions.
    sa.Column("position", sa.BigInteger, primary_key=True),
    # Its name (normalize/periods.py), and its end, which is the date of the entry.
    sa.Column("period", sa.Text, nullable=False),
    sa.Column("ends_at", UtcDateTime, nullable=False),
    sa.Column("guid", sa.Text, nullable=False, unique=True),
    sa.Column("article_id", sa.Text, nullable=False, unique=True),
    # The revision of the feed with which it was published, or with which a story came to it late.
    sa.Column("changed", sa.BigInteger, nullable=False),
    sa.UniqueConstraint("feed_id", "period"),
    sa.Index("ix_digest_ends_at", "feed_id", "ends_at"),
)  # fmt: skip

digest_piece = sa.Table(
    "digest_piece", metadata,
    # The digest of a story, for good. A story that leaves the feed is not shown, and returns to its digest.
    _to("feed.id", primary_key=True),
    _to("story.id", primary_key=True),
    # Of the digest.
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Index("ix_digest_piece_position", "feed_id", "position"),
)  # fmt: skip

takedown = sa.Table(
    "takedown", metadata,
    # What an operator withdrew for good. Items that it names are not taken in again.
    _id(),
    # `guid`, `link`, `article` or `pattern`, and the text as the operator wrote it.
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("target", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("at", UtcDateTime, nullable=False),
    # How many stored entries it erased.
    sa.Column("erased", sa.Integer, nullable=False),
)  # fmt: skip

takedown_sign = sa.Table(
    "takedown_sign", metadata,
    _to("takedown.id", primary_key=True),
    # A digest of a name of the target, or of an entry that was erased (merge/blocks.py).
    sa.Column("sign", sa.Text, primary_key=True),
    sa.Index("ix_takedown_sign_sign", "sign"),
)  # fmt: skip

webhook = sa.Table(
    "webhook", metadata,
    # The webhook of a feed, and how far its deliveries are. Neither its address nor its secret is here.
    _to("feed.id", primary_key=True),
    # Digest of its configuration.
    sa.Column("configured", sa.Text, nullable=False),
    # The change that was delivered last: a revision of the feed, and a position. Positions are those of digests if the
    # feed has them: then `digest` is their period.
    sa.Column("revision", sa.BigInteger, nullable=False),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("digest", sa.Text),
    # When all changes were delivered last: the revision of the feed, its highest position, and the time.
    sa.Column("seen", sa.BigInteger, nullable=False),
    sa.Column("known", sa.BigInteger, nullable=False),
    sa.Column("seen_at", UtcDateTime, nullable=False),
    # The next try, or the end of a worker's lease; NULL: as soon as there is a change.
    sa.Column("next_due", UtcDateTime),
    # Rises with each claim. Results of an older claim are refused.
    sa.Column("fence", sa.BigInteger, nullable=False, default=0),
    # Failures of the present delivery in a row, and the last error.
    sa.Column("failures", sa.Integer, nullable=False, default=0),
    sa.Column("error", sa.Text),
    # How many changes were delivered, when the last was, and how many the receiver refused again and again.
    sa.Column("delivered", sa.BigInteger, nullable=False, default=0),
    sa.Column("delivered_at", UtcDateTime),
    sa.Column("refused", sa.BigInteger, nullable=False, default=0),
    # When the receiver answered 410. When a worker first saw a configuration without this webhook.
    sa.Column("stopped_at", UtcDateTime),
    sa.Column("left_at", UtcDateTime),
)  # fmt: skip

activity = sa.Table(
    "activity", metadata,
    # `update`, `poll`, or `import ` and the name of a source.
    sa.Column("name", sa.Text, primary_key=True),
    # When it was last done.
    sa.Column("at", UtcDateTime, nullable=False),
    # By when a process promised to do it again; NULL where no process is at work.
    sa.Column("next_by", UtcDateTime),
    # Of an import: how many files are read, and how many there are to read.
    sa.Column("done", sa.Integer),
    sa.Column("total", sa.Integer),
)  # fmt: skip

traffic = sa.Table(
    "traffic", metadata,
    # The answers of all processes, by the route of Flask and the status.
    sa.Column("route", sa.Text, primary_key=True),
    sa.Column("code", sa.Integer, primary_key=True),
    sa.Column("answers", sa.BigInteger, nullable=False),
    # How many of them came from memory, without Flask.
    sa.Column("hot", sa.BigInteger, nullable=False),
)  # fmt: skip

reader = sa.Table(
    "reader", metadata,
    # Programs that asked for a feed on a day, by the name that they give themselves. No address of a person is here.
    sa.Column("day", sa.Date, primary_key=True),
    # The address of the feed's document, and the feed's slug.
    sa.Column("address", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("feed", sa.Text, nullable=False),
    sa.Column("requests", sa.BigInteger, nullable=False),
    # The highest number of subscribers that an aggregator said; NULL for other programs.
    sa.Column("subscribers", sa.BigInteger),
)  # fmt: skip

hub_request = sa.Table(
    "hub_request", metadata,
    # What a callback is said to want, until the callback itself was asked.
    _id(),
    # A digest of topic and callback. A later request takes the place of an earlier one.
    sa.Column("key", sa.Text, nullable=False, unique=True),
    # `subscribe` or `unsubscribe`.
    sa.Column("mode", sa.Text, nullable=False),
    _to("feed.id"),
    sa.Column("format", sa.Text, nullable=False),
    # As they were written.
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("callback", sa.Text, nullable=False),
    sa.Column("host", sa.Text, nullable=False),
    sa.Column("secret", sa.Text),
    sa.Column("lease_seconds", sa.Integer, nullable=False),
    # The digest of the document when the first of these requests came: the subscriber may know it.
    sa.Column("delivered", sa.Text),
    sa.Column("asked_at", UtcDateTime, nullable=False),
    # How often it was wanted, and how often the callback was asked since the last time.
    sa.Column("times", sa.Integer, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    # When the callback is asked, or the end of a worker's lease; NULL where it did not confirm.
    sa.Column("next_due", UtcDateTime, index=True),
    sa.Column("fence", sa.BigInteger, nullable=False),
    sa.Index("ix_hub_request_host", "host"),
)  # fmt: skip

hub_subscription = sa.Table(
    "hub_subscription", metadata,
    # A callback that confirmed that it wants the documents of a feed in a format.
    _id(),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    _to("feed.id"),
    sa.Column("format", sa.Text, nullable=False),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("callback", sa.Text, nullable=False),
    sa.Column("host", sa.Text, nullable=False),
    # It signs what is sent.
    sa.Column("secret", sa.Text),
    sa.Column("expires_at", UtcDateTime, nullable=False, index=True),
    # The digest of the document that the subscriber knows; NULL for none.
    sa.Column("delivered", sa.Text),
    # When the document is sent, or the end of a worker's lease; NULL while the subscriber knows the document.
    sa.Column("next_due", UtcDateTime, index=True),
    sa.Column("fence", sa.BigInteger, nullable=False),
    # Failures in a row.
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Index("ix_hub_subscription_topic", "feed_id", "format"),
    sa.Index("ix_hub_subscription_host", "host"),
)  # fmt: skip

hub_announcement = sa.Table(
    "hub_announcement", metadata,
    # A document of which a hub of others is told.
    _id(),
    _to("feed.id"),
    sa.Column("format", sa.Text, nullable=False),
    sa.Column("hub", sa.Text, nullable=False),
    # The digest of the document that the hub was told of; NULL for none.
    sa.Column("announced", sa.Text),
    # As of a subscription.
    sa.Column("next_due", UtcDateTime, index=True),
    sa.Column("fence", sa.BigInteger, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.UniqueConstraint("feed_id", "format"),
)  # fmt: skip
