"""The likeness of two headlines and two texts, and the signs that keep similar pieces apart. Pure."""

import re
from functools import lru_cache
from html import unescape
from itertools import pairwise

from feedsvc.identity.headline.frame import Headline
from feedsvc.identity.headline.spelling import plain

#: Words (an ideograph is one) that may be left before or behind a headline, as a lead-in is.
MAX_LEFT = 6

#: Words within a headline that may be mistyped, and how alike, of 100, the two spellings of a word are.
MAX_TYPOS = 2
TYPO = 60

#: Texts of fewer pairs of words say nothing, unless they have the second number and all or none in common. With less
#: than the first share in common two texts are strangers, with the second they may be of one piece, with the third
#: they are one text.
MIN_PAIRS = 25
MIN_FEW = 10
STRANGE = 0.15
AKIN = 0.3
HALF = 0.5
SAME = 0.7

#: A character of Chinese, Japanese or Korean, or a word of others.
WORD = re.compile(r"[\u3040-\u9fff\uac00-\ud7a3]|[^\W_\u3040-\u9fff\uac00-\ud7a3]+")

#: Letters of a word that two texts about one thing share.
LONG_WORD = 5

#: Characters of a text that are compared, and of its HTML.
COMPARED_LENGTH = 600
COMPARED_HTML_LENGTH = 4000
TAG_OR_REST = re.compile(r"<[^<>]*(?:>|$)")

#: A number with its sign and what makes it one of a kind: `+3.5`, `M4`, `RTX5090`, `20%`, `3nm`.
NUMBER_WORD = re.compile(
    r"(?<![^\W_])[$€¥£]?[a-z]*\d+(?:[.,:/]\d+)*[a-z%‰°+]*|[$€¥£]?[a-z]*\d+(?:[.,:/]\d+)*[a-z%‰°+]*"
)

#: A sign before a number: behind a letter or digit it is a hyphen.
SIGNED = re.compile(r"(?<![a-z0-9])[+-]\d+")

#: Letters and the digits after them are one model, with a space between or not: `iPhone 17`, `RTX 5090`.
SPACED = re.compile(
    r"(?<=[a-z])[ -](?=\d)|(?<=\d)[ -](?=(?:pro|max|plus|ultra|ti|mini|air|se|lite|super|xl|x|s)(?![a-z]))"
)

#: Words and letters that tell one model from another.
MODEL = re.compile(r"(?<![a-z])(?:pro|max|plus|ultra|mini|air|lite|se|ti|super|xl|[a-z])(?![a-z'])|(?<=[^\W_])\+")

#: Words that turn the sense of a headline round where they stand in one of two.
TURNS = re.compile(
    r"[不未没无非否拒]|暂停|取消|推迟|恢复|[上下]涨|[上下]跌|涨|跌|[升降增减]|[高低多少]于|超过|超|不足|反弹|新高|新低"
    r"|[买卖]|[开关]|[加减]|[进出]口|[左右]|[男女]|[东西南北]|[红橙黄蓝绿黑白]|[上下前后][^\W\d_]"
    r"|\b(?:not?|never|without|denies|denied|rises?|falls?|up|down|gains?|loses?|wins?|buys?|sells?|more|less|fewer)\b"
)

#: Chinese numerals that count or order something.
HAN_NUMBER = re.compile(r"第?[〇零一二两三四五六七八九十百千万亿]+(?=[季代期届部集次批轮号款名年月日周天个亿万倍成])")

#: Units, and what counts: the same number of another is another.
UNIT = re.compile(
    r"(?<=\d)\s?(?:[a-z%‰°]+|[十百千万亿兆]*(?:美元|欧元|日元|英镑|港元|元|吨|公里|米|厘米|毫米|纳米|度|倍|成|万|亿))"
)


def numbers(title: str) -> tuple[str, ...]:
    """The numbers and models in a headline, sorted: two pieces that differ in one are two."""
    text = SPACED.sub("", plain(title).casefold())
    found = (*NUMBER_WORD.findall(text), *SIGNED.findall(text), *HAN_NUMBER.findall(text))
    return tuple(sorted(one.replace(",", "") for one in found))


def senses(title: str) -> tuple[str, ...]:
    """The words in a headline that turn its sense round, in order: rises and falls, yes and no."""
    return tuple(TURNS.findall(plain(title).casefold()))


def is_same_headline(one: Headline, other: Headline, text: str = "", other_text: str = "") -> bool:
    """
    Whether two headlines with an equal core are one, and where they cannot say, the beginnings of their texts do.

    What may be a name is one where the other headline has none, or the same: else it may be a part of the piece.
    """
    share = _shared(text, other_text)
    if one.doubtful == other.doubtful:
        # A column has the same headline each day, and some words of its text too.
        return share is None or share >= HALF
    is_added = one.doubtful <= other.doubtful or other.doubtful <= one.doubtful
    return is_added if share is None else share >= (AKIN if is_added else SAME)


def are_near(one: Headline, other: Headline) -> bool:
    """Whether two headlines differ by a mistyped word or a lead-in that was left, and in nothing that tells."""
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - only headlines that are nearly equal need it

    words, others = _words(one.core), _words(other.core)
    steps = [step for step in Levenshtein.opcodes(words, others) if step.tag != "equal"]
    changes = [(words[step.src_start : step.src_end], others[step.dest_start : step.dest_end]) for step in steps]
    # `A sues B` is not `B sues A`.
    is_moved = not {word for own, _ in changes for word in own}.isdisjoint(word for _, new in changes for word in new)
    typos = [
        change
        for step, change in zip(steps, changes, strict=True)
        if not _is_left(change, is_end=not step.src_start + step.dest_start or step.src_end == len(words))
    ]
    if is_moved or len(typos) > MAX_TYPOS or not all(_is_typo(*change) for change in typos):
        return False
    return all(tell(one.core) == tell(other.core) for tell in (numbers, senses, _models, _units))


def _is_left(change: tuple[list[str], list[str]], *, is_end: bool) -> bool:
    own, foreign = change
    return is_end and not (own and foreign) and len(own) + len(foreign) <= MAX_LEFT


def _is_typo(own: list[str], foreign: list[str]) -> bool:
    """One word for none, or for one that is much alike; an ideograph is a word."""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - as above

    if len(own) > 1 or len(foreign) > 1:
        return False
    word, new = "".join(own), "".join(foreign)
    return not (word and new) or not (word.isascii() or new.isascii()) or ratio(word, new) >= TYPO


def _models(text: str) -> list[str]:
    return sorted(MODEL.findall(text.casefold()))


def _units(text: str) -> list[str]:
    return sorted(found.strip() for found in UNIT.findall(text.casefold()))


def is_told_apart(one: Headline, other: Headline, text: str, other_text: str) -> bool:
    """Whether texts say which headline is whose: a word that only one headline has stands in its text alone."""
    words, others = set(_words(one.core)), set(_words(other.core))
    written, also = set(_words(_beginning(text))), set(_words(_beginning(other_text)))
    return any(word in written and word not in also for word in words - others) or any(
        word in also and word not in written for word in others - words
    )


def is_same_text(one: str, other: str) -> bool:
    """Whether two texts, both long enough to tell, are the same but for little."""
    share = _shared(one, other)
    return share is not None and share >= SAME


def are_strangers(one: str, other: str) -> bool:
    """Whether two texts, both long enough to tell, share next to nothing."""
    share = _shared(one, other)
    return share is not None and share < STRANGE


def _shared(one: str, other: str) -> float | None:
    """The share of the shorter text's pairs that the longer one has; None where either is too short to tell."""
    pairs, others = _pairs(_beginning(one)), _pairs(_beginning(other))
    fewer = min(len(pairs), len(others))
    if fewer < MIN_FEW:
        return None
    share = len(pairs & others) / fewer
    if fewer >= MIN_PAIRS or share == 1:
        return share
    return None if share or _long_words(pairs) & _long_words(others) else 0


def _long_words(pairs: frozenset[tuple[str, str]]) -> set[str]:
    """The subject of a text of few words, where the words are not ideographs."""
    return {word for pair in pairs for word in pair if len(word) >= LONG_WORD}


@lru_cache(maxsize=512)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    """Each two words that follow each other."""
    return frozenset(pairwise(_words(text)))


def _beginning(html: str) -> str:
    """The beginning of a text, of HTML or plain."""
    return unescape(TAG_OR_REST.sub(" ", html[:COMPARED_HTML_LENGTH]))[:COMPARED_LENGTH]


def _words(text: str) -> list[str]:
    """Words of letters and digits; of Chinese, Japanese and Korean each character."""
    return WORD.findall(plain(text).casefold())
