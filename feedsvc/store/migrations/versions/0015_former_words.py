"""The words of former forms of entries, as readers saw them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("revision", sa.Column("listed", sa.Integer(), nullable=True))
    op.add_column("revision", sa.Column("title", sa.Text(), nullable=True))
    op.add_column("revision", sa.Column("text", sa.LargeBinary(), nullable=True))
    # Of former revisions, a page shows the dates.
    op.execute(sa.text("UPDATE revision SET listed = number"))
