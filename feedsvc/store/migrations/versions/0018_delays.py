"""Feeds may show an entry some time after its arrival."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feed", sa.Column("delay", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("feed", sa.Column("released", sa.DateTime(timezone=True)))
