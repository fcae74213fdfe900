"""The day of a date: numbers, and names of months and weekdays in many languages. Pure."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from feedsvc.normalize.names import is_weekday, month

#: Years of empty database columns: `0000-00-00`, `0001-01-01`, and the form that PHP gives the former.
NO_YEAR = re.compile(r"(?<![\d.])-?000[01](?!\d)")

#: Weekdays in Chinese, Japanese and Korean, which need no blanks around them.
WEEKDAY = re.compile(
    r"[(\[]?(?:(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일)[)\]]?"
    r"|[(\[][一二三四五六日天月火水木金土월화수목금토일][)\]]|^[一二三四五六日]\s?(?=,)"
)

#: A month in Vietnamese: `25 tháng 7, 2022`.
VIETNAMESE = re.compile(r"\b(?:tháng|thg)\s?(\d{1,2})\b", re.IGNORECASE)

#: Signs after a year or a day, and endings of ordinals: `25日`, `25th`, `1er`, `25-го`.
DAY_SIGNS = re.compile(r"(?<=\d)(?:\s?[年日号號년일]|(?:st|nd|rd|th|er|o|a|-?го|-?е)\b)", re.IGNORECASE)

#: A week of ISO 8601, perhaps with its day.
WEEK = re.compile(r"(\d{4})-?W(\d{2})(?:-?([1-7]))?", re.ASCII)

#: A month with its number (`7月`), a number, a separator, or a word.
DAY_TOKEN = re.compile(r"(\d{1,2})\s?[月월]|(\d+)|([\s.,،、/()\-]+)|([^\s\d.,،、/()\-]+)")

#: Words between the parts of a date that add nothing.
FILLERS = frozenset({
    "of", "the", "on", "at", "de", "del", "d", "di", "le", "il", "el", "à", "a", "às", "as", "um", "am", "den", "der",
    "klo", "kl", "o", "alle", "ore", "godz", "saat", "pukul", "ngày", "năm", "lúc", "gada", "m",
    "в", "г", "года", "году", "р", "року",
})  # fmt: skip

#: Number of words of the longest name of a month or weekday.
NAME_WORDS = 3

#: A year of two digits from this one on is in the last century (RFC 5322, 4.3).
LAST_CENTURY = 50


class Day(NamedTuple):
    """A day; the first day if the date has only a month or a year."""

    year: int
    month: int = 1
    day: int = 1
    is_whole: bool = True


def day_of(text: str) -> Day | None:
    """The day that `text` names; None for a year that means "no date". Raises ValueError."""
    text = re.sub(r"(?<=\d)T\Z|[\s,@|]+-?\Z", "", text)
    if NO_YEAR.search(text):
        return None
    if match := WEEK.fullmatch(text):
        day = date.fromisocalendar(int(match[1]), int(match[2]), int(match[3] or 1))
        return Day(day.year, day.month, day.day, is_whole=match[3] is not None)
    text = DAY_SIGNS.sub(" ", VIETNAMESE.sub(r" \1月 ", text))
    numbers: list[str] = []
    months: list[int] = []
    words: list[list[str]] = [[]]
    for match in DAY_TOKEN.finditer(text):
        numbered, number, separator, word = match.groups()
        if separator:
            continue
        if word:
            words[-1].append(word)
            continue
        words.append([])
        if numbered:
            months.append(int(numbered))
        else:
            numbers.append(number)
    if not numbers or (len(numbers) == 1 and len(numbers[0]) not in {4, 8}):
        raise ValueError("no year")
    months += _months(words)
    if len(months) > 1:
        raise ValueError("two months")
    return _with_month(numbers, months[0]) if months else _of_numbers(numbers, text)


def _months(runs: list[list[str]]) -> list[int]:
    """The months that are named. A weekday is recognised first: `mar.` is Tuesday in `mar. 26 juil.`, else March."""
    found: list[tuple[str, int | None]] = []
    for run in runs:
        rest = run
        while rest:
            for size in range(min(NAME_WORDS, len(rest)), 0, -1):
                name = " ".join(rest[:size])
                if name.lower() in FILLERS:
                    break
                number = month(name)
                if number or is_weekday(name):
                    found.append((name, number))
                    break
            else:
                raise ValueError("a word of no known meaning")
            rest = rest[size:]
    if len(found) > 1 and found[0][1] and is_weekday(found[0][0]):
        found = found[1:]
    return [number for _, number in found if number]


def _with_month(numbers: list[str], number: int) -> Day:
    years = [one for one in numbers if len(one) == 4]  # noqa: PLR2004 - digits of a year
    days = [one for one in numbers if len(one) <= 2]  # noqa: PLR2004 - digits of a day
    if len(years) == 1 and len(numbers) == 1:
        return Day(int(years[0]), number, is_whole=False)
    if len(years) == 1 and len(days) == 1 and len(numbers) == 2:  # noqa: PLR2004 - day and year
        return Day(int(years[0]), number, int(days[0]))
    if len(days) == len(numbers) == 2 and len(days[1]) == 2:  # noqa: PLR2004 - `25 Jul 22`, as RFC 822 had it
        return Day(_year(int(days[1])), number, int(days[0]))
    raise ValueError("no day and year that are certain")


def _year(two_digits: int) -> int:
    return two_digits + (1900 if two_digits >= LAST_CENTURY else 2000)


def _of_numbers(numbers: list[str], text: str) -> Day:
    """A day of numbers only. Day and month are certain only if one of them cannot be a month."""
    match [len(one) for one in numbers]:
        case [4]:
            return Day(int(numbers[0]), is_whole=False)
        case [8]:
            return Day(int(numbers[0][:4]), int(numbers[0][4:6]), int(numbers[0][6:]))
        case [4, 3] if re.search(r"\d-\d{3}", text):
            day = date(int(numbers[0]), 1, 1) + timedelta(days=int(numbers[1]) - 1)
            if day.year == int(numbers[0]):
                return Day(day.year, day.month, day.day)
        case [4, 1 | 2] if re.search(r"\d{4}[-/.]\d", text):
            return Day(int(numbers[0]), int(numbers[1]), is_whole=False)
        case [4, 1 | 2, 1 | 2]:
            return Day(int(numbers[0]), int(numbers[1]), int(numbers[2]))
        case [1 | 2, 1 | 2, 4]:
            return _only(_possible(numbers[2], numbers[1], numbers[0]) | _possible(numbers[2], numbers[0], numbers[1]))
        case [1 | 2, 1 | 2, 2]:
            first, second, last = (int(one) for one in numbers)
            return _only(
                _possible(_year(last), second, first)
                | _possible(_year(last), first, second)
                | (_possible(_year(first), second, last) if len(numbers[0]) == 2 else set())  # noqa: PLR2004 - digits
            )
    raise ValueError("no order of day, month and year that is certain")


def _possible(year: str | int, number: str | int, day: str | int) -> set[Day]:
    try:
        date(int(year), int(number), int(day))
    except ValueError:
        return set()
    return {Day(int(year), int(number), int(day))}


def _only(days: set[Day]) -> Day:
    """The day, if the numbers have only one reading: `07/25/2022` and `10/30/23`, but not `05/06/2022`."""
    if len(days) != 1:
        raise ValueError("more orders of day, month and year than one, or none")
    return days.pop()
