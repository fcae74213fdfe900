"""Each rule of reading a day alone: numbers, names, and orders of day, month and year."""

import pytest

from feedsvc.normalize.days import Day, day_of

DAYS = {
    # numbers
    "2022": Day(2022, is_whole=False), "20220725": Day(2022, 7, 25), "2022-7": Day(2022, 7, is_whole=False),
    "2022-07": Day(2022, 7, is_whole=False), "2022/7": Day(2022, 7, is_whole=False), "2022-7-5": Day(2022, 7, 5),
    "2022.07.25": Day(2022, 7, 25), "2022-001": Day(2022, 1, 1), "2022-365": Day(2022, 12, 31),
    "2024-366": Day(2024, 12, 31), "25/7/2022": Day(2022, 7, 25), "7/25/2022": Day(2022, 7, 25),
    "5/25/2022": Day(2022, 5, 25), "25/5/2022": Day(2022, 5, 25), "7/7/2022": Day(2022, 7, 7),
    "3/3/22": Day(2022, 3, 3), "20221125": Day(2022, 11, 25),
    "7/13/22": Day(2022, 7, 13), "25/12/99": Day(1999, 12, 25), "1/1/50": Day(1950, 1, 1),
    "1/1/49": Day(2049, 1, 1),
    # weeks
    "2022-W30": Day(2022, 7, 25, is_whole=False), "2022-W30-1": Day(2022, 7, 25), "2022W307": Day(2022, 7, 31),
    "2022-W30-3": Day(2022, 7, 27),
    # names
    "25 July 2022": Day(2022, 7, 25), "July 2022": Day(2022, 7, is_whole=False), "25 Jul 22": Day(2022, 7, 25),
    "5 Jul 22": Day(2022, 7, 5), "1 Jul 50": Day(1950, 7, 1), "1 Jul 49": Day(2049, 7, 1),
    "2022年7月25日": Day(2022, 7, 25),
    "2022年7月": Day(2022, 7, is_whole=False), "mar 1 mar 2022": Day(2022, 3, 1),
    "mar. 26 juil. 2022": Day(2022, 7, 26),
    "mar 2022": Day(2022, 3, is_whole=False), "25 tháng 7, 2022": Day(2022, 7, 25),
    "25 арван нэгдүгээр сар 2022": Day(2022, 11, 25),
    "25 كانون الثاني 2022": Day(2022, 1, 25), "25th of July 2022": Day(2022, 7, 25),
    "martedì 1 marzo 2022": Day(2022, 3, 1), "1 marzo 2022 martedì": Day(2022, 3, 1),
}  # fmt: skip

#: No day, or more than one.
WRONG = [
    "", "25", "25 July 2022 123", "كانون 25 الثاني 2022", "July", "July 25", "123", "1234567", "123456789", "2022-000",
    "2022-366", "2022 7", "5/6/2022", "5/6/22",
    "30.10.23x",
    "12/11/10", "13/7/22", "30/2/2022", "2022 2023 July", "25 July 2022 26", "25 26 July 2022", "25 July 123",
    "July 25 2", "123 July 2022",
    "25 Foo 2022", "July August 2022", "25 7月 July 2022", "2022-W60", "12345 July", "July 20 2022 5",
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), DAYS.items(), ids=DAYS)
def test_a_day_is_read_as_written(text: str, day: Day) -> None:
    """A year, or a month of it, names no whole day."""
    assert day_of(text) == day


@pytest.mark.parametrize("text", WRONG)
def test_what_names_no_single_day_is_an_error(text: str) -> None:
    """Two orders, two months, two years, a word without a meaning, too many numbers."""
    with pytest.raises(ValueError):  # noqa: PT011 - the caller words the message
        day_of(text)


@pytest.mark.parametrize("text", ["0000-00-00", "0001-01-01", "-0001-11-30", "30 Nov 0001"])
def test_a_year_that_says_that_there_is_none(text: str) -> None:
    """Empty columns of a database."""
    assert day_of(text) is None
