"""Dates, in the forms in which seeds and feeds write them."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_datetime as in_language
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.normalize import ANY_TIME, parse_date
from feedsvc.normalize.dates import DATE_LENGTH

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")

law = settings(max_examples=200, deadline=None)

#: A date and what it is in UTC, read in Shanghai's zone.
READ = {
    # RFC 5322, and what people make of it
    "Mon, 25 Jul 2022 14:48:32 GMT": "2022-07-25 14:48:32",
    "Mon, 25 Jul 2022 14:48:32 +0800": "2022-07-25 06:48:32",
    "25 Jul 2022 14:48 -0500": "2022-07-25 19:48",
    "Mon, 25 Jul 2022 14:48:32": "2022-07-25 06:48:32",
    "Fri, 20 Nov 2026 10:00:00 -0000": "2026-11-20 10:00",
    "Mon, 5 Jul 2022 04:08:02 +0000": "2022-07-05 04:08:02",
    "Mon,25 Jul 2022 14:48:32 CST": "2022-07-25 06:48:32",
    "Mon, 25 Jul 2022 14:48:32 +08:00": "2022-07-25 06:48:32",
    "Fri, 20 Nov 2026 10:00:00 +8": "2026-11-20 02:00",
    "Fri, 20 Nov 2026 10:00:00 +08": "2026-11-20 02:00",
    "Fri, 20 Nov 2026 10:00:00 +800": "2026-11-20 02:00",
    "Fri, 20 Nov 2026 10:00:00 GMT+8": "2026-11-20 02:00",
    "Fri, 20 Nov 2026 10:00:00 GMT+0100": "2026-11-20 09:00",
    "Fri, 20 Nov 2026 10:00:00 UTC−05:00": "2026-11-20 15:00",
    "Fri, 20 Nov 2026 02:48:32 PM +0000": "2026-11-20 14:48:32",
    "Mon, 25 Jul 2022 2:48:32 a.m. PST": "2022-07-25 10:48:32",
    "Monday, 25 July 2022 2:48 PM CST": "2022-07-25 06:48",
    "Mon, 25 Jul 2022 24:00:00 GMT": "2022-07-26 00:00",
    "Sat, 31 Dec 2016 23:59:60 GMT": "2017-01-01 00:00",
    "25 Jul 22 14:48 GMT": "2022-07-25 14:48",
    "Sunday, 06-Nov-94 08:49:37 GMT": "1994-11-06 08:49:37",
    "25-JUL-2022 14:48": "2022-07-25 06:48",
    '"Fri, 20 Nov 2026 10:00:00 GMT"': "2026-11-20 10:00",
    "“2026-11-20 10:00”": "2026-11-20 02:00",
    "Mon, 25 Jul 2022": "2022-07-24 16:00",
    "Mon, 25 Jul 2022 GMT": "2022-07-25 00:00",
    "Tues, 26 July 2022 14:48:32 EST (Eastern Standard Time)": "2022-07-26 19:48:32",
    "Tue, 26 Sept 2022 14:48:32 UT": "2022-09-26 14:48:32",
    "Mon, 2 Jan 2006 15:04:05MST": "2006-01-02 22:04:05",
    "Mon, 02 Jan 2006 15:04:05 MST -07:00": "2006-01-02 22:04:05",
    "Mon, 02 Jan 2006 15:04:05 CST+08:00": "2006-01-02 07:04:05",
    "WED,23 MAY 2012 02:23:01": "2012-05-22 18:23:01",
    "Fri, Oct 7 2022 10:15:00 -0400": "2022-10-07 14:15",
    "Mon, 16th Nov 2020 13:16:28 GMT": "2020-11-16 13:16:28",
    "Thu, 02 Sep 2021 20:0:0 Z": "2021-09-02 20:00",
    "Sat, Oct 28 2023 08:28:28 PM": "2023-10-28 12:28:28",
    "2022-07-25 14:48 (UTC+01:00)": "2022-07-25 13:48",
    # programs
    "Mon Jan 2 15:04:05 2006 MST": "2006-01-02 22:04:05",
    "2022-07-25T14:48:32+0000Z": "2022-07-25 14:48:32",
    "Fri Nov 20 2026 10:00:00 GMT+0800 (中国标准时间)": "2026-11-20 02:00",
    "Fri Nov 20 2026 10:00:00 GMT+0100 (Central European Standard Time)": "2026-11-20 09:00",
    "Mon Jul 25 14:48:32 2022": "2022-07-25 06:48:32",
    "Mon Jul 25 14:48:32 UTC 2022": "2022-07-25 14:48:32",
    "Mon Jul 25 14:48:32 +0100 2022": "2022-07-25 13:48:32",
    "2022-07-25 14:48:32.5 +0100 CET": "2022-07-25 13:48:32",
    "2022-07-25T14:48:32+02:00[Europe/Paris]": "2022-07-25 12:48:32",
    "2022-07-25 14:48 America/New_York": "2022-07-25 18:48",
    "11/20/2026, 10:00:00\u202fPM": "2026-11-20 14:00",
    "Mon, 07/25/2022 - 14:48": "2022-07-25 06:48",
    "1658760480": "2022-07-25 14:48",
    "1658760480.25": "2022-07-25 14:48",
    "1658760480123": "2022-07-25 14:48",
    "1658760480123456": "2022-07-25 14:48",
    "999999999": "2001-09-09 01:46:39",
    # ISO 8601 and similar forms
    "2022-07-25T14:48:32Z": "2022-07-25 14:48:32",
    "2022-07-25t14:48:32z": "2022-07-25 14:48:32",
    "2022-07-25T14:48:32+08:00": "2022-07-25 06:48:32",
    "2022-07-25T14:48:32+08": "2022-07-25 06:48:32",
    "2022-07-25 14:48:32 +0800": "2022-07-25 06:48:32",
    "2022-07-25T14:48:32-03:30": "2022-07-25 18:18:32",
    "2022-07-25T14:48:32.123456789+08:00": "2022-07-25 06:48:32",
    "2022-07-25T14:48:32,5Z": "2022-07-25 14:48:32",
    "2022-07-25T14:48Z": "2022-07-25 14:48",
    "2022-07-25T14Z": "2022-07-25 14:00",
    "2022-07-25T144832+0800": "2022-07-25 06:48:32",
    "2022-07-25 14:48:32 UTC": "2022-07-25 14:48:32",
    "2026-11-20 10:00:00 CST": "2026-11-20 02:00",
    "2021-09-08 08:09:09": "2021-09-08 00:09:09",
    "  2022-07-25\u00a014:48:32\n": "2022-07-25 06:48:32",
    "2022-7-5 9:5:3": "2022-07-05 01:05:03",
    "2013/7/14 17:01": "2013-07-14 09:01",
    "2022.07.25 14.48": "2022-07-25 06:48",
    "2022.07.25": "2022-07-24 16:00",
    "2022-07-25": "2022-07-24 16:00",
    "2022-07-25Z": "2022-07-25 00:00",
    "2022-07-25+02:00": "2022-07-24 22:00",
    "2022-07-24T24:00:00Z": "2022-07-25 00:00",
    "2023-09": "2023-08-31 16:00",
    "2003": "2002-12-31 16:00",
    "20220725": "2022-07-24 16:00",
    "20220725T144832Z": "2022-07-25 14:48:32",
    "20220725144832": "2022-07-25 06:48:32",
    "202207251448": "2022-07-25 06:48",
    "2022-W30-1": "2022-07-24 16:00",
    "2022-206": "2022-07-24 16:00",
    "2022-07-25 2:48 PM": "2022-07-25 06:48",
    "2022-07-25 12:05 am": "2022-07-24 16:05",
    "2022-07-25 12:05 pm": "2022-07-25 04:05",
    "2022-07-25 2 PM": "2022-07-25 06:00",
    # day and month in numbers, where only one order is possible
    "25/07/2022 14:48": "2022-07-25 06:48",
    "07/25/2022 14:48": "2022-07-25 06:48",
    "25.07.2022, 14:48": "2022-07-25 06:48",
    "07/07/2022": "2022-07-06 16:00",
    "14:48 25.07.2022": "2022-07-25 06:48",
    "10/30/23 21:55": "2023-10-30 13:55",
    "30/10/98": "1998-10-29 16:00",
    "Mon, 10/30/23": "2023-10-29 16:00",
    "sub., 25. srpnja 2022. 14:48": "2022-07-25 06:48",
    "lun. 6 juin 2022": "2022-06-05 16:00",
    "15:04 22.01.2006 -0700": "2006-01-22 22:04",
    # English
    "Jul 25, 2022": "2022-07-24 16:00",
    "July 25th, 2022 at 2:48pm": "2022-07-25 06:48",
    "September 2023": "2023-08-31 16:00",
    "14:48 GMT, 25 July 2022": "2022-07-25 14:48",
    "14:48 JUL 25 2022": "2022-07-25 06:48",
    # Chinese, Japanese, Korean
    "2022年7月25日 14:48": "2022-07-25 06:48",
    "2022年07月25日": "2022-07-24 16:00",
    "2022年7月": "2022-06-30 16:00",
    "2022年7月25日 星期一 14:48": "2022-07-25 06:48",
    "星期一 2022年7月25日 14:48": "2022-07-25 06:48",
    "2022-07-25 14:48 周一": "2022-07-25 06:48",
    "2022年07月25日14时48分": "2022-07-25 06:48",
    "2022年07月25日14时48分32秒": "2022-07-25 06:48:32",
    "2022年7月25日 14點48分": "2022-07-25 06:48",
    "2022/07/25 下午2:48": "2022-07-25 06:48",
    "2026年11月20日 上午12:30": "2026-11-19 16:30",
    "2026年11月20日 下午12:30": "2026-11-20 04:30",
    "2026年11月20日 中午12:30": "2026-11-20 04:30",
    "2026年11月20日 中午1点": "2026-11-20 05:00",
    "2026年11月20日 晚上8:30": "2026-11-20 12:30",
    "2026年11月20日午后1:30": "2026-11-20 05:30",
    "2026年11月20日 凌晨1:30": "2026-11-19 17:30",
    "2022年7月25日 14:48 +0000": "2022-07-25 14:48",
    "2022年7月25日 14:48 北京时间": "2022-07-25 06:48",
    "北京时间2022年7月25日下午2:48": "2022-07-25 06:48",
    "2022年7月25日 14:48 CST": "2022-07-25 06:48",
    "２０２２年７月２５日　１４：４８": "2022-07-25 06:48",
    "星期一, 25 七月 2022 14:48:32 +0800": "2022-07-25 06:48:32",
    "一, 25 7月 2022 14:48:32 +0800": "2022-07-25 06:48:32",
    "2022年7月25日(月) 午後2:48": "2022-07-25 06:48",
    "2022. 7. 25. 오후 2:48": "2022-07-25 06:48",
    "2022년 7월 25일 월요일 14시 48분": "2022-07-25 06:48",
    # other languages
    "Пн, 25 июл 2022 14:48:00 +0300": "2022-07-25 11:48",
    "25 июля 2022 г., 14:48 МСК": "2022-07-25 11:48",
    "понеділок, 25 липня 2022 року 14:48": "2022-07-25 06:48",
    "Mo, 25 Jul 2022 14:48:32 +0200": "2022-07-25 12:48:32",
    "Montag, 25. Juli 2022, 14:48 Uhr": "2022-07-25 06:48",
    "1. MÄRZ 2022 14:48 MEZ": "2022-03-01 13:48",
    "lundi 25 juillet 2022 à 14h48": "2022-07-25 06:48",
    "mar. 26 juil. 2022 14:48:00 +0200": "2022-07-26 12:48",
    "mar 1 mar 2022 14:48": "2022-03-01 06:48",
    "1er aout 2022": "2022-07-31 16:00",
    "25 de julio de 2022, 14:48": "2022-07-25 06:48",
    "segunda-feira, 25 de julho de 2022": "2022-07-24 16:00",
    "20 listopadu 2026": "2026-11-19 16:00",
    "Ke, 30 Lok 2013 11:34:37 +0000": "2013-10-30 11:34:37",
    "25.7.2022 klo 14.48": "2022-07-25 06:48",
    "ma, 08 okt 2018 10:09:29 +0000": "2018-10-08 10:09:29",
    "Lundi, 16. Novembre 2020 - 15:54": "2020-11-16 07:54",
    "25 KASIM 2022 14:48": "2022-11-25 06:48",
    "2022. július 25. 14:48": "2022-07-25 06:48",
    "2022. gada 25. jūlijs": "2022-07-24 16:00",
    "25 Juli 2022 14.48 WIB": "2022-07-25 07:48",
    "Thứ Hai, 25 tháng 7, 2022 14:48": "2022-07-25 06:48",
    "الاثنين، ٢٥ يوليو ٢٠٢٢ 14:48": "2022-07-25 06:48",
    "25 كانون الثاني 2022": "2022-01-24 16:00",
    "25 जुलाई 2022 14:48": "2022-07-25 06:48",
    "25 กรกฎาคม 2022 14:48": "2022-07-25 06:48",
    "25 Ιουλίου 2022 14:48": "2022-07-25 06:48",
}

#: Texts that say that there is no date.
NONE = [
    "", "  ", "-", "0", "Invalid Date", "null", "undefined", "NaN", "N/A",
    "0000-00-00 00:00:00", "0001-01-01", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+08:00",
    "Mon, 01 Jan 0001 00:00:00 +0000", "Wed, 30 Nov -0001 00:00:00 +0000", "-0001-11-30T00:00:00+00:00",
    "Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z", "1970-01-01 08:00:00", "1970-01-01",
    "1899-12-30T00:00:00", "1969-07-20 20:17", "31 Dec 1970 23:59 GMT", "1401/05/03 14:48",
]  # fmt: skip

#: Texts that nobody can read as one certain date.
UNREADABLE = [
    "昨天 14:48", "刚刚", "3 hours ago", "3小时前", "today", "tomorrow", "yesterday at 14:48", "just now",
    "12:30", "14:48 GMT", "May", "Monday", "Jul 25", "7月25日", "25 Jul 14:48", "May 2022 14:48",
    "05/06/2022", "05/06/2022 14:48", "5.6.2022", "25/07/22", "22-07-25", "30.10.23", "6/1/2 15:04",
    "2022-25-07", "2022 7",
    "20 listopada 2026", "listopad 20, 2026", "20 lip 2026", "20 Foo 2026", "Foo, 20 Nov 2026",
    "Jul Aug 25 2022", "25 Jul 2022 2023", "2022-07-25 2022-07-26", "2022-07-25 14:48 - 15:00", "2022-07-25 and more",
    "Published: 2022-07-25", "发布时间: 2022-07-25 14:48",
    "2024-02-30", "2023-02-29 14:48", "2024-13-01", "2022-366", "2022-W60-1", "2022年2月30日",
    "Mon, 31 Feb 2022 14:48:32 GMT", "Mon, 25 Jul 2022 14:60:00 GMT",
    "2024-01-01 25:00", "2024-01-01 24:01", "2024-01-01 12:30:61", "2024-01-01 14:48 AM", "2024-01-01 13 AM",
    "2026年11月20日 上午14:30", "2026年11月20日 晚上12:30", "2026年11月20日 中午5:30",
    "2022-07-25 14:48:32 +99:99", "2022-07-25T14:48:32+15:00", "Mon, 25 Jul 2022 14:48:32 +1500",
    "2022-07-25 14:48:32 08:00", "2022-07-25-05:00", "9999-12-31T23:59:59-10:00",
    "Mon, 25 Jul 2022 14:48:32 XYZ", "Mon, 25 Jul 2022 14:48:32 A", "Mon, 25 Jul 2022 14:48:32 IST",
    "Mon, 25 Jul 2022 14:48:32 MST+0300", "2022-07-25T14:48:32-05:00Z", "Mon, 25 Jul 2022 14:48:32 --0700",
    "2022-07-25 14:48 Nowhere/City", "2022-07-25 14:48 ../../etc/passwd",
    "2022072514", "16587604801", "20221325", "123", "-1", "1e9",
]  # fmt: skip


def at(moment: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(("text", "moment"), READ.items(), ids=READ)
def test_a_date_is_read_as_written(text: str, moment: str) -> None:
    """A date in any known form is read. A date without a zone is in the source's zone."""
    found = parse_date(text, SHANGHAI)

    assert found == at(moment)
    assert found.tzinfo is UTC


@pytest.mark.parametrize("text", NONE)
def test_a_placeholder_for_a_date_is_none(text: str) -> None:
    """Placeholders of generators, empty columns and clocks that were never set are not errors."""
    assert parse_date(text, SHANGHAI) is None


@pytest.mark.parametrize("text", UNREADABLE)
def test_a_date_that_is_not_certain_is_an_error(text: str) -> None:
    """No date is guessed, and the message says how to write one."""
    with pytest.raises(
        ValueError, match=r"\Acannot read the date '.*'(; write it as 2022-07-25 14:48:32 \+0800|: .*)\Z"
    ):
        parse_date(text, SHANGHAI)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("05/06/2022", "it has two readings; write 2022-05-06 or 2022-06-05"),
        ("5.6.2022 14:48", "it has two readings; write 2022-05-06 or 2022-06-05"),
        ("1-12-2022", "it has two readings; write 2022-01-12 or 2022-12-01"),
        ("2024-02-30", "there is no such day; correct it"),
        ("2023年2月29日 10:00", "there is no such day; correct it"),
        ("2024/13/01", "there is no such day; correct it"),
    ],
)
def test_a_date_that_is_not_certain_says_why(text: str, said: str) -> None:
    """The message names both days that a date may mean, or says that there is no day."""
    with pytest.raises(ValueError, match=rf"\Acannot read the date '{re.escape(text)}': {re.escape(said)}\Z"):
        parse_date(text, SHANGHAI)


@pytest.mark.parametrize("text", ["13/14/2024", "0/5/2022", "soon", "05/06/22", "2022-07-25 99:99"])
def test_another_date_that_cannot_be_read_has_an_example(text: str) -> None:
    """If the fault is not known, the message shows a valid date."""
    with pytest.raises(ValueError, match=r"'; write it as 2022-07-25 14:48:32 \+0800\Z"):
        parse_date(text, SHANGHAI)


@pytest.mark.parametrize("form", ["Fri, 20 Nov 2026 10:00:00 {}", "2026-11-20 10:00:00 {}", "2026年11月20日 10:00 {}"])
@pytest.mark.parametrize(
    ("name", "zone", "hours"),
    [
        ("UTC", "Asia/Shanghai", 0), ("GMT", "Asia/Shanghai", 0), ("UT", "Asia/Shanghai", 0), ("Z", "Asia/Shanghai", 0),
        ("CET", "Asia/Shanghai", 1), ("CEST", "Asia/Shanghai", 2), ("EET", "Asia/Shanghai", 2),
        ("EEST", "Asia/Shanghai", 3), ("WET", "Asia/Shanghai", 0), ("WEST", "Asia/Shanghai", 1),
        ("BST", "Asia/Shanghai", 1), ("BST", "Europe/London", 1), ("BST", "Asia/Dhaka", 6),
        ("MSK", "Asia/Shanghai", 3), ("JST", "Asia/Shanghai", 9), ("KST", "Asia/Shanghai", 9),
        ("HKT", "Europe/Berlin", 8), ("SGT", "Europe/Berlin", 8), ("北京时间", "Europe/Berlin", 8),
        ("AEST", "Asia/Shanghai", 10), ("AEDT", "Asia/Shanghai", 11), ("ACST", "Asia/Shanghai", 9.5),
        ("AWST", "Asia/Shanghai", 8), ("NZST", "Asia/Shanghai", 12), ("NZDT", "Asia/Shanghai", 13),
        ("EST", "Asia/Shanghai", -5), ("EDT", "Asia/Shanghai", -4), ("MST", "Asia/Shanghai", -7),
        ("MDT", "Asia/Shanghai", -6), ("PST", "Asia/Shanghai", -8), ("PDT", "Asia/Shanghai", -7),
        ("PST", "Asia/Manila", 8), ("ET", "Asia/Shanghai", -5), ("AKST", "Asia/Shanghai", -9),
        ("HST", "Asia/Shanghai", -10), ("CST", "Asia/Shanghai", 8), ("CST", "Asia/Taipei", 8),
        ("CST", "Asia/Singapore", 8), ("CST", "America/Chicago", -6), ("CST", "Europe/Berlin", -6),
        ("CST", "America/Havana", -5), ("CST", "UTC", -6), ("CDT", "Asia/Shanghai", -5),
        ("IST", "Asia/Kolkata", 5.5), ("IST", "Asia/Jerusalem", 2), ("IST", "Europe/Dublin", 1),
        ("GMT+8", "Europe/Berlin", 8), ("UTC+08:00", "Europe/Berlin", 8), ("+8", "Europe/Berlin", 8),
        ("Asia/Tokyo", "Europe/Berlin", 9), ("est", "Asia/Shanghai", -5), ("(JST)", "Asia/Shanghai", 9),
    ],
)  # fmt: skip
def test_a_name_of_a_zone_means_the_same_in_every_form(form: str, name: str, zone: str, hours: float) -> None:
    """The table and the source's zone decide the meaning of a name, not the form of the date."""
    assert parse_date(form.format(name), ZoneInfo(zone)) == at("2026-11-20 10:00") - timedelta(hours=hours)


@pytest.mark.parametrize("zone", [timezone(timedelta(hours=8)), SHANGHAI], ids=["fixed", "named"])
def test_the_source_s_offset_is_enough_to_know_china_s_time(zone: tzinfo) -> None:
    """`CST` is China's if the source is 8 hours east of UTC, whatever its zone is called."""
    assert parse_date("2026-11-20 10:00 CST", zone) == at("2026-11-20 02:00")


def test_summer_time_follows_the_date() -> None:
    """A name that covers both seasons has the offset of the date's season."""
    assert parse_date("July 25, 2022 2:48 PM ET", SHANGHAI) == at("2022-07-25 18:48")
    assert parse_date("November 25, 2022 2:48 PM ET", SHANGHAI) == at("2022-11-25 19:48")


def test_a_date_before_1971_is_read_if_allowed() -> None:
    """With `earliest`, old dates are read, but never the year 1 or the epoch itself."""
    assert parse_date("1969-07-20 20:17 UTC", SHANGHAI, earliest=ANY_TIME) == at("1969-07-20 20:17")
    assert parse_date("1970-01-01T00:00:00Z", SHANGHAI, earliest=ANY_TIME) is None
    assert parse_date("0001-01-01T00:00:00Z", SHANGHAI, earliest=ANY_TIME) is None


#: Forms of a moment with a zone; each is read to the second.
ZONED: dict[str, Callable[[datetime], str]] = {
    "RFC 5322": format_datetime,
    "RFC 3339": lambda one: one.isoformat(),
    "RFC 3339, milliseconds": lambda one: one.isoformat(timespec="milliseconds"),
    "blanks": lambda one: f"{one:%Y-%m-%d %H:%M:%S %z}",
    "compact": lambda one: f"{one:%Y%m%dT%H%M%S%z}",
    "seconds": lambda one: str(int(one.timestamp())),
    "milliseconds": lambda one: f"{int(one.timestamp())}999",
    "Unix": lambda one: f"{one:%a %b %d %H:%M:%S %z %Y}",
    "JavaScript": lambda one: f"{one:%a %b %d %Y %H:%M:%S GMT%z} (Some Standard Time)",
    "12 hours": lambda one: f"{one:%B %d, %Y, %I:%M:%S %p %z}",
    "RFC 850": lambda one: f"{one:%A, %d-%b-%y %H:%M:%S %z}",
    "Chinese": lambda one: f"{one:%Y年%m月%d日%H时%M分%S秒 %z}",
    "time first": lambda one: f"{one:%H:%M:%S %z, %d %B %Y}",
}

#: Forms without a zone.
LOCAL = {
    "blanks": "%Y-%m-%d %H:%M:%S",
    "slashes": "%Y/%m/%d %H:%M:%S",
    "dots": "%Y.%m.%d %H:%M:%S",
    "compact": "%Y%m%d%H%M%S",
    "ctime": "%a %b %d %H:%M:%S %Y",
    "English": "%A, %d %B %Y %I:%M:%S %p",
    "Chinese": "%Y年%m月%d日 %H:%M:%S",
    "week": "%G-W%V-%uT%H:%M:%S",
    "ordinal": "%Y-%jT%H:%M:%S",
}

#: Ten digits of seconds begin with a 1 from 2001 to 2033.
MOMENTS = st.datetimes(datetime(2001, 9, 10), datetime(2033, 5, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
OFFSETS = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))


@pytest.mark.parametrize("form", ZONED)
@law
@given(moment=MOMENTS, zone=OFFSETS)
def test_a_moment_survives_each_form(form: str, moment: datetime, zone: tzinfo) -> None:
    """A moment that is written with its zone is read as the same moment, whatever the source's zone is."""
    written = ZONED[form](moment.astimezone(zone))

    assert parse_date(written, NEW_YORK) == moment.replace(microsecond=0)


@pytest.mark.parametrize("form", LOCAL)
@law
@given(moment=MOMENTS, zone=OFFSETS)
def test_a_moment_without_its_zone_is_the_source_s(form: str, moment: datetime, zone: tzinfo) -> None:
    """A moment that is written without a zone is read in the source's zone."""
    written = moment.astimezone(zone).strftime(LOCAL[form])

    assert parse_date(written, zone) == moment.replace(microsecond=0)


@pytest.mark.parametrize(
    "language",
    ["de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "cs", "ro", "hu", "tr", "id", "lt", "sk", "ru",
     "uk", "bg", "el", "he", "ar", "hi", "bn", "th", "ka", "hy", "zh"],
)  # fmt: skip
@settings(max_examples=24, deadline=None)
@given(moment=MOMENTS)
def test_a_moment_survives_each_language(language: str, moment: datetime) -> None:
    """Full names of months and weekdays are read in each language of the table."""
    written = in_language(moment, "EEEE, d MMMM yyyy HH:mm:ss", locale=language)

    assert parse_date(f"{written} +0000", SHANGHAI) == moment.replace(microsecond=0)


#: Words and signs of dates, for texts that are nearly one.
PARTS = sorted(set(re.findall(r"\w+|\W", " ".join([*READ, *NONE, *UNREADABLE]))))


@law
@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PARTS), max_size=12).map("".join)))
def test_any_text_is_a_date_none_or_a_value_error(text: str) -> None:
    """Any text gives a date from 1971 on, None or ValueError."""
    try:
        moment = parse_date(text, SHANGHAI)
    except ValueError:
        return

    assert moment is None or (moment.tzinfo is UTC and moment.microsecond == 0 and moment.year > 1970)


@pytest.mark.parametrize("part", ["1", "1 ", "1:", "Jan ", "a", "年", "(", "+", "\ufdfa", "\u0301", "1.", "A/"])
def test_a_huge_text_is_refused_unread(part: str) -> None:
    """The length of a date is bounded, whatever text precedes it."""
    with pytest.raises(ValueError, match="cannot read"):
        parse_date(part * 50_000 + "2022", SHANGHAI)


def test_the_longest_date_is_read() -> None:
    """All known forms are within the bound."""
    assert max(map(len, READ)) < DATE_LENGTH
