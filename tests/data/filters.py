"""Entries, forms of filters, and a plain model that says which entries a form fits. It shares no code with feedsvc."""

import random
import re
import unicodedata
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st
from opencc import OpenCC

from feedsvc.filters.readable import Readable

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

#: Pieces of texts: scripts, widths and cases of one word, and words within words.
PIECES = (
    "华为", "華為", "ＧＰＵ", "gpu", "GPUs", "小米", "手机", "手機", "5G", "15g", "C++", "news", "newspaper", "Straße",
    "STRASSE", "é", "cafe\u0301", "云", "雲", "著名", "a\u200bb", "ab", "機器人", "2026", "，", " ", " ", "。",
)  # fmt: skip

NAMES = ("机器人", "機器人", "Adam", "ADAM", "李华")
TAGS = ("数码", "數碼", "Tech", "科技")
FIELDS = ("title", "content", "author", "category", "link", "source", "language", "any")


def _text(dice: random.Random, most: int) -> str:
    return "".join(dice.choices(PIECES, k=dice.randint(0, most)))


def _entry(dice: random.Random) -> dict[str, Any]:
    arrived = NOON + timedelta(hours=dice.randint(0, 500))
    has_date = dice.random() < 0.8
    return {
        "title": _text(dice, 6), "link": dice.choice(("", "https://a.example/新闻/1", "https://ads.example/2")),
        "author": tuple(dice.sample(NAMES, dice.randint(0, 2))),
        "category": tuple(dice.sample(TAGS, dice.randint(0, 2))), "content": _text(dice, 40),
        "summary": _text(dice, 12), "source": dice.choice((("cnbeta",), ("cnbeta", "cnBeta全文"))),
        "language": dice.choice(("", "zh-CN", "zh-TW", "en")), "arrived": arrived,
        "published": arrived - timedelta(hours=dice.randint(-24, 400)) if has_date else None,
        "enclosure": dice.random() < 0.3, "picture": dice.random() < 0.5,
    }  # fmt: skip


ENTRIES = [_entry(random.Random(number)) for number in range(120)]  # noqa: S311 - texts, no secrets


def readable(entry: dict[str, Any]) -> Readable:
    """The entry as filters see it."""
    return Readable(
        title=entry["title"], link=entry["link"], authors=entry["author"], tags=entry["category"],
        text=lambda: entry["content"], summary=lambda: entry["summary"], sources=entry["source"],
        language=entry["language"], published=entry["published"], arrived=entry["arrived"],
        has_enclosure=entry["enclosure"], has_picture=lambda: entry["picture"],
    )  # fmt: skip


# --- forms -----------------------------------------------------------------------------------------------------------

WORDS = (
    "华为", "華為", "gpu", "ＧＰＵ", "5g", "c++", "news", "strasse", "café", "著", "ab", "手機 ", "国", "米手", "u",
    "é", "新闻",
)  # fmt: skip
PATTERNS = (
    "华为|小米", "^华", "gpus?$", "GPU", r"\d{3,}", "[a-c]+", "ads", "^$", "(?:手机|云){2}", "^zh", "beta", "数码",
)  # fmt: skip
TEXTS = (*NAMES, *TAGS, "ZH-cn", "CNBETA", "华为")
TESTS: tuple[Any, ...] = (
    *PATTERNS,
    *({"regex": pattern, "case": is_cased} for pattern in PATTERNS for is_cased in (True, False)),
    *({"words": word} for word in WORDS),
    {"words": ["国", "ＧＰＵ"]},
    *({"equals": text} for text in TEXTS),
    {"equals": ["adam", "科技"]},
)
MOMENTS = ("7d", "48h", "1w", "p10d", "2026-03-05", "2026-03-05T08:00:00+08:00", "1772700000")

#: Every condition that the tests know.
LEAVES: list[dict[str, Any]] = [
    *({field: test} for field in FIELDS for test in TESTS),
    *({key: moment} for key in ("newer", "older") for moment in MOMENTS),
    *({"has": part} for part in ("enclosure", "picture", "text")),
    *({key: size} for key in ("longer", "shorter") for size in range(5, 125, 5)),
]
FORMS = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.tuples(st.sampled_from(("all", "any", "none")), st.lists(inner, min_size=1, max_size=3)).map(
        lambda one: {one[0]: one[1]}
    ),
    max_leaves=8,
)

# --- the model -------------------------------------------------------------------------------------------------------

#: Characters that OpenCC leaves, and feedsvc does not.
LEFT = str.maketrans({"著": "着"})


@cache
def _simple(character: str) -> str:
    return str(OpenCC("t2s").convert(character)).translate(LEFT)


@cache
def fold(text: str) -> str:
    """Narrow, lower-case, simplified, without invisible characters."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text.replace("\u200b", "")).casefold())
    return " ".join("".join(map(_simple, plain)).split())


def _texts(field: str, entry: dict[str, Any]) -> list[str]:
    if field == "any":
        return [text for name in ("title", "link", "author", "category", "content") for text in _texts(name, entry)]
    value = entry[field]
    return [value] if isinstance(value, str) else list(value)


#: Characters of words, and of numbers.
KINDS = ("a-z\u00df-\u00f6\u00f8-\u00ff", "0-9")


def _has_word(word: str, text: str) -> bool:
    word = fold(word)
    before = "".join(f"(?<![{kind}])" for kind in KINDS if re.match(f"[{kind}]", word))
    after = "".join(f"(?![{kind}])" for kind in KINDS if re.match(f"[{kind}]", word[-1]))
    return re.search(before + re.escape(word) + after, fold(text)) is not None


def _matches(test: Any, text: str) -> bool:
    test = {"regex": test} if isinstance(test, str) else test
    if "regex" in test:
        return re.search(test["regex"], text, 0 if test.get("case") else re.IGNORECASE) is not None
    (wanted,) = test.values()
    wanted = wanted if isinstance(wanted, list) else [wanted]
    if "words" in test:
        return any(_has_word(word, text) for word in wanted)
    return fold(text) in {fold(one) for one in wanted}


DURATIONS = {"7d": 168, "48h": 48, "1w": 168, "p10d": 240}
TIMES = {
    "2026-03-05": datetime(2026, 3, 5, tzinfo=UTC), "2026-03-05T08:00:00+08:00": datetime(2026, 3, 5, tzinfo=UTC),
    "1772700000": datetime.fromtimestamp(1772700000, UTC),
}  # fmt: skip


def fits(form: dict[str, Any], entry: dict[str, Any]) -> bool:
    """Whether the form of a filter fits an entry."""
    ((key, value),) = form.items()
    if key in {"all", "any", "none"} and isinstance(value, list):
        answers = [fits(one, entry) for one in value]
        return {"all": all(answers), "any": any(answers), "none": not any(answers)}[key]
    if key in {"newer", "older"}:
        since = TIMES[value] if value in TIMES else entry["arrived"] - timedelta(hours=DURATIONS[value])
        return ((entry["published"] or entry["arrived"]) >= since) is (key == "newer")
    if key == "has":
        return bool({"text": len(entry["content"]) > len(entry["summary"]), **entry}[value])
    if key in {"longer", "shorter"}:
        size, bound = len(entry["content"]), int(value)
        return size > bound if key == "longer" else size < bound
    return any(_matches(value, text) for text in _texts(key, entry))
