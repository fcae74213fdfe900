"""
When an upstream is polled again after an answer. Pure.

    fetched   the configured interval; longer if the upstream asks for it; shorter while entries are missed
    failed    an interval that grows with each failure, or the time that the upstream names
    gone      never

No wait is shorter than FLOOR or longer than LONGEST, whatever the configuration or the upstream says.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus

from feedsvc.model import Hints
from feedsvc.schedule.limits import http_date, retry_after, used_up
from feedsvc.schedule.pushes import Meant

FLOOR = timedelta(minutes=15)
CAP = timedelta(days=7)

#: A poll that is planned for later than this was planned by a wrong clock.
LONGEST = timedelta(days=8)

#: Longest wait that cache headers and a feed's own hints (`ttl`, `sy:updatePeriod`) can cause.
HINT_CAP = timedelta(hours=24)

#: Longest wait after failures; shortest wait after 429 Too Many Requests without `Retry-After`.
BACKOFF_CAP = timedelta(hours=24)
TOO_MANY = timedelta(hours=4)

#: Share of a wait by which a poll is moved, so that upstreams are not all polled at the same moment.
#: SPREAD applies after success, JITTER after failure.
SPREAD = 0.05
JITTER = 0.1

#: Share of a feed's entries that the last poll already saw. At or below LITTLE_OVERLAP, poll sooner: entries may have
#: been missed. At or above MUCH_OVERLAP, go back towards the configured interval.
LITTLE_OVERLAP, MUCH_OVERLAP = 0.0, 0.5

#: The interval is divided by at most this while entries are missed.
MAX_HASTE = 4

MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
NO_CACHE = re.compile(r"(?:^|[,\s])no-(?:store|cache)(?:$|[,\s=])", re.IGNORECASE)

#: `sy:updatePeriod` (RSS 1.0 Syndication).
PERIODS = {
    "hourly": timedelta(hours=1), "daily": timedelta(days=1), "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30), "yearly": timedelta(days=365),
}  # fmt: skip

#: Of an upstream whose hubs push nothing.
UNPUSHED = Meant()

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """The result of a poll."""

    #: HTTP status; None if there was no answer.
    status: int | None
    headers: Mapping[str, str] = field(default_factory=dict)
    hints: Hints = field(default_factory=Hints)
    #: Whether the answer was a feed (with or without entries) or "not modified".
    is_good: bool = True
    #: Share of the feed's entries that were known already; None if the share is not meaningful.
    overlap: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The intervals at which an upstream is polled."""

    #: Number of failed polls in a row.
    failures: int = 0
    #: Divisor of the configured interval: 1, 2 or 4.
    haste: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The time of the next poll."""

    #: None means never.
    due: datetime | None
    pace: Pace
    #: The reason, for the operator. Empty if the wait is the configured one.
    why: str = ""


def following(polled: Polled, pace: Pace, every: timedelta, url: str, now: datetime, pushed: Meant = UNPUSHED) -> Next:
    """
    The next poll of `url`, after a poll at `now` with the result `polled`. `every` is the configured interval.

    `pushed` is what the poll means for the pushes of hubs.
    """
    if polled.status == HTTPStatus.GONE:
        return Next(due=None, pace=Pace(failures=pace.failures + 1), why="the server answers 410: gone for good")
    if not polled.is_good:
        failed = Pace(failures=pace.failures + 1, haste=pace.haste)
        wait, why = _after_failure(polled, failed, max(every, FLOOR), url, now)
        return Next(due=now + wait, pace=failed, why=why)
    haste = _haste(pace.haste, polled.overlap)
    usual = pushed.wait if pushed.wait is not None and haste == 1 else every / haste
    wait = max(usual, FLOOR)
    asked, why = _asked_for(polled, now)
    spread = SPREAD * (2 * _share(url) - 1)
    if haste > 1:
        # An entry that is missed between two polls is lost for good. That is worse than polling too often.
        why = "entries are missed between two polls: polled sooner; shorten every"
    elif asked > wait:
        wait, spread = asked, abs(spread)
    else:
        why = pushed.why
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
    """The longest wait that the answer or the feed asks for, at most HINT_CAP, and the reason."""
    wishes = [
        (_fresh_for(polled.headers, now), "its cache headers ask for it"),
        (timedelta(minutes=polled.hints.ttl or 0), "its ttl asks for it"),
        (_period(polled.hints), "its sy:updatePeriod asks for it"),
    ]
    wait, why = max(wishes, key=lambda wish: wish[0])
    return min(wait, HINT_CAP), why


def _fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta:
    """For how long from now an answer is fresh (RFC 9111, 4.2)."""
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
    """The first moment from `due` on that `skipHours` and `skipDays` allow; `due` if they allow none."""
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
    if polled.status == HTTPStatus.TOO_MANY_REQUESTS and asked is None:
        wait = max(wait, TOO_MANY)
    wait *= 1 + JITTER * (2 * _share(f"{url} {pace.failures}") - 1)
    if asked is not None and asked > wait:
        return min(asked, CAP), "the upstream says when to come again"
    return min(max(wait, FLOOR), CAP), "each failure lengthens the wait" if pace.failures > 1 else ""


def held(polled: Polled, now: datetime) -> timedelta | None:
    """
    How long no feed of this host is polled after this answer; None if the answer says nothing about the host.

    Three answers count for every feed of a host: 429, 503 with `Retry-After`, and a rate limit that is used up. The
    wait is CAP at most. After a 429 without a time it is TOO_MANY.
    """
    asked = retry_after(polled.headers.get("retry-after", ""), now)
    left = used_up(polled.headers, now)
    if polled.status == HTTPStatus.TOO_MANY_REQUESTS:
        return min(asked or left or TOO_MANY, CAP)
    if polled.status == HTTPStatus.SERVICE_UNAVAILABLE and asked is not None:
        return min(asked, CAP)
    return None if left is None else min(left, CAP)


def _share(text: str) -> float:
    """A number from 0 to 1, derived from a digest of the text: the same text always gives the same number."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest()) / 2**32
