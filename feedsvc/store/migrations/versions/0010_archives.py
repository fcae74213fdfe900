"""Documents in more content codings, closed pages of archives, and the revision with which each member changed."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

#: Seconds: the default before a document knew its feed's rhythm. It is made again by this release anyway.
MAX_AGE = "300"


def upgrade() -> None:
    _documents()
    op.create_table(
        "archive_page",
        sa.Column("feed_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("last_position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_archive_page_feed_id_feed")),
        sa.PrimaryKeyConstraint("feed_id", "number", name=op.f("pk_archive_page")),
    )
    op.create_table(
        "departure",
        sa.Column("feed_id", sa.BigInteger(), nullable=False),
        sa.Column("story_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_departure_feed_id_feed")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_departure_story_id_story")),
        sa.PrimaryKeyConstraint("feed_id", "story_id", name=op.f("pk_departure")),
    )
    op.create_index("ix_departure_changed", "departure", ["feed_id", "changed", "position"])
    op.add_column("membership", sa.Column("changed", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_index("ix_membership_changed", "membership", ["feed_id", "changed", "position"])
    for name in ("closed_pages", "closed_position"):
        op.add_column("feed", sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))


def _documents() -> None:
    """A new table takes over digests and dates, so that no Last-Modified goes back. SQLite cannot change a key."""
    columns = "feed_id, format, feed_revision, digest, gzip, changed_at"
    op.execute(f"CREATE TABLE former_document AS SELECT {columns} FROM document")  # noqa: S608 - literals  # noqa: S608 - literals
    op.drop_table("document")
    op.create_table(
        "document",
        sa.Column("feed_id", sa.BigInteger(), nullable=False),
        sa.Column("page", sa.BigInteger(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("feed_revision", sa.BigInteger(), nullable=False),
        sa.Column("made_with", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("gzip", sa.LargeBinary(), nullable=True),
        sa.Column("br", sa.LargeBinary(), nullable=True),
        sa.Column("zstd", sa.LargeBinary(), nullable=True),
        sa.Column("is_hard", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("max_age", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_document_feed_id_feed")),
        sa.PrimaryKeyConstraint("feed_id", "page", "format", name=op.f("pk_document")),
    )
    op.execute(
        f"INSERT INTO document ({columns}, page, made_with, is_hard, made_at, max_age) "  # noqa: S608 - literals
        f"SELECT {columns}, 0, '', false, changed_at, {MAX_AGE} FROM former_document"
    )
    op.drop_table("former_document")
