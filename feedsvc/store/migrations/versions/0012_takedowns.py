"""Take-downs: what an operator withdrew for good, and the signs by which it is recognised if it comes again."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "takedown",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takedown")),
    )
    op.create_table(
        "takedown_sign",
        sa.Column("takedown_id", sa.BigInteger(), nullable=False),
        sa.Column("sign", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["takedown_id"], ["takedown.id"], name=op.f("fk_takedown_sign_takedown_id_takedown")),
        sa.PrimaryKeyConstraint("takedown_id", "sign", name=op.f("pk_takedown_sign")),
    )
    op.create_index("ix_takedown_sign_sign", "takedown_sign", ["sign"])
    op.add_column("story", sa.Column("taken_down_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("story", sa.Column("taken_down_by", sa.BigInteger(), nullable=True))
    op.add_column("seed_file", sa.Column("is_blocked", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("upstream", sa.Column("blocked", sa.Integer(), nullable=True))
