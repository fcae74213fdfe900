"""Headlines of one piece, however sites write them; and of two that look alike."""

from dataclasses import replace
from importlib import import_module

import pytest

from feedsvc.identity.headline import headline_key, numbers
from feedsvc.merge import is_same_piece
from tests.data.headlines import pairs
from tests.data.judge_headlines import is_same, judge, piece

#: Pairs of authors who did not know the rule. The first module was in view while the rule was made. The second and the
#: third changed it once: equal headlines over texts that differ. The last was judged when the rule was done.
MODULES = [f"tests.data.headline_pairs{part}" for part in ("", "_held", "_fresh", "_last")]


@pytest.mark.parametrize("module", MODULES)
def test_of_pairs_by_a_stranger_few_are_merged_wrongly_and_most_are_found(module: str) -> None:
    """At most one of two hundred that are two pieces is taken for one; at least four of five that are one are found."""
    verdict = judge(import_module(module).PAIRS)

    assert verdict.same >= 50
    assert verdict.others >= 50
    assert verdict.wrong <= 0.005, verdict.merged
    assert verdict.found >= 0.8, verdict.missed


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
    assert is_same_piece(piece("甲", link="e.example/1"), piece("乙", link="e.example/1", hours=300))
    assert not is_same_piece(piece("甲", link="e.example/1"), piece("乙", link="e.example/1", hours=999))
    assert not is_same_piece(piece("甲 1", link="e.example/1"), piece("甲 2", link="e.example/1"))
    assert not is_same_piece(piece("甲", link="e.example/1"), piece("乙", link="e.example/2"))


@pytest.mark.parametrize(("hours", "expected"), [(0, True), (48, True), (-48, True), (48.1, False), (168, False)])
def test_a_column_of_next_week_is_another_piece(hours: float, expected: bool) -> None:  # noqa: FBT001
    """The same headline within two days is one piece, later it is the next one."""
    assert is_same_piece(piece("每周新品回顾与点评"), piece("每周新品回顾与点评", hours=hours)) is expected


def test_short_and_undated_headlines_say_too_little() -> None:
    """`早报` is everybody's."""
    assert not is_same_piece(piece("科技早报"), piece("科技早报"))
    assert not is_same_piece(piece("每周新品回顾与点评"), replace(piece("每周新品回顾与点评"), published=None))


# --- only spelling ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("臺積電宣佈擴大美國投資規模", "台积电宣布扩大美国投资规模", id="traditional characters"),
        pytest.param(
            "衞星綫路裏程碑達成 看著它着陸", "卫星线路里程碑达成，看着它着陆", id="variants of Hong Kong and Taiwan",
        ),
        pytest.param("ＡＭＤ发布Ｚｅｎ６处理器", "AMD发布Zen 6处理器", id="width"),
        pytest.param("特斯拉 Model Y 降价 1.5 万元", "特斯拉Model Y降价1.5万元", id="spaces"),
        pytest.param("「黑神話：悟空」銷量突破", "《黑神话:悟空》销量突破", id="quotation marks"),
        pytest.param("Apple’s new iPad is here", "Apple's New iPad Is Here", id="apostrophe and case"),
        pytest.param("GPT-6 正式发布 开放下载", "GPT 6正式发布，开放下载！", id="hyphen of a model"),
        pytest.param("Intel to cut 5,000 jobs", "Intel to cut 5000 jobs", id="thousands"),
        pytest.param("10~12日有大雨 请减少出行", "10–12日有大雨，请减少出行", id="dash of a range"),
        pytest.param("气温将降至-5℃ 发布预警", "气温将降至−5°C，发布预警", id="minus"),
        pytest.param("某公司上线新功能™", "某公司上线新功能\ufeff", id="marks of no meaning"),
    ],
)  # fmt: skip
def test_spelling_makes_no_other_key(one: str, other: str) -> None:
    """Characters, width, spaces and marks are how a site writes."""
    assert headline_key(one) == headline_key(other)
    assert is_same(one, other)


@pytest.mark.parametrize(
    "made",
    [
        "{} - cnBeta.COM", "{} - cnBeta.COM 移动版", "{}-IT之家", "{}-36氪", "{}_新浪网", "{}_科技_新浪网",
        "{}__凤凰网",
        "{}_半导体_晨星网", "{} | 晨星", "{}｜南岸新聞網", "{}丨科学网", "{}│TVBS新聞網", "{} - 北辰", "{}--人民网",
        "{}--快科技--科技改变生活", "{}——新华网", "{} · 少数派", "{} • The Register", "{} » Harbor Magazine",
        "{} :: Rock Paper Shotgun", "{} – Krebs on Security", "{} — 第一财经", "{} | Hardware | The Guardian",
        "{}|芯片|台积电_新浪科技_新浪网", "{}|芯片|晶圆|产能_网易订阅", "{} [LWN.net]", "{}（晨报网）",
        "{} - 硬件 - cnBeta.COM",
        "{} ：路透社", "{}_北辰 Beichen.com", "{} - 移动通信 — C114(通信网)",
    ],
)  # fmt: skip
def test_a_name_behind_a_headline_is_no_part_of_the_headline(made: str) -> None:
    """With sections and keywords before the name, and a slogan behind it, whatever the mark between."""
    assert is_same("台积电宣布扩大美国投资规模", made.format("台积电宣布扩大美国投资规模"))


@pytest.mark.parametrize(
    "made",
    [
        "【独家】{}", "【晨星评测室】{}", "[图]{}", "（组图）{}", "{}【视频】", "{}（更新）", "{}(来源：新华网)",
        "独家：{}", "独家丨{}",
        "某科技独家：{}", "36氪首发 | {}", "快讯：{}", "快訊！{}", "快訊／{}", "重磅 {}", "消息称{}", "有消息指{}",
        "传{}", "曝{}",
        "曝光：{}", "网传{}", "据报道，{}", "据悉{}", "据彭博社报道，{}", "据财联社11月26日电，{}", "外媒：{}",
        "日媒称{}", "路透社：{}",
        "《南岸日报》：{}", "北岸时报称，{}", "知情人士：{}", "业内人士透露，{}", "最前线 | {}", "Solidot | {}",
        "科技 | {}",
        "据北京日报报道，{}", "《北岸时报》称{}", "36氪获悉，{}", "Sources: {}",
        "IT之家 11 月 26 日消息，{}", "新华社北京11月26日电 {}", "Scoop: {}", "EXCLUSIVE-TSMC {}", "Reuters: {}",
        "Breaking News - {}",
    ],
)  # fmt: skip
def test_a_lead_in_is_no_part_of_the_headline(made: str) -> None:
    """The key of a headline leaves out the source in front of it, and an editor's label."""
    title = "台积电宣布扩大美国投资规模" if "TSMC" not in made else "announces larger investment in Arizona"
    bare = title if "TSMC" not in made else f"TSMC {title}"

    assert is_same(bare, made.format(title))


# --- another piece ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("三星S26相机参数曝光", "三星S26+相机参数曝光", id="plus behind a name"),
        pytest.param("Disney上线新会员方案", "Disney+上线新会员方案", id="plus behind a word"),
        pytest.param("今日股价+5%创纪录", "今日股价-5%创纪录", id="signs of a number"),
        pytest.param("北京今晨气温5℃体感冷", "北京今晨气温-5℃体感冷", id="minus"),
        pytest.param("评级下调至A-引发关注", "评级下调至A引发关注", id="minus behind a letter"),
        pytest.param("小米15发布会定档五月", "小米15 Pro发布会定档五月", id="word of a model"),
        pytest.param("理想L6正式开启交付", "理想6正式开启交付", id="letter of a model"),
        pytest.param("C# 14 正式发布并开源", "C 14 正式发布并开源", id="sharp"),
        pytest.param("某公司营收3.5亿元超预期", "某公司营收35亿元超预期", id="point"),
        pytest.param("Review: 5 10 in a row", "Review: 510 in a row", id="two numbers"),
        pytest.param("欧冠：皇马2:1胜巴萨", "欧冠：皇马1:2胜巴萨", id="result"),
        pytest.param("某公司营收5万美元超预期", "某公司营收5万元超预期", id="currency"),
        pytest.param("售价$99的新耳机开卖了", "售价€99的新耳机开卖了", id="sign of a currency"),
        pytest.param("宽带提速至100Mb成标配", "宽带提速至100MB成标配", id="bits and bytes"),
        pytest.param("激光器功率达5mW创纪录", "激光器功率达5MW创纪录", id="milli and mega"),
        pytest.param("股价↑5%创阶段纪录", "股价↓5%创阶段纪录", id="arrows"),
        pytest.param("增速>5%的城市有哪些", "增速<5%的城市有哪些", id="more and less"),
        pytest.param("苹果会在明年推出折叠手机", "苹果不会在明年推出折叠手机", id="negation"),
        pytest.param("国际油价上涨3%收盘", "国际油价下跌3%收盘", id="direction"),
        pytest.param("苹果起诉三星侵犯专利", "三星起诉苹果侵犯专利", id="subject and object"),
        pytest.param("新款MacBook上手评测 - M5 Pro", "新款MacBook上手评测 - M5 Max", id="model behind a dash"),
        pytest.param("新款MacBook上手评测 - M5", "新款MacBook上手评测", id="model behind a dash, or none"),
        pytest.param("iPhone 17 深度评测 - 屏幕篇", "iPhone 17 深度评测 - 续航篇", id="part behind a dash"),
        pytest.param("新品发布会汇总 - 手机", "新品发布会汇总 - 汽车", id="section alone"),
        pytest.param("新品发布会汇总 | 小米科技", "新品发布会汇总 | 追觅科技", id="two names that may be subjects"),
        pytest.param("财新周刊 | 稀土博弈", "财新周刊 | 芯片博弈", id="column"),
        pytest.param("苹果：将在印度扩大产能", "三星：将在印度扩大产能", id="subject before a colon"),
        pytest.param("苹果财报：营收超出预期", "三星财报：营收超出预期", id="report before a colon"),
        pytest.param("湖南卫视：跨年晚会取消", "浙江卫视：跨年晚会取消", id="medium as subject"),
        pytest.param("Ask HN: best RSS reader today", "Show HN: best RSS reader today", id="kind before a colon"),
        pytest.param("Update 26: new features for all", "Update 27: new features for all", id="number before a colon"),
        pytest.param("【辟谣】特斯拉Model Y将降价", "特斯拉Model Y将降价", id="denial in brackets"),
        pytest.param("【评测】iPhone Air 手机", "【开箱】iPhone Air 手机", id="two brackets"),
        pytest.param("微信更新上线 - Windows客户端", "微信更新上线 - Mac客户端", id="edition"),
    ],
)  # fmt: skip
def test_what_tells_two_pieces_apart(one: str, other: str) -> None:
    """Numbers, signs, units, models, sense and subject, whatever a site sets around."""
    assert not is_same(one, other)
    assert not is_same(one, f"【独家】{other} - cnBeta.COM")


# --- numbers and senses ----------------------------------------------------------------------------------------------


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
