"""The answers of all server processes, and the programs that asked for feeds. Processes add their numbers up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from feedsvc.store.schema import reader, traffic

#: For so long the programs of a day are kept.
KEPT = timedelta(days=7)

#: Names of programs in a day, and rows: further programs count under the name that `save` gets for them. Beyond twice
#: as many rows, requests for further addresses do not count.
MOST_NAMES, MOST_ROWS = 300, 20_000


class Answers(NamedTuple):
    """Numbers of answers."""

    all: int
    #: From memory.
    hot: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """The requests of a program for an address of a feed."""

    address: str
    name: str
    #: The slug of the feed.
    feed: str
    requests: int
    subscribers: int | None = None


def save(
    db: sa.Connection, answers: Mapping[tuple[str, int], Answers], reads: Iterable[Reads], today: date, other: str
) -> None:
    """Add numbers of a process to those of all processes. `other` is the name of programs beyond the bounds."""
    _add_answers(db, answers)
    _add_reads(db, reads, today, other)
    db.execute(sa.delete(reader).where(reader.c.day <= today - KEPT))


def _add_answers(db: sa.Connection, answers: Mapping[tuple[str, int], Answers]) -> None:
    known = {(row.route, row.code) for row in db.execute(sa.select(traffic.c.route, traffic.c.code))}
    rows = [
        {"of_route": route, "of_code": code, "more": number.all, "more_hot": number.hot}
        for (route, code), number in sorted(answers.items())
    ]
    if old := [row for row in rows if (row["of_route"], row["of_code"]) in known]:
        is_same = (traffic.c.route == sa.bindparam("of_route"), traffic.c.code == sa.bindparam("of_code"))
        more = {
            "answers": traffic.c.answers + sa.bindparam("more"), "hot": traffic.c.hot + sa.bindparam("more_hot"),
        }  # fmt: skip
        db.execute(sa.update(traffic).where(*is_same).values(more), old)
    if new := [row for row in rows if (row["of_route"], row["of_code"]) not in known]:
        db.execute(
            sa.insert(traffic),
            [
                {"route": row["of_route"], "code": row["of_code"], "answers": row["more"], "hot": row["more_hot"]}
                for row in new
            ],
        )


def _add_reads(db: sa.Connection, reads: Iterable[Reads], today: date, other: str) -> None:
    stored = db.execute(sa.select(reader).where(reader.c.day == today)).all()
    known: dict[tuple[str, str], int | None] = {(row.address, row.name): row.subscribers for row in stored}
    names = {name for _, name in known}
    summed: dict[tuple[str, str], Reads] = {}
    for one in reads:
        is_new = (one.address, one.name) not in known and (one.address, one.name) not in summed
        is_beyond = len(known) + len(summed) >= MOST_ROWS or (one.name not in names and len(names) >= MOST_NAMES)
        name = other if is_new and is_beyond else one.name
        if (one.address, name) not in known and len(known) + len(summed) >= 2 * MOST_ROWS:
            continue
        names.add(name)
        before = summed.get((one.address, name))
        summed[one.address, name] = Reads(
            address=one.address, name=name, feed=one.feed, requests=one.requests + (before.requests if before else 0),
            subscribers=_higher(one.subscribers, before.subscribers if before else known.get((one.address, name))),
        )  # fmt: skip
    _save_reads(db, list(summed.values()), known.keys(), today)


def _save_reads(db: sa.Connection, reads: Sequence[Reads], known: Iterable[tuple[str, str]], today: date) -> None:
    there = set(known)
    rows = [
        {
            "of_address": one.address, "of_name": one.name, "of_feed": one.feed, "more": one.requests,
            "most": one.subscribers,
        }
        for one in reads
    ]  # fmt: skip
    if old := [row for row in rows if (row["of_address"], row["of_name"]) in there]:
        is_same = (
            reader.c.day == today, reader.c.address == sa.bindparam("of_address"),
            reader.c.name == sa.bindparam("of_name"),
        )  # fmt: skip
        values = {
            "requests": reader.c.requests + sa.bindparam("more"), "subscribers": sa.bindparam("most"),
            "feed": sa.bindparam("of_feed"),
        }  # fmt: skip
        db.execute(sa.update(reader).where(*is_same).values(values), old)
    if new := [one for one in reads if (one.address, one.name) not in there]:
        db.execute(
            sa.insert(reader),
            [
                {"day": today, "address": one.address, "name": one.name, "feed": one.feed, "requests": one.requests,
                 "subscribers": one.subscribers}
                for one in new
            ],
        )  # fmt: skip


def _higher(one: int | None, other: int | None) -> int | None:
    return max((number for number in (one, other) if number is not None), default=None)


def answers(db: sa.Connection) -> dict[tuple[str, int], Answers]:
    """The numbers of answers of all processes, by route and status."""
    rows = db.execute(sa.select(traffic).order_by(traffic.c.route, traffic.c.code))
    return {(row.route, row.code): Answers(row.answers, row.hot) for row in rows}


def reads(db: sa.Connection, today: date) -> list[Reads]:
    """
    The programs that asked for each address of a feed in the last days.

    The number of subscribers of an aggregator is the highest that it said in that time.
    """
    rows = db.execute(
        sa.select(
            reader.c.address, reader.c.name, sa.func.max(reader.c.feed).label("feed"),
            sa.func.sum(reader.c.requests).label("requests"), sa.func.max(reader.c.subscribers).label("subscribers"),
        )
        .where(reader.c.day > today - KEPT)
        .group_by(reader.c.address, reader.c.name)
        .order_by(reader.c.address, reader.c.name)
    )  # fmt: skip
    return [
        Reads(address=row.address, name=row.name, feed=row.feed, requests=int(row.requests),
              subscribers=row.subscribers)
        for row in rows
    ]  # fmt: skip
