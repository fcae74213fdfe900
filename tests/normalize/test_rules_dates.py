"""Each rule of reading a date alone: halves of the day, bounds, and where a clock stands."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from feedsvc.normalize import dates, parse_date
from feedsvc.normalize.dates import DATE_LENGTH

SHANGHAI = ZoneInfo("Asia/Shanghai")


def read(text: str) -> str:
    """A date in Shanghai's time, or `unreadable`."""
    try:
        found = parse_date(text, SHANGHAI)
    except ValueError:
        return "unreadable"
    return f"{found.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}" if found else "none"


# --- halves of the day -----------------------------------------------------------------------------------------------

#: A clock, and the time of day that it means.
CLOCKS = {
    "上午0:30": "00:30", "上午12:30": "00:30", "上午11:30": "11:30", "上午13:30": "", "凌晨12点": "00:00",
    "清晨5点": "05:00",
    "早上8点": "08:00", "早晨8点": "08:00", "午前8時": "08:00", "오전 8시": "08:00",
    "下午0:30": "12:30", "下午12点": "12:00", "下午12:30": "12:30", "下午1点": "13:00", "下午11:59": "23:59",
    "下午13:30": "13:30",
    "下午23:30": "23:30", "下午24:00": "", "下午25:00": "", "午後2時": "14:00", "午后2点": "14:00", "오후 2시": "14:00",
    "中午10:59": "", "中午11:30": "11:30", "中午12点": "12:00", "中午1点": "13:00", "中午2:59": "14:59", "中午3点": "",
    "中午13:30": "13:30",
    "晚上4:59": "", "晚上5点": "17:00", "晚上11:59": "23:59", "晚上12点": "", "晚上0:30": "", "晚上20:30": "20:30",
    "傍晚5点": "17:00", "傍晚6:30": "18:30",
    "12:30 am": "00:30", "12:30 pm": "12:30", "12 a.m.": "00:00", "12 p.m.": "12:00", "13:30 pm": "13:30",
    "13:30 am": "",
}  # fmt: skip


@pytest.mark.parametrize(("clock", "expected"), CLOCKS.items(), ids=CLOCKS)
def test_a_half_of_the_day_has_its_hours(clock: str, expected: str) -> None:
    """An hour of the other half is no time of day; a clock of 24 hours may stand behind all but the morning."""
    assert read(f"2026-11-20 {clock}") == (f"2026-11-20 {expected}:00" if expected else "unreadable")


@pytest.mark.parametrize(
    ("clock", "expected"),
    [("24:00", "2026-11-21 00:00:00"), ("24:00:00", "2026-11-21 00:00:00"), ("23:59:60", "2026-11-21 00:00:00"),
     ("24:01", ""), ("24:00:01", ""), ("24:01:01", ""), ("25:00", ""), ("12:60", ""), ("12:30:61", "")],
)  # fmt: skip
def test_the_day_ends_at_24_00(clock: str, expected: str) -> None:
    """24:00 is the start of the next day, and so is the leap second 23:59:60. Later clocks are unreadable."""
    assert read(f"2026-11-20 {clock}") == (expected or "unreadable")


# --- forms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20T10:00.5+08:00", "2026-11-20 10:00:30"),
        ("2026-11-20T10:00.999999999+08:00", "2026-11-20 10:00:59"),
        ("2026-11-20T10:00,25+08:00", "2026-11-20 10:00:15"),
        ("2026-11-20t10:00.123456789+08:00", "2026-11-20 10:00:07"), ("20261120t100000z", "2026-11-20 18:00:00"),
        ("+02026-11-20T10:00:00+08:00", "2026-11-20 10:00:00"), ("+002026-11-20T10:00:00+08:00", "2026-11-20 10:00:00"),
        ("10:00 2026-11-20Z", "2026-11-20 18:00:00"), ("10:00 2026-11-20+02:00", "2026-11-20 16:00:00"),
        ("10:00 20 November 2026 GMT", "2026-11-20 18:00:00"), ("10:00 +0200, 20 November 2026", "2026-11-20 16:00:00"),
        ("2 pm, 20 November 2026", "2026-11-20 14:00:00"), ("14时48分, 20 November 2026", "2026-11-20 14:48:00"),
        ("2026-11-20 14.48", "2026-11-20 14:48:00"), ("20 Nov 14.48 2026", "unreadable"),
        ("Fri, 20 Foo 2026 10:00:00 GMT", "unreadable"), ("20 Foo 2026 10:00", "unreadable"),
    ],
)  # fmt: skip
def test_a_form_is_read_to_the_second(text: str, expected: str) -> None:
    """A part of a minute, a year with a sign, a clock in front of the day; an unknown month is no month."""
    assert read(text) == expected


def test_a_part_of_a_second_is_dropped() -> None:
    """As programs write it."""
    assert parse_date("2026-11-20T10:00:00.999Z", SHANGHAI) == datetime(2026, 11, 20, 10, tzinfo=UTC)


# --- bounds ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "earliest", "is_date"),
    [
        ("1971-01-01T00:00:00Z", "FIRST_DATE", True), ("1970-12-31T23:59:59Z", "FIRST_DATE", False),
        ("0002-01-01T00:00:00Z", "ANY_TIME", True), ("1970-05-05 00:00", "ANY_TIME", True),
        ("1970-01-01T08:00:00+08:00", "ANY_TIME", False), ("1970-01-01 08:00:00", "ANY_TIME", False),
        ("1970-01-01 00:00:00", "ANY_TIME", False), ("1970-01-01 00:00:01", "ANY_TIME", True),
        ("1969-12-31T16:00:00Z", "ANY_TIME", True),
    ],
)  # fmt: skip
def test_the_first_date_is_a_date(text: str, earliest: str, *, is_date: bool) -> None:
    """The epoch is none, in UTC or by the source's clock."""
    assert (parse_date(text, SHANGHAI, earliest=getattr(dates, earliest)) is not None) is is_date


@pytest.mark.parametrize(("size", "is_read"), [(DATE_LENGTH, True), (DATE_LENGTH + 1, False)])
def test_the_length_of_a_date_is_bounded(size: int, *, is_read: bool) -> None:
    """120 characters are read."""
    text = "2026-11-20 10:00:00 +0800 ({})"

    assert DATE_LENGTH == 120
    assert (read(text.format("a" * (size - len(text) + 2))) == "2026-11-20 10:00:00") is is_read


def test_the_length_of_a_date_is_bounded_once_more_when_its_characters_are_plain() -> None:
    """One character can become several plain ones, so the length is checked again after that."""
    assert read(f"2026-11-20 10:00:00 +0800 ({'㍿' * 20})") == "2026-11-20 10:00:00"
    assert read(f"2026-11-20 10:00:00 +0800 ({'㍿' * 30})") == "unreadable"


def test_a_message_shows_the_beginning_of_a_date() -> None:
    """40 characters of it."""
    with pytest.raises(ValueError, match=re.escape(f"the date '{'x' * 40}'; write it")):
        parse_date("x" * 50, SHANGHAI)


@pytest.mark.parametrize("text", ["25/07/2022 99:99", "07/25/2022 99:99"])
def test_a_day_with_one_reading_is_not_blamed(text: str) -> None:
    """The message shows an example where something else is wrong."""
    with pytest.raises(ValueError, match=r"'; write it as 2022-07-25 14:48:32 \+0800\Z"):
        parse_date(text, SHANGHAI)


@pytest.mark.parametrize("text", ["", "-", "--", "0", "null", "(null)", "nil", "None", "NaN", "n/a", "unknown"])
def test_a_word_for_no_date_is_none(text: str) -> None:
    """As generators of several languages write it."""
    assert read(text) == "none"
