"""What an entry says besides its text; the identifier and the address that an upstream's feed states for itself."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("entry", sa.Column("details", sa.JSON(), nullable=True))
    op.add_column("source", sa.Column("feed_id", sa.Text(), nullable=True))
    op.add_column("source", sa.Column("feed_url", sa.Text(), nullable=True))
