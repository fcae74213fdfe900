"""Queries of feeds: their values, what is refused, and the one form of equal queries."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.model import BEGINNING, FORMATS, Cursor, View
from feedsvc.texts import LANGUAGES
from feedsvc.web.query import PARAMETERS, Wrong, canonical, name_of, parse

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("query", "view"),
    [
        ("", View()),
        ("_=1700000000", View()),
        ("utm_source=x&Limit=5&LIMIT=6&&=&a", View()),
        ("limit=1", View(limit=1)),
        ("limit=500", View(limit=500)),
        ("limit=5&limit=5", View(limit=5)),
        ("%6Cimit=%35", View(limit=5)),
        ("sorted=false", View(is_sorted=False)),
        ("sorted=true", View()),
        ("brief=100", View(brief=100)),
        ("brief=100&mode=summary", View(brief=100)),
        ("mode=summary", View(has_content=False)),
        ("mode=full", View()),
        ("mode=fulltext", View()),
        ("format=json", View(format="json")),
        ("opencc=s2hk", View(opencc="s2hk")),
        ("since=1d&hours=24&filter_time=86000&hours=24", View(since=timedelta(hours=24))),
        ("_=%BB%AA%00&filter=\xe4\xba\x91", View(filters=(("filter", "云"),))),
        ("nb=20&hours=24", View(limit=20, since=timedelta(hours=24))),
        ("limit_posts=5&limit=5&nb=5", View(limit=5)),
        ("after=0", View(after=BEGINNING)),
        ("after=0-0", View(after=BEGINNING)),
        ("after=12-345", View(after=Cursor(revision=12, position=345))),
        ("after=0&limit=20&mode=summary", View(after=BEGINNING, limit=20, has_content=False)),
    ],
)
def test_views(query: str, view: View) -> None:
    """A query is a view. Unknown parameters and usual values change nothing."""
    assert parse(query, ZONE) == view


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("2026-11-24T12:00:00Z", NOON),
        ("2026-11-24T20:00:00%2B08:00", NOON),
        ("2026-11-24T20:00:00+08:00", NOON),
        ("2026-11-24T20:00:00+0800", NOON),
        ("2026-11-24T20:00", NOON),
        ("2026-11-24 20:00:00.999", NOON),
        ("20261124T120000Z", NOON),
        ("2026-11-24", datetime(2026, 11, 23, 16, tzinfo=UTC)),
        ("1795521600", NOON),
        ("48h", timedelta(hours=48)),
        ("2d", timedelta(hours=48)),
        ("2w", timedelta(days=14)),
        ("PT48H", timedelta(hours=48)),
        ("P2D", timedelta(hours=48)),
        ("P1W", timedelta(days=7)),
        ("p1dt24h", timedelta(hours=48)),
    ],
)
def test_since(text: str, since: datetime | timedelta) -> None:
    """`since` is a time, in the zone of the site if it names none, or a duration."""
    assert parse(f"since={text}", ZONE) == View(since=since)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("limit", ["0", "501", "-1", "", "x", "5.0", "1e2", "05", "٥", " 5", "99999999999999999999"]),
        ("sorted", ["", "False", "0", "no"]),
        ("brief", ["99", "0", "", "-100", "100000", "1" * 5000]),
        ("mode", ["", "Summary", "short"]),
        ("format", ["", "rss3", "JSON", "xml"]),
        ("after", ["", "-1", "1", "1-", "-", "1-2-3", "1--2", "0-1x", "9" * 19 + "-1", "１-２"]),
        (
            "since",
            [
                *("", "now", "0", "12345678", "2026", "2026-13-01", "0h", "P", "PT", "P1M", "99999d", "-1h", "1" * 12),
                *("0001-01-01", "9999-12-31T23:59:59-23:59", "2026-11-24T25:00", "2026-W99", "x" * 5000),
            ],
        ),
    ],
)
def test_refused_values(name: str, values: list[str]) -> None:
    """A value that is not allowed names its parameter, and nothing of itself."""
    assert {value: parse(f"{name}={value}", ZONE) for value in values} == {
        value: [Wrong("not_allowed", name)] for value in values
    }


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("limit=5&limit=6", [Wrong("repeated", "limit")]),
        ("limit=5&nb=6", [Wrong("same", "limit / nb")]),
        ("limit=5&nb=5&nb=6", [Wrong("same", "limit / nb")]),
        ("nb=5&nb=6", [Wrong("repeated", "nb")]),
        ("since=1h&filter_time=7200", [Wrong("same", "since / filter_time")]),
        ("hours=1&filter_time=7200", [Wrong("same", "hours / filter_time")]),
        ("hours={0}", [Wrong("not_allowed", "hours")]),
        ("hours=7d", [Wrong("not_allowed", "hours")]),
        ("hours=87601", [Wrong("not_allowed", "hours")]),
        ("nb=501", [Wrong("not_allowed", "nb")]),
        ("filter=%BB%AA%CE%AA", [Wrong("no_text", "filter")]),
        ("search=a%00", [Wrong("no_text", "search")]),
        ("filter_title=\xbb\xaa", [Wrong("no_text", "filter_title")]),
        ("after=0&hours=5", [Wrong("exclusive", "hours")]),
        ("limit=0&limit=0&mode=x", [Wrong("not_allowed", "limit"), Wrong("not_allowed", "mode")]),
        ("after=0&since=2d", [Wrong("exclusive", "since")]),
        ("sorted=true&after=0", [Wrong("exclusive", "sorted")]),
    ],
)
def test_contradictions(query: str, wrong: list[Wrong]) -> None:
    """Two values of a parameter, and parameters that exclude each other, are named."""
    assert parse(query, ZONE) == wrong


CURSORS = st.one_of(
    st.just(BEGINNING), st.builds(Cursor, revision=st.integers(0, 10**18 - 1), position=st.integers(0, 10**18 - 1))
)
TIMES = st.datetimes(datetime(1970, 1, 2), datetime(9000, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)
DURATIONS = st.integers(1, 87_600).map(lambda hours: timedelta(hours=hours))
SIZES = {"limit": st.none() | st.integers(1, 500), "brief": st.none() | st.integers(100, 99_999)}
NEWEST = st.builds(View, since=st.none() | TIMES | DURATIONS, is_sorted=st.booleans(), **SIZES)
CHANGES = st.builds(View, after=CURSORS, **SIZES)


@given(view=NEWEST | CHANGES)
def test_the_canonical_query_is_the_view(view: View) -> None:
    """The canonical query of a view gives the view back, so one view has one query."""
    assert parse(canonical(view), ZONE) == view


@given(
    query=st.text(max_size=60) | st.lists(st.sampled_from([*PARAMETERS, "=", "&", "5", "0-1", "%", "+"])).map("".join)
)
def test_any_text_is_a_query(query: str) -> None:
    """Whatever a client sends is a view, or refused by the names of parameters."""
    found = parse(query, ZONE)

    assert isinstance(found, View) or (
        found and {part for one in found for part in one.name.split(" / ")} <= PARAMETERS.keys()
    )


@pytest.mark.parametrize(
    ("path", "query", "name"),
    [
        ("/feeds/all.rss", "limit=5&_=1", "/feeds/all.rss?limit=5"),
        ("/feeds/all.rss", "sorted=false&limit=5", "/feeds/all.rss?limit=5&sorted=false"),
        ("/feeds/all.rss", "_=1&mode=full", "/feeds/all.rss"),
        ("/feeds/all.rss", "format=json", "/feeds/all.rss"),
        ("/feeds/all", "limit=5", "/feeds/all"),
        ("/news/feeds/all", "limit=5&format=json", "/news/feeds/all?format=json&limit=5"),
        ("/feeds/all.rss", "limit=0", None),
        ("/feeds/all", "limit=0", "/feeds/all"),
        ("/feeds/all/archive/1.rss", "limit=5", "/feeds/all/archive/1.rss"),
        ("/articles/1", "brief=200", "/articles/1"),
        ("/", "_=1", "/"),
        ("/", "limit=5", "/"),
        ("/", "q=a", None),
        ("/feeds.opml", "feed=all", None),
        ("/", "%71=a", None),
        ("/feeds.opml", "%66eed=all", None),
        ("/feeds/all", "%66ormat=rss", "/feeds/all?format=rss&"),
        ("/embed/all", "_=1&%69tems=3", "/embed/all?items=3"),
        ("/embed/all", "items=10&theme=x", "/embed/all"),
        ("/feeds/all/embed", "theme=dark", "/feeds/all/embed?theme=dark"),
        ("/page/2", "q=a", "/page/2"),
    ],
)
def test_names(path: str, query: str, name: str | None) -> None:
    """Answers that are equal have one name in memory."""
    assert name_of(path, query, ZONE) == name


def test_each_parameter_says_what_it_allows() -> None:
    """A new parameter needs a line for the error page, in each language."""
    assert all(texts.allowed.keys() == PARAMETERS.keys() for texts in LANGUAGES.values())
    assert [parse(f"format={form}", ZONE) for form in FORMATS] == [View(format=form) for form in FORMATS]
