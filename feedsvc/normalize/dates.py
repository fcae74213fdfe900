"""Dates to UTC. Pure."""

import email.utils
import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from feedsvc.normalize.text import one_line

#: `2022年7月25日 14:48:32`, `… 下午2:48`, `… 14:48 +0800`; the clock time optional.
CHINESE_DATE = re.compile(
    r"(\d{4})年(\d{1,2})月(\d{1,2})日(?:\s*(上午|下午|晚上|凌晨)?\s*(\d{1,2})[:：时点](\d{1,2})(?:[:：分](\d{1,2})秒?)?分?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?",
    re.IGNORECASE,
)

#: A name of a zone behind a date: `CST` is China's in China, and America's elsewhere.
NAMED_ZONE = re.compile(r"(.*\d)\s+([A-Z]{3,5})")

#: `2022-07-25 14:48:32`, `2013/7/14 17:01`, `2022-07-25T14:48:32.123+08:00`: ISO 8601 and the loose forms around it.
NUMERIC_DATE = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[T\s]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?",
    re.IGNORECASE,
)

#: What generators write when they had no date.
NO_DATE = frozenset({"", "invalid date", "null", "none", "undefined", "nan"})


def parse_date(text: str, zone: tzinfo) -> datetime | None:
    """
    A date as seeds and feeds write it, in UTC and whole seconds; None when `text` says that there is none.

    Read are RFC 5322 dates, ISO 8601 and its loose relatives, and Chinese dates. A date without zone takes `zone`.
    An unreadable date raises ValueError: a guess would be worse than a question.
    """
    text = one_line(text)
    if text.lower() in NO_DATE:
        return None
    if match := NUMERIC_DATE.fullmatch(text):
        *numbers, offset = match.groups()
        return _utc(text, numbers, _zone(text, offset) if offset else zone)
    if match := CHINESE_DATE.fullmatch(text):
        year, month, day, half, hour, minute, second, offset = match.groups()
        if half in {"下午", "晚上"} and int(hour) < 12:  # noqa: PLR2004 - noon
            hour = str(int(hour) + 12)
        return _utc(text, [year, month, day, hour, minute, second], _zone(text, offset) if offset else zone)
    if (match := NAMED_ZONE.fullmatch(text)) and zone.tzname(datetime(2026, 1, 1)) == match[2]:  # noqa: DTZ001
        text = match[1]
    try:
        parsed = email.utils.parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        parsed = None
    if parsed is None:
        raise _unreadable(text)
    return _whole(parsed if parsed.tzinfo else parsed.replace(tzinfo=zone))


def _unreadable(text: str) -> ValueError:
    return ValueError(f"cannot read the date {text[:40]!r}; write it as 2022-07-25 14:48:32 +0800")


def _utc(text: str, numbers: tuple[str | None, ...] | list[str | None], zone: tzinfo) -> datetime:
    year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
    try:
        return _whole(datetime(year, month, day, hour, minute, second, tzinfo=zone))
    except ValueError as error:
        raise _unreadable(text) from error


def _whole(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC).replace(microsecond=0)
    except OverflowError as error:
        raise ValueError("the date is out of range") from error


def _zone(text: str, offset: str) -> tzinfo:
    if offset.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    sign = -1 if offset[0] == "-" else 1
    try:
        return timezone(sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[3:].lstrip(":") or 0)))
    except ValueError as error:
        raise _unreadable(text) from error
