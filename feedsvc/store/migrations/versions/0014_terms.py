"""The terms under which the entries of a source are republished, and whether they keep the entries private."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("source", sa.Column("terms", sa.JSON(), nullable=True))
    kind = sa.Boolean(create_constraint=False)
    op.add_column("source", sa.Column("is_private", kind, nullable=False, server_default=sa.false()))
