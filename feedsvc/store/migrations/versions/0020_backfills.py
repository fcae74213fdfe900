"""Older pages of upstream feeds are read, once."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "backfill",
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("configured", sa.Text(), nullable=True),
        sa.Column("page", sa.Text(), nullable=True),
        sa.Column("host_id", sa.BigInteger(), nullable=True),
        sa.Column("next_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("empty", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name="fk_backfill_host_id_host"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_backfill_source_id_source"),
        sa.PrimaryKeyConstraint("source_id", name="pk_backfill"),
    )
    op.create_index("ix_backfill_host_id", "backfill", ["host_id"])
    op.create_table(
        "backfill_sign",
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("sign", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_backfill_sign_source_id_source"),
        sa.PrimaryKeyConstraint("source_id", "sign", name="pk_backfill_sign"),
    )
    op.add_column("entry", sa.Column("is_past", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("feed", sa.Column("past_position", sa.BigInteger(), nullable=False, server_default="0"))
