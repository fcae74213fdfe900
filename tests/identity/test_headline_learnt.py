"""Words that most headlines of a source share are learnt; and laws of a headline's key."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from feedsvc.identity.headline import NOTHING, decorations, headline_key
from feedsvc.identity.headline.spelling import MAX_HEADLINE, plain
from feedsvc.merge import is_same_piece
from tests.data.judge_headlines import piece

law = settings(max_examples=100, deadline=None)

#: Headlines of ideographs and Latin words, with nothing around them.
HEADLINES = st.lists(
    st.sampled_from(
        [
            "台积电", "宣布", "扩大", "美国", "投资", "规模", "iPhone 17", "RTX 5090", "会议", "发布", "计划", "3.5%",
            "GPT-6"
        ]
    ),
    min_size=4, max_size=9, unique=True,
).map(" ".join)  # fmt: skip


@cache
def converter(name: str) -> OpenCC:
    """OpenCC's tables, which take a while to read."""
    return OpenCC(name)


@pytest.mark.parametrize(
    "made",
    [
        "{}_科技_晨星V8，你身边的科技站",
        "晨星V8：{}",
        "【晨星V8】{}",
        "{} ~ V8 is the place to be",
        "首页 - {} - 晨星V8",
    ],
)
def test_what_most_headlines_of_a_source_share_is_learnt(made: str) -> None:
    """A name or slogan of any form, of five headlines."""
    bare = [f"{one}公司发布新一代旗舰产品" for one in ("甲", "乙", "丙", "丁", "戊")]
    learnt = decorations([made.format(one) for one in bare])

    assert [headline_key(made.format(one), learnt) for one in bare] == [headline_key(one) for one in bare]
    assert decorations([made.format(one) for one in bare[:4]]) == NOTHING


def test_what_few_headlines_share_is_not_learnt() -> None:
    """A subject of some headlines is no decoration."""
    titles = [f"{one}：第{number}次试飞成功" for number, one in enumerate("甲甲甲乙乙丙丁戊")]

    assert decorations(titles) == NOTHING


def test_the_name_of_a_source_needs_no_learning() -> None:
    """As a whole or in part, before or behind a headline."""
    learnt = decorations((), "南方V8 - 首页")

    for made in ("{} | 南方V8", "{}_首页_南方v8", "南方V8：{}"):
        assert headline_key(made.format("本田发布全新混动平台"), learnt) == headline_key("本田发布全新混动平台")
    assert headline_key("南方V8", learnt)


@law
@given(
    HEADLINES, st.sampled_from(["【独家】{}", "{} - cnBeta.COM", "据报道，{}", "{}_新浪网", "快讯：{}", "路透社：{}"])
)
def test_the_key_does_not_depend_on_decoration(title: str, made: str) -> None:
    """However often a headline is republished."""
    assert headline_key(made.format(title)) == headline_key(title)
    assert headline_key(f"【图】{made.format(title)} | 人民网") == headline_key(title)


@law
@given(HEADLINES, st.sampled_from(["s2t", "s2tw", "s2hk"]))
def test_the_key_does_not_depend_on_script_width_or_spaces(title: str, script: str) -> None:
    """Simplified, traditional, wide, narrow, apart or together."""
    wide = title.translate({code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)})

    assert headline_key(converter(script).convert(title)) == headline_key(title)
    assert headline_key(wide) == headline_key(title)
    assert headline_key(title.replace(" ", "  ")) == headline_key(title)


@law
@given(st.text(max_size=80))
def test_plain_text_is_plain(title: str) -> None:
    """A text in one spelling stays in it."""
    assert plain(plain(title)) == plain(title)
    assert is_same_piece(piece(title), piece(title)) in {True, False}


@pytest.mark.parametrize("unit", ["国际_", "传", "|", "【", "- ", "1,", "据a", "[a]", "a-", "社："])
def test_a_long_headline_is_read_as_far_as_its_bound(unit: str) -> None:
    """Of a headline that somebody made to be slow, a thousand characters count."""
    assert headline_key(unit * 100_000) == headline_key((unit * MAX_HEADLINE)[:MAX_HEADLINE])


@law
@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=201, max_size=900))
def test_a_key_is_short_enough_for_an_index(title: str) -> None:
    """A long headline has a key that fits into an index and differs from the key of a longer headline."""
    assert len(headline_key(title).encode()) < 2704
    assert headline_key(title) != headline_key(f"{title}的")
