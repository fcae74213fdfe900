"""Periods of the calendar: the hour, the day or the week of a moment, with a name that never changes. Pure."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from feedsvc.model import Period

A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)


class Span(NamedTuple):
    """A period: from `begins_at` on, and before `ends_at`."""

    #: `2026-11-27T03Z`, `2026-11-27` or `2026-W48` (ISO 8601). Names of two kinds are never equal.
    name: str
    begins_at: datetime
    ends_at: datetime


def period_of(kind: Period, moment: datetime, zone: tzinfo) -> Span:
    """
    The period of a moment.

    Days and weeks are those of a timezone, and weeks begin on Monday. Hours are those of UTC: where clocks are put
    back, an hour of a timezone comes twice.
    """
    if kind == "hour":
        begin = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        return Span(f"{begin:%Y-%m-%dT%H}Z", begin, begin + AN_HOUR)
    day = moment.astimezone(zone).date()
    if kind == "day":
        return Span(day.isoformat(), _midnight(day, zone), _midnight(day + A_DAY, zone))
    year, week, weekday = day.isocalendar()
    monday = day - (weekday - 1) * A_DAY
    return Span(f"{year:04}-W{week:02}", _midnight(monday, zone), _midnight(monday + 7 * A_DAY, zone))


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def moment_of(hour: str) -> datetime:
    """The beginning of the hour that has this name."""
    return datetime.strptime(hour, "%Y-%m-%dT%HZ").replace(tzinfo=UTC)
