"""
Fields of front matter that decide who may read an article: the table JUDGES. Pure.

The fields are those of Hexo, Hugo, Jekyll, Zola, Gridea, Ghost, WordPress's exports and their plugins, with their
Chinese names. A value counts as private unless it is known to mean "public", because a text that was published by
mistake cannot be recalled.
"""

import re
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
YES = frozenset({"true", "yes", "on", "1", "y", "t", "是"})
PUBLIC = YES | frozenset({
    "public", "visible", "publish", "published", "open", "everyone", "all", "any", "listed", "default", "free",
    "anonymous", "anyone", "everybody", "world", "公开", "公開", "已公开", "已公開", "已发布", "已發布", "所有人",
    "任何人", "所有人可见", "所有人可見", "显示", "顯示", "可见", "可見", "不隐藏", "不隱藏",
})  # fmt: skip

#: Words that cancel a field such as `hidden`. `all` is not among them: `hidden: all` hides.
PUBLIC_WORDS = frozenset(
    {"public", "published", "公开", "公開", "已公开", "已公開", "已发布", "已發布", "显示", "顯示", "不隐藏", "不隱藏"}
)

#: Parts of a page that `hide` may name, in Material for MkDocs and in themes.
HIDEABLE_PARTS = frozenset({
    "navigation", "nav", "navbar", "toc", "path", "footer", "header", "tags", "feedback", "title", "sidebar", "aside",
    "breadcrumb", "breadcrumbs", "menu", "search", "comment", "comments", "meta", "date", "author", "cover", "banner",
    "share", "related", "pagination", "copyright", "reward", "edit", "目录", "标题", "侧边栏", "评论", "导航",
})  # fmt: skip

#: The end of a publisher's name: the field `published` may contain one.
PUBLISHER = re.compile(r"(?:出版社|出版公司|[书書]局|[书書]店|\b(?:press|publishing|publishers))$", re.IGNORECASE)

#: A date in digits, even if the day does not exist.
FIGURES = re.compile(r"(?:19|20)\d\d(?:[-/.\s]\d[-+/.:\sTZ\d]*)?")


class Kind(IntEnum):
    """The effect of a field on an article. The highest one counts."""

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
_unless_part = _unless(*NO, *PUBLIC_WORDS, *HIDEABLE_PARTS)

LEFT_OUT = frozenset({"false", "no", "off", "0", "never", "local", "否"})


def _if_left_out(value: Value) -> bool:
    """For parts of a site that list articles. `local` is Hugo's. A list counts only if it has nothing else."""
    found = seedfields.words(value)
    return bool(found) and LEFT_OUT.issuperset(map(_word, found))


def unless_date(value: Value) -> bool:
    """For `published`. Hexo reads any date in it as yes, and book reviews may have a publisher in it."""
    try:
        is_said = isinstance(value, str) and (
            FIGURES.fullmatch(value) or PUBLISHER.search(one_line(value)) or parse_date(value, UTC, earliest=ANY_TIME)
        )
    except ValueError:
        is_said = False
    return not is_said and _unless_public(value)


def _unless_empty(value: Value) -> bool:
    """For a password: `no` and `0000` are passwords too, as in JavaScript."""
    if isinstance(value, dict):
        return unless_no(value)
    return bool(value) and (value != "false" or isinstance(value, Quoted))


def _one_of(words: frozenset[str]) -> Judge:
    """True if the value is exactly one of `words`."""
    return lambda value: isinstance(value, str) and value != "" and _word(value) in words


_if_yes, if_no = _one_of(YES), _one_of(NO)

#: Names of the field with the state of an article.
STATUS = "(?:post|publish|article|content)?status|state|permissions?|(?:文章|发布)?状态"

#: Names of fields that may also mean something else.
PERHAPS = "type|layout|(?:access)?level|privacy|类型|(?:[访訪][问問]|[阅閱][读讀])?[权權]限"

#: Readers of an article that is for its author alone, or for few.
FEW_READERS = "[仅僅只][限对對]?(?:自己|本人|我|作者|好友|会员|會員|粉丝|粉絲|登[录錄])(?:可[见見读讀看])?"

#: Things other than articles that have a password: archives, shared files and networks.
OF_FILES = "(?:zip|rar|7z|unzip|unrar|pan|yun|netdisk|baidu(?:pan)?|extract(?:ion)?|download|wifi|wlan)"
OF_FILES_CHINESE = "(?:解[压壓]|[压壓][缩縮]|提取|下[载載]|[网網云雲][盘盤]|百度|wifi|无线|無線)"

#: Words in the name of a field that locks an article, and the end of the name of a text around a password form.
LOCKING = "(?:encrypt|password|passwd|pwd|passphrase|passcode)"
OF_A_FORM = "(?:hint|message|msg|prompt|tips?|placeholder|title|label|abstract|description|error|button|theme)"

#: Name of a field, its effect, and the values that cause it. Names are as `key_of` returns them.
JUDGES: tuple[tuple[re.Pattern[str], Kind, Judge], ...] = tuple(
    (re.compile(names), kind, judge)
    for names, kind, judge in (
        ("hidden|invisible|private|secret|headless|confidential|deleted|trashed|eleventyexcludefromcollections",
         Kind.HIDDEN, _unless_shown),
        ("hide", Kind.HIDDEN, _unless_part),
        (r"(?:feed|rss)\.?excluded?|隐藏|隱藏|私密|私有|保密", Kind.HIDDEN, _unless_shown),
        ("drafts?|wip|草稿", Kind.DRAFT, _unless_shown),
        ("publish(?:ed)?|发布|發布", Kind.DRAFT, unless_date),
        ("public|listed|visible|公开|公開|可见", Kind.HIDDEN, _unless_public),
        ("render|build|show|display|online|(?:(?:show|display|include|list)?(?:n|d|ed)?in)?(?:list|feed|rss)",
         Kind.HIDDEN, _if_left_out),
        ("visibility|access", Kind.HIDDEN, _unless(*PUBLIC, "password", "protected", "encrypted", "")),
        ("visibility|access", Kind.LOCKED, _if("^(?:password|protected|encrypted)$")),
        (STATUS, Kind.HIDDEN,
         _if(f"(?<![a-z])(?:private|trash|deleted|hidden|unlisted|unpublished|scheduled|{LOCKING}|protect|secret)|"
             f"私[密有]|[隐隱]藏|加密|不公[开開]|[待未][发發]布|{FEW_READERS}")),
        (STATUS, Kind.DRAFT, _if("(?<![a-z])(?:auto[ _-]?)?(?:draft|pending|wip(?![a-z]))|草稿")),
        # These words may also name something else, so they must be the whole value.
        (PERHAPS, Kind.HIDDEN, _if(f"^(?:private|secret|hidden|私[密有]|[隐隱]藏|不公[开開]|{FEW_READERS})$")),
        (PERHAPS, Kind.DRAFT, _if("^(?:drafts?|wip|草稿)$")),
        (PERHAPS, Kind.LOCKED, _if("^(?:password|protected|encrypted|加密)$")),
        ("(?:post)?password|(?:post|access|article|read|view)?pass|passwd|(?:enc)?pwd|passphrase|passcode",
         Kind.LOCKED, _unless_empty),
        (f"(?!{OF_FILES_CHINESE}).{{0,4}}(?:密码|密碼|口令)", Kind.LOCKED, _unless_empty),
        ("(?:文章)?(?:密码|密碼|口令)保[护護]", Kind.LOCKED, unless_no),
        ("lock(?:ed)?|protect(?:ed)?|(?:文章)?加密|上?锁定?", Kind.LOCKED, unless_no),
        (f"(?!(?:un|not?|non)(?:encrypt|pass))(?!{OF_FILES}{LOCKING})(?!.*{OF_A_FORM}$).*{LOCKING}.*",
         Kind.LOCKED, unless_no),
    )
)  # fmt: skip

#: Names that are often misspelled, with their effect. Only a plain yes or no counts, because the name may be correct
#: and mean something else. For a password, any value counts.
MISSPELLED: tuple[tuple[str, Kind, Judge], ...] = (
    *((name, Kind.HIDDEN, _if_yes) for name in ("hidden", "private", "unlisted")),
    ("draft", Kind.DRAFT, _if_yes),
    ("published", Kind.DRAFT, if_no),
    *((name, Kind.LOCKED, _if_yes) for name in ("encrypted", "protected")),
    ("password", Kind.LOCKED, _unless_empty),
)

#: Correct words that are one letter away from these names.
SIMILAR_WORDS = frozenset(
    {"publisher", "publishes", "craft", "graft", "drift", "raft", "daft", "ridden", "primate", "projected"}
)

#: Names that negate the name that they contain (`unlisted`, `not_published`, `hideInList`, `exclude_from_feed`).
NOT = re.compile(
    r"(?:un|(?:do)?not?|non|dont|disabled?|skip|excluded?(?:from|in)?|hid(?:e|den)(?:from|in|on)|[不未])(?P<name>.+)"
)
CONTRARY: dict[Judge, Judge] = {
    **dict.fromkeys((unless_no, _unless_shown, _unless_part), _unless_public),
    **dict.fromkeys((_unless_public, unless_date, _if_left_out), unless_no),
}


@lru_cache(maxsize=1_000)
def judges_of(name: str) -> tuple[tuple[Kind, Judge, str], ...]:
    """The rows of JUDGES for a field, else for the names from which it differs by one letter."""
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
    return re.sub(r"[\s_-]", "", text).lower()
