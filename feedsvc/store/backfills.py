"""
Backfills: how far the older pages of upstream feeds are read. A page is asked for under the claim of its host.

A row says which page comes next, or why none does. It is saved together with the entries of the page before, so a
worker that is killed loses no page, and another one goes on.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

import sqlalchemy as sa

from feedsvc.schedule import LONGEST
from feedsvc.store import hosts
from feedsvc.store.lookups import chunks
from feedsvc.store.schema import backfill, backfill_sign, entry, source

#: Why no further page is asked for.
End = Literal["finished", "none", "repeated", "empty", "full", "refused", "failed"]

#: These ends are tried again when the settings of the source change, or when its `history` is put in again.
TRIED_AGAIN = frozenset({"none", "refused", "failed"})

#: For so long the entries of a first import wait for older pages, to be placed together with them.
TOGETHER = timedelta(minutes=2)

#: A backfill that waits for the next answer of the feed, which names the first older page.
WAITS_FOR_PAGE = sa.and_(backfill.c.configured.is_not(None), backfill.c.page.is_(None), backfill.c.ended.is_(None))

BEGINNING: Mapping[str, object] = {
    "page": None, "host_id": None, "next_due": None, "pages": 0, "entries": 0, "empty": 0, "failures": 0,
    "error": None, "began_at": None, "ended": None,
}  # fmt: skip


class Wanted(NamedTuple):
    """A source whose older pages are read: the URL of its feed, and the digest of its configuration."""

    url: str
    configured: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that is to be asked for, and what was read before it."""

    source_id: int
    name: str
    url: str
    host_id: int
    #: Digest of the configuration of its source.
    configured: str
    #: Digest of the settings that the entries of its source were last made under.
    settings: str | None
    pages: int = 0
    entries: int = 0
    empty: int = 0
    failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What follows a page: another one, the same one later, or the end."""

    #: The next page, and when it is asked for; None at the end.
    url: str | None = None
    due: datetime | None = None
    ended: End | None = None
    error: str | None = None
    failures: int = 0
    #: The new values of `pages`, `entries` and `empty`; empty where nothing was read.
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillState:
    """A backfill as an operator sees it."""

    pages: int
    entries: int
    #: None while it goes on.
    ended: End | None
    #: None before the feed has named the first page, and at the end.
    next_due: datetime | None
    failures: int
    error: str | None


def follow(db: sa.Connection, wanted: Mapping[str, Wanted], now: datetime) -> None:
    """
    Let the backfills follow the configuration.

    A source that no longer wants its older pages keeps its place, and goes on there when it wants them again. An end
    by a failure is tried again then, or after any other change of its settings; another end stays. Another feed begins
    anew.
    """
    rows = {row.name: row for row in db.execute(sa.select(source.c.name, backfill).join(source))}
    ids = {row.name: row.id for row in db.execute(sa.select(source.c.name, source.c.id))} if wanted else {}
    for name, one in wanted.items():
        row = rows.get(name)
        if row is None or row.url != one.url:
            for table in (backfill_sign, backfill):
                db.execute(sa.delete(table).where(table.c.source_id == ids[name]))
            db.execute(sa.insert(backfill).values(**{**BEGINNING, "source_id": ids[name], **one._asdict()}))
        elif row.configured != one.configured:
            is_tried = row.ended is None or row.ended in TRIED_AGAIN
            again = {"ended": None, "failures": 0, "error": None, "next_due": now if row.page else None}
            values = {"configured": one.configured, **(again if is_tried else {})}
            db.execute(sa.update(backfill).where(backfill.c.source_id == row.source_id).values(**values))
    left = [row.source_id for name, row in rows.items() if name not in wanted and row.configured is not None]
    for chunk in chunks(left):
        stopped = {"configured": None, "next_due": None}
        db.execute(sa.update(backfill).where(backfill.c.source_id.in_(chunk)).values(**stopped))


def begin(
    db: sa.Connection, source_id: int, configured: str | None, step: Step, signs: Iterable[str], now: datetime
) -> None:
    """Save what the feed says about its first older page. `signs` are those of the feed itself."""
    mine = sa.and_(backfill.c.source_id == source_id, backfill.c.configured == configured, WAITS_FOR_PAGE)
    if db.execute(sa.update(backfill).where(mine).values(began_at=now, **_columns(db, step))).rowcount:
        remember(db, source_id, signs)
        _wake(db, step, now)


def due_of(db: sa.Connection, host_ids: Collection[int], now: datetime) -> dict[int, list[Page]]:
    """The pages of each host that are due, the longest waiting first."""
    found: dict[int, list[Page]] = {host_id: [] for host_id in host_ids}
    rows = db.execute(
        sa.select(backfill, source.c.name, source.c.settings)
        .join(source, source.c.id == backfill.c.source_id)
        .where(
            backfill.c.host_id.in_(list(host_ids)),
            backfill.c.configured.is_not(None),
            sa.or_(backfill.c.next_due <= now, backfill.c.next_due > now + LONGEST),
        )
        .order_by(backfill.c.next_due, backfill.c.source_id)
    )
    for row in rows:
        found[row.host_id].append(
            Page(
                source_id=row.source_id, name=row.name, url=row.page, host_id=row.host_id, configured=row.configured,
                settings=row.settings, pages=row.pages, entries=row.entries, empty=row.empty, failures=row.failures,
            )
        )  # fmt: skip
    return found


def is_next(db: sa.Connection, page: Page) -> bool:
    """Whether this page is still the one to read: nobody read it meanwhile, and the configuration is the same."""
    same = sa.and_(
        backfill.c.source_id == page.source_id, backfill.c.page == page.url, backfill.c.configured == page.configured,
        backfill.c.ended.is_(None), backfill.c.pages == page.pages,
    )  # fmt: skip
    return db.execute(sa.select(backfill.c.source_id).where(same).with_for_update()).first() is not None


def save(db: sa.Connection, page: Page, step: Step, now: datetime) -> None:
    """Save what follows a page."""
    db.execute(sa.update(backfill).where(backfill.c.source_id == page.source_id).values(**_columns(db, step)))
    _wake(db, step, now)


def _columns(db: sa.Connection, step: Step) -> dict[str, object]:
    return {
        "page": step.url, "host_id": hosts.host_of(db, step.url) if step.url else None, "next_due": step.due,
        "ended": step.ended, "error": step.error, "failures": step.failures, **step.counts,
    }  # fmt: skip


def _wake(db: sa.Connection, step: Step, now: datetime) -> None:
    """Let the host of the next page be due with it. For a claimed host, its release does that."""
    if step.url and step.due:
        hosts.settle(db, now, [hosts.name_of(step.url)])


def put_off(db: sa.Connection, host_id: int, until: datetime) -> None:
    """Ask a host for no page of any feed until then. The polls of its feeds go on."""
    sooner = sa.and_(backfill.c.host_id == host_id, backfill.c.next_due < until)
    db.execute(sa.update(backfill).where(sooner).values(next_due=until))


def remember(db: sa.Connection, source_id: int, signs: Iterable[str]) -> None:
    """Save signs of a page that was read."""
    new = sorted(set(signs) - known_of(db, source_id, signs))
    if new:
        db.execute(sa.insert(backfill_sign), [{"source_id": source_id, "sign": one} for one in new])


def known_of(db: sa.Connection, source_id: int, signs: Iterable[str]) -> set[str]:
    """Those of these signs that a page had which was read before."""
    asked = sa.select(backfill_sign.c.sign).where(
        backfill_sign.c.source_id == source_id, backfill_sign.c.sign.in_(sorted(set(signs)))
    )
    return set(db.scalars(asked))


def mark(db: sa.Connection, entry_ids: Sequence[int]) -> None:
    """Record that older pages brought these entries: they arrive on their own dates."""
    for chunk in chunks(entry_ids):
        db.execute(sa.update(entry).where(entry.c.id.in_(chunk)).values(is_past=True))


def joining(db: sa.Connection, now: datetime) -> set[int]:
    """The sources on their first import whose older pages are being read: they are placed together with these."""
    going_on = sa.and_(
        backfill.c.next_due <= now, backfill.c.began_at > now - TOGETHER, backfill.c.configured.is_not(None)
    )
    found = sa.select(backfill.c.source_id).join(source, source.c.id == backfill.c.source_id)
    return set(db.scalars(found.where(going_on, source.c.placed_at.is_(None))))


def states(db: sa.Connection) -> dict[str, BackfillState]:
    """The state of each backfill that the configuration asks for, by the name of its source."""
    rows = db.execute(sa.select(source.c.name, backfill).join(source).where(backfill.c.configured.is_not(None)))
    return {
        row.name: BackfillState(
            pages=row.pages, entries=row.entries, ended=row.ended, next_due=row.next_due, failures=row.failures,
            error=row.error,
        )
        for row in rows
    }  # fmt: skip
