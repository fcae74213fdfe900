"""Each rule of taking identities over alone: which entry of ours an entry of a feed is."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from feedsvc.model import RawEntry
from feedsvc.store.identities import StoredIdentity
from feedsvc.update.adopt import match
from tests.conftest import NOW

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)

OURS = StoredIdentity(
    id=1, story_id=1, source_id=1, guid="ours", link="https://a.example/1", title="标题", published=NOW,
    is_dated_by_name=False, adopted_link=None,
)  # fmt: skip
THEIRS = RawEntry(guid="theirs", link="https://b.example/x", title="标题", published=NOW)


def pairs(feed: list[RawEntry], ours: list[StoredIdentity]) -> list[tuple[str, int]]:
    """Guid and id of what belongs together."""
    return [(theirs.guid, one.id) for theirs, one in match(feed, ours)[0]]


@pytest.mark.parametrize(
    ("apart", "is_same"),
    [(timedelta(), True), (24 * HOUR, True), (-24 * HOUR, True), (24 * HOUR + SECOND, False), (-72 * HOUR, False)],
)  # fmt: skip
def test_one_title_within_a_day_is_one_entry(apart: timedelta, *, is_same: bool) -> None:
    """A date may lack its zone; two days later it is the next one of a column."""
    theirs = replace(THEIRS, published=NOW + apart)
    found, missing = match([theirs], [OURS])

    assert found == ([(theirs, OURS)] if is_same else [])
    assert missing == ([] if is_same else [theirs])
    assert pairs([replace(THEIRS, guid="2", title="别的"), theirs], [OURS]) == ([("theirs", 1)] if is_same else [])


@pytest.mark.parametrize(
    ("theirs", "ours", "is_same"),
    [
        ({"published": None}, {}, True), ({}, {"published": None}, True),
        ({"published": NOW + 99 * HOUR}, {"is_dated_by_name": True}, True), ({"title": ""}, {"title": ""}, False),
        ({"title": "别的"}, {}, False),
    ],
)  # fmt: skip
def test_a_title_that_only_one_has_on_both_sides_needs_no_date(
    theirs: dict[str, Any], ours: dict[str, Any], *, is_same: bool
) -> None:
    """Where one of them has none, or ours was guessed of a file's name; an entry without a title has no such sign."""
    feed, known = replace(THEIRS, **theirs), replace(OURS, **ours)
    twins = [
        replace(THEIRS, guid="2", published=NOW + 999 * HOUR),
        replace(OURS, id=2, guid="2b", link=None, published=NOW + 500 * HOUR),
    ]

    assert (pairs([feed], [known]) != []) is is_same
    if is_same:
        assert pairs([feed, twins[0]], [known]) == []  # type: ignore[list-item]
        assert pairs([feed], [known, twins[1]]) == []  # type: ignore[list-item]


def test_the_nearest_date_is_meant() -> None:
    """Of two that are as near, neither is."""
    near, far = replace(OURS, id=2, published=NOW + HOUR), replace(OURS, id=3, published=NOW - 2 * HOUR)

    assert pairs([THEIRS], [far, near]) == [("theirs", 2)]
    assert pairs([THEIRS], [near, replace(far, published=NOW - HOUR)]) == []
    assert pairs([THEIRS, replace(THEIRS, guid="2")], [near, far]) == [("theirs", 2), ("2", 3)]


def test_a_guid_counts_more_than_a_link_and_a_link_more_than_a_title() -> None:
    """An address counts without its scheme and tracking; a sign that two have says of neither."""
    by_guid = replace(OURS, id=2, guid="theirs", title="别的", link=None)
    by_link = replace(OURS, id=3, link=THEIRS.link, title="别的")
    by_place = replace(OURS, id=4, link="http://b.example/x?utm_source=y", title="别的")
    far = replace(OURS, published=NOW + 99 * HOUR)

    assert pairs([THEIRS], [OURS, by_place, by_link, by_guid]) == [("theirs", 2)]
    assert pairs([THEIRS], [OURS, by_place, by_link]) == [("theirs", 3)]
    assert pairs([THEIRS], [OURS, by_place]) == [("theirs", 4)]
    assert pairs([THEIRS], [far, by_link, replace(by_link, id=5)]) == []
