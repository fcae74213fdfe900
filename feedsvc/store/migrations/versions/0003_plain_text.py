"""Why an entry is shown as plain text; what an older policy made is found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("entry", sa.Column("fallback", sa.Text(), nullable=True))
    op.create_index("ix_entry_policy_version", "entry", ["policy_version"], unique=False)
