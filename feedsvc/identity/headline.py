"""
What two headlines of one piece share: as sites republish them, with marks, suffixes and punctuation of their own. Pure.

Numbers are kept apart: `iPhone 17` and `iPhone 16`, the second and the third quarter are never one piece.
"""

import re
import unicodedata

from feedsvc.normalize import title_key

#: What editors put before or behind a headline, in brackets or with a bar, and what says nothing of the piece.
MARKS = (
    "图|多图|组图|视频|图文|图集|图赏|动图|更新|已更新|持续更新|更新中|独家|快讯|突发|首发|转载|原创|转|热点|头条|公告|"
    "最新|置顶|推荐|推广|直播|现场|深度|专访|观点|评论|重磅|关注|updated?|exclusive|video|breaking|photos?|pics?|live"
)
BRACKETED = re.compile(rf"[\[【（(《「]\s*(?:{MARKS})\s*[\]】）)》」]", re.IGNORECASE)
LEADING = re.compile(rf"^\s*(?:{MARKS})\s*[|｜丨:：·•!！]\s*", re.IGNORECASE)

#: A site's name behind the last bar, line or dash; in Latin letters, or Chinese of a few characters.
SUFFIX = re.compile(
    r"\s*(?:[_|｜丨]|\s[-–—]+\s|[-–—]{2,})\s*"
    r"(?:[\w.]*\.(?:com|cn|net|org|tw|hk|io)(?:\.\w{2})?|[A-Za-z][A-Za-z ]{1,24}|[\w\u4e00-\u9fff]{1,8}"
    r"(?:网|网站|新闻|资讯|科技|财经|社|报|之家|在线|频道|头条|氪))\s*$",
    re.IGNORECASE,
)

#: Behind a headline without a bar.
TRAILING = re.compile(rf"\s*[|｜丨·•\-–—]\s*(?:{MARKS})\s*$", re.IGNORECASE)

#: A number with what makes it one of a kind: `3.5`, `M4`, `RTX5090`, `20%`, `3nm`.
NUMBER = re.compile(r"[a-z]*\d+(?:[.,:]\d+)*[a-z%‰]*")

#: Letters and the digits after them are one model, with a space between or not: `iPhone 17`, `RTX 5090`.
SPACED = re.compile(r"(?<=[a-z])[ -](?=\d)|(?<=\d)[ -](?=(?:pro|max|plus|ultra|ti|mini|air|se|x|s)(?![a-z]))")

#: Words that turn the sense of a headline round where they stand in one of two.
TURNS = re.compile(
    r"[不未没无非否拒]|暂停|取消|推迟|恢复|[上下]涨|[上下]跌|涨|跌|[升降增减]|[高低多少]于|超过|超|不足|反弹|新高|新低"
    r"|\b(?:not?|never|without|denies|denied|rises?|falls?|up|down)\b"
)

#: Chinese numerals that count or order something.
HAN_NUMBER = re.compile(r"第?[〇零一二两三四五六七八九十百千万亿]+(?=[季代期届部集次批轮号款名年月日周天个亿万倍成])")


def _joined(text: str) -> str:
    return SPACED.sub("", text)


def headline_key(title: str) -> str:
    """Letters and digits of a headline without what a site adds; equal for two spellings of one. May be empty."""
    text = unicodedata.normalize("NFKC", title)
    text = BRACKETED.sub(" ", text)
    for pattern in (SUFFIX, TRAILING, LEADING):
        shorter = pattern.sub("", text)
        # A headline that is all suffix is no suffix.
        text = shorter if title_key(shorter) else text
    return title_key(text)


def senses(title: str) -> tuple[str, ...]:
    """The words in a headline that turn its sense round, in order: rises and falls, yes and no."""
    return tuple(TURNS.findall(unicodedata.normalize("NFKC", title).casefold()))


def numbers(title: str) -> tuple[str, ...]:
    """The numbers and models in a headline, sorted: two pieces that differ in one are two."""
    text = _joined(unicodedata.normalize("NFKC", title).casefold())
    return tuple(sorted(one.replace(",", "") for one in (*NUMBER.findall(text), *HAN_NUMBER.findall(text))))
