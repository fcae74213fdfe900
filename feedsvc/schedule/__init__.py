"""
What an answer means for the next poll. Pure.

    fetched   the configured interval, lengthened by what the upstream asks for, shortened while entries slip through
    failed    longer and longer, or as long as the upstream says
    gone      never

No wait is shorter than FLOOR, whatever anybody says, and none is longer than LONGEST.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from feedsvc.model import Hints
from feedsvc.schedule.limits import http_date, retry_after, used_up

__all__ = ["CAP", "FLOOR", "LONGEST", "Move", "Next", "Pace", "Polled", "following", "held", "http_date", "moving"]

FLOOR = timedelta(minutes=15)
CAP = timedelta(days=7)

#: What is planned for later than this from now was planned by a clock that was wrong.
LONGEST = timedelta(days=8)

#: As long as cache headers and a feed's own hints are believed.
HINT_CAP = timedelta(hours=24)

#: The longest wait after failures, and the least after "too many requests" without a word on how long.
BACKOFF_CAP = timedelta(hours=24)
TOO_MANY = timedelta(hours=4)

#: Share of a wait by which two upstreams that would be polled together are kept apart.
SPREAD = 0.05
JITTER = 0.1

#: A move is adopted when two answers agree that are so far apart, and none in between says otherwise.
MOVES_APART = timedelta(days=1)

#: A poll that finds so little of what it knew is too late; so much, and there is time.
LITTLE_OVERLAP, MUCH_OVERLAP = 0.0, 0.5

#: How many times shorter the interval gets while entries slip through.
MAX_HASTE = 4

GONE, TOO_MANY_REQUESTS, UNAVAILABLE = 410, 429, 503

MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
NO_CACHE = re.compile(r"(?:^|[,\s])no-(?:store|cache)(?:$|[,\s=])", re.IGNORECASE)

#: `sy:updatePeriod` (RSS 1.0 Syndication).
PERIODS = {
    "hourly": timedelta(hours=1), "daily": timedelta(days=1), "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30), "yearly": timedelta(days=365),
}  # fmt: skip

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What came of a poll."""

    #: None: there was no answer.
    status: int | None
    headers: Mapping[str, str] = field(default_factory=dict)
    hints: Hints = field(default_factory=Hints)
    #: Whether it brought entries, or word that there are none: the answer was right.
    is_good: bool = True
    #: Share of the feed's entries that were known already; None where that says nothing.
    overlap: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How an upstream is polled."""

    #: Polls in a row that failed.
    failures: int = 0
    #: How many times shorter than configured the interval is.
    haste: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """When to poll again."""

    #: None: never.
    due: datetime | None
    pace: Pace
    #: For the operator; empty when all is as configured.
    why: str = ""


def following(polled: Polled, pace: Pace, every: timedelta, url: str, now: datetime) -> Next:
    """When to poll `url` again, which is to be polled `every` so often, after what came of a poll at `now`."""
    if polled.status == GONE:
        return Next(due=None, pace=Pace(failures=pace.failures + 1), why="the server answers 410: gone for good")
    if not polled.is_good:
        failed = Pace(failures=pace.failures + 1, haste=pace.haste)
        wait, why = _after_failure(polled, failed, max(every, FLOOR), url, now)
        return Next(due=now + wait, pace=failed, why=why)
    haste = _haste(pace.haste, polled.overlap)
    wait = max(every / haste, FLOOR)
    asked, why = _asked_for(polled, now)
    spread = SPREAD * (2 * _share(url) - 1)
    if haste > 1:
        # What is lost between two polls is lost for good: that counts more than how often to ask.
        why = "entries slip through between two polls: polled sooner; shorten every"
    elif asked > wait:
        wait, spread = asked, abs(spread)
    else:
        why = ""
    left = used_up(polled.headers, now)
    if left is not None and left > wait:
        wait, spread, why = min(left, CAP), abs(spread), "its limit of requests is used up until then"
    wait = max(wait * (1 + spread), FLOOR)
    due = min(_not_skipped(now + wait, polled.hints), now + LONGEST)
    return Next(
        due=due, pace=Pace(haste=haste), why=why if due == now + wait else "the feed asks for hours without polls"
    )


# --- after an answer -------------------------------------------------------------------------------------------------


def _haste(haste: int, overlap: float | None) -> int:
    if overlap is None:
        return haste
    if overlap <= LITTLE_OVERLAP:
        return min(haste * 2, MAX_HASTE)
    return max(haste // 2, 1) if overlap >= MUCH_OVERLAP else haste


def _asked_for(polled: Polled, now: datetime) -> tuple[timedelta, str]:
    """The longest wait that the answer or the feed asks for, within the cap, and who asks."""
    wishes = [
        (_fresh_for(polled.headers, now), "its cache headers ask for it"),
        (timedelta(minutes=polled.hints.ttl or 0), "its ttl asks for it"),
        (_period(polled.hints), "its sy:updatePeriod asks for it"),
    ]
    wait, why = max(wishes, key=lambda wish: wish[0])
    return min(wait, HINT_CAP), why


def _fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta:
    """How long an answer stays fresh from now on (RFC 9111, 4.2)."""
    control = headers.get("cache-control", "")
    if NO_CACHE.search(control):
        return timedelta()
    if match := MAX_AGE.search(control):
        lifetime = timedelta(seconds=min(int(match[1]), 10**9))
    else:
        expires, date = http_date(headers.get("expires", "")), http_date(headers.get("date", "")) or now
        lifetime = expires - date if expires else timedelta()
    age = headers.get("age", "")
    return max(lifetime - timedelta(seconds=int(age[:9]) if age.isascii() and age.isdigit() else 0), timedelta())


def _period(hints: Hints) -> timedelta:
    return PERIODS.get((hints.period or "").strip().lower(), timedelta()) / max(hints.frequency, 1)


def _not_skipped(due: datetime, hints: Hints) -> datetime:
    """The first moment from `due` on in which the feed may be asked; `due` if it wants to be left alone always."""
    moment = due
    for _ in range(24 * 8):
        if moment.hour not in hints.skip_hours and DAYS[moment.weekday()] not in hints.skip_days:
            return moment
        moment = moment.replace(minute=due.minute, second=due.second) + timedelta(hours=1)
    return due


# --- after a failure -------------------------------------------------------------------------------------------------


def _after_failure(polled: Polled, pace: Pace, every: timedelta, url: str, now: datetime) -> tuple[timedelta, str]:
    asked = retry_after(polled.headers.get("retry-after", ""), now) or used_up(polled.headers, now)
    wait = min(every * 2 ** min(pace.failures - 1, 10), max(BACKOFF_CAP, every))
    if polled.status == TOO_MANY_REQUESTS and asked is None:
        wait = max(wait, TOO_MANY)
    wait *= 1 + JITTER * (2 * _share(f"{url} {pace.failures}") - 1)
    if asked is not None and asked > wait:
        return min(asked, CAP), "the upstream says when to come again"
    return min(max(wait, FLOOR), CAP), "later after each failure" if pace.failures > 1 else ""


def held(polled: Polled, now: datetime) -> timedelta | None:
    """
    How long the whole host is to be left alone after this answer; None for what says nothing of the host.

    "Too many requests", "unavailable" with a time, and a limit that is used up count for every feed of a host. What is
    said lasts CAP at most, and TOO_MANY where nothing is said.
    """
    asked = retry_after(polled.headers.get("retry-after", ""), now)
    left = used_up(polled.headers, now)
    if polled.status == TOO_MANY_REQUESTS:
        return min(asked or left or TOO_MANY, CAP)
    if polled.status == UNAVAILABLE and asked is not None:
        return min(asked, CAP)
    return None if left is None else min(left, CAP)


def _share(text: str) -> float:
    """A number from 0 to 1 that is always the same for the same text."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest()) / 2**32


# --- moves -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where an upstream says it has moved for good, and since when it says so."""

    url: str
    since: datetime


def moving(move: Move | None, moved_to: str | None, now: datetime) -> tuple[Move | None, str | None]:
    """What is remembered of a move after one more answer, and the URL to ask from now on, where it is sure."""
    if moved_to is None:
        return None, None
    if move is None or move.url != moved_to:
        return Move(url=moved_to, since=now), None
    return (None, moved_to) if now - move.since >= MOVES_APART else (move, None)
