"""
Fields of front matter that decide who may read an article: the table JUDGES. Pure.

The fields are those of Hexo, Hugo, Jekyll, Zola, Gridea, Ghost, WordPress's exports and their plugins, with their
Chinese names. A value counts as private unless it is known to mean "public", because a text that was published by
mistake cannot be recalled.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC
from enum import IntEnum
from functools import lru_cache

from feedsvc.normalize import ANY_TIME, one_line, parse_date
from feedsvc.parse import seedfields
from feedsvc.parse.frontmatter import Quoted, Value
from feedsvc.parse.slips import is_slip

#: Words as `_word` returns them.
NO = frozenset({
    "false", "no", "off", "0", "n", "f", "never", "null", "none", "undefined", "否", "无", "不", "未加密", "不加密", "",
})  # fmt: skip
YES = frozenset({"true", "yes", "on", "1", "y", "t", "是", "是的", "对", "對"})
PUBLIC = YES | frozenset({
    "public", "visible", "publish", "published", "open", "everyone", "all", "any", "listed", "default", "free",
    "anonymous", "anyone", "everybody", "world", "公开", "公開", "已公开", "已公開", "已发布", "已發布", "所有人",
    "任何人", "所有人可见", "所有人可見", "显示", "顯示", "可见", "可見", "不隐藏", "不隱藏",
    "全部", "所有", "全体", "全體", "全部可见", "全部可見", "大家", "公众", "公眾", "ok", "live", "everywhere",
})  # fmt: skip

#: Words that cancel a field such as `hidden`. `all` is not among them: `hidden: all` hides.
PUBLIC_WORDS = frozenset(
    {"public", "published", "公开", "公開", "已公开", "已公開", "已发布", "已發布", "显示", "顯示", "不隐藏", "不隱藏"}
)

#: Parts of a page that `hide` may name, in Material for MkDocs and in themes.
HIDEABLE_PARTS = frozenset({
    "navigation", "nav", "navbar", "toc", "path", "footer", "header", "tags", "feedback", "title", "sidebar", "aside",
    "breadcrumb", "breadcrumbs", "menu", "search", "comment", "comments", "meta", "date", "author", "cover", "banner",
    "share", "related", "pagination", "copyright", "reward", "edit", "thumbnail", "thumb", "image", "images", "picture",
    "ads", "ad", "wordcount", "readingtime", "readtime", "views", "avatar", "category", "categories", "subtitle",
    "description", "donate", "license", "qrcode",
    "目录", "标题", "侧边栏", "评论", "导航", "日期", "时间", "作者", "版权", "封面", "图片", "广告", "字数", "标签",
    "分类", "分享", "打赏", "页脚", "页眉", "阅读时间",
})  # fmt: skip

#: A publisher, a platform or an address, which the field `published` may contain.
PUBLISHER = re.compile(
    r"(?![未不没沒待])(?!.*\b(?:not?|never|private|hidden|drafts?|secret)\b)"
    r"(?:.*(?:出版(?:社|公司|集[团團]|商|[传傳]媒)|[书書][局店]|[传傳]媒|[杂雜][志誌]社?|[报報]社)"
    r"|.*\b(?:press|publishing|publications?|publishers?|media|books|verlag|group|journal|magazine|weekly)"
    r"|o'?reilly|packt|springer|elsevier|wiley|manning|apress|addison-?wesley|pearson|nature|science|medium|github"
    r"|知乎|[简簡][书書]|掘金|csdn|(?:微信)?公[众眾][号號]|博客[园園]|豆瓣|微博|https?://\S+)",
    re.IGNORECASE,
)

#: A date in digits, even if the day does not exist.
FIGURES = re.compile(r"(?:19|20)\d\d(?:[-/.\s]\d[-+/.:\sTZ\d]*)?")


class Effect(IntEnum):
    """The effect of a field on an article. Of several effects, the one with the lowest value counts."""

    HIDDEN = 1
    DRAFT = 2
    #: Its title and its abstract may be shown.
    LOCKED = 3


#: Whether a value makes an article not public.
Judge = Callable[[Value], bool]


def _unless(*words: str) -> Judge:
    """True unless the whole value is one of `words`. A mapping has the value of its switch. Empty is false."""

    def judge(value: Value) -> bool:
        if isinstance(value, dict):
            switches: list[Value] = [part for key, part in value.items() if key_of(key) in {"enable", "enabled"}]
            return any(map(judge, switches)) if switches else bool(value)
        return any(map(judge, value)) if isinstance(value, list) else value is not None and _word(value) not in words

    return judge


def _if(pattern: str) -> Judge:
    """True if a word of the value matches the pattern."""
    search = re.compile(pattern, re.IGNORECASE).search
    return lambda value: any(search(word) for word in seedfields.words(value))


unless_no, _unless_shown, _unless_public = _unless(*NO), _unless(*NO, *PUBLIC_WORDS), _unless(*PUBLIC)
_unless_named_part = _unless(*NO, *PUBLIC_WORDS, *HIDEABLE_PARTS)

LEFT_OUT = frozenset({
    "false", "no", "off", "0", "never", "none", "hidden", "hide", "exclude", "excluded", "skip", "local", "否",
})  # fmt: skip


def _unless_part(value: Value) -> bool:
    """For `hide`, which may name parts of a page: `[toc]`, `{toc: true}`."""
    if isinstance(value, dict) and HIDEABLE_PARTS.issuperset(map(_word, value)):
        return False
    return _unless_named_part(value)


def _if_left_out(value: Value) -> bool:
    """True if each word of the value leaves the article out of the site's lists. `local` is Hugo's."""
    found = seedfields.words(value)
    return bool(found) and LEFT_OUT.issuperset(map(_word, found))


def unless_date(value: Value) -> bool:
    """For `published`. Hexo reads any date in it as yes, and book reviews may have a publisher in it."""
    if isinstance(value, list):
        return any(map(unless_date, value))
    try:
        is_said = isinstance(value, str) and (
            FIGURES.fullmatch(value)
            or PUBLISHER.fullmatch(one_line(value))
            or parse_date(value, UTC, earliest=ANY_TIME)
        )
    except ValueError:
        is_said = False
    return not is_said and _unless_public(value)


#: The spellings of false in js-yaml, which Hexo uses. `no` is a text there.
PLAIN_FALSE = ("false", "False", "FALSE")


def _unless_empty(value: Value) -> bool:
    """For a password: `no` and `0000` are passwords too, as in JavaScript."""
    if isinstance(value, dict):
        return unless_no(value)
    return bool(value) and (isinstance(value, Quoted) or value not in PLAIN_FALSE)


def _one_of(words: frozenset[str]) -> Judge:
    """True if the value is exactly one of `words`."""
    return lambda value: isinstance(value, str) and value != "" and _word(value) in words


_if_yes, if_no = _one_of(YES), _one_of(NO)

#: Names of the field with the state of an article.
STATUS = "(?:post|publish|article|content)?status|state|permissions?|(?:文章|发布)?状态"

#: Names of fields that may also mean something else.
PERHAPS = "type|layout|(?:access)?level|privacy|类型|(?:[访訪][问問]|[阅閱][读讀])?[权權]限"

#: Names of fields with the readers of an article.
VISIBILITY = "visibility|access|可[见見](?:性|范围|範圍)"

#: Readers of an article that is for its author alone, or for few.
FEW_READERS = "[仅僅只][限对對]?(?:自己|本人|我|作者|好友|会员|會員|粉丝|粉絲|登[录錄])(?:可[见見读讀看])?"

#: Chinese words for an article that is not public.
HIDDEN_CHINESE = f"私[密人有]|[隐隱]藏|[不未]公[开開]|{FEW_READERS}"

#: Values that mean that readers need a password.
LOCKED_VALUES = (
    "password", "protected", "encrypted", "加密", "密码", "密碼", "密码保护", "密碼保護", "需要密码", "密码可见",
)  # fmt: skip

#: Words that name the thing that is hidden: `hide_post`, `post_hidden`.
OF_ARTICLE = "(?:post|article|page)"

#: Things other than articles that have a password: archives, shared files and networks.
OF_FILES = "(?:zip|rar|7z|unzip|unrar|pan|yun|netdisk|baidu(?:pan)?|extract(?:ion)?|download|wifi|wlan)"
OF_FILES_CHINESE = "(?:解[压壓]|[压壓][缩縮]|提取|下[载載]|[网網云雲][盘盤]|百度|wifi|无线|無線)"

#: Words in the name of a field that locks an article, and the end of the name of a text around a password form.
LOCKING = "(?:encrypt|password|passwd|pwd|passphrase|passcode)"
OF_A_FORM = (
    "(?:hint|message|msg|prompt|tips?|placeholder|title|label|abstract|description|error|button|theme|less|free|reset|"
    "manager|algorithms?|algo|strength|policy)"
)
#: Words before the name of a field that negate it. `NOT` reads such a name.
NEGATIONS = "un|not?|non|dont|disabled?|skip|without|excluded?"

_if_hidden, _if_draft = _if(f"^(?:private|secret|hidden|{HIDDEN_CHINESE})$"), _if("^(?:drafts?|wip|草稿)$")
_if_locked = _if(f"^(?:{'|'.join(LOCKED_VALUES)})$")

#: Name of a field, its effect, and the values that cause it. Names are as `key_of` returns them.
JUDGES: tuple[tuple[re.Pattern[str], Effect, Judge], ...] = tuple(
    (re.compile(names), kind, judge)
    for names, kind, judge in (
        (f"{OF_ARTICLE}?(?:hidden|private|secret){OF_ARTICLE}?|hid(?:e|den)(?:from)?all", Effect.HIDDEN, _unless_shown),
        ("invisible|headless|confidential|deleted|trash(?:ed)?|eleventyexcludefromcollections", Effect.HIDDEN,
         _unless_shown),
        (f"hide|hide{OF_ARTICLE}|{OF_ARTICLE}hide|隐藏|隱藏", Effect.HIDDEN, _unless_part),
        (rf"(?:feed|rss)\.?excluded?|私[密有人]|保密|{FEW_READERS}|(?:自己|本人)可[见見]", Effect.HIDDEN,
         _unless_shown),
        (f"drafts?|draft{OF_ARTICLE}|{OF_ARTICLE}draft|wip|草稿", Effect.DRAFT, _unless_shown),
        ("publish(?:ed)?|发布|發布", Effect.DRAFT, unless_date),
        ("public|listed|visible|公开|公開|可见", Effect.HIDDEN, _unless_public),
        ("render|build|show|display|online|(?:(?:show|display|include|list)?(?:n|d|ed)?in)?(?:list|feed|rss)",
         Effect.HIDDEN, _if_left_out),
        (VISIBILITY, Effect.HIDDEN, _unless(*PUBLIC, *LOCKED_VALUES, "")),
        (VISIBILITY, Effect.LOCKED, _if_locked),
        (STATUS, Effect.HIDDEN,
         _if(f"(?<![a-z])(?:private|trash|deleted|hidden|unlisted|unpublished|scheduled|{LOCKING}|protect|secret)|"
             f"加密|[待未][发發]布|{HIDDEN_CHINESE}")),
        (STATUS, Effect.DRAFT, _if("(?<![a-z])(?:auto[ _-]?)?(?:draft|pending|wip(?![a-z]))|草稿")),
        # These words may also name something else, so they must be the whole value.
        (PERHAPS, Effect.HIDDEN, _if_hidden),
        (PERHAPS, Effect.DRAFT, _if_draft),
        (PERHAPS, Effect.LOCKED, _if_locked),
        ("(?:post)?password|(?:post|access|article|read|view)?pass|passwd|(?:enc)?pwd|passphrase|passcode",
         Effect.LOCKED, _unless_empty),
        (f"(?!{OF_FILES_CHINESE}).{{0,4}}(?:密码|密碼|口令)", Effect.LOCKED, _unless_empty),
        ("(?:文章)?(?:密码|密碼|口令)保[护護]", Effect.LOCKED, unless_no),
        ("lock(?:ed)?|protect(?:ed)?|(?:文章)?加密|上?锁定?", Effect.LOCKED, unless_no),
        (f"(?!(?:{NEGATIONS}){LOCKING})(?!{OF_FILES}{LOCKING})(?!.*{OF_A_FORM}$).*{LOCKING}.*",
         Effect.LOCKED, unless_no),
    )
)  # fmt: skip

#: Characters that make no difference in a name or a value: white space, hyphens, and characters that no editor shows.
IGNORED = re.compile("[\\s_\u00ad\u200b-\u200f\u2060\ufeff-]")

#: Names that are often misspelled, with their effect. Only a plain yes or no counts, because the name may be correct
#: and mean something else. For a password, any value counts.
MISSPELLED: tuple[tuple[str, Effect, Judge], ...] = (
    *((name, Effect.HIDDEN, _if_yes) for name in ("hidden", "hide", "private", "secret", "unlisted")),
    *((name, Effect.DRAFT, _if_yes) for name in ("draft", "unpublished")),
    *((name, Effect.DRAFT, if_no) for name in ("published", "publish")),
    *((name, Effect.HIDDEN, if_no) for name in ("visible", "public")),
    *((name, Effect.HIDDEN, _if_hidden) for name in ("visibility", "status")),
    *((name, Effect.DRAFT, _if_draft) for name in ("visibility", "status")),
    *((name, Effect.LOCKED, _if_locked) for name in ("visibility", "status")),
    *((name, Effect.LOCKED, _if_yes) for name in ("encrypted", "encrypt", "protected", "locked")),
    *((name, Effect.LOCKED, _unless_empty) for name in ("password", "passwd")),
)

#: Correct words that are one letter away from these names.
SIMILAR_WORDS = frozenset({
    "publisher", "publishes", "craft", "graft", "drift", "ridden", "primate", "projected", "protested",
    "side", "wide", "ride", "tide", "bide", "aide", "hike", "hire", "hive", "hid", "chide",
    "blocked", "clocked", "flocked", "docked", "rocked", "mocked", "looked", "licked", "lacked", "stats", "states",
    "statue",
})  # fmt: skip

#: Names that negate the name that they contain (`unlisted`, `not_published`, `hideInList`, `exclude_from_feed`).
NOT = re.compile(
    r"(?:un|(?:do)?not?|non|dont|disabled?|skip|without|excluded?(?:from|in)?|hid(?:e|den)(?:from|in|on)|[不未])(?P<name>.+)"
)
CONTRARY: dict[Judge, Judge] = {
    **dict.fromkeys((unless_no, _unless_shown, _unless_part), _unless_public),
    **dict.fromkeys((_unless_public, unless_date, _if_left_out), unless_no),
}


@lru_cache(maxsize=1_000)
def judges_of(name: str) -> tuple[tuple[Effect, Judge, str], ...]:
    """The rows of JUDGES for a field, else for the names from which it differs by one slip (see `slips.is_slip`)."""
    key = key_of(name)
    if own := tuple((kind, judge, "") for names, kind, judge in JUDGES if names.fullmatch(key)):
        return own
    contrary = found["name"] if (found := NOT.fullmatch(key)) else ""
    others = [(kind, CONTRARY.get(judge)) for names, kind, judge in JUDGES if names.fullmatch(contrary)]
    if others or key in SIMILAR_WORDS:
        return tuple((kind, judge, "") for kind, judge in others if judge)
    return tuple((kind, judge, meant) for meant, kind, judge in MISSPELLED if is_slip(key, meant))


def key_of(name: str) -> str:
    """A field's name in one spelling: `Password`, `_build`, `is-private`, `isPrivate`, `是否公开`."""
    return _word(name).removeprefix("is").removeprefix("是否")


def _word(text: str) -> str:
    return IGNORED.sub("", unicodedata.normalize("NFKC", text)).lower()
