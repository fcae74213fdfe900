"""Until when a host is to be left alone; how an upstream is configured, and what its last answer left out."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("host", sa.Column("held_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("upstream", sa.Column("configured", sa.Text(), nullable=True))
    op.add_column("upstream", sa.Column("problems", sa.Text(), nullable=True))
