"""
A search: `华为 "折叠 屏" -广告 title:新机 date:2026-11` → a filter. Pure.

Every word has to occur, in the title, the text or the name of an author. Width, case and script do not count. A minus
excludes a word. Quotation marks make one phrase of several words, and take its meaning from a minus or a colon.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from feedsvc.filters.faults import faulty
from feedsvc.filters.folding import folded
from feedsvc.filters.kinds.age import Newer, Older
from feedsvc.filters.kinds.combined import AllOf, AnyOf, NoneOf
from feedsvc.filters.kinds.words import Words
from feedsvc.model import Filter

MAX_QUERY = 200
MAX_TERMS = 20

#: The fields of a word without a field.
ANYWHERE = ("title", "content", "author")

#: The name of a field in a search → the field.
FIELDS = {"title": "title", "text": "content", "author": "author", "source": "source", "category": "category"}

#: A blank may stand after the colon, and case does not count.
NAMED = rf"(?i:{'|'.join((*FIELDS, 'date'))})[:：]"
TERM = re.compile(
    rf"""(?P<minus>[-－])?(?:(?P<field>{NAMED})[\s　]*(?!{NAMED}))?"""
    r"""(?:["“”„](?P<phrase>[^"“”„]*)["“”„]?|(?P<word>[^\s　"“”„]+))"""
)
LONELY = re.compile(NAMED)
PHRASE_OR_WORD = re.compile(r"""["“”„]([^"“”„]*)["“”„]?|([^\s　"“”„]+)""")

#: Words that need no quotation marks.
PLAIN, QUOTED = re.compile(r"[^\W_]+"), '"{}"'

#: Words by which other searches combine words.
OPERATORS = frozenset({"OR", "AND", "NOT"})

DATE = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?)?")


class Term(NamedTuple):
    """A part of a search."""

    is_excluded: bool
    #: Empty for none.
    field: str
    #: Empty for a field without a word.
    text: str
    #: Whether it is a word by which other searches combine words.
    is_operator: bool = False


def terms(query: str) -> list[Term]:
    """
    The parts of a search. A field that does not exist is a part of its word: `http://a.example`.

    A field without a word has an empty text.
    """
    found = []
    for match in TERM.finditer(query):
        field, text = (match["field"] or "")[:-1].lower(), match["phrase"] if match["word"] is None else match["word"]
        if match["word"] and LONELY.fullmatch(text):
            field, text = text[:-1].lower(), ""
        if field or folded(text):
            is_operator = not field and match["word"] in OPERATORS
            found.append(Term(match["minus"] is not None, field, text if folded(text) else "", is_operator))
    return found


def words(text: str) -> list[str]:
    """The words and phrases of a text in which no sign but quotation marks has a meaning."""
    found = (phrase or word for phrase, word in PHRASE_OR_WORD.findall(text))
    return [one for one in found if folded(one)]


def written(found: Iterable[Term]) -> str:
    """A search with these terms: `terms` reads the same terms."""
    return " ".join(
        f"{'-' if one.is_excluded else ''}{one.field and f'{one.field}:'}"
        f"{one.text if PLAIN.fullmatch(one.text) and one.text not in OPERATORS else QUOTED.format(one.text)}"
        for one in found
    )


def chosen(query: str, zone: tzinfo) -> Filter:
    """The filter of a search. `zone` is that of dates. Raises FilterError."""
    found = terms(query)
    for one in found:
        if not one.text:
            raise faulty("no_word", field=one.field)
        if one.is_operator:
            raise faulty("operator", word=one.text)
    if not found or len(query) > MAX_QUERY or len(found) > MAX_TERMS:
        raise faulty("words", most=MAX_TERMS, longest=MAX_QUERY)
    wanted = [_filter(one, zone) for one in found if not one.is_excluded]
    excluded = [_filter(one, zone) for one in found if one.is_excluded]
    return AllOf(filters=(*wanted, *([NoneOf(filters=tuple(excluded))] if excluded else [])))


def needed(query: str) -> list[str]:
    """The words and phrases that every entry of a search has in its title, its text or the names of its authors."""
    return [
        one.text
        for one in terms(query)
        if one.text and not one.is_excluded and one.field in {"", "title", "text", "author"}
    ]


def _filter(term: Term, zone: tzinfo) -> Filter:
    if term.field == "date":
        return _between(term.text, zone)
    fields = (FIELDS[term.field],) if term.field else ANYWHERE
    found = tuple(Words(field=field, words=(term.text,)) for field in fields)
    return found[0] if len(found) == 1 else AnyOf(filters=found)


def _between(text: str, zone: tzinfo) -> Filter:
    """`2026`, `2026-11`, `2026-11-24`, and ranges of them: `2026-11..2026-12`, `2026-11-24..`, `..2025`."""
    first, dots, last = text.partition("..")
    if not first and not last:
        raise faulty("date")
    begin = _moment(first, zone) if first else None
    end = _moment(last or first, zone, is_end=True) if last or not dots else None
    if begin and end and begin >= end:
        raise faulty("dates_reversed")
    filters = (Newer(newer=begin) if begin else None, Older(older=end) if end else None)
    return AllOf(filters=tuple(one for one in filters if one))


def _moment(text: str, zone: tzinfo, *, is_end: bool = False) -> datetime:
    """The beginning of a year, a month or a day; or its end."""
    match = DATE.fullmatch(text)
    if match is None:
        raise faulty("date")
    parts = [int(match[name]) for name in ("year", "month", "day") if match[name]]
    try:
        begin = date(*parts, *[1] * (3 - len(parts)))
        day = NEXT[len(parts)](begin) if is_end else begin
    except (ValueError, OverflowError) as error:
        raise faulty("date") from error
    return datetime(day.year, day.month, day.day, tzinfo=zone)


#: The number of parts of a date → the day after the year, the month or the day.
NEXT: dict[int, Callable[[date], date]] = {
    1: lambda day: day.replace(year=day.year + 1),
    2: lambda day: (day.replace(day=1) + timedelta(days=31)).replace(day=1),
    3: lambda day: day + timedelta(days=1),
}
