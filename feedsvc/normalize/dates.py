"""
Dates of seeds and feeds, in any usual form, to UTC. Pure.

A date is read as a time of day, a zone after it, and a day. Each word and number must have a known meaning. A form that
can be read in two ways is refused.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from feedsvc.normalize.days import WEEKDAY, Day, day_of
from feedsvc.normalize.names import MONTHS
from feedsvc.normalize.text import one_line
from feedsvc.normalize.zones import CHINESE_ZONE, zone_named

#: An earlier date in a feed comes from a clock that was never set, or from an empty column of a database.
FIRST_DATE = datetime(1971, 1, 1, tzinfo=UTC)

#: For `parse_date(…, earliest=…)`: an author may date an article of 1969.
ANY_TIME = datetime(2, 1, 1, tzinfo=UTC)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

#: Longest date, in characters. The longest known form is JavaScript's, with the full name of the zone.
DATE_LENGTH = 120

#: The forms of nearly all dates: RFC 5322 (3.3), RFC 3339, and digits without a zone, year first.
MAIL_DATE = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d(?::\d\d)?)"
    r"(?: (?:(GMT)|([+-](?:0\d|1[0-3])[0-5]\d)|([A-Z]{1,5})))?",
    re.ASCII,
)
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-](?:0\d|1[0-3]):?[0-5]\d)?", re.ASCII)
PLAIN_DATE = re.compile(
    r"(\d{4})(?:([-/.])(\d\d?)\2(\d\d?)|年(\d\d?)月(\d\d?)日)(?: ?(?<=[ 日])(\d\d?):(\d\d)(?::(\d\d))?)?", re.ASCII
)

#: Texts that generators write if they have no date.
UNDATED = frozenset({
    "", "-", "--", "0", "invalid date", "null", "(null)", "nil", "none", "undefined", "nan", "n/a", "unknown",
})  # fmt: skip

#: Seconds, milliseconds, microseconds or nanoseconds since 1970, by the number of digits. Ten digits that begin with 2
#: may also be year, month, day and hour.
TIMESTAMP = re.compile(r"(\d{9}(?!\d)|1\d{9}(?=(?:\d{3}){0,3}(?!\d)))\d*(?:\.\d{1,9})?", re.ASCII)

#: `20220725`, `20220725T144832Z`, `20220725144832`.
COMPACT = re.compile(r"((?:19|20)\d{6})(?:[T ]?(\d\d)(\d\d)(\d\d)?(?:[.,]\d{1,9})?(.*))?", re.ASCII | re.IGNORECASE)

MORNING, EVENING, NOON, NIGHT = "morning", "evening", "noon", "night"

#: The hours of each part of the day. Hours of a 24-hour clock may follow all parts but the morning.
HALF_HOURS = {MORNING: range(13), EVENING: range(13), NOON: (11, 12, 1, 2), NIGHT: range(5, 12)}

#: Words for parts of the day. They stand before the time, or (`a`, `p`) after it.
HALVES = {
    "上午": MORNING, "早上": MORNING, "早晨": MORNING, "清晨": MORNING, "凌晨": MORNING,
    "午前": MORNING, "오전": MORNING, "a": MORNING,
    "下午": EVENING, "午後": EVENING, "午后": EVENING, "오후": EVENING, "p": EVENING, "中午": NOON,
    "晚上": NIGHT, "傍晚": NIGHT,
}  # fmt: skip
HALF_BEFORE = rf"(?P<half>{'|'.join(one for one in HALVES if not one.isascii())})?\s?"
HALF_AFTER = re.compile(r"\s?([ap])\.?\s?m\b\.?", re.IGNORECASE)

#: `14.48`, which is a time only after a complete year.
DOTTED = r"(?<=\s)(\d{1,2})\.(\d{2})(?:\.(\d{2}))?(?![\d.])"

#: The forms of a time of day, the surest first.
CLOCKS = tuple(
    re.compile(HALF_BEFORE + form, re.IGNORECASE)
    for form in (
        r"(?<![\d:+-])(\d{1,2})\s?:\s?(\d{1,2})(?:\s?:\s?(\d{1,2})(?:[.,:]\d{1,12})?)?(?![\d:])",
        r"(?<!\d)(\d{1,2})\s?[时時点點시](?:\s?(\d{1,2})\s?[分분]?(?:\s?(\d{1,2})\s?[秒초]?)?)?(?!\d)",
        r"(?<=\d)T(\d{2})(?:(\d{2})(\d{2})?)?(?:[.,]\d{1,12})?(?![\d:])",
        r"(?<![\d+-])(\d{1,2})\s?h(?:\s?(\d{2})(?:\s?min)?(?:\s?(\d{2})\s?s)?)?(?![^\W_])",
        r"(?<![\d:.+-])(\d{1,2})()()(?=\s?[ap]\.?\s?m\b)",
        DOTTED,
    )
)

#: Words after a time that add nothing: `14:48 Uhr`.
HOURS = re.compile(r"\s*(?:uhr|hrs|uur|hod|น)\b\.?|\s*น\.", re.IGNORECASE)

#: A decimal fraction of a minute in place of seconds, and a year with extra digits. Both are ISO 8601.
MINUTE_PART = re.compile(r"(?<=\dT)(\d\d:\d\d)[.,](\d{1,9})(?![\d:])", re.ASCII | re.IGNORECASE)
LONG_YEAR = re.compile(r"\A\+00?(?=\d{4}-)", re.ASCII)

#: A day and a zone without a time (XML Schema's `date`): `2022-07-25+08:00`, `25 Jul 2022 GMT`.
DAY_AND_ZONE = re.compile(r"(.*\d)(?:\s?(Z)|\s?(\+\d{1,2}:?\d{2})|\s([+-]\d{4}|[A-Z]{2,5}))", re.ASCII)

#: A year at the end, as ctime and Unix's `date` write it: `Mon Jul 25 14:48:32 CST 2022`.
YEAR_LAST = re.compile(r"(.*?)(?:^|(?<=\s))(\d{4})(?:\s(.*))?", re.ASCII)

#: The text after a time that precedes the day: `14:48 GMT, 25 July 2022`.
ZONE_FIRST = re.compile(r"(?:([A-Z]{1,5}|[+-]\d{4})[\s,]+)?(.*)", re.ASCII)

#: Dates for which the error names both readings: year first, or year last after two numbers that may both be the month.
YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)", re.ASCII)
TWO_READINGS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)", re.ASCII)

QUOTES = " \t\"'`“”‘’«»「」『』"
MINUS = str.maketrans("−–—\uff0b\uff0d", "---+-")


class _Clock(NamedTuple):
    before: str
    after: str
    #: Time since midnight.
    time: timedelta


def parse_date(text: str, zone: tzinfo, *, earliest: datetime = FIRST_DATE) -> datetime | None:
    """
    A date in a form of seeds and feeds, in UTC and whole seconds; None if `text` means "no date".

    `zone` is the source's zone. It is used for a date without a zone, and decides what a name such as `CST` means. The
    year 1, the epoch itself and dates before `earliest` count as no date. Raises ValueError for a date that is not
    certain, because a wrong date is worse than an error. The weekday is not checked.
    """
    text = text.strip()
    try:
        moment = _usual(text, zone) or _loose(text, zone)
    except ValueError:
        # 24:00, a leap second or the year 0 gets here.
        moment = _loose(text, zone)
    if moment is None:
        return None
    try:
        utc = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError as error:
        if moment.year == 1:
            return None
        raise _unreadable(text) from error
    if utc < earliest or utc == EPOCH or (moment.year == EPOCH.year and moment.replace(tzinfo=UTC) == EPOCH):
        return None
    return utc.replace(microsecond=0) if utc.microsecond else utc


def _usual(text: str, zone: tzinfo) -> datetime | None:
    """A date in one of the usual forms; None for other forms. Raises ValueError for values that `datetime` refuses."""
    if match := MAIL_DATE.fullmatch(text):
        day, name, year, clock, is_utc, offset, zone_name = match.groups()
        written = f"{year}-{MONTHS.get(name.lower(), 0):02}-{day:0>2}T{clock}{'Z' if is_utc else offset or ''}"
        moment = datetime.fromisoformat(written)
        return _in_zone(moment, zone_name, zone) if zone_name else moment
    if ISO_DATE.fullmatch(text):
        return datetime.fromisoformat(text)
    if match := PLAIN_DATE.fullmatch(text):
        year, _, month, day, chinese_month, chinese_day, *clock = match.groups("0")
        month, day = (month, day) if month != "0" else (chinese_month, chinese_day)
        hour, minute, second = map(int, clock)
        return datetime(int(year), int(month), int(day), hour, minute, second)  # noqa: DTZ001 - its zone comes later
    return None


def _unreadable(text: str) -> ValueError:
    shown = one_line(text[:40])
    if (match := TWO_READINGS.match(shown)) and (days := _readings(*match.groups())):
        return ValueError(f"cannot read the date {shown!r}: it has two readings; write {days}")
    if (match := YEAR_FIRST.match(shown)) and not _is_day(*match.groups()):
        return ValueError(f"cannot read the date {shown!r}: there is no such day; correct it")
    return ValueError(f"cannot read the date {shown!r}; write it as 2022-07-25 14:48:32 +0800")


def _readings(first: str, second: str, year: str) -> str:
    """Both days that a date may mean; empty if it cannot mean two."""
    if not (_is_day(year, first, second) and _is_day(year, second, first)):
        return ""
    return f"{year}-{first:0>2}-{second:0>2} or {year}-{second:0>2}-{first:0>2}"


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        return bool(date(int(year), int(month), int(day)))
    except ValueError:
        return False


def _loose(text: str, zone: tzinfo) -> datetime | None:
    """A date in a less usual form; None for "no date". Raises ValueError."""
    if len(text) > DATE_LENGTH:
        raise _unreadable(text)
    plain = unicodedata.normalize("NFKC", one_line(text)).strip(QUOTES).translate(MINUS)
    if plain.lower() in UNDATED:
        return None
    if len(plain) > DATE_LENGTH:  # NFKC may make 18 characters of one
        raise _unreadable(text)
    plain = MINUTE_PART.sub(lambda match: f"{match[1]}:{int(f'{match[2]:0<9}') * 60 // 10**9:02}", plain)
    plain = LONG_YEAR.sub("", plain)
    try:
        if match := TIMESTAMP.fullmatch(plain):
            return EPOCH + timedelta(seconds=int(match[1]))
        if match := COMPACT.fullmatch(plain):
            return _compact(match, zone)
        return _spelled(plain, zone)
    except (ValueError, OverflowError) as error:
        raise _unreadable(text) from error


def _compact(match: "re.Match[str]", zone: tzinfo) -> datetime | None:
    digits, hour, minute, second, behind = match.groups()
    day = Day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    return _moment_of(day, _time(hour or "0", minute, second, ""), behind or "", zone)


def _spelled(text: str, zone: tzinfo) -> datetime | None:
    text = WEEKDAY.sub(" ", text).strip()
    if (match := CHINESE_ZONE.search(text)) and text[match.end() :].strip(" )]"):
        text = f"{text[: match.start()].rstrip(' ([')} {text[match.end() :].lstrip(' )]:,')} {match[0]}".strip()
    clock = _clock(text)
    if clock is None:
        match = DAY_AND_ZONE.fullmatch(text)
        name = match and (match[2] or match[3] or match[4])
        # `May 2022 GMT` has no day. A word that is not a zone is part of the day.
        return _moment_of(day_of(match[1] if match and name else text), timedelta(0), name or "", zone)
    before, behind = clock.before, clock.after
    if not before:
        match = ZONE_FIRST.fullmatch(behind)
        if last := DAY_AND_ZONE.fullmatch(behind):
            before, behind = last[1], last[2] or last[3] or last[4]
        elif match and (match[1] or "").lower() not in MONTHS:
            before, behind = match[2], match[1] or ""
        else:
            before, behind = behind, ""
    elif not re.search(r"\d{4}", before) and (match := YEAR_LAST.fullmatch(behind)):
        before, behind = f"{before} {match[2]}", (match[1] + (match[3] or "")).strip()
    day = day_of(before)
    if day and not day.is_whole:
        raise ValueError("a time without a day")
    return _moment_of(day, clock.time, behind, zone)


def _clock(text: str) -> _Clock | None:
    """The time of day in `text`, and the text around it."""
    for form in CLOCKS:
        match = form.search(text)
        if match and (form is not CLOCKS[-1] or re.search(r"\d{4}", text[: match.start()])):
            hour, minute, second = match.groups()[1:]
            behind = HALF_AFTER.match(text, match.end())
            half = match["half"] or (behind[1].lower() if behind else "")
            end = behind.end() if behind else match.end()
            if hours := HOURS.match(text, end):
                end = hours.end()
            return _Clock(text[: match.start()].strip(), text[end:].strip(" ,.;"), _time(hour, minute, second, half))
    return None


def _time(hour: str, minute: str | None, second: str | None, half: str) -> timedelta:
    hours, minutes, seconds = _hour(int(hour), half), int(minute or 0), int(second or 0)
    # 24:00:00 is midnight of the next day. A leap second is the start of the next minute.
    if hours > 24 or minutes > 59 or seconds > 60 or (hours == 24 and minutes + seconds):  # noqa: PLR2004 - a clock
        raise ValueError("no time of day")
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _hour(hour: int, half: str) -> int:
    """The hour from 0 to 24. 12:30 is 00:30 in the morning, 12:30 in the afternoon, and refused at night."""
    twelve = 12
    kind = HALVES.get(half)
    if kind is None or (kind != MORNING and twelve < hour < 2 * twelve):
        return hour
    if hour not in HALF_HOURS[kind]:
        raise ValueError("an hour of the other half of the day")
    if kind == NOON and hour > 2:  # noqa: PLR2004 - 11:30 is late in the morning
        return hour
    return hour % twelve + (0 if kind == MORNING else twelve)


def _moment_of(day: Day | None, time: timedelta, behind: str, zone: tzinfo) -> datetime | None:
    """The moment, in `zone` if `behind`, the text after the time, names no zone."""
    if day is None:
        return None
    moment = datetime(day.year, day.month, day.day) + time  # noqa: DTZ001 - its zone is known later
    return _in_zone(moment, behind, zone) if behind else moment


def _in_zone(moment: datetime, name: str, home: tzinfo) -> datetime:
    named = zone_named(name, moment, home)
    if named is None:
        raise ValueError("no zone that is known for certain")
    return moment.replace(tzinfo=named)
