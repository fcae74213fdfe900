"""The words of former forms of entries, as readers saw them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


LIST = """
    UPDATE revision SET listed = (
        SELECT count(*) FROM revision AS other
        JOIN entry ON entry.id = other.entry_id JOIN story ON story.id = entry.story_id
        WHERE other.entry_id = revision.entry_id AND other.number <= revision.number
            AND other.replaced_at >= story.arrived_at
    )
    WHERE EXISTS (
        SELECT 1 FROM entry JOIN story ON story.id = entry.story_id
        WHERE entry.id = revision.entry_id AND revision.replaced_at >= story.arrived_at
    )
"""


def upgrade() -> None:
    op.add_column("revision", sa.Column("listed", sa.Integer(), nullable=True))
    op.add_column("revision", sa.Column("title", sa.Text(), nullable=True))
    op.add_column("revision", sa.Column("text", sa.LargeBinary(), nullable=True))
    # Of former revisions, a page shows the dates, unless the form was replaced before readers saw it.
    op.execute(sa.text(LIST))
