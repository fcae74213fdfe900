"""The facts of a source that the pipeline needs to save a batch of its items: one statement reads them, one saves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from feedsvc.store.hosts import HostClaim
from feedsvc.store.schema import UNOPENED, entry, feed, host, source, source_day, takedown

#: Headlines are learnt from so many of the newest entries of a source.
LEARNT = 50

#: Stands between two headlines. No text of an entry has it, because XML has no form for it.
BETWEEN = "\x01"


def _together(values: sa.Subquery, separator: str) -> sa.ScalarSelect[Any]:
    return sa.select(sa.func.aggregate_strings(values.c.text, separator)).scalar_subquery()


def newest_titles() -> sa.ScalarSelect[Any]:
    """The newest headlines of a source, as one text."""
    newest = sa.select(entry.c.title.label("text")).where(entry.c.source_id == source.c.id).correlate(source)
    return _together(newest.order_by(entry.c.id.desc()).limit(LEARNT).subquery(), BETWEEN)


def split(titles: str | None) -> tuple[str, ...]:
    """Headlines that `newest_titles` put together."""
    return () if titles is None else tuple(titles.split(BETWEEN))


_days = sa.select(sa.cast(source_day.c.day, sa.Text).label("text")).where(source_day.c.source_id == source.c.id)
SOURCE = sa.select(
    source,
    newest_titles().label("titles"),
    _together(_days.correlate(source).subquery(), " ").label("days"),
    sa.exists().select_from(takedown).label("has_takedowns"),
    sa.exists().where(feed.c.kind == "all", feed.c.revision > UNOPENED).label("is_opened"),
).where(source.c.id == sa.bindparam("of_source"))

#: The same while a claim of the host holds. The host is locked, so nobody else claims it before the end. The source is
#: locked too, because its older pages may be at another host.
CLAIMED = (
    SOURCE.join(host, host.c.id == sa.bindparam("on_host"))
    .where(host.c.fence == sa.bindparam("of_fence"))
    .with_for_update(of=[host, source])
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A source as it is stored."""

    id: int
    name: str
    #: The newest headlines.
    titles: tuple[str, ...] = ()
    #: The days on which it has entries.
    days: frozenset[date] = frozenset()
    #: Whether anything is taken down, of any source.
    has_takedowns: bool = False
    #: Whether the first update has come to its end.
    is_opened: bool = True
    #: When its first entries came into feeds.
    placed_at: datetime | None = None
    #: The columns of its row.
    stored: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title that it had until now."""
        return self.stored.get("title") or ""


def of_source(db: sa.Connection, source_id: int) -> Facts:
    """The facts of a source."""
    return _facts(db.execute(SOURCE, {"of_source": source_id}).one())


def while_claimed(db: sa.Connection, source_id: int, claim: HostClaim) -> Facts | None:
    """The facts of an upstream, whose host is locked then. None: another worker has claimed the host since."""
    given = {"of_source": source_id, "on_host": claim.host_id, "of_fence": claim.fence}
    row = db.execute(CLAIMED, given).one_or_none()
    return None if row is None else _facts(row)


def _facts(row: Any) -> Facts:
    return Facts(
        id=row.id,
        name=row.name,
        titles=split(row.titles),
        days=frozenset(map(date.fromisoformat, (row.days or "").split())),
        has_takedowns=row.has_takedowns,
        is_opened=row.is_opened,
        placed_at=row.placed_at,
        stored={column.name: row._mapping[column] for column in source.c},
    )


def save(db: sa.Connection, facts: Facts, columns: Mapping[str, Any]) -> None:
    """Save those of these columns that the row of the source does not have in this form."""
    if changed := {name: value for name, value in columns.items() if facts.stored.get(name) != value}:
        db.execute(sa.update(source).where(source.c.id == facts.id).values(**changed))
