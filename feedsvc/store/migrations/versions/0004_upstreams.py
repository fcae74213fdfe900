"""Upstream feeds, how they are polled, and stories of several sources."""

import sqlalchemy as sa
from alembic import op

from feedsvc.identity.headline import headline_key
from feedsvc.store.stories import page_key

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

#: Entries at a time.
CHUNK = 1000


def upgrade() -> None:
    op.add_column("source", sa.Column("title", sa.Text(), nullable=True))
    op.add_column("source", sa.Column("link", sa.Text(), nullable=True))
    op.add_column("story", sa.Column("link", sa.Text(), nullable=True))
    op.add_column("story", sa.Column("published", sa.DateTime(timezone=True), nullable=True))
    for name in ("article_key", "link_key", "title_key"):
        op.add_column("entry", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("entry", sa.Column("origin", sa.JSON(), nullable=True))
    op.add_column("entry", sa.Column("is_kept", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_index("uq_entry_article_key", "entry", ["source_id", "article_key"], unique=True)
    op.create_index("ix_entry_link_key", "entry", ["link_key"])
    op.create_index("ix_entry_published", "entry", ["published"])
    op.create_table(
        "host",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("next_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host")),
        sa.UniqueConstraint("name", name=op.f("uq_host_name")),
    )
    op.create_index("ix_host_next_due", "host", ["next_due"])
    op.create_table(
        "upstream",
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("host_id", sa.BigInteger(), nullable=False),
        sa.Column("configured_url", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("next_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("haste", sa.Integer(), nullable=False),
        sa.Column("moved_to", sa.Text(), nullable=True),
        sa.Column("moved_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("polled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("succeeded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_upstream")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_upstream_source_id_source")),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_upstream_host_id_host")),
    )
    op.create_index("ix_upstream_host_id", "upstream", ["host_id"])
    _fill_keys(op.get_bind())


def _fill_keys(db: sa.Connection) -> None:
    """What the entries that are there are known by."""
    entry = sa.table("entry", sa.column("id"), sa.column("link"), sa.column("title"), sa.column("link_key"),
                     sa.column("title_key"))  # fmt: skip
    last = 0
    while rows := db.execute(
        sa.select(entry.c.id, entry.c.link, entry.c.title).where(entry.c.id > last).order_by(entry.c.id).limit(CHUNK)
    ).all():
        last = rows[-1].id
        keys = [{"one": row.id, "page": page_key(row.link), "words": headline_key(row.title)} for row in rows]
        change = sa.update(entry).where(entry.c.id == sa.bindparam("one"))
        db.execute(change.values(link_key=sa.bindparam("page"), title_key=sa.bindparam("words")), keys)
