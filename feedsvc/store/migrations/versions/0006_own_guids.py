"""What upstreams call their entries, how often entries change, and stories that wait until they are placed."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("source", sa.Column("placed_at", sa.DateTime(timezone=True), nullable=True))
    for name in ("own_guid", "seen_hash", "steady_hash"):
        op.add_column("entry", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("entry", sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("entry", sa.Column("streak", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("entry", sa.Column("is_counting", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_entry_own_guid", "entry", ["source_id", "own_guid"])
    op.create_index(
        "ix_story_waiting", "story", ["id"], sqlite_where=sa.text("arrived_at IS NULL"),
        postgresql_where=sa.text("arrived_at IS NULL"),
    )  # fmt: skip
    is_upstream = "source_id IN (SELECT source_id FROM upstream)"
    op.execute(f"UPDATE entry SET own_guid = guid WHERE {is_upstream}")  # noqa: S608 - a literal
    op.execute(
        "UPDATE source SET placed_at = (SELECT min(entry.first_seen) FROM entry JOIN story ON story.id = entry.story_id"
        " WHERE entry.source_id = source.id AND story.arrived_at IS NOT NULL)"
    )
