"""What an upstream's last answer held, who gave it, how often it says to ask, and by what rules it was judged."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_entry_title_key", "entry", ["title_key"])
    op.add_column("source", sa.Column("rules", sa.Text(), nullable=True))
    op.add_column("upstream", sa.Column("validated_url", sa.Text(), nullable=True))
    op.execute("UPDATE upstream SET etag = NULL, last_modified = NULL")
    op.add_column("upstream", sa.Column("marks", sa.Text(), nullable=True))
    op.add_column("upstream", sa.Column("hints", sa.Text(), nullable=True))
