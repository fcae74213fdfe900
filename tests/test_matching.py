"""Each item of an answer finds its stored entry, by a table of pairs and within bounds of comparison."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from feedsvc.merge import Signs, match
from feedsvc.merge.matching import _visible_text

DATE = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)

TEXT = (
    "国家级云计算平台今天在北京正式上线运营，首批接入的单位超过一百家，"
    "各地的数据中心将在年内陆续完成改造并接入统一调度系统。"
)
OTHER = (
    "昨夜暴雨之后，南方多条河流水位上涨，气象部门提醒沿岸居民注意防范，学校停课一天，铁路部门临时调整了若干列车的时刻。"
)

STORED = Signs(
    own_guid="g1", page="s.example/1", title="云平台上线", title_key="云平台上线", published=DATE, content=TEXT,
    hash="1",
)  # fmt: skip


def item(**changes: Any) -> Signs:
    """The stored entry as another answer has it."""
    return replace(STORED, hash="2", **changes)


OTHER_PIECE = {"title": "暴雨", "title_key": "暴雨", "content": OTHER}


@pytest.mark.parametrize(
    ("signs", "is_known"),
    [
        (item(), True),
        (item(title_key="云平台正式上线", content=TEXT[:-3]), True),
        (item(own_guid="g2"), True),
        (item(own_guid="g2", page="new.example/1"), True),
        (item(own_guid="g2", page="new.example/1", title_key="别的", title="别的"), True),
        (item(page="s.example/2", **OTHER_PIECE), False),
        (item(page="s.example/2", published=DATE + DAY, **OTHER_PIECE), False),
        (item(**OTHER_PIECE), True),
        (item(own_guid="g2", published=DATE + DAY, content=OTHER), False),
        (item(own_guid="g2", page="s.example/2", content=OTHER), False),
        (item(own_guid="g2", page="s.example/2", published=DATE + DAY), False),
        (item(own_guid="g2", page="s.example/2", published=None), True),
        (item(page="s.example/2", title="云平台", title_key="云平台", content="快讯"), True),
        (item(page="", published=None, **OTHER_PIECE), True),
        (item(page="s.example/2", published=None, **OTHER_PIECE), False),
        (item(page="", published=DATE + DAY, title="云平台已上线", title_key="云平台已上线", content=""), True),
        (item(page="", published=DATE + DAY, **OTHER_PIECE), False),
        (item(enclosure="f.example/2", page="", title="云", title_key="云", content=""), True),
        (item(own_guid="", published=DATE + DAY, title="云平台已上线", title_key="云平台已上线"), True),
    ],
    ids=["itself", "mended", "another guid", "moved", "moved and retitled", "a guid by position", "a guid used again",
         "rewritten in its place", "a fixed page, another day", "a fixed headline, another text", "a column",
         "moved, without a date", "a new slug and a short text", "nothing but a guid", "a guid used again, undated",
         "no page, a headline mended", "no page, another headline", "a file that moved", "no guid, a headline mended"],
)  # fmt: skip
def test_an_item_matches_the_entry_with_its_signs(signs: Signs, *, is_known: bool) -> None:
    """Guid, page, headline, date and text are compared, the surest first. With too few common signs, an item is new."""
    assert match([signs], [STORED]) == ({0: 0} if is_known else {})


def test_a_guid_that_all_entries_share_identifies_none() -> None:
    """If all entries share one guid, their pages identify them, however many there were before."""
    stored = [
        replace(STORED, own_guid="0", page=f"s.example/{number}", published=DATE + number * DAY, hash=str(number))
        for number in range(30)
    ]
    edited = replace(stored[29], title="改过", title_key="改过", content=OTHER, hash="new")

    assert match([edited, stored[28]], stored) == {0: 29, 1: 28}
    assert match([edited], stored, {"0", "s.example/28"}) == {0: 29}


def test_entries_missing_in_a_cut_off_answer_are_not_gone() -> None:
    """If an answer is cut off, a new entry with the page or headline of a missing entry is not that entry."""
    same_page, moved = item(own_guid="g2"), item(own_guid="g3", page="new.example/1")

    assert match([same_page], [STORED], is_whole=False) == match([moved], [STORED], is_whole=False) == {}
    assert match([item()], [STORED], is_whole=False) == {0: 0}


def test_an_entry_matches_one_item_only() -> None:
    """If two items could be the same entry, the more similar one is, and the other one is new."""
    assert match([item(own_guid="g2", page="new.example/1"), item(title_key="x")], [STORED]) == {1: 0}


def test_texts_of_many_entries_with_one_date_are_not_compared() -> None:
    """A thousand entries that share only a date are not compared by text."""
    many = [
        replace(STORED, own_guid=f"a{n}", page=f"p/{n}", title_key=f"t{n}", hash=f"h{n}", content=f"{n} {TEXT}")
        for n in range(1000)
    ]
    new = [replace(one, own_guid=f"b{n}", page=f"q/{n}", title_key=f"u{n}", hash="") for n, one in enumerate(many)]
    before = _visible_text.cache_info().misses

    assert match(new, many) == {}
    assert _visible_text.cache_info().misses == before
