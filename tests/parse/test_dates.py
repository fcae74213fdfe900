"""Dates of feeds: from whichever element has one, in whatever form; what is not certain is no date, and is reported."""

import json
from datetime import UTC, datetime
from html import escape
from zoneinfo import ZoneInfo

import pytest

from feedsvc.model import FetchPolicy, ParsedFeed, RawEntry, SourceSpec, UpstreamSpec
from feedsvc.parse.seed import parse as parse_seed
from feedsvc.parse.upstream import parse_upstream

SHANGHAI = ZoneInfo("Asia/Shanghai")
SPEC = UpstreamSpec(
    name="news", url="https://news.example/feed", policy=FetchPolicy(user_agent="t"), timezone=SHANGHAI,
    tag="feeds.example.org,2026",
)  # fmt: skip

#: Every name that an element of a date has, with its namespace.
NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" xmlns:a="http://www.w3.org/2005/Atom"'
)

NEW, OLD = "2022-07-25T14:48:32+08:00", "2021-07-25T14:48:32+08:00"


def feed(items: str, namespaces: str = NAMESPACES) -> ParsedFeed:
    """An RSS feed of these items."""
    document = f'<rss version="2.0" {namespaces}><channel><title>站</title>{items}</channel></rss>'
    return parse_upstream(document.encode(), "", SPEC.url, SPEC)


def item(dates: str, namespaces: str = NAMESPACES) -> RawEntry:
    """The only entry of an RSS feed."""
    (found,) = feed(f"<item><guid>1</guid><title>题</title>{dates}</item>", namespaces).entries
    return found


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("Wed, 20 Jul 2022 10:00:00 -0000", 10),
        ("Wed, 20 Jul 2022 10:00:00 +01:00", 9),
        ("Wed, 20 Jul 2022 10:00:00 +8", 2),
        ("Wed, 20 Jul 2022 10:00:00 CEST", 8),
        ("Wed, 20 Jul 2022 02:00:32 PM +0000", 14),
        ("2022-07-20 10:00:00 CST", 2),
        ("2022年7月20日 上午10:30", 2),
        ("2022年7月20日 星期三 12:30", 4),
        ('"Wed, 20 Jul 2022 10:00:00 GMT"', 10),
        ("Ср, 20 июл 2022 10:00:00 +0300", 7),
        ("1658318400", 12),
    ],
)
def test_a_date_of_a_feed_is_the_moment_that_was_written(written: str, hour: int) -> None:
    """RSS, Atom and JSON Feed give the same moment for a date."""
    rss = item(f"<pubDate>{escape(written)}</pubDate>")
    entry = f"<entry><id>1</id><title>a</title><published>{escape(written)}</published></entry>"
    (atom,) = parse_upstream(
        f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode(), "", SPEC.url, SPEC
    ).entries
    document = {"items": [{"id": "1", "title": "a", "date_published": written}]}
    (from_json,) = parse_upstream(json.dumps(document).encode(), "application/json", SPEC.url, SPEC).entries

    for found in (rss.published, atom.published, from_json.published):
        assert found is not None
        assert found.replace(minute=0, second=0) == datetime(2022, 7, 20, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "is_reported"),
    [
        ("昨天 14:48", True), ("05/06/2022 14:48", True), ("20 listopada 2022", True),
        ("Wed, 20 Jul 2022 10:00 XYZ", True),
        ("Thu, 01 Jan 1970 00:00:00 GMT", False), ("Mon, 01 Jan 0001 00:00:00 +0000", False), ("0", False),
        ("Wed, 30 Nov -0001 00:00:00 +0000", False), ("31 Dec 1970 10:00 GMT", False),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_no_date(written: str, is_reported: bool) -> None:  # noqa: FBT001 - a parameter of a table
    """An uncertain date is left out and reported. A placeholder is left out without a report."""
    found = feed(f"<item><guid>1</guid><title>题</title><pubDate>{written}</pubDate></item>")

    assert found.entries[0].published is None
    assert [one for one in found.problems if "cannot read the date" in one] == list(found.problems)
    assert len(found.problems) == is_reported


@pytest.mark.parametrize(
    ("dates", "published", "updated"),
    [
        ("<pubDate>{new}</pubDate><dc:date>{old}</dc:date>", NEW, OLD),
        ("<dc:date>{old}</dc:date><pubDate>{new}</pubDate>", NEW, OLD),
        ("<dc:date>{new}</dc:date>", NEW, NEW),
        ("<dcterms:issued>{old}</dcterms:issued><dcterms:modified>{new}</dcterms:modified>", OLD, NEW),
        ("<dcterms:modified>{new}</dcterms:modified><dcterms:created>{old}</dcterms:created>", OLD, NEW),
        ("<dcterms:date>{new}</dcterms:date>", NEW, NEW),
        ("<dc:date>{old}</dc:date><dcterms:modified>{new}</dcterms:modified>", OLD, NEW),
        ("<dcterms:modified>{new}</dcterms:modified><dc:date>{old}</dc:date>", OLD, NEW),
        ("<pubDate>{new}</pubDate><dcterms:issued>gestern</dcterms:issued>", NEW, None),
        ("<pubDate>gestern</pubDate><pubDate>{new}</pubDate>", NEW, None),
        ("<pubDate><![CDATA[ {new} ]]></pubDate>", NEW, None),
        ("<pubDate><span>{new}</span></pubDate>", NEW, None),
        ("<pubDate>2022-07-25T14:48:32&amp;#43;08:00<!-- {old} --></pubDate>", NEW, None),
        ("<source><pubDate>{old}</pubDate></source><pubDate>{new}</pubDate>", NEW, None),
        ('<x:created xmlns:x="urn:x">{old}</x:created><pubDate>{new}</pubDate>', NEW, None),
        ('<x:updated xmlns:x="urn:x">{old}</x:updated>', None, None),
        ("<prism:publicationDate>{new}</prism:publicationDate>", NEW, None),
        ("<prism:coverDate>{new}</prism:coverDate>", NEW, None),
        ("<prism:publicationDate>{old}</prism:publicationDate><dc:date>{new}</dc:date>", NEW, NEW),
        ("<a:published>{old}</a:published><a:updated>{new}</a:updated>", OLD, NEW),
        ("<pubDate>昨天</pubDate><dc:date>{new}</dc:date>", NEW, NEW),
        ("<pubDate></pubDate><dcterms:created>{new}</dcterms:created>", NEW, None),
        ("<pubDate>0001-01-01T00:00:00Z</pubDate><dc:date>{new}</dc:date>", NEW, NEW),
        ("", None, None),
    ],
)
def test_the_surest_element_says_when(dates: str, published: str | None, updated: str | None) -> None:
    """Publication counts before creation, creation before change, and PRISM's dates last."""
    found = item(dates.format(new=NEW, old=OLD))

    assert found.published == (published and datetime.fromisoformat(published))
    assert found.updated == (updated and datetime.fromisoformat(updated))


@pytest.mark.parametrize("version", ["1.2/basic/", "basic/2.0/", "basic/2.1/", "basic/3.0/"])
def test_prism_counts_in_every_version(version: str) -> None:
    """All of PRISM's namespaces are read."""
    namespaces = f'xmlns:prism="http://prismstandard.org/namespaces/{version}"'
    found = item("<prism:publicationDate>2023-09</prism:publicationDate>", namespaces)

    assert found.published == datetime(2023, 8, 31, 16, tzinfo=UTC)


def test_a_broken_feed_has_dates() -> None:
    """In a document that is not well-formed, the remaining dates are read in the same way."""
    dates = "<pubDate>2022-07-25T14:48:32 CST</pubDate><dc:date>昨天</dc:date>"
    found = feed(f"<item><guid>1</guid><title>a & b</title>{dates}</item>")

    assert found.entries[0].published == datetime.fromisoformat(NEW)


def test_atom_0_3_has_other_names() -> None:
    """`issued`, `created` and `modified` are read as `published` and `updated`."""
    document = (
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>站</title>'
        f"<entry><id>1</id><title>a</title><issued>{OLD}</issued><created>2020-01-01</created><modified>{NEW}</modified>"
        f"</entry><entry><id>2</id><title>b</title><created>{OLD}</created><modified>{NEW}</modified></entry></feed>"
    )

    assert [
        (one.published, one.updated) for one in parse_upstream(document.encode(), "", SPEC.url, SPEC).entries
    ] == 2 * [(datetime.fromisoformat(OLD), datetime.fromisoformat(NEW))]


@pytest.mark.parametrize(
    ("dates", "published"),
    [
        ({"date_published": NEW, "date_modified": OLD}, NEW),
        ({"date_modified": NEW}, NEW),
        ({"date_published": "昨天", "date_modified": NEW}, NEW),
        ({"date_published": 1658731712}, NEW),
        ({"date_published": 1658731712000}, NEW),
        ({"date_published": 1658731712.5}, NEW),
        ({"date_published": None}, None),
        ({"date_published": [NEW]}, None),
    ],
)
def test_json_feed_dates(dates: dict[str, object], published: str | None) -> None:
    """The date of change is used if there is no other. Numbers are seconds or milliseconds."""
    document = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "a", **dates}]}
    )
    (found,) = parse_upstream(document.encode(), "application/json", SPEC.url, SPEC).entries

    assert found.published == (published and datetime.fromisoformat(published))


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("1969-07-20 20:17 UTC", datetime(1969, 7, 20, 20, 17, tzinfo=UTC)),
        ("1990-02-01", datetime(1990, 1, 31, 16, tzinfo=UTC)),
        ("2022年7月25日 下午2:48", datetime(2022, 7, 25, 6, 48, tzinfo=UTC)),
        ("Mon, 25 Jul 2022 14:48:32 CST", datetime(2022, 7, 25, 6, 48, 32, tzinfo=UTC)),
        ("1970-01-01T00:00:00Z", None),
        ("0001-01-01", None),
    ],
)
def test_a_seed_may_be_old(written: str, moment: datetime | None) -> None:
    """An author may date an article of 1969. The epoch itself and the year 1 are still no dates."""
    spec = SourceSpec(name="a", kind="seeds", path="seeds", tag="feeds.example.org,2026", timezone=SHANGHAI)
    entry = parse_seed(f"---\ntitle: 题\ndate: {written}\n---\n文\n".encode(), "a.md", spec)

    assert entry is not None
    assert entry.published == moment
