"""What the status page shows: response times, numbers of polls, entries a day, removed elements, requests, readers."""

import math
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

#: As in store/tallies.py and schedule/rhythm.py, when this was written.
KEPT_DAYS, MIN_GAPS, USUAL = 400, 4, 0.9


def upgrade() -> None:
    op.create_table(
        "source_day",
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_source_day_source_id_source"),
        sa.PrimaryKeyConstraint("source_id", "day", name="pk_source_day"),
    )
    op.create_table(
        "traffic",
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("answers", sa.BigInteger(), nullable=False),
        sa.Column("hot", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("route", "code", name="pk_traffic"),
    )
    op.create_table(
        "reader",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("requests", sa.BigInteger(), nullable=False),
        sa.Column("subscribers", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("day", "address", "name", name="pk_reader"),
    )
    op.add_column("source", sa.Column("newest_day", sa.Date(), nullable=True))
    op.add_column("source", sa.Column("usual_gap", sa.Integer(), nullable=True))
    op.add_column("source", sa.Column("removed", sa.Text(), nullable=True))
    op.add_column("upstream", sa.Column("durations", sa.Text(), nullable=True))
    for name in ("polls_changed", "polls_unchanged", "polls_failed", "polls_missed"):
        op.add_column("upstream", sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
    _count_days()


def _count_days() -> None:
    """Count the stored entries of each source by their days: a rhythm is then known at once."""
    db = op.get_bind()
    entry = sa.table("entry", sa.column("source_id"), sa.column("published", sa.DateTime(timezone=True)))
    now = datetime.now(UTC)
    is_recent = sa.and_(entry.c.published > now - timedelta(days=KEPT_DAYS), entry.c.published <= now)
    counts: dict[tuple[int, date], int] = {}
    found = sa.select(entry.c.source_id, entry.c.published).where(is_recent)
    rows = db.execute(found.execution_options(yield_per=10_000))
    for source_id, published in rows:
        moment = published if published.tzinfo is None else published.astimezone(UTC)
        key = (source_id, moment.date())
        counts[key] = counts.get(key, 0) + 1
    if not counts:
        return
    dated = sa.table("source_day", sa.column("source_id"), sa.column("day", sa.Date), sa.column("entries"))
    db.execute(
        sa.insert(dated),
        [{"source_id": source_id, "day": day, "entries": number} for (source_id, day), number in counts.items()],
    )
    _save_rhythms(db, counts)


def _save_rhythms(db: sa.Connection, counts: dict[tuple[int, date], int]) -> None:
    days: dict[int, list[date]] = {}
    for source_id, day in sorted(counts):
        days.setdefault(source_id, []).append(day)
    source = sa.table("source", sa.column("id"), sa.column("newest_day", sa.Date), sa.column("usual_gap", sa.Integer))
    for source_id, found in days.items():
        gaps = sorted((later - earlier).days for earlier, later in pairwise(found))
        usual = gaps[math.ceil(USUAL * len(gaps)) - 1] if len(gaps) >= MIN_GAPS else None
        change = sa.update(source).where(source.c.id == source_id).values(newest_day=found[-1], usual_gap=usual)
        db.execute(change)
