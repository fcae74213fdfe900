"""A story that left a feed keeps the date of its arrival there."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Departures of before have no date. Such a story arrives with the date of its story, if it returns."""
    op.add_column("departure", sa.Column("arrived_at", sa.DateTime(timezone=True)))
