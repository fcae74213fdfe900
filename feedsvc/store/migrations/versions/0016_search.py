"""The visible text of each entry, and an index of its terms. Both are filled later, a little at a time."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "entry_text",
        sa.Column("entry_id", ROW, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_entry_text_entry_id_entry"),
        sa.PrimaryKeyConstraint("entry_id", name="pk_entry_text"),
    )
    op.create_table(
        "unindexed",
        sa.Column("entry_id", ROW, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_unindexed_entry_id_entry"),
        sa.PrimaryKeyConstraint("entry_id", name="pk_unindexed"),
    )
    op.create_table(
        "term_index",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_term_index"),
    )
    op.execute(sa.text("INSERT INTO unindexed SELECT id FROM entry"))
    if op.get_bind().dialect.name == "postgresql":
        # On SQLite, `store/term_index.py` makes a table of FTS5, which some builds of Python lack.
        op.execute(sa.text("CREATE TABLE entry_terms (entry_id bigint PRIMARY KEY, terms int[] NOT NULL)"))
        op.execute(sa.text("ALTER TABLE entry_terms ALTER COLUMN terms SET STORAGE EXTERNAL"))
        op.execute(sa.text("CREATE INDEX ix_entry_terms_terms ON entry_terms USING gin (terms)"))
