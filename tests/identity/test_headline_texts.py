"""Headlines that cannot say whether two pieces are one: the beginnings of their texts do."""

from dataclasses import replace

import pytest
from opencc import OpenCC

from feedsvc.merge import is_same_piece
from tests.data.judge_headlines import is_same, piece

#: Three beginnings of articles that have nothing to do with each other, long enough to tell.
MILK = (
    "一名女子在网店买了十箱牛奶，收到快递后发现多出一箱。她联系客服，对方却要求她自己承担运费退回，否则将报警处理，"
    "双方的聊天记录引起了许多人的议论。"
)
NEWS = (
    "今天是农历九月三十。主管部门研究数据流通；国产客机新增三条航线；北方多地迎来大风降温天气，请注意添衣；"
    "三家面板厂同时宣布下调产能，供应链人士预计明年春天价格回升。"
)
ROSES = (
    "Gardening tips for the cold season: how to prune roses in late autumn without harming the roots, when to cover "
    "young trees against frost, and which bulbs may still go into the ground before winter sets in."
)


@pytest.mark.parametrize(
    ("one", "other", "text", "other_text", "expected"),
    [
        pytest.param("每日早报", "每日早报", MILK, MILK, True, id="short headline, one text"),
        pytest.param("每日早报", "每日早报", MILK, NEWS, False, id="short headline, strangers"),
        pytest.param("Weekly open thread", "Weekly open thread", ROSES, NEWS, False, id="column, strangers"),
        pytest.param("Weekly open thread", "Weekly Open Thread", ROSES, ROSES[:160], True, id="column, one cut short"),
        pytest.param("Weekly open thread", "Weekly open thread", "All about roses", MILK, True, id="too short to tell"),
        pytest.param("Weekly open thread", "Weekly open thread", ROSES[:80], MILK[:30], False, id="nothing shared"),
        pytest.param("Weekly open thread", "Weekly open thread", f"<p><a href='/x'>{MILK}", ROSES, False, id="markup"),
        pytest.param("女子网购牛奶收到多箱", "女子网购牛奶收道多箱", MILK, MILK, True, id="mistyped ideograph"),
        pytest.param("Weekly open threed here", "Weekly open thread here", ROSES, ROSES, True, id="mistyped word"),
        pytest.param("女子网购牛奶收到多箱", "女子网购牛奶收道多箱", "", "", False, id="mistyped, no text"),
        pytest.param("震惊女子网购牛奶收到多箱", "女子网购牛奶收到多箱", MILK, MILK, True, id="lead-in left"),
        pytest.param(
            "女子网购牛奶收到多箱 - 晨星", "女子网购牛奶收到多箱 - 北辰", MILK, MILK, True, id="names, one text",
        ),
        pytest.param(
            "女子网购牛奶收到多箱 - 晨星", "女子网购牛奶收到多箱 - 北辰", MILK, NEWS, False, id="names, strangers",
        ),
        pytest.param("女子网购10箱牛奶收到11箱", "女子网购10箱牛奶收到12箱", MILK, MILK, False, id="number"),
        pytest.param("女子网购牛奶被要求退款", "女子网购牛奶未被要求退款", MILK, MILK, False, id="negation"),
        pytest.param("客服起诉女子索赔运费", "女子起诉客服索赔运费", MILK, MILK, False, id="swapped"),
        pytest.param("小米17手机全面评测", "小米17 Pro手机全面评测", MILK, MILK, False, id="model"),
        pytest.param(
            "女子网购牛奶多出一箱", "男子网购牛奶多出一箱", MILK, MILK.replace("女", "男"), False, id="own texts",
        ),
        pytest.param(
            "女子網購牛奶收到箱", "女子网购牛奶收到箱", OpenCC("s2t").convert(MILK), MILK, True, id="traditional",
        ),
    ],
)  # fmt: skip
def test_where_headlines_cannot_say_the_texts_do(
    one: str,
    other: str,
    text: str,
    other_text: str,
    expected: bool,  # noqa: FBT001
) -> None:
    """One headline over unrelated texts is two pieces. A small difference over one text is spelling."""
    assert is_same(one, other, text, other_text) is expected


#: As people reported to other readers, in words of our own: Google News' publishers behind a dash (bubelov/vesti 134,
#: pooza/tomato-shrieker 1401), one piece in a site's sections (RSSNext/Folo 780, FreshRSS 948), one headline of two
#: pieces (Lallassu/gorss 14), every headline the page's (DIYgod/RSSHub 4211), several media (DevXDojo/MrRSS 400).
REPORTED = [
    ("Rain cuts off villages near U.S. border - CBS News", "Rain cuts off villages near US border", "", "", True),
    ("Rain cuts off villages near the border - CBS News", "Rain cuts off villages near the border - AP", "", "", True),
    (
        "ラピダス、２ナノ量産を千歳で開始 - ITmedia NEWS",
        "ラピダス、2ナノ量産を千歳で開始 - Impress Watch",
        "",
        "",
        True,
    ),
    ("港府擬修例 規管網約車 - 港聞 - 明報新聞網", "港府拟修例规管网约车", "", "", True),
    ("Human chain on the waterfront | RNZ News", "Human chain on the waterfront | World | RNZ", "", "", True),
    ("What we learned this week", "What we learned this week", MILK, NEWS, False),
    ("某通讯社新闻 - 健康保险", "某通讯社新闻 - 健康保险", MILK, NEWS, False),
    ("某公司发布2026年度财报：营收增长12%", "某公司发布2026年度财报，营收增长12% | 晨星", "", "", True),
    ("某公司发布2026年度财报：营收增长12%", "某公司发布2026年度财报，营收增长21% | 晨星", "", "", False),
    ("Путин и Трамп провели встречу — РБК", "Путин и Трамп провели встречу", "", "", True),
    ("Путин и Трамп провели встречу", "Трамп и Путин провели встречу", "", "", False),
    ("L’inflation recule à 0,9 % - Le Monde", "L'inflation recule à 0,9%", "", "", True),
    ("L’inflation recule à 0,9 %", "L'inflation recule à 0,8%", "", "", False),
    ("삼성전자, 2나노 양산 시작 | 연합뉴스", "[속보] 삼성전자, 2나노 양산 시작", "", "", True),
]


@pytest.mark.parametrize(("one", "other", "text", "other_text", "expected"), REPORTED)
def test_headlines_that_people_reported(
    one: str,
    other: str,
    text: str,
    other_text: str,
    expected: bool,  # noqa: FBT001
) -> None:
    """In whatever language."""
    assert is_same(one, other, text, other_text) is expected


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
