"""Entries that are known by their marks are not read again, and nothing comes out otherwise for that."""

from collections.abc import Callable
from dataclasses import replace

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
    """Entries, order, title, link and hints are the same as without known marks."""
    whole = parse(write(SOME))
    part = parse(write(SOME), marks=frozenset(whole.marks[number] for number in numbers))

    assert part.entries == tuple(one for number, one in enumerate(whole.entries) if number not in numbers)
    assert [one.guid for one in part.known] == [whole.entries[number].guid for number in sorted(numbers)]
    assert (part.title, part.link, part.hints, part.marks) == (whole.title, whole.link, whole.hints, whole.marks)


@pytest.mark.parametrize("write", WRITERS)
def test_what_is_new_is_read_alone(write: Callable[[list[Article]], str]) -> None:
    """With newer entries on top and older ones gone, only the new ones are read."""
    before = parse(write(articles(12)))
    after = parse(write(articles(14)[:12]), before)

    assert [one.key for one in after.entries] == [str(one.number) for one in articles(14)[:2]]
    assert len(after.known) == 10


def test_a_feed_that_is_all_known_has_no_entries_to_read() -> None:
    """A feed with known entries only is valid and gives no entries."""
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
    """A change outside the entries that shapes them makes all be read again."""
    before = rss(SOME).replace("<language>zh-cn</language>", "").replace("<language>zh-CN</language>", "")
    after = before.replace(old, new)
    assert after != before

    assert len(parse(after, parse(before)).entries) == 12


def test_what_changes_all_the_time_has_nothing_read_again() -> None:
    """A new build date of the feed does not make entries be read again."""
    before = rss(SOME, head="<lastBuildDate>Tue, 03 Mar 2026 08:00:00 GMT</lastBuildDate>")
    after = before.replace("08:00:00 GMT</lastB", "09:00:00 GMT</lastB")
    assert after != before

    assert len(parse(after, parse(before)).known) == 12


def test_another_article_under_a_known_guid_has_all_read_again() -> None:
    """Only the whole feed tells which of two entries keeps the guid."""
    before = rss(SOME)
    twin = before[before.index("<item>") : before.index("</item>") + 7]
    other = twin.replace(SOME[0].title, "另一篇").replace("</guid>", "</guid><comments>x</comments>")
    after = before.replace("</channel>", f"{other}</channel>")

    assert parse(after, parse(before)).entries == parse(after).entries
    assert not parse(after, parse(before)).known


def test_a_known_article_in_another_section_has_all_read_again() -> None:
    """If a known article appears under another guid and link with the same key, all entries are read again."""
    after = rss([Article(number=SOME[3].number, section="science"), *SOME])

    assert parse(after, parse(rss(SOME))).entries == parse(after).entries


BROKEN = {
    "an ampersand": rss(SOME).replace("<title>", "<title>&nbsp;&", 1),
    "a tag": rss(SOME).replace("</title>", "</titel>", 1),
    "its end": rss(SOME).replace("</rss>", ""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_mended_is_known_the_next_time(name: str) -> None:
    """Mending gives the same marks each time. Only changed entries are read."""
    feed = parse(BROKEN[name])
    again = parse(BROKEN[name].replace(SOME[5].teaser, "<p>改</p>"), feed)

    assert (len(feed.entries), len(feed.marks), feed.is_well_formed) == (12, 12, False)
    assert ([one.key for one in again.entries], len(again.known)) == ([str(SOME[5].number)], 11)


def test_a_comment_has_nothing_read_again() -> None:
    """An XML comment with a time does not make entries be read again."""
    before = rss(SOME, head="<!-- 08:00 -->")

    assert len(parse(before.replace("08:00 -->", "08:30 -->"), parse(before)).known) == 12


def test_an_entry_that_was_cut_off_is_read_when_it_is_whole() -> None:
    """An entry that was cut off is not known."""
    before = rss(SOME)
    feed = parse(before[: before.rindex("</description>")])
    after = parse(before, feed)

    assert (len(feed.entries), len(feed.marks), feed.is_whole) == (11, 11, False)
    assert ([one.key for one in after.entries], after.is_whole) == ([str(SOME[11].number)], True)


def test_of_too_many_entries_those_that_are_read_are_known() -> None:
    """A newer entry replaces the oldest one, and only the newer one is read."""
    spec = replace(SPEC, max_entries=10)
    before, after = rss(articles(12)[::-1]), rss(articles(13)[::-1])
    feed = parse_upstream(before.encode(), "", URL, spec)
    again = parse_upstream(after.encode(), "", URL, spec, frozenset(feed.marks))

    assert len(feed.marks) == 10
    assert ([one.key for one in again.entries], len(again.known)) == ([str(articles(13)[0].number)], 9)


def test_json_is_read_whole() -> None:
    """A JSON Feed is always read as a whole, because that is fast."""
    assert len(parse(json_feed(SOME)).entries) == 12
