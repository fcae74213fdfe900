"""The state of each upstream, as an operator sees it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from feedsvc.store import backfills
from feedsvc.store.backfills import BackfillState
from feedsvc.store.schema import host, source, subscription, upstream

#: So many problems of an answer are stored, each with up to so many characters.
FIRST_PROBLEMS, PROBLEM_WIDTH = 5, 200

#: The columns that are shown. Others are long.
COLUMNS = tuple(
    upstream.c[name]
    for name in (
        "url", "next_due", "polled_at", "succeeded_at", "changed_at", "failures", "error", "why", "problems",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PollState:
    """An upstream as an operator sees it."""

    url: str
    next_due: datetime | None
    polled_at: datetime | None
    succeeded_at: datetime | None
    changed_at: datetime | None
    failures: int
    error: str | None
    why: str | None
    #: Until when its host must not be polled; None where it may be.
    held_until: datetime | None = None
    #: The number of problems in its last answer, and the first of them.
    problems: int = 0
    problem_lines: tuple[str, ...] = ()
    #: How far its older pages are read; None where the configuration does not ask for them.
    backfill: BackfillState | None = None
    #: Whether a hub pushes its news, and why none of its hubs does.
    is_pushed: bool = False
    hub_error: str | None = None


def as_json(problems: Sequence[str]) -> str | None:
    """The number of problems and the first of them, within bounds; None for none."""
    first = [one if len(one) <= PROBLEM_WIDTH else f"{one[: PROBLEM_WIDTH - 1]}…" for one in problems[:FIRST_PROBLEMS]]
    return json.dumps([len(problems), *first], ensure_ascii=True) if problems else None


def _of_hubs() -> list[sa.Label[Any]]:
    """Columns of an upstream: how many hubs push its news, and the message of one that does not."""
    of_source = subscription.c.source_id == upstream.c.source_id
    pushing = sa.select(sa.func.count()).where(of_source, subscription.c.state == "active")
    error = sa.select(sa.func.min(subscription.c.error)).where(of_source, subscription.c.state != "leaving")
    named = {"pushing": pushing, "hub_error": error}
    return [one.correlate(upstream).scalar_subquery().label(name) for name, one in named.items()]


def states(db: sa.Connection) -> dict[str, PollState]:
    """The state of every upstream, by the name of its source."""
    rows = db.execute(
        sa.select(*COLUMNS, source.c.name, host.c.held_until, *_of_hubs())
        .join(source, source.c.id == upstream.c.source_id)
        .join(host, host.c.id == upstream.c.host_id)
    )
    found: dict[str, PollState] = {}
    backfilled = backfills.states(db)
    for row in rows:
        number, *lines = json.loads(row.problems or "[0]")
        found[row.name] = PollState(
            url=row.url,
            next_due=row.next_due,
            polled_at=row.polled_at,
            succeeded_at=row.succeeded_at,
            changed_at=row.changed_at,
            failures=row.failures,
            error=row.error,
            why=row.why,
            held_until=row.held_until,
            problems=number,
            problem_lines=tuple(lines),
            backfill=backfilled.get(row.name),
            is_pushed=bool(row.pushing),
            hub_error=None if row.pushing else row.hub_error,
        )
    return found
