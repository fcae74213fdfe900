"""Feeds may have one entry for all stories of a period: the digests, and the stories of each."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feed", sa.Column("digest", sa.Text()))
    op.add_column("feed", sa.Column("digested", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("feed", sa.Column("digested_until", sa.DateTime(timezone=True)))
    op.create_table(
        "digest",
        sa.Column("feed_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("guid", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name="fk_digest_feed_id_feed"),
        sa.PrimaryKeyConstraint("feed_id", "position", name="pk_digest"),
        sa.UniqueConstraint("feed_id", "period", name="uq_digest_feed_id_period"),
        sa.UniqueConstraint("guid", name="uq_digest_guid"),
        sa.UniqueConstraint("article_id", name="uq_digest_article_id"),
    )
    op.create_index("ix_digest_ends_at", "digest", ["feed_id", "ends_at"])
    op.create_table(
        "digest_piece",
        sa.Column("feed_id", sa.BigInteger(), nullable=False),
        sa.Column("story_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name="fk_digest_piece_feed_id_feed"),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_digest_piece_story_id_story"),
        sa.PrimaryKeyConstraint("feed_id", "story_id", name="pk_digest_piece"),
    )
    op.create_index("ix_digest_piece_position", "digest_piece", ["feed_id", "position"])
