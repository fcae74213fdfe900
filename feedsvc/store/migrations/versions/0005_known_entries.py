"""What an upstream's last answer held, and what its feed says of how often to ask."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("upstream", sa.Column("marks", sa.Text(), nullable=True))
    op.add_column("upstream", sa.Column("hints", sa.Text(), nullable=True))
