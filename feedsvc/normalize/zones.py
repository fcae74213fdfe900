"""Offsets and names of time zones after a date. Pure."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

#: Names of zones, with hours east of UTC. RFC 5322 (4.3) defines those of the United States.
ZONE_NAMES = {
    "UTC": 0, "UT": 0, "GMT": 0, "Z": 0, "ZULU": 0, "+0000Z": 0, "+00:00Z": 0, "WET": 0,
    "BST": 1, "WEST": 1, "CET": 1, "MET": 1, "MEZ": 1, "WAT": 1,
    "CEST": 2, "MEST": 2, "MESZ": 2, "EET": 2, "SAST": 2, "CAT": 2,
    "EEST": 3, "MSK": 3, "МСК": 3, "EAT": 3, "TRT": 3, "IDT": 3, "IRST": 3.5, "MSD": 4, "SAMT": 4, "GST": 4,
    "PKT": 5, "YEKT": 5, "NPT": 5.75, "OMST": 6, "NOVT": 7, "KRAT": 7, "ICT": 7, "WIB": 7,
    "HKT": 8, "SGT": 8, "PHT": 8, "MYT": 8, "WITA": 8, "AWST": 8, "IRKT": 8, "BJT": 8,
    "JST": 9, "KST": 9, "WIT": 9, "YAKT": 9, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "VLAT": 10,
    "AEDT": 11, "MAGT": 11, "NZST": 12, "PETT": 12, "NZDT": 13,
    "NDT": -2.5, "BRT": -3, "ART": -3, "ADT": -3, "CLST": -3, "NST": -3.5, "AST": -4, "CLT": -4, "EDT": -4,
    "CDT": -5, "EST": -5, "COT": -5, "PET": -5, "CST": -6, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8,
    "AKDT": -8, "AKST": -9, "HDT": -9, "HST": -10,
    "北京时间": 8, "北京時間": 8, "中国标准时间": 8, "中國標準時間": 8, "台北时间": 8, "台北時間": 8,
    "台北標準時間": 8, "香港时间": 8, "香港時間": 8, "东京时间": 9, "東京時間": 9, "日本標準時": 9, "日本时间": 9,
    "首尔时间": 9, "格林尼治时间": 0, "格林威治时间": 0, "协调世界时": 0, "世界协调时间": 0,
    "BEIJING TIME": 8, "CHINA STANDARD TIME": 8,
}  # fmt: skip

#: Names that mean another zone if the source's own zone is this many hours east of UTC: zones of China, India,
#: Bangladesh and Arabia. `IST` has no other certain meaning, because Ireland and Israel use it too.
NEARBY = {"CST": 8, "IST": 5.5, "BST": 6, "AST": 3}

#: Names that do not tell standard time from summer time.
SEASONAL = {
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
}  # fmt: skip

#: No zone is further from UTC.
FURTHEST = timedelta(hours=14)

#: `+8`, `+08`, `+0800`, `+08:00`, `GMT+8`, `UTC+08:00`. A name or a comment may follow, and is ignored.
OFFSET = re.compile(
    r"(?:(?:UTC|GMT|UT)\s*)?([+-])\s?(\d{1,2})(?::?(\d{2}))?(?:\s*\([^()]*\)|\s*\[[\w/+-]+\]|\s+[A-Z]{2,5})?",
    re.IGNORECASE | re.ASCII,
)

#: A name and its offset, which must be the offset of the name: `CST+08:00`, `MST -0700`.
NAME_AND_OFFSET = re.compile(r"([A-Z]{2,5})\s?([+-])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE | re.ASCII)

#: A zone in brackets: `(UTC+8)`, `[CST]`.
BRACKETED = re.compile(r"\A[(\[]([^()\[\]]*)[)\]]\Z")

#: A comment after a name, with the full name: `EST (Eastern Standard Time)`.
ZONE_COMMENT = re.compile(r"(?<=\w)\s*\([^()]*\)\Z")

#: Chinese and Japanese names, which may stand anywhere beside a date.
CHINESE_ZONE = re.compile("|".join(one for one in ZONE_NAMES if one.endswith(("时", "時", "间", "間", "準時"))))

#: A name of the tz database: `Asia/Shanghai`.
TZ_NAME = re.compile(r"[A-Z]\w+(?:/[\w+-]+){1,2}", re.ASCII)


def zone_named(text: str, at: datetime, home: tzinfo) -> tzinfo | None:
    """
    The zone that `text` names, for the time of day `at`; None if the name is not certain.

    `home` is the source's zone. If that zone has the name in winter or summer, it is meant; else the tables decide. So
    `CST` is China's for a source 8 hours east of UTC, and America's for others.
    """
    text = BRACKETED.sub(r"\1", text)
    if match := OFFSET.fullmatch(text):
        return _offset(match[1], match[2], match[3] or "0")
    if match := NAME_AND_OFFSET.fullmatch(text):
        offset = _offset(match[2], match[3], match[4] or "0")
        meanings = [_hours(table[match[1].upper()]) for table in (ZONE_NAMES, NEARBY) if match[1].upper() in table]
        return offset if offset in meanings else None
    name = ZONE_COMMENT.sub("", text)
    if TZ_NAME.fullmatch(name):
        return _tz_zone(name)
    return _zone_of_name(name.upper(), at, home)


def _zone_of_name(name: str, at: datetime, home: tzinfo) -> tzinfo | None:
    if name in {"UTC", "GMT", "Z"}:
        return UTC
    if (own := _own_names(home, at.year).get(name)) is not None:
        return own
    if name in NEARBY and home.utcoffset(at) == timedelta(hours=NEARBY[name]):
        return _hours(NEARBY[name])
    if name in SEASONAL:
        return _tz_zone(SEASONAL[name])
    return _hours(ZONE_NAMES[name]) if name in ZONE_NAMES else None


def _hours(east: float) -> timezone:
    return timezone(timedelta(hours=east))


def _offset(sign: str, hours: str, minutes: str) -> timezone | None:
    offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
    return timezone(offset) if abs(offset) <= FURTHEST and int(minutes) < 60 else None  # noqa: PLR2004 - of an hour


@lru_cache(maxsize=256)
def _tz_zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None


@lru_cache(maxsize=256)
def _own_names(home: tzinfo, year: int) -> dict[str | None, tzinfo]:
    """The names of a zone in winter and in summer."""
    seasons = (datetime(year, 1, 1), datetime(year, 7, 1))  # noqa: DTZ001 - of the zone itself
    return {home.tzname(season): timezone(home.utcoffset(season) or timedelta(0)) for season in seasons}
