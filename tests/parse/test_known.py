"""Entries that are known by their marks are not read again, and nothing comes out otherwise for that."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.model import ParsedFeed
from feedsvc.parse.upstream import parse_upstream
from tests.data.feeds import Article, articles, atom, json_feed, rdf, rss
from tests.parse.test_upstream import SPEC, URL

WRITERS = (rss, atom, rdf)

SOME = articles(12)


def parse(document: str, known: ParsedFeed | None = None, marks: frozenset[str] | None = None) -> ParsedFeed:
    """A document; what another one held, or what has certain marks, is known."""
    named = marks if marks is not None else frozenset(known.marks if known else ())
    return parse_upstream(document.encode(), "", URL, SPEC, named)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(WRITERS), st.sets(st.integers(0, 11)))
def test_the_rest_is_read_as_if_nothing_was_known(write: Callable[[list[Article]], str], numbers: set[int]) -> None:
    """Entries, their order, the feed's title, link and hints: the same; the known ones are named."""
    whole = parse(write(SOME))
    part = parse(write(SOME), marks=frozenset(whole.marks[number] for number in numbers))

    assert part.entries == tuple(one for number, one in enumerate(whole.entries) if number not in numbers)
    assert [one.guid for one in part.known] == [whole.entries[number].guid for number in sorted(numbers)]
    assert (part.title, part.link, part.hints, part.marks) == (whole.title, whole.link, whole.hints, whole.marks)


@pytest.mark.parametrize("write", WRITERS)
def test_what_is_new_is_read_alone(write: Callable[[list[Article]], str]) -> None:
    """Newer entries on top, older ones gone."""
    before = parse(write(articles(12)))
    after = parse(write(articles(14)[:12]), before)

    assert [one.key for one in after.entries] == [str(one.number) for one in articles(14)[:2]]
    assert len(after.known) == 10


def test_a_feed_that_is_all_known_has_no_entries_to_read() -> None:
    """It is a feed all the same."""
    document = rss(SOME)
    feed = parse(document, parse(document))

    assert (feed.entries, len(feed.known), feed.problems) == ((), 12, ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<channel>", "<channel><language>en</language>"),
        ("<channel>", '<channel xml:base="https://other.example/">'),
        ("<channel>", "<channel><copyright>其他人</copyright>"),
    ],
    ids=["language", "base", "rights"],
)
def test_what_shapes_entries_from_around_them_has_all_read_again(old: str, new: str) -> None:
    """It is not in an entry, and yet part of it."""
    before = rss(SOME).replace("<language>zh-cn</language>", "").replace("<language>zh-CN</language>", "")
    after = before.replace(old, new)
    assert after != before

    assert len(parse(after, parse(before)).entries) == 12


def test_what_changes_all_the_time_has_nothing_read_again() -> None:
    """When a feed was built."""
    before = rss(SOME, head="<lastBuildDate>Tue, 03 Mar 2026 08:00:00 GMT</lastBuildDate>")
    after = before.replace("08:00:00 GMT</lastB", "09:00:00 GMT</lastB")
    assert after != before

    assert len(parse(after, parse(before)).known) == 12


def test_another_article_under_a_known_guid_has_all_read_again() -> None:
    """Which of two is the first, and keeps the guid, only the whole feed tells."""
    before = rss(SOME)
    twin = before[before.index("<item>") : before.index("</item>") + 7]
    other = twin.replace(SOME[0].title, "另一篇").replace("</guid>", "</guid><comments>x</comments>")
    after = before.replace("</channel>", f"{other}</channel>")

    assert parse(after, parse(before)).entries == parse(after).entries
    assert not parse(after, parse(before)).known


def test_a_known_article_in_another_section_has_all_read_again() -> None:
    """It has another guid and link there, and the same key."""
    after = rss([Article(number=SOME[3].number, section="science"), *SOME])

    assert parse(after, parse(rss(SOME))).entries == parse(after).entries


def test_what_is_not_well_formed_is_read_whole() -> None:
    """As far as it goes; nothing of it is known the next time."""
    broken = rss(SOME).replace("<title>", "<title>&nbsp;&", 1)
    feed = parse(broken, parse(rss(SOME)))

    assert (len(feed.entries), feed.known, feed.marks) == (12, (), ())


def test_json_is_read_whole() -> None:
    """It costs little."""
    assert len(parse(json_feed(SOME)).entries) == 12
