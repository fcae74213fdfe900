"""Headlines of one piece, however sites write them; and of two that look alike."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedsvc.identity.headline import headline_key, numbers
from feedsvc.merge import Piece, is_same_piece
from tests.data.headlines import pairs

DATE = datetime(2026, 3, 3, 8, tzinfo=UTC)


def piece(title: str, link: str | None = None, hours: float = 0) -> Piece:
    """An entry with this headline, so many hours later."""
    return Piece(title=title, title_key=headline_key(title), link_key=link, published=DATE + timedelta(hours=hours))


def test_of_many_pairs_none_is_merged_wrongly_and_most_are_found() -> None:
    """At most one in two hundred that are two pieces is taken for one; at least four in five that are one are found."""
    labelled = pairs()
    judged = [(is_same_piece(piece(one), piece(two)), same, one, two) for one, two, same in labelled]
    wrong = [(one, two) for found, same, one, two in judged if found and not same]
    missed = [(one, two) for found, same, one, two in judged if same and not found]

    assert len(labelled) >= 200
    assert len(wrong) <= 0.005 * sum(not same for *_, same in labelled), wrong
    assert len(missed) <= 0.2 * sum(same for *_, same in labelled), missed


def test_the_same_page_is_the_same_piece() -> None:
    """Whatever it is called, for two weeks: who links to it later writes about it."""
    assert is_same_piece(piece("甲", "e.example/1"), piece("乙", "e.example/1", hours=300))
    assert not is_same_piece(piece("甲", "e.example/1"), piece("乙", "e.example/1", hours=999))
    assert not is_same_piece(piece("甲 1", "e.example/1"), piece("甲 2", "e.example/1"))
    assert not is_same_piece(piece("甲", "e.example/1"), piece("乙", "e.example/2"))


@pytest.mark.parametrize(("hours", "expected"), [(0, True), (48, True), (-48, True), (48.1, False), (168, False)])
def test_a_column_of_next_week_is_another_piece(hours: float, expected: bool) -> None:  # noqa: FBT001
    """The same headline within two days is one piece, later it is the next one."""
    assert is_same_piece(piece("每周新品回顾与点评"), piece("每周新品回顾与点评", hours=hours)) is expected


def test_short_and_undated_headlines_say_too_little() -> None:
    """`早报` is everybody's."""
    assert not is_same_piece(piece("科技早报"), piece("科技早报"))
    assert not is_same_piece(piece("每周新品回顾与点评"), replace(piece("每周新品回顾与点评"), published=None))


def test_a_long_headline_may_differ_in_a_letter() -> None:
    """A typing mistake that somebody corrected."""
    long = "关于进一步优化新能源汽车充电基础设施建设布局并提升县城乡镇公共充电服务保障能力的实施意见正式印发"

    assert is_same_piece(piece(long), piece(long.replace("布局", "布置")))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("RTX 5090与3.5%", ("3.5%", "rtx5090")), ("第三季度", ("第三",)), ("1,000台", ("1000",)), ("无", ()),
        ("ＲＴＸ５０９０", ("rtx5090",)), ("iPhone 17 Pro", ("iphone17pro",)), ("iPhone17Pro", ("iphone17pro",)),
    ],
)  # fmt: skip
def test_numbers(title: str, expected: tuple[str, ...]) -> None:
    """With what makes them one of a kind, in one spelling."""
    assert numbers(title) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("苹果发布 iPhone 17 Pro 与全新手表", "苹果发布iPhone17 Pro与全新手表"),
        ("英伟达 RTX 5090 首发评测：性能提升明显", "英伟达RTX5090首发评测：性能提升明显"),
        ("AMD Zen 6 处理器曝光：核心数翻倍", "AMD Zen6处理器曝光：核心数翻倍"),
    ],
)
def test_spaces_in_models_do_not_matter(one: str, other: str) -> None:
    """Editors put them between letters and digits, or do not."""
    assert is_same_piece(piece(one), piece(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OpenAI表示ChatGPT会在免费版中加入广告内容", "OpenAI表示ChatGPT不会在免费版中加入广告内容"),
        (
            "国际油价大幅上涨：布伦特原油期货价格创两周以来的最大单日变化",
            "国际油价大幅下跌：布伦特原油期货价格创两周以来的最大单日变化",
        ),
        ("台积电第三季度营收高于市场此前普遍的预期水平", "台积电第三季度营收低于市场此前普遍的预期水平"),
        ("新款 MacBook 上手评测 - M5 Pro", "新款 MacBook 上手评测 - M5 Max"),
        (
            "Apple will allow third-party app stores in the US next year",
            "Apple will not allow third-party app stores in the US next year",
        ),
    ],
)
def test_headlines_of_opposite_sense_are_two(one: str, other: str) -> None:
    """A letter turns it round, however long the rest is."""
    assert not is_same_piece(piece(one), piece(other))


def test_a_headline_of_many_tells_nothing_where_the_texts_are_strangers() -> None:
    """Two sites have a `Weekly open thread`, or the morning's news; texts too short to tell do not count."""
    gardening = (
        "Gardening tips for the cold season: how to prune roses in late autumn without harming the roots, when to "
        "cover young trees against frost, and which bulbs may still go into the ground before winter sets in. "
    )
    rockets = (
        "Launch windows for the next lunar mission were announced today after long delays; engineers say that both the "
        "heat shield and the valves passed their last tests, so nothing stands between crew and countdown any more. "
    )
    one, other = (replace(piece("Weekly open thread"), text=text) for text in (gardening, rockets))

    assert not is_same_piece(one, other)
    assert is_same_piece(one, replace(other, text=gardening[:110] + rockets))
    assert is_same_piece(one, replace(other, text="Talk."))
