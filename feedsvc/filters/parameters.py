"""
Filters of a query: `?filter_title=芯片&filterout=广告` → a filter. Pure.

The names and meanings are RSSHub's (docs.rsshub.app, parameters). There, `filter_title` is ignored beside `filter`, and
`filterout_title` takes the place of `filterout`. Here, all of them count.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import tzinfo

from feedsvc.errors import Fault, FilterError
from feedsvc.filters import searching
from feedsvc.filters.faults import faulty
from feedsvc.filters.kinds.combined import AllOf, AnyOf, NoneOf
from feedsvc.filters.kinds.regex import Regex
from feedsvc.filters.patterns import MAX_PUBLIC_PATTERN, require_small
from feedsvc.model import Filter

#: The last part of a parameter's name → the field.
FIELDS = {"title": "title", "description": "content", "author": "author", "category": "category"}

#: The fields in which `filter` and `filterout` search: RSSHub's.
KEPT, DROPPED = ("title", "author", "category", "content"), ("title", "content")

#: In their order in an address. `filter_case_sensitive` changes the others.
NAMES = (
    "filter", *(f"filter_{name}" for name in FIELDS), "filterout", *(f"filterout_{name}" for name in FIELDS),
    "filter_case_sensitive", "search",
)  # fmt: skip

CASE = "filter_case_sensitive"


def chosen(given: Iterable[tuple[str, str]], zone: tzinfo) -> Filter | None:
    """
    The filter of parameters, each with its value; None for none. `zone` is that of dates.

    Raises FilterError with all faults, whose paths begin with the name of a parameter.
    """
    values = dict(given)
    is_cased = values.pop(CASE, "true") == "true"
    filters: list[Filter] = []
    faults: list[Fault] = []
    for name, value in values.items():
        try:
            filters.append(_filter(name, value, zone, is_cased=is_cased))
        except FilterError as error:
            faults += error.within(name).faults
    if faults:
        raise FilterError(faults)
    return AllOf(filters=tuple(filters)) if filters else None


def needed(given: Iterable[tuple[str, str]]) -> list[str]:
    """Words that every entry of these parameters has in its title, its text or the names of its authors."""
    return [word for name, value in given if name == "search" for word in searching.needed(value)]


def _filter(name: str, value: str, zone: tzinfo, *, is_cased: bool) -> Filter:
    if name == "search":
        return searching.chosen(value, zone)
    if len(value) > MAX_PUBLIC_PATTERN:
        raise faulty("length", most=MAX_PUBLIC_PATTERN)
    verb, _, part = name.partition("_")
    fields = (FIELDS[part],) if part else KEPT if verb == "filter" else DROPPED
    require_small(value, is_cased=is_cased)
    found = tuple(Regex(field=field, pattern=value, is_cased=is_cased) for field in fields)
    combined: Mapping[str, Callable[..., Filter]] = {"filter": AnyOf, "filterout": NoneOf}
    return combined[verb](filters=found)
