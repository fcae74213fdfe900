"""Each rule of the matching alone: which signs say that an item is a stored entry, and which say that it is not."""

from dataclasses import replace
from typing import Any

import pytest

from feedsvc.merge import Signs, match
from feedsvc.merge.matching import _visible_text, is_another, is_nearly
from tests.test_matching import DATE, DAY, OTHER, STORED, TEXT, item

NEW: dict[str, Any] = {
    "own_guid": "g9", "page": "s.example/9", "title": "暴雨", "title_key": "暴雨", "published": DATE + 9 * DAY,
    "content": OTHER,
}  # fmt: skip
#: Another piece under the guid of the stored entry: the feed numbers its items by place.
RENUMBERED = item(**NEW | {"own_guid": "g1", "enclosure": "f/9"})

FIRM = "云计算平台上线运营"
#: Text that has nothing to compare.
NONE = {"content": ""}


def letters(same: int, others: int, other: str) -> str:
    """A text of `same` letters that both texts have, and `others` other letters."""
    return "abcdefghijklmnopqrstuvwxyz"[:same] + other * others


# --- one guid, another piece -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signs", "stored", "expected"),
    [
        pytest.param({"key": "b"}, {"key": "a"}, True, id="another article key"),
        pytest.param({"key": "a"}, {"key": "a"}, False, id="the same article key"),
        pytest.param({"key": "b"}, {}, False, id="a key that was not known"),
        pytest.param({}, {"key": "a"}, False, id="a key that is not known any more"),
        pytest.param({**NEW, "title_key": STORED.title_key}, {}, False, id="the same headline"),
        pytest.param({**NEW, "content": TEXT + "。"}, {}, False, id="the same text"),
        pytest.param({**NEW, "published": DATE}, {}, True, id="the same date alone"),
        pytest.param({**NEW, "published": DATE, "page": STORED.page}, {}, False, id="the same date and page"),
        pytest.param({**NEW, "published": DATE, "page": ""}, {}, False, id="the same date, no page"),
        pytest.param({**NEW, "published": DATE, **NONE}, {}, False, id="the same date, no text to compare"),
        pytest.param({**NEW, "page": STORED.page}, {}, True, id="a page with another text"),
        pytest.param({**NEW, "page": STORED.page, **NONE}, {}, False, id="a page, no text to compare"),
        pytest.param(
            {**NEW, "page": STORED.page, **NONE, "enclosure": "f/2"}, {"enclosure": "f/1"}, True,
            id="a page with another episode",
        ),
        pytest.param({**NEW, "page": STORED.page, "published": None}, {}, False, id="a page, undated"),
        pytest.param(
            {**NEW, "page": STORED.page, "published": None, "enclosure": "f/2"}, {"enclosure": "f/1"}, False,
            id="a page with another episode, undated",
        ),
        pytest.param({**NEW, "published": None, **NONE}, {"published": None}, True, id="another page, undated"),
        pytest.param(
            {**NEW, "page": "", "published": None, "enclosure": "f/2"}, {"enclosure": "f/1"}, True,
            id="another file, undated"
        ),
        pytest.param(
            {**NEW, "page": "", "published": None, "enclosure": "f/2"}, {}, False,
            id="a file where there was none, undated"
        ),
        pytest.param({**NEW, "page": "", **NONE}, {"page": ""}, True, id="another headline and date, no page"),
        pytest.param({**NEW, "page": "", **NONE}, {}, True, id="another headline and date, no page any more"),
        pytest.param({**NEW, "page": "", "published": None}, {}, False, id="no date any more"),
        pytest.param({**NEW, "page": ""}, {"published": None}, False, id="no date before"),
        pytest.param(
            {**NEW, "page": "", "title": "云平台已上线", **NONE}, {}, False, id="a headline mended, no text to compare"
        ),
        pytest.param({**NEW, "page": "", "title": "云平台已上线"}, {}, True, id="a headline mended, another text"),
        pytest.param(
            {**NEW, "page": "", "title": "云平台上线 2", **NONE}, {"title": "云平台上线 1"}, True, id="another number"
        ),
    ],
)  # fmt: skip
def test_a_guid_alone_says_nothing_where_all_else_differs(
    signs: dict[str, Any], stored: dict[str, Any], *, expected: bool
) -> None:
    """Headline or text keep an entry; else date, page, file and article key are asked."""
    assert is_another(item(**signs), replace(STORED, **stored)) is expected


@pytest.mark.parametrize(("same", "others", "is_mended"), [(6, 4, True), (25, 17, False)], ids=["60 %", "59.5 %"])
def test_a_headline_is_mended_where_60_of_100_letters_are_the_same(same: int, others: int, *, is_mended: bool) -> None:
    """Fewer make another headline."""
    one, other = (letters(same, others, letter) for letter in "XY")
    signs = item(**NEW | {"page": "", "content": "", "title": one})

    assert is_another(signs, replace(STORED, title=other)) is not is_mended


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "", False), ("短", "短", True), ("<p>短</p>", "<b>短</b> ", True), ("短", "长", False),
        ("a" * 45 + "b" * 5, "a" * 45 + "c" * 5, True), ("a" * 45 + "b" * 4, "a" * 45 + "c" * 4, False),
        ("a" * 90 + "b" * 10, "a" * 90 + "c" * 10, True), ("a" * 179 + "b" * 21, "a" * 179 + "c" * 21, False),
        ("a" * 60, "a" * 49, False),
    ],
    ids=["none", "one letter", "tags", "another letter", "50 characters", "49 characters", "90 %", "89.5 %",
        "a short one"],
)  # fmt: skip
def test_texts_are_nearly_the_same(one: str, other: str, *, expected: bool) -> None:
    """From 50 characters on, where 90 of 100 are the same; shorter ones have to be equal."""
    assert is_nearly(one, other) is expected


def test_the_beginning_of_a_text_is_compared() -> None:
    """4,000 characters of the words in the first 8,000 of the HTML."""
    assert _visible_text("a" * 9000) == "a" * 4000
    assert _visible_text("<i>" * 2000 + "a" * 5000) == "a" * 2000
    assert _visible_text("<i>" * 1000 + "a" * 9000) == "a" * 4000


# --- which sign counts more ------------------------------------------------------------------------------------------


def test_a_key_or_a_raw_form_is_enough() -> None:
    """Whatever else differs."""
    assert match([item(**NEW, key="7")], [replace(STORED, key="7")]) == {0: 0}
    assert match([replace(item(**NEW), hash="1")], [STORED]) == {0: 0}
    assert match([item(**NEW)], [STORED]) == {}


def test_a_key_counts_more_than_a_raw_form_and_a_raw_form_more_than_a_guid() -> None:
    """Each item is looked for by the surest sign first, and is not looked for again."""
    by_hash, by_key = replace(STORED, **NEW, hash="2"), replace(STORED, **NEW, key="7", hash="3")

    assert match([item(key="7")], [STORED, by_hash, by_key]) == {0: 2}
    assert match([item()], [STORED, by_hash]) == {0: 1}


def test_a_guid_with_headline_and_date_counts_more_than_a_page() -> None:
    """Two entries of one headline and date: the guid decides."""
    other = replace(STORED, own_guid="g2", page="s.example/2", hash="3")

    assert match([item(page="s.example/2")], [other, STORED]) == {0: 1}


def test_of_many_entries_under_one_guid_headline_and_date_tell() -> None:
    """Where neither the headline nor the date does so alone."""
    for same in ({"published": DATE}, {"title_key": "每周"}):
        stored = [
            replace(
                STORED, page=f"p/{n}", hash=f"h{n}",
                **{"title_key": f"题{n}", "published": DATE + n * DAY} | same,  # type: ignore[arg-type]
            )
            for n in range(30)
        ]  # fmt: skip
        assert match([replace(stored[7], page="", hash="new")], stored, is_whole=False) == {0: 7}


RENUMBERINGS: list[Any] = [
    pytest.param({}, {}, True, id="page, headline and date"),
    pytest.param({"published": DATE + DAY}, {}, False, id="another date"),
    pytest.param({"title_key": "题"}, {}, False, id="another headline"),
    pytest.param({"page": "s.example/2"}, {}, False, id="another page"),
    pytest.param({"page": ""}, {"page": ""}, True, id="no page, headline and date"),
    pytest.param(
        {"page": "", "published": None},
        {"page": "", "published": None, "enclosure": "f/1"},
        False,
        id="no page, no date",
    ),
    pytest.param({"page": "", "title_key": ""}, {"page": "", "title_key": ""}, False, id="no page, no headline"),
    pytest.param({"page": "", "content": OTHER}, {"page": ""}, False, id="no page, another text"),
    pytest.param({"page": "", "key": "b"}, {"page": "", "key": "a"}, False, id="no page, another key"),
]


@pytest.mark.parametrize(("signs", "stored", "is_known"), RENUMBERINGS)
def test_an_entry_whose_guid_another_item_has_is_known_by_all_other_signs(
    signs: dict[str, Any], stored: dict[str, Any], *, is_known: bool
) -> None:
    """Some feeds number their items by place. Two of three signs are not enough there."""
    items = [RENUMBERED, item(own_guid="g2", **signs)]

    assert match(items, [replace(STORED, **stored)]) == ({1: 0} if is_known else {})


# --- what an answer says of entries that it lacks --------------------------------------------------------------------

ON_ITS_PAGE = item(own_guid="g2", published=DATE + DAY)


def test_an_entry_that_the_answer_has_under_its_guid_did_not_get_another() -> None:
    """An entry that the answer already has, by its guid or else by its page, is not given to another item."""
    unnamed = replace(STORED, own_guid="")

    assert match([ON_ITS_PAGE], [STORED]) == {0: 0}
    assert match([ON_ITS_PAGE], [STORED], {"g1"}) == {}
    assert match([ON_ITS_PAGE], [STORED], {STORED.page}) == {0: 0}
    assert match([ON_ITS_PAGE], [unnamed]) == {0: 0}
    assert match([ON_ITS_PAGE], [unnamed], {STORED.page}) == {}


def test_of_many_entries_of_one_page_the_headline_tells() -> None:
    """Of many entries of one page, the headline finds the right one, also without guids and in a cut-off answer."""
    stored = [replace(STORED, own_guid="", title_key=f"题{n}", published=None, hash=f"h{n}") for n in range(30)]

    assert match([replace(stored[7], hash="new", own_guid="n")], stored, is_whole=False) == {0: 7}


# --- several that share a sign ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signs", "is_known"),
    [
        pytest.param({}, True, id="the same headline"),
        pytest.param({"enclosure": "f/2"}, False, id="another file"),
        pytest.param({"published": DATE + DAY}, False, id="another date"),
        pytest.param({"title_key": "题"}, True, id="another headline, the same date and text"),
        pytest.param({"title_key": "题", "content": OTHER}, False, id="another headline and text"),
        pytest.param({"title_key": "题", "published": None}, False, id="another headline, undated"),
        pytest.param({"published": None}, True, id="undated"),
        pytest.param({"key": "b"}, False, id="another key"),
    ],
)
@pytest.mark.parametrize("sign", ["own_guid", "page"])
def test_of_entries_that_share_a_guid_or_a_page_nothing_else_may_differ(
    sign: str, signs: dict[str, Any], *, is_known: bool
) -> None:
    """Date, file, headline or text tell them apart."""
    one = replace(STORED, enclosure="f/1", key="a", own_guid="g1" if sign == "own_guid" else "")
    other = replace(one, title_key="别的", content=OTHER, published=DATE + 5 * DAY, enclosure="f/5", key="e", hash="5")
    new = replace(one, hash="2", **{"key": "", "page": one.page if sign == "page" else ""} | signs)

    assert match([new], [one, other], is_whole=False) == ({0: 0} if is_known else {})


def test_of_several_that_fit_the_likeliest_is_meant_and_then_the_oldest() -> None:
    """Signs that both lack do not count."""
    bare = Signs(key="7")

    assert match([bare], [bare, bare]) == {0: 0}
    signs = {"hash": "h", "own_guid": "g", "page": "p", "title_key": "t", "published": DATE, "enclosure": "e"}
    for name, value in signs.items():
        new = replace(bare, **{name: value})  # type: ignore[arg-type]
        assert match([new], [bare, replace(bare, **{name: value})]) == {0: 1}, name  # type: ignore[arg-type]
    full = replace(bare, hash="h", page="p", enclosure="e")
    assert match([replace(bare, hash="h")], [bare, full]) == {0: 1}


def test_each_stored_entry_is_one_item() -> None:
    """The first of two items has it. An item without the sign does not end the search."""
    keyed = replace(STORED, key="7")

    assert match([item(**NEW, key="7"), item(**NEW | {"own_guid": "g8"}, key="7")], [keyed]) == {0: 0}
    assert match([item(**NEW), item(**NEW | {"own_guid": "g8"}, key="7")], [keyed]) == {1: 0}


@pytest.mark.parametrize(("number", "expected"), [(20, {0: 0}), (21, {})])
def test_a_sign_of_more_than_20_entries_says_nothing(number: int, expected: dict[int, int]) -> None:
    """A sign that more than 20 entries share is ignored, because comparing them would cost too much."""
    assert match([item(**NEW, key="7")], [replace(STORED, key="7", hash=f"h{n}") for n in range(number)]) == expected


def test_entries_that_are_found_do_not_count_among_those_that_share_a_sign() -> None:
    """Of 25 under one key, 10 are known by their raw form, so that the other 15 are few enough."""
    stored = [
        replace(STORED, own_guid="", page="p", published=None, title_key="", content="", hash=f"h{n}")
        for n in range(25)
    ]
    known = [replace(one, page="", own_guid=f"g{n}") for n, one in enumerate(stored[:10])]
    new = replace(STORED, own_guid="", page="p", published=None, title_key="", hash="new", content="")

    assert match([*known, new], stored, is_whole=False) == {n: n for n in range(11)}


# --- by page ---------------------------------------------------------------------------------------------------------

SHORT = TEXT[:49]


@pytest.mark.parametrize(
    ("signs", "stored", "is_known"),
    [
        pytest.param({"title": "暴雨", "title_key": "暴雨", "content": OTHER, "published": DATE}, {}, True,
            id="the same date"),
        pytest.param({"title": "暴雨", "title_key": "暴雨", "content": OTHER}, {}, False,
            id="another date, headline, text"),
        pytest.param(
            {"title": "暴雨", "title_key": "暴雨", "content": OTHER, "published": None}, {"published": None}, False,
            id="undated"
        ),
        pytest.param({"title": "云平台已上线", "title_key": "已"}, {}, True, id="the headline mended"),
        pytest.param({"title": "暴雨", "title_key": "暴雨"}, {}, False, id="another headline"),
        pytest.param({"title": "云平台已上线", "title_key": "已", "content": OTHER}, {}, False,
            id="mended, another text"),
        pytest.param({"title": "云平台已上线", "title_key": "已", "content": SHORT}, {"content": SHORT}, False,
            id="mended, short"),
        pytest.param(
            {"title": "云平台已上线", "title_key": "已", "content": TEXT[:50]}, {"content": TEXT[:50]}, True,
            id="mended, long enough"
        ),
        pytest.param(
            {"title": "云平台已上线", "title_key": "已", "enclosure": "f/2"}, {"enclosure": "f/1"}, False,
            id="mended, another file"
        ),
        pytest.param({"content": ""}, {}, True, id="the same headline, no text to compare"),
        pytest.param({"content": OTHER}, {}, False, id="the same headline, another text"),
        pytest.param({"title_key": "", "title": "", "content": ""}, {"title_key": "", "title": ""}, False,
            id="no headline"),
        pytest.param({"title": "暴雨", "title_key": "暴雨", "content": ""}, {}, False, id="another headline, no text"),
        pytest.param({"key": "b"}, {"key": "a"}, False, id="another key"),
    ],
)  # fmt: skip
def test_a_page_is_the_entry_s_where_date_headline_or_text_agree(
    signs: dict[str, Any], stored: dict[str, Any], *, is_known: bool
) -> None:
    """An item with a new guid is the stored entry of its page if the date, the headline or the text agrees."""
    new = item(own_guid="g2", **{"published": DATE + DAY} | signs)

    assert match([new], [replace(STORED, **stored)]) == ({0: 0} if is_known else {})


# --- moved -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signs", "stored", "is_known"),
    [
        pytest.param({"content": ""}, {}, True, id="headline and date"),
        pytest.param({"content": OTHER}, {}, False, id="headline and date, another text"),
        pytest.param({"key": "b"}, {"key": "a"}, False, id="another key"),
        pytest.param({"title_key": "题", "content": ""}, {}, False, id="the date alone"),
        pytest.param({"title_key": "题"}, {}, True, id="date and text"),
        pytest.param({"title_key": "题", "key": "b"}, {"key": "a"}, False, id="date and text, another key"),
        pytest.param({"title_key": "题", "title": "第 2 期"}, {"title": "第 1 期"}, False,
            id="date and text, another number"),
        pytest.param({"published": None}, {}, True, id="headline and text, undated"),
        pytest.param({"published": None, "content": OTHER}, {}, False, id="headline, undated, another text"),
        pytest.param({"published": DATE + DAY}, {}, False, id="headline and text, another date"),
        pytest.param({"published": None, "content": ""}, {"content": ""}, True, id="headline, undated, no texts"),
        pytest.param({"published": None, "content": ""}, {}, False, id="headline, undated, no text any more"),
        pytest.param({"published": None}, {"content": ""}, False, id="headline, undated, no text before"),
        pytest.param(
            {"published": None, "content": "", "key": "b"}, {"content": "", "key": "a"}, False,
            id="no texts, another key"
        ),
    ],
)  # fmt: skip
def test_an_entry_that_moved_is_known_by_headline_date_and_text(
    signs: dict[str, Any], stored: dict[str, Any], *, is_known: bool
) -> None:
    """Two of the three have to agree, where its guid and its page are new and the stored ones are gone."""
    new = item(own_guid="g2", page="new.example/1", **signs)

    assert match([new], [replace(STORED, **stored)]) == ({0: 0} if is_known else {})
