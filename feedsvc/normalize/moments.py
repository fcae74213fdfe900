"""A point in time as people write it in queries and filters: a date, a Unix time, or a duration before now. Pure."""

import re
from datetime import UTC, datetime, timedelta, tzinfo

#: Ten years.
MOST_HOURS = 87_600

#: Seconds since 1970: of nine digits at least, because eight digits are a date.
UNIX_TIME = re.compile(r"[0-9]{9,11}")

#: `48h`, `7d`, `2w`, and the same as ISO 8601 writes them.
DURATION = re.compile(r"(?P<number>[0-9]{1,5})(?P<unit>[hdw])")
ISO_DURATION = re.compile(r"p(?:(?P<w>[0-9]{1,4})w)?(?:(?P<d>[0-9]{1,4})d)?(?:t(?P<h>[0-9]{1,5})h)?")
HOURS = {"h": 1, "d": 24, "w": 168}


def moment(text: str, zone: tzinfo) -> datetime | timedelta | None:
    """A time in UTC, or a duration of one hour to ten years; None for another text. `zone` is that of local times."""
    hours = _hours(text.lower())
    if hours is not None:
        return timedelta(hours=hours) if 0 < hours <= MOST_HOURS else None
    try:
        if UNIX_TIME.fullmatch(text):
            return datetime.fromtimestamp(int(text), UTC)
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=found.tzinfo or zone, microsecond=0).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _hours(text: str) -> int | None:
    """The hours of a duration; None if the text is none."""
    if short := DURATION.fullmatch(text):
        return int(short["number"]) * HOURS[short["unit"]]
    if (stated := ISO_DURATION.fullmatch(text)) and text[1:]:
        return sum(int(stated[unit] or 0) * hours for unit, hours in HOURS.items())
    return None
