"""Subscriptions at the hubs of upstreams (WebSub), and the pushes of these hubs."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "subscription",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("hub", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("callback", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("next_due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("asked", sa.BigInteger()),
        sa.Column("answered", sa.BigInteger()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("since", sa.DateTime(timezone=True)),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("refused", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_subscription_source_id_source"),
        sa.PrimaryKeyConstraint("id", name="pk_subscription"),
        sa.UniqueConstraint("token", name="uq_subscription_token"),
        sa.UniqueConstraint("source_id", "hub", "topic", name="uq_subscription_source_id_hub_topic"),
    )
    op.create_index("ix_subscription_next_due", "subscription", ["next_due"])
    op.add_column("upstream", sa.Column("hubs", sa.Text()))
    op.add_column("upstream", sa.Column("pushes", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("upstream", sa.Column("pushes_polled", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("upstream", sa.Column("pushed_at", sa.DateTime(timezone=True)))
    op.add_column("upstream", sa.Column("push_idle", sa.Integer(), nullable=False, server_default="0"))
    kind = sa.Boolean(create_constraint=False)
    op.add_column("upstream", sa.Column("is_silent", kind, nullable=False, server_default=sa.false()))
