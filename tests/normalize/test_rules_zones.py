"""Each rule of reading a zone alone; and all names, in order from west to east."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

from feedsvc.normalize import parse_date
from feedsvc.normalize.zones import ZONE_NAMES, zone_named

AT = datetime(2026, 11, 20, 10, 0)  # noqa: DTZ001 - its zone is the question
SUMMER = datetime(2026, 7, 1, 10, 0)  # noqa: DTZ001 - the same

#: Hours east of UTC → names that mean so in a source without a zone of its own.
EAST = {
    -10: "HST", -9: "AKST HDT", -8: "PST AKDT", -7: "MST PDT", -6: "CST MDT", -5: "EST CDT COT PET",
    -4: "AST CLT EDT", -3.5: "NST", -3: "BRT ART ADT CLST", -2.5: "NDT",
    0: "UTC UT GMT Z ZULU +0000Z +00:00Z WET 格林尼治时间 格林威治时间 协调世界时 世界协调时间",
    1: "BST WEST CET MET MEZ WAT", 2: "CEST MEST MESZ EET SAST CAT", 3: "EEST MSK МСК EAT TRT IDT", 3.5: "IRST",
    4: "MSD SAMT GST", 5: "PKT YEKT", 5.75: "NPT", 6: "OMST", 7: "NOVT KRAT ICT WIB",
    8: "HKT SGT PHT MYT WITA AWST IRKT BJT 北京时间 北京時間 中国标准时间 中國標準時間 台北时间 台北時間 "
    "台北標準時間 香港时间 香港時間",
    9: "JST KST WIT YAKT 东京时间 東京時間 日本標準時 日本时间 首尔时间", 9.5: "ACST", 10: "AEST VLAT", 10.5: "ACDT",
    11: "AEDT MAGT", 12: "NZST PETT", 13: "NZDT",
}  # fmt: skip
EASTS = {name: hours for hours, names in EAST.items() for name in names.split()} | {
    "BEIJING TIME": 8, "CHINA STANDARD TIME": 8,
}  # fmt: skip


def hours(text: str, home: tzinfo = UTC, at: datetime = AT) -> float | None:
    """The hours by which a zone is east of UTC, or None for a text that names no zone."""
    zone = zone_named(text, at, home)
    offset = at.replace(tzinfo=zone).utcoffset() if zone else None
    return None if offset is None else offset / timedelta(hours=1)


@pytest.mark.parametrize(("name", "hour"), [("协调世界时", 10), ("日本標準時", 1), ("东京时间", 1), ("東京時間", 1)])
def test_a_name_in_chinese_may_stand_before_the_date(name: str, hour: int) -> None:
    """Without a blank."""
    assert parse_date(f"{name}2026-11-20 10:00", ZoneInfo("Europe/Berlin")) == datetime(2026, 11, 20, hour, tzinfo=UTC)


def test_each_name_means_one_zone() -> None:
    """As its country has it; RFC 5322 (4.3) fixes those of the United States."""
    assert {name: hours(name) for name in EASTS} == EASTS
    assert EASTS.keys() == ZONE_NAMES.keys()
    assert {name: ZONE_NAMES[name] for name in ("UTC", "GMT", "Z")} == {"UTC": 0, "GMT": 0, "Z": 0}


@pytest.mark.parametrize(
    ("name", "home", "expected"),
    [
        ("CST", "Asia/Shanghai", 8), ("CST", "Asia/Singapore", 8), ("CST", "Asia/Tokyo", -6),
        ("IST", "Asia/Kolkata", 5.5), ("IST", "Asia/Colombo", 5.5), ("IST", "UTC", None),
        ("BST", "Asia/Dhaka", 6), ("BST", "UTC", 1), ("AST", "Asia/Riyadh", 3), ("AST", "UTC", -4),
        ("GMT", "Europe/London", 0), ("PST", "Asia/Manila", 8), ("XYZ", "UTC", None), ("", "UTC", None),
    ],
)  # fmt: skip
def test_a_name_means_another_zone_where_the_source_is_near(name: str, home: str, expected: float | None) -> None:
    """The source's own clock decides."""
    assert hours(name, ZoneInfo(home)) == expected


@pytest.mark.parametrize(("name", "winter"), [("ET", -5), ("CT", -6), ("MT", -7), ("PT", -8)])
def test_a_name_without_a_season_takes_that_of_the_date(name: str, winter: int) -> None:
    """Of the United States."""
    assert (hours(name), hours(name, at=SUMMER)) == (winter, winter + 1)


def test_the_names_of_both_seasons_of_a_source_are_its_own() -> None:
    """Whatever the season of the date."""
    london = ZoneInfo("Europe/London")

    assert [hours(name, london, at) for name in ("GMT", "BST") for at in (AT, SUMMER)] == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+8", 8), ("-8", -8), ("+08", 8), ("+0800", 8), ("+08:00", 8), ("+05:45", 5.75), ("-0330", -3.5),
        ("gmt+8", 8), ("UTC -03:30", -3.5), ("UT+1", 1), ("+14", 14), ("+14:01", None), ("-15", None),
        ("+08:59", 8 + 59 / 60),
        ("+08:60", None), ("+08:61", None), ("+0800 (CST)", 8), ("+02:00[Europe/Paris]", 2), ("+0100 CET", 1),
        ("(UTC+8)", 8), ("[CST]", -6), ("EST (Eastern Standard Time)", -5),
        ("MST-0700", -7), ("mst -07:00", -7), ("CST+08:00", 8), ("CST-6", -6), ("CST+07:00", None), ("NPT+0545", 5.75),
        ("NPT+0500", None), ("IST+0530", 5.5), ("XYZ+1", None),
        ("Asia/Tokyo", 9), ("America/Argentina/Buenos_Aires", -3), ("Nowhere/City", None), ("Asia/..", None),
        ("A" + "a" * 300 + "/B", None),
    ],
)  # fmt: skip
def test_an_offset_or_a_place_is_a_zone(text: str, expected: float | None) -> None:
    """A name and its offset have to agree, and no place is further than 14 hours from UTC."""
    assert hours(text) == expected
