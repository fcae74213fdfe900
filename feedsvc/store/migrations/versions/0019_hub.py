"""The hub has subscriptions, requests that callbacks have not confirmed, and what a hub of others was told."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

DATE = sa.DateTime(timezone=True)


def _id() -> "sa.Column[int]":
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True)


def _texts(*names: str) -> list["sa.Column[str]"]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _feed() -> "sa.Column[int]":
    return sa.Column("feed_id", sa.BigInteger(), nullable=False)


def _to_feed(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=f"fk_{table}_feed_id_feed")


def upgrade() -> None:
    op.create_table(
        "hub_request",
        _id(),
        *_texts("key", "mode"),
        _feed(),
        *_texts("format", "topic", "callback", "host"),
        sa.Column("secret", sa.Text()),
        sa.Column("lease_seconds", sa.Integer(), nullable=False),
        sa.Column("delivered", sa.Text()),
        sa.Column("asked_at", DATE, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_due", DATE),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("key", name="uq_hub_request_key"),
        _to_feed("hub_request"),
    )
    op.create_index("ix_hub_request_next_due", "hub_request", ["next_due"])
    op.create_index("ix_hub_request_host", "hub_request", ["host"])
    op.create_table(
        "hub_subscription",
        _id(),
        *_texts("key"),
        _feed(),
        *_texts("format", "topic", "callback", "host"),
        sa.Column("secret", sa.Text()),
        sa.Column("expires_at", DATE, nullable=False),
        sa.Column("delivered", sa.Text()),
        sa.Column("next_due", DATE),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.UniqueConstraint("key", name="uq_hub_subscription_key"),
        _to_feed("hub_subscription"),
    )
    op.create_index("ix_hub_subscription_next_due", "hub_subscription", ["next_due"])
    op.create_index("ix_hub_subscription_expires_at", "hub_subscription", ["expires_at"])
    op.create_index("ix_hub_subscription_topic", "hub_subscription", ["feed_id", "format"])
    op.create_index("ix_hub_subscription_host", "hub_subscription", ["host"])
    op.create_table(
        "hub_announcement",
        _id(),
        _feed(),
        *_texts("format", "hub"),
        sa.Column("announced", sa.Text()),
        sa.Column("next_due", DATE),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.UniqueConstraint("feed_id", "format", name="uq_hub_announcement_feed_id_format"),
        _to_feed("hub_announcement"),
    )
    op.create_index("ix_hub_announcement_next_due", "hub_announcement", ["next_due"])
