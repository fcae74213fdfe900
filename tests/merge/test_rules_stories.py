"""Each rule of the same piece alone: pages, headlines and guids that entries of several sources share."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from feedsvc.identity.headline import are_strangers, headline_key, is_same_text
from feedsvc.merge.stories import Piece, is_same_guid, is_same_piece
from tests.data.judge_headlines import DATE

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)

LONG = "国家级云计算平台上线运营"
COLUMN = "每周新品回顾与点评"


def words(share: int, other: str) -> str:
    """A text of 100 pairs of words, of which so many are in every such text."""
    return " ".join([f"w{n}" for n in range(share + 1)] + [f"{other}{n}" for n in range(100 - share)])


def piece(title: str = LONG, text: str = "", *, link: str | None = None, later: timedelta = timedelta()) -> Piece:
    """An entry."""
    return Piece(title=title, title_key=headline_key(title), link_key=link, published=DATE + later, text=text)


def both(one: Piece, other: Piece) -> bool:
    """The decision, which does not depend on the order."""
    assert is_same_piece(one, other) is is_same_piece(other, one)
    return is_same_piece(one, other)


@pytest.mark.parametrize(("share", "expected"), [(0, True), (14, True), (15, False), (50, False)])
def test_texts_that_share_less_than_15_percent_are_strangers(share: int, *, expected: bool) -> None:
    """Of the pairs of words of the shorter one."""
    assert are_strangers(words(share, "a"), words(share, "b")) is expected


def test_a_text_that_is_too_short_is_no_stranger_and_not_the_same() -> None:
    """A text that is too short proves neither that two texts are the same nor that they are unrelated."""
    assert not are_strangers("w1 w2", "v1 v2")
    assert not is_same_text("w1 w2", "w1 w2")


PAGE = "e.example/1"
STRANGERS = {"text": words(14, "a")}, {"text": words(14, "b")}
AKIN = {"text": words(15, "a")}, {"text": words(15, "b")}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param({}, {"later": 14 * DAY}, True, id="two weeks"),
        pytest.param({}, {"later": 14 * DAY + SECOND}, False, id="more than two weeks"),
        pytest.param({"title": "甲"}, {"title": "乙"}, True, id="another headline, no texts"),
        pytest.param({"title": "甲", **AKIN[0]}, {"title": "乙", **AKIN[1]}, True, id="another headline, akin"),
        pytest.param(
            {"title": "甲", **STRANGERS[0]}, {"title": "乙", **STRANGERS[1]}, False, id="another headline, strangers"
        ),
        pytest.param(STRANGERS[0], STRANGERS[1], True, id="the same headline, strangers"),
        pytest.param({"title": "甲 1"}, {"title": "甲 2"}, False, id="another number"),
        pytest.param({"title": "甲"}, {"title": "乙", "link": "e.example/2"}, False, id="another page"),
        pytest.param({"title": "甲", "link": None}, {"title": "乙", "link": None}, False, id="no page"),
    ],
)
def test_a_page_tells_a_piece(one: dict[str, Any], other: dict[str, Any], *, expected: bool) -> None:
    """For two weeks, unless headline and text are both others, or a number is another."""
    assert both(piece(**{"link": PAGE} | one), piece(**{"link": PAGE} | other)) is expected


def test_a_page_of_an_undated_entry_tells_it() -> None:
    """Without a date, nothing is far apart; a headline says nothing then."""
    undated = replace(piece(link=PAGE), published=None)

    assert both(undated, piece(link=PAGE, later=99 * DAY))
    assert not both(undated, piece(link="e.example/2"))
    assert not both(replace(undated, link_key=None), replace(undated, link_key=None))


def test_an_entry_without_a_headline_is_known_by_nothing() -> None:
    """Two empty headlines are not the same one."""
    text = words(100, "a")

    assert not both(piece("", text), piece("", text))
    assert not both(piece("", text), piece(LONG, text))
    assert not both(piece("", text), piece("云计算", text))


@pytest.mark.parametrize(("later", "expected"), [(2 * DAY, True), (2 * DAY + SECOND, False)])
def test_a_headline_tells_a_piece_for_two_days(later: timedelta, *, expected: bool) -> None:
    """A column has the same one every week."""
    assert both(piece(), piece(later=later)) is expected


@pytest.mark.parametrize(
    ("title", "one", "other", "expected"),
    [
        ("云计算平台", words(100, "a"), words(100, "a"), True), ("云计算平台", "", "", False),
        ("云计算平台上", "", "", True), ("abcdefghijkl", "", "", True), ("abcdefghijk", "", "", False),
        (COLUMN, words(49, "a"), words(49, "b"), False), (COLUMN, words(50, "a"), words(50, "b"), True),
    ],
)  # fmt: skip
def test_a_headline_of_12_letters_tells_a_piece(title: str, one: str, other: str, *, expected: bool) -> None:
    """An ideograph counts two. Below, the texts decide; above, they can say that it is a column's."""
    assert both(piece(title, one), piece(title, other)) is expected


@pytest.mark.parametrize(
    ("title", "one", "other", "expected"),
    [
        ("国家级云计算平台上綫運營", "", "", True),
        ("国家及云计算平台上线运营", words(100, "a"), words(100, "a"), True),
        ("国家及云计算平台上线运营", "", "", False),
        ("国家及云计算平台上线运营", words(14, "a"), words(14, "b"), False),
        ("完全不同的一个标题在此", words(100, "a"), words(100, "a"), False),
        ("国家及云计算平台上线运营", words(100, "a") + " 级", words(100, "a") + " 及", False),
    ],
    ids=["spelling", "a typo, one text", "a typo, no texts", "a typo, strangers", "another", "a typo, told apart"],
)  # fmt: skip
def test_headlines_that_differ_in_little_are_one_over_one_text(
    title: str, one: str, other: str, *, expected: bool
) -> None:
    """Unless the texts say which of them is whose."""
    assert both(piece(LONG, one), piece(title, other)) is expected


@pytest.mark.parametrize(
    ("guid", "one", "other", "expected"),
    [
        pytest.param("1", {"link": PAGE}, {"link": PAGE, "title": "乙"}, True, id="the same page"),
        pytest.param("1", {"link": PAGE}, {"link": "e.example/2", "title": "乙"}, False, id="another page"),
        pytest.param("1", {}, {}, True, id="the same headline"),
        pytest.param("1", {}, {"title": "乙"}, False, id="nothing else"),
        pytest.param("1", {"title": ""}, {"title": ""}, False, id="no headlines"),
        pytest.param("1", {"text": words(100, "a")}, {"title": "乙", "text": words(100, "a")}, False,
            id="the same text"),
        pytest.param(
            "https://e.example/1", {"text": words(100, "a")}, {"title": "乙", "text": words(100, "a")}, True,
            id="an address, the same text",
        ),
        pytest.param("https://e.example/1", {}, {"title": "乙"}, False, id="an address, no texts"),
    ],
)  # fmt: skip
def test_a_guid_that_two_sources_use_needs_another_sign(
    guid: str, one: dict[str, Any], other: dict[str, Any], *, expected: bool
) -> None:
    """Page or headline; under a guid that nobody else makes, the text will do."""
    assert is_same_guid(guid, piece(**one), piece(**other)) is expected


@pytest.mark.parametrize(
    ("guid", "expected"),
    [
        ("http://e.example/", True), ("tag:e.example,2026:1", True), ("URN:isbn:978013", True), ("tag:e", False),
        ("{1225C695-CFB8-4EBB-AAAA-80DA344EFA6A}", True), ("1225c695cfb84ebbaaaa80da344efa6a", True),
        ("1225c695-cfb8-4ebb-aaaa-80da344efa6a-2", False), ("post-1225c695", False),
    ],
)  # fmt: skip
def test_a_guid_of_which_nobody_makes_the_same_twice(guid: str, *, expected: bool) -> None:
    """An address, a URN, a UUID."""
    text = words(100, "a")

    assert is_same_guid(guid, piece("甲", text), piece("乙", text)) is expected
