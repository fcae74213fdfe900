"""Dates."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.normalize import parse_date

SHANGHAI = timezone(timedelta(hours=8))

law = settings(max_examples=200, deadline=None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Mon, 25 Jul 2022 14:48:32 GMT", "2022-07-25T14:48:32+00:00", id="RFC 5322 GMT"),
        pytest.param("Mon, 25 Jul 2022 14:48:32 +0800", "2022-07-25T06:48:32+00:00", id="RFC 5322 offset"),
        pytest.param("25 Jul 2022 14:48 -0500", "2022-07-25T19:48:00+00:00", id="RFC 5322 short"),
        pytest.param("Mon, 25 Jul 2022 14:48:32", "2022-07-25T06:48:32+00:00", id="RFC 5322 without zone"),
        pytest.param("2022-07-25T14:48:32Z", "2022-07-25T14:48:32+00:00", id="ISO Z"),
        pytest.param("2022-07-25T14:48:32+08:00", "2022-07-25T06:48:32+00:00", id="ISO offset"),
        pytest.param("2022-07-25T14:48:32+08", "2022-07-25T06:48:32+00:00", id="ISO offset in hours"),
        pytest.param("2022-07-25 14:48:32 +0800", "2022-07-25T06:48:32+00:00", id="spaced offset"),
        pytest.param("2022-07-25T14:48:32-03:30", "2022-07-25T18:18:32+00:00", id="negative half-hour offset"),
        pytest.param("2021-09-08 08:09:09", "2021-09-08T00:09:09+00:00", id="without zone"),
        pytest.param("2022-07-25T14:48:32.987654Z", "2022-07-25T14:48:32+00:00", id="microseconds"),
        pytest.param("2013/7/14 17:01", "2013-07-14T09:01:00+00:00", id="slashes"),
        pytest.param("2022.07.25", "2022-07-24T16:00:00+00:00", id="dots"),
        pytest.param("2022-07-25", "2022-07-24T16:00:00+00:00", id="date only"),
        pytest.param("2022年7月25日 14:48", "2022-07-25T06:48:00+00:00", id="Chinese"),
        pytest.param("2022年7月25日 14:48:32", "2022-07-25T06:48:32+00:00", id="Chinese with seconds"),
        pytest.param("2022年07月25日", "2022-07-24T16:00:00+00:00", id="Chinese date only"),
        pytest.param("  2022-07-25\u00a014:48:32\n", "2022-07-25T06:48:32+00:00", id="odd white space"),
    ],
)
def test_a_date_is_read_as_written(text: str, expected: str) -> None:
    """Every way in which seeds and feeds write dates is understood; without a zone, the given one counts."""
    assert parse_date(text, SHANGHAI) == datetime.fromisoformat(expected)


def test_dates_are_utc() -> None:
    """A date says its zone, and it is UTC."""
    moment = parse_date("2022-07-25 14:48:32 +0800", SHANGHAI)

    assert moment is not None
    assert moment.tzinfo is UTC


@pytest.mark.parametrize("text", ["", "  ", "Invalid Date", "invalid date", "null", "undefined", "NaN"])
def test_a_date_that_says_there_is_none_is_none(text: str) -> None:
    """What generators write for want of a date is no error."""
    assert parse_date(text, SHANGHAI) is None


@pytest.mark.parametrize(
    "text",
    [
        "tomorrow",
        "12:30",
        "20220725",
        "2024-02-30",
        "2024-13-01",
        "2022年2月30日",
        "2024-01-01 25:00",
        "2024-01-01 12:30:61",
        "2022-07-25 14:48:32 +99:99",
        "Mon, 31 Feb 2022 14:48:32 GMT",
        "0001-01-01",
        "9999-12-31T23:59:59-10:00",
        "2022-07-25 and more",
    ],
)
def test_an_unreadable_date_is_an_error(text: str) -> None:
    """No guess is made about a date."""
    with pytest.raises(ValueError, match=r"."):
        parse_date(text, SHANGHAI)


@law
@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_an_iso_date_survives(moment: datetime) -> None:
    """What was written in ISO 8601 is read as the same moment, to the second."""
    aware = moment.replace(tzinfo=SHANGHAI)

    assert parse_date(aware.isoformat(), UTC) == aware.replace(microsecond=0)


@law
@given(st.text(max_size=40))
def test_any_text_is_a_date_none_or_a_value_error(text: str) -> None:
    """No date, however odd, raises anything but ValueError."""
    try:
        moment = parse_date(text, SHANGHAI)
    except ValueError:
        return

    assert moment is None or moment.utcoffset() == timedelta(0)
