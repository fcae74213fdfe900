"""
Queries of feeds: `?limit=20&brief=200` → a view, or what is wrong. Pure.

The names and meanings are RSSHub's where it has them (docs.rsshub.app, parameters). Unknown names are ignored: readers
add some of their own, such as `_=1700000000` against caches.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta, tzinfo
from functools import partial
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from feedsvc.errors import Fault, FilterError
from feedsvc.filters import parameters as filters
from feedsvc.identity import view_query
from feedsvc.model import FORMATS, MOST_ENTRIES, Cursor, View
from feedsvc.normalize.moments import MOST_HOURS, moment
from feedsvc.normalize.script import CONVERSIONS
from feedsvc.web.embeds import asked as asked_frame

#: RSSHub's bound: a shorter text says nothing.
LEAST_BRIEF = 100
MOST_BRIEF = 99_999

NUMBER = re.compile(r"[1-9][0-9]{0,4}")

#: Each number is within SQLite's and PostgreSQL's BIGINT.
CURSOR = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")

#: A `+` in a query is a blank.
BLANK_ZONE = re.compile(r" (?=[0-9]{2}:?[0-9]{2}\Z)")

#: RSSHub counts in seconds.
SECONDS = re.compile(r"[0-9]{1,10}")

#: The end of the address of a feed's page. No slug has a dot.
FEED_PAGE = re.compile(r"/feeds/[^/.]+\Z")


#: The ends of addresses with parameters of their own, and of addresses that take none.
WITH_OWN_QUERY = re.compile(r"/\Z|/feeds\.opml\Z")
OWN_QUERY = frozenset({"q", "feed"})
#: The search, as a page and as documents. A feed may have the slug `search`: then its name has a `q` that says nothing.
SEARCH = re.compile(r"/search(?:\.(?:rss|atom|json))?\Z")
FILTERING = re.compile(r"/feeds/[^/]+/filter\Z")
FRAME = re.compile(r"/embed/[^/]+\Z|/feeds/[^/]+/embed\Z")
WITHOUT_VIEWS = re.compile(r"/page/[^/]+\Z|/archive/[^/]+\Z|/articles/[^/]+\Z|/static/[^/]+\Z|/robots\.txt\Z")


def _limit(text: str, _: tzinfo) -> dict[str, Any] | None:
    return {"limit": int(text)} if NUMBER.fullmatch(text) and int(text) <= MOST_ENTRIES else None


def _brief(text: str, _: tzinfo) -> dict[str, Any] | None:
    return {"brief": int(text)} if NUMBER.fullmatch(text) and int(text) >= LEAST_BRIEF else None


def _after(text: str, _: tzinfo) -> dict[str, Any] | None:
    found = CURSOR.fullmatch("0-0" if text == "0" else text)
    return {"after": Cursor(revision=int(found[1]), position=int(found[2]))} if found else None


def _since(text: str, zone: tzinfo) -> dict[str, Any] | None:
    found = moment(BLANK_ZONE.sub("+", text), zone)
    return None if found is None else {"since": found}


def _filter_time(text: str, _: tzinfo) -> dict[str, Any] | None:
    """RSSHub's name of `since`, in seconds; whole hours count."""
    hours = math.ceil(int(text) / 3600) if SECONDS.fullmatch(text) else 0
    return {"since": timedelta(hours=hours)} if 0 < hours <= MOST_HOURS else None


def _hours(text: str, _: tzinfo) -> dict[str, Any] | None:
    """FreshRSS's name of `since`."""
    hours = int(text) if NUMBER.fullmatch(text) else 0
    return {"since": timedelta(hours=hours)} if 0 < hours <= MOST_HOURS else None


def _filter(name: str, text: str, _: tzinfo) -> dict[str, Any] | None:
    """A filter is read together with the others."""
    is_allowed = text in {"true", "false"} if name == filters.CASE else bool(text)
    return {name: text} if is_allowed else None


def _among(**values: dict[str, Any]) -> Callable[[str, tzinfo], dict[str, Any] | None]:
    return lambda text, _: values.get(text)


#: Parameters that cannot stand together with `after`.
NOT_AFTER = ("since", "hours", "filter_time", "sorted")

#: Parameter → the fields that its value sets; None: the value is not allowed.
PARAMETERS: dict[str, Callable[[str, tzinfo], dict[str, Any] | None]] = {
    "after": _after,
    "since": _since,
    "hours": _hours,
    "filter_time": _filter_time,
    "limit": _limit,
    "nb": _limit,
    "limit_posts": _limit,
    "sorted": _among(true={"is_sorted": True}, false={"is_sorted": False}),
    "brief": _brief,
    # RSSHub's name for the full content is `fulltext`.
    "mode": _among(summary={"has_content": False}, full={"has_content": True}, fulltext={"has_content": True}),
    "opencc": _among(**{one: {"opencc": one} for one in CONVERSIONS}),
    "format": _among(**{form: {"format": form} for form in FORMATS}),
    **{name: partial(_filter, name) for name in filters.NAMES},
}


#: A parameter of RSSHub, FreshRSS or rss-funnel → ours. Two different values of one parameter are wrong.
OTHER_NAMES = {"nb": "limit", "limit_posts": "limit", "hours": "since", "filter_time": "since"}

#: Signs of a value that is no text: bytes that are not UTF-8 became the first one.
NO_TEXT = frozenset("\N{REPLACEMENT CHARACTER}\0")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A parameter that cannot be used."""

    #: The text that says why.
    kind: Literal["not_allowed", "no_text", "repeated", "same", "exclusive", "wrong_filter"]
    #: As the query has it. Several that are the same parameter: with ` / ` between them.
    name: str
    #: The fault of a filter.
    fault: Fault | None = None


def parse(query: str, zone: tzinfo) -> View | list[Wrong]:
    """
    The view of a query, or its wrong parameters. No part of the query is repeated.

    `zone` is that of dates without one. Equal views have equal results of `canonical`.
    """
    return parse_pairs(pairs_of(query), zone)


def parse_pairs(pairs: Iterable[tuple[str, str]], zone: tzinfo) -> View | list[Wrong]:
    """The view of the parameters of a query, or those that are wrong."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        if name in PARAMETERS and value not in given.setdefault(name, []):
            given[name].append(value)
    problems = sorted([*_wrong_values(given, zone), *_repeated(given, zone)], key=_place)
    if "after" in given:
        problems += [Wrong("exclusive", name) for name in NOT_AFTER if name in given]
    chosen = tuple((name, given[name][0]) for name in filters.NAMES if name in given)
    if not any(one.name in filters.NAMES for one in problems):
        problems += _wrong_filters(chosen, zone)
    if problems:
        return problems
    fields: dict[str, Any] = {}
    for name, read in PARAMETERS.items():
        if name in given and name not in filters.NAMES:
            fields |= read(given[name][0], zone) or {}
    return _plain(View(**fields, filters=chosen))


def _place(wrong: Wrong) -> int:
    """The place of a parameter among all."""
    return list(PARAMETERS).index(wrong.name.partition(" ")[0])


def is_text(value: str) -> bool:
    """Whether a value of a query can be a text that somebody looks for."""
    return not NO_TEXT & set(value)


def _wrong_values(given: Mapping[str, Sequence[str]], zone: tzinfo) -> Iterator[Wrong]:
    for name, values in given.items():
        if not all(map(is_text, values)):
            yield Wrong("no_text", name)
        elif any(PARAMETERS[name](value, zone) is None for value in values):
            yield Wrong("not_allowed", name)


def _repeated(given: Mapping[str, Sequence[str]], zone: tzinfo) -> Iterator[Wrong]:
    """The parameters with two different values, also under two names."""
    names: dict[str, list[str]] = {}
    for name in PARAMETERS:
        if name in given:
            names.setdefault(OTHER_NAMES.get(name, name), []).append(name)
    for same in names.values():
        found = [PARAMETERS[name](value, zone) for name in same for value in given[name]]
        if any(one != found[0] for one in found):
            yield Wrong("repeated" if len(same) == 1 else "same", " / ".join(same))


def parse_search(query: str, zone: tzinfo) -> View | list[Wrong]:
    """The view of a search, whose words stand in `q`: `search` is another name of it, and one of them is needed."""
    pairs = [("search" if name == "q" else name, value) for name, value in pairs_of(query)]
    if not any(name == "search" for name, _ in pairs):
        return [Wrong("not_allowed", "q")]
    found = parse_pairs(pairs, zone)
    if isinstance(found, View):
        return found
    return [replace(one, name="q") if one.name == "search" else one for one in found]


def pairs_of(query: str) -> list[tuple[str, str]]:
    """The parameters of a query. WSGI gives each byte as a character (PEP 3333): `?filter=手机` need not be encoded."""
    if not query.isascii():
        with suppress(UnicodeEncodeError):
            query = query.encode("latin-1").decode("utf-8", "replace")
    return parse_qsl(query, keep_blank_values=True)


def _wrong_filters(chosen: tuple[tuple[str, str], ...], zone: tzinfo) -> list[Wrong]:
    try:
        filters.chosen(chosen, zone)
    except FilterError as error:
        return [Wrong("wrong_filter", str(one.path[0]), one) for one in error.faults]
    return []


def _plain(view: View) -> View:
    """A view without what changes nothing: a brief text stands in place of the content anyway."""
    if {name for name, _ in view.filters} <= {filters.CASE}:
        view = replace(view, filters=())
    return view if view.brief is None else replace(view, has_content=True)


def canonical(view: View) -> str:
    """The query of a view in a fixed order, without its format. Empty: the feed's own document."""
    return view_query(view)


def name_of(path: str, query: str, zone: tzinfo) -> str | None:
    """
    The name under which an answer is kept in memory: equal views of an address have one name.

    A view without any field has the address itself as its name. None: the query is wrong.
    """
    # Decoded, as Flask reads them: `%71=x` is `q=x`.
    given = MultiDict(pairs_of(query))
    if FILTERING.search(path):
        return None
    if SEARCH.search(path) and "q" in given:
        return _name_of_search(path, query, given.getlist("q"), zone)
    if FRAME.search(path):
        return path + asked_frame(given).query
    if WITH_OWN_QUERY.search(path):
        return None if OWN_QUERY & given.keys() else path
    # The page of a feed takes parameters only together with `format`.
    if WITHOUT_VIEWS.search(path) or (FEED_PAGE.search(path) and "format" not in given):
        return path
    view = parse(query, zone)
    if not isinstance(view, View):
        return None
    asked = canonical(view)
    form = f"format={view.format}&" if FEED_PAGE.search(path) and view.format else ""
    return f"{path}?{form}{asked}" if asked or form else path


def _name_of_search(path: str, query: str, words: list[str], zone: tzinfo) -> str | None:
    view = parse(query, zone)
    if not isinstance(view, View):
        return None
    asked = urlencode([*(("q", one) for one in dict.fromkeys(words)), ("format", view.format or "")])
    return f"{path}?{asked}&{canonical(view)}"
