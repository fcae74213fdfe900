"""
Articles that their authors keep from the public, by front matter. Pure.

The fields are those of Hexo, Hugo, Jekyll, Zola, Gridea, Ghost, WordPress's exports and their plugins, and the Chinese
words for them: JUDGES is the table. A value that is not known to mean "public" counts as private: a text that was
published by mistake cannot be called back. `parse/encrypted.py` knows the parts of a body.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC
from enum import IntEnum
from functools import lru_cache

from feedsvc.model import SourceSpec
from feedsvc.normalize import ANY_TIME, one_line, parse_date
from feedsvc.parse import seedfields
from feedsvc.parse.frontmatter import MAX_FRONT_MATTER_BYTES, FrontMatter, Value
from feedsvc.parse.slips import is_slip
from feedsvc.parse.yamlfields import NULLS

#: Hexo's folder of what is not ready, beside its folder of posts.
DRAFTS = "_drafts/"

#: Words as `_word` writes them.
NO = frozenset({
    "false", "no", "off", "0", "n", "f", "never", "null", "none", "undefined", "否", "无", "不", "未加密", "不加密", "",
})  # fmt: skip
YES = frozenset({"true", "yes", "on", "1", "y", "t", "是"})
PUBLIC = YES | frozenset({
    "public", "visible", "publish", "published", "open", "everyone", "all", "any", "listed", "default", "free",
    "anonymous", "anyone", "everybody", "world", "公开", "公開", "已公开", "已公開", "已发布", "已發布", "所有人",
    "任何人", "所有人可见", "所有人可見", "显示", "顯示", "可见", "可見", "不隐藏", "不隱藏",
})  # fmt: skip

#: Words that take back what a field such as `hidden` says. `all` does not: `hidden: all` hides.
SHOWN = frozenset(
    {"public", "published", "公开", "公開", "已公开", "已公開", "已发布", "已發布", "显示", "顯示", "不隐藏", "不隱藏"}
)

#: Parts of a page that `hide` may name, as Material for MkDocs has them, and themes.
PARTS = frozenset({
    "navigation", "nav", "navbar", "toc", "path", "footer", "header", "tags", "feedback", "title", "sidebar", "aside",
    "breadcrumb", "breadcrumbs", "menu", "search", "comment", "comments", "meta", "date", "author", "cover", "banner",
    "share", "related", "pagination", "copyright", "reward", "edit", "目录", "标题", "侧边栏", "评论", "导航",
})  # fmt: skip

#: How the name of a publisher ends, of which `published` may be, too.
PUBLISHER = re.compile(r"(?:出版社|出版公司|[书書]局|[书書]店|\b(?:press|publishing|publishers))$", re.IGNORECASE)

#: A date in figures, even if there is no such day.
FIGURES = re.compile(r"(?:19|20)\d\d(?:[-/.\s]\d[-+/.:\sTZ\d]*)?")


class Kind(IntEnum):
    """What becomes of an article; the first counts most."""

    HIDDEN = 1
    DRAFT = 2
    #: Its title and its abstract may be shown.
    LOCKED = 3


class Quoted(str):
    """A value in quotes."""

    __slots__ = ()


#: Whether a value keeps an article back.
Judge = Callable[[Value], bool]


def _unless(*words: str) -> Judge:
    """Unless all of the value is one of `words`. A mapping says what its switch says; what is empty says nothing."""

    def judge(value: Value) -> bool:
        if isinstance(value, dict):
            switches: list[Value] = [part for key, part in value.items() if _key(key) in {"enable", "enabled"}]
            return any(map(judge, switches)) if switches else bool(value)
        return any(map(judge, value)) if isinstance(value, list) else value is not None and _word(value) not in words

    return judge


def _if(pattern: str) -> Judge:
    """If a word of the value has the pattern."""
    search = re.compile(pattern, re.IGNORECASE).search
    return lambda value: any(search(word) for word in seedfields.words(value))


_unless_no, _unless_shown, _unless_public = _unless(*NO), _unless(*NO, *SHOWN), _unless(*PUBLIC)
_unless_part = _unless(*NO, *SHOWN, *PARTS)

LEFT_OUT = frozenset({"false", "no", "off", "0", "never", "local", "否"})


def _if_left_out(value: Value) -> bool:
    """Of the parts of a site that list articles; `local` is Hugo's. A list has to say nothing else."""
    found = seedfields.words(value)
    return bool(found) and LEFT_OUT.issuperset(map(_word, found))


def _unless_date(value: Value) -> bool:
    """Of `published`, which Hexo takes any date in for a yes, and reviews of books may have a publisher in."""
    try:
        is_said = isinstance(value, str) and (
            FIGURES.fullmatch(value) or PUBLISHER.search(one_line(value)) or parse_date(value, UTC, earliest=ANY_TIME)
        )
    except ValueError:
        is_said = False
    return not is_said and _unless_public(value)


def _unless_empty(value: Value) -> bool:
    """Of a password: to JavaScript, `no` and `0000` are passwords like any other."""
    if isinstance(value, dict):
        return _unless_no(value)
    return bool(value) and (value != "false" or isinstance(value, Quoted))


def _one_of(words: frozenset[str]) -> Judge:
    """If the value is one of `words`, and nothing else."""
    return lambda value: isinstance(value, str) and value != "" and _word(value) in words


_if_yes, _if_no = _one_of(YES), _one_of(NO)

#: Names of the field that says how far an article is.
STATUS = "(?:post|publish|article|content)?status|state|permissions?|(?:文章|发布)?状态"

#: Names of fields that may as well speak of something else.
PERHAPS = "type|layout|(?:access)?level|privacy|类型|(?:[访訪][问問]|[阅閱][读讀])?[权權]限"

#: Who may read an article that is for its author alone, or for few.
FEW = "[仅僅只][限对對]?(?:自己|本人|我|作者|好友|会员|會員|粉丝|粉絲|登[录錄])(?:可[见見读讀看])?"

#: What has a password that is no article: archives, shared files and networks.
OF_FILES = "(?:zip|rar|7z|unzip|unrar|pan|yun|netdisk|baidu(?:pan)?|extract(?:ion)?|download|wifi|wlan)"
OF_FILES_CHINESE = "(?:解[压壓]|[压壓][缩縮]|提取|下[载載]|[网網云雲][盘盤]|百度|wifi|无线|無線)"

#: Words in the name of a field that locks an article; and how the name of a text ends that is shown around a form.
LOCKING = "(?:encrypt|password|passwd|pwd|passphrase|passcode)"
OF_A_FORM = "(?:hint|message|msg|prompt|tips?|placeholder|title|label|abstract|description|error|button|theme)"

#: What becomes of an article by a field, and when. Names are as `_key` writes them.
JUDGES: tuple[tuple[re.Pattern[str], Kind, Judge], ...] = tuple(
    (re.compile(names), kind, judge)
    for names, kind, judge in (
        ("hidden|invisible|private|secret|headless|confidential|deleted|trashed|eleventyexcludefromcollections",
         Kind.HIDDEN, _unless_shown),
        ("hide", Kind.HIDDEN, _unless_part),
        (r"(?:feed|rss)\.?excluded?|隐藏|隱藏|私密|私有|保密", Kind.HIDDEN, _unless_shown),
        ("drafts?|wip|草稿", Kind.DRAFT, _unless_shown),
        ("publish(?:ed)?|发布|發布", Kind.DRAFT, _unless_date),
        ("public|listed|visible|公开|公開|可见", Kind.HIDDEN, _unless_public),
        ("render|build|show|display|online|(?:(?:show|display|include|list)?(?:n|d|ed)?in)?(?:list|feed|rss)",
         Kind.HIDDEN, _if_left_out),
        ("visibility|access", Kind.HIDDEN, _unless(*PUBLIC, "password", "protected", "encrypted", "")),
        ("visibility|access", Kind.LOCKED, _if("^(?:password|protected|encrypted)$")),
        (STATUS, Kind.HIDDEN,
         _if(f"(?<![a-z])(?:private|trash|deleted|hidden|unlisted|unpublished|scheduled|{LOCKING}|protect|secret)|"
             f"私[密有]|[隐隱]藏|加密|不公[开開]|[待未][发發]布|{FEW}")),
        (STATUS, Kind.DRAFT, _if("(?<![a-z])(?:auto[ _-]?)?(?:draft|pending|wip(?![a-z]))|草稿")),
        # Words that may as well be the name of something else: all of the value has to be one.
        (PERHAPS, Kind.HIDDEN, _if(f"^(?:private|secret|hidden|私[密有]|[隐隱]藏|不公[开開]|{FEW})$")),
        (PERHAPS, Kind.DRAFT, _if("^(?:drafts?|wip|草稿)$")),
        (PERHAPS, Kind.LOCKED, _if("^(?:password|protected|encrypted|加密)$")),
        ("(?:post)?password|(?:post|access|article|read|view)?pass|passwd|(?:enc)?pwd|passphrase|passcode",
         Kind.LOCKED, _unless_empty),
        (f"(?!{OF_FILES_CHINESE}).{{0,4}}(?:密码|密碼|口令)", Kind.LOCKED, _unless_empty),
        ("(?:文章)?(?:密码|密碼|口令)保[护護]", Kind.LOCKED, _unless_no),
        ("lock(?:ed)?|protect(?:ed)?|(?:文章)?加密|上?锁定?", Kind.LOCKED, _unless_no),
        (f"(?!(?:un|not?|non)(?:encrypt|pass))(?!{OF_FILES}{LOCKING})(?!.*{OF_A_FORM}$).*{LOCKING}.*",
         Kind.LOCKED, _unless_no),
    )
)  # fmt: skip

#: Names that are often misspelled, and what becomes of the article then. Only a plain yes or no counts, since the name
#: may be right and mean something else; a password is any value.
MISSPELLED: tuple[tuple[str, Kind, Judge], ...] = (
    *((name, Kind.HIDDEN, _if_yes) for name in ("hidden", "private", "unlisted")),
    ("draft", Kind.DRAFT, _if_yes),
    ("published", Kind.DRAFT, _if_no),
    *((name, Kind.LOCKED, _if_yes) for name in ("encrypted", "protected")),
    ("password", Kind.LOCKED, _unless_empty),
)

#: Words that are one letter away from these names.
OTHERS = frozenset(
    {"publisher", "publishes", "craft", "graft", "drift", "raft", "daft", "ridden", "primate", "projected"}
)

#: Names that say the contrary of the name in them (`unlisted`, `not_published`, `hideInList`, `exclude_from_feed`).
NOT = re.compile(
    r"(?:un|(?:do)?not?|non|dont|disabled?|skip|excluded?(?:from|in)?|hid(?:e|den)(?:from|in|on)|[不未])(?P<name>.+)"
)
CONTRARY: dict[Judge, Judge] = {
    **dict.fromkeys((_unless_no, _unless_shown, _unless_part), _unless_public),
    **dict.fromkeys((_unless_public, _unless_date, _if_left_out), _unless_no),
}

#: So much of a name is looked at.
MAX_NAME = 200

#: Fields that hold others: those of a site's own (Hugo's, Zola's), Hugo's `build: {list: never}`, and its `cascade`.
HOLDERS = frozenset({"params", "extra", "build", "status", "cascade"})

#: Fields whose inner ones mean something else alone: `feed: {exclude: true}`.
FEEDS = frozenset({"feed", "rss"})

#: In front matter that cannot be read: a key at the beginning of a line, its value there or on the next line; and a key
#: in braces. No text is in two values of a kind, so the time is linear.
PAIR = re.compile(
    r"""^[ \t-]*+["']?(?:[\w-]++\.)*+(?P<name>[\w-]++)["']?[ \t]*+[:=：]"""
    r"""(?=(?:[ \t]*+\n(?=[ \t]|-[ ]))?(?P<value>.*+))"""
    r"""|[{,][ \t]{0,9}["']?(?P<inner>[\w-]{1,60}+)["']?[ \t]{0,9}[:=：](?=(?P<part>[^\n,{}]*+))""",
    re.MULTILINE,
)
FENCE = re.compile(r"^(?:-{3,}|\+{3}|;{3,})[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """Why an article is not for everybody."""

    #: The field, as it is written; or the folder.
    field: str
    #: 1-based.
    line: int
    kind: Kind
    #: The field that was most likely meant; empty where the name is spelled right.
    meant: str = ""

    @property
    def notice(self) -> str:
        """What became of the article, for its author. Never says the field's value, which may be a password."""
        question = f"; did you mean {self.meant}?" if self.meant else ""
        if self.kind is Kind.LOCKED:
            return f"{self.field}: only the title and the abstract are published, not the text{question}"
        return f"{self.field}: the article is not published{question}"


def privacy_of(front: FrontMatter, path: str, spec: SourceSpec) -> Privacy | None:
    """Why the article is not for everybody; None where it is. What hides it counts more than what locks it."""
    found = [
        Privacy(field=root if _key(root) == "build" else name, line=front.lines.get(root, 1), kind=kind, meant=meant)
        for root, value in front.fields.items()
        for name, part in _fields(root, Quoted(value) if root in front.quoted and isinstance(value, str) else value)
        for kind, meant in _judged(name, part, spec)
    ]
    if _is_draft(path, spec):
        found.append(Privacy(field=DRAFTS.rstrip("/"), line=1, kind=Kind.DRAFT))
    # Tags for which hexo-blog-encrypt has a password. An empty password of the article itself takes that back.
    locking = {one_line(tag) for tag in spec.locking_tags if front.fields.get("password") != ""}
    found += [
        Privacy(field=f"the tag {tag}", line=front.lines.get(root, 1), kind=Kind.LOCKED)
        for root in seedfields.TAGS
        for tag in seedfields.words(front.fields.get(root))
        if tag in locking
    ]
    return min(found, key=lambda one: (one.kind, one.meant != ""), default=None)


def may_be_private(text: str, path: str, spec: SourceSpec) -> bool:
    """Whether a file whose front matter cannot be read has something in it that keeps the article back."""
    text = text.lstrip()[:MAX_FRONT_MATTER_BYTES]
    end = FENCE.search(text, text.find("\n") + 1)
    front = text[: end.start()] if end else text
    if _is_draft(path, spec) or any(re.search(rf"(?<!\w){re.escape(tag)}(?!\w)", front) for tag in spec.locking_tags):
        return True
    pairs = ((pair["name"] or pair["inner"], pair["value"] or pair["part"] or "") for pair in PAIR.finditer(front))
    return any(True for name, written in pairs for _ in _judged(name, _scalar(written), spec))


def _fields(name: str, value: Value) -> Iterator[tuple[str, Value]]:
    """A field, and those that it holds."""
    yield name, value
    for held in value if isinstance(value, list) else [value]:
        if isinstance(held, dict) and _key(name) in HOLDERS:
            for inner, part in held.items():
                yield from _fields(inner, part)
        elif isinstance(held, dict) and _key(name) in FEEDS:
            yield from ((f"{name}.{inner}", part) for inner, part in held.items())


def _judged(name: str, value: Value, spec: SourceSpec) -> Iterator[tuple[Kind, str]]:
    """What becomes of an article by one of its fields, and which name was meant where this one is misspelled."""
    if name in spec.hiding_fields and _unless_no(value):
        yield Kind.HIDDEN, ""
    for kind, judge, meant in _judges(name[:MAX_NAME]):
        if judge(value) and not (judge in {_unless_date, _if_no} and spec.has_drafts):
            yield kind, meant


@lru_cache(maxsize=1_000)
def _judges(name: str) -> tuple[tuple[Kind, Judge, str], ...]:
    """The rows of JUDGES for a field; else those of the names that it is one slip away from."""
    key = _key(name)
    if own := tuple((kind, judge, "") for names, kind, judge in JUDGES if names.fullmatch(key)):
        return own
    contrary = found["name"] if (found := NOT.fullmatch(key)) else ""
    others = [(kind, CONTRARY.get(judge)) for names, kind, judge in JUDGES if names.fullmatch(contrary)]
    if others or key in OTHERS:
        return tuple((kind, judge, "") for kind, judge in others if judge)
    return tuple((kind, judge, meant) for meant, kind, judge in MISSPELLED if is_slip(key, meant))


def _is_draft(path: str, spec: SourceSpec) -> bool:
    return path.startswith(DRAFTS) and not spec.has_drafts


def _scalar(written: str) -> Value:
    """A value of front matter that cannot be read."""
    value = re.sub(r"(?:^|\s)#.*", "", written).strip().removesuffix(",").strip()
    if quoted := re.fullmatch(r"""(["'])(.*)\1""", value):
        return Quoted(quoted[2])
    return None if value in NULLS else value.strip("[] -") or value


def _key(name: str) -> str:
    """A field's name however it is spelled: `Password`, `_build`, `is-private`, `isPrivate`, `是否公开`."""
    return _word(name).removeprefix("is").removeprefix("是否")


def _word(text: str) -> str:
    return re.sub(r"[\s_-]", "", text).lower()
