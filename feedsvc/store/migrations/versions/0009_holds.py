"""Which missing seeds are held back, and which of them somebody let go: of each file, no longer of a source."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("seed_file", sa.Column("hold", sa.Text(), nullable=True))
    # Which of them are missing was not stored. The next update releases those that it finds.
    op.execute(
        "UPDATE seed_file SET hold = (SELECT CASE WHEN source.is_confirmed THEN 'confirmed' ELSE 'held' END FROM source"
        " WHERE source.id = seed_file.source_id) WHERE NOT is_gone AND source_id IN"
        " (SELECT id FROM source WHERE held IS NOT NULL)"
    )
    op.execute("UPDATE source SET held = NULL WHERE is_confirmed")
    op.drop_column("source", "is_confirmed")
