"""
Misspelled fields of front matter, and what the author most likely meant. Pure.

A name in another case (`Date`) is read. Any other misspelling only causes a notice: the article is not changed.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from itertools import islice

from feedsvc.errors import EntryError
from feedsvc.normalize import ANY_TIME, WIDE_COLON, parse_date
from feedsvc.parse import seedfields
from feedsvc.parse.frontmatter import FrontMatter, Value

#: Groups of fields with one meaning. A misspelled one is ignored if another one of its group is present.
SAME_MEANING = (
    ("title",), ("date",), ("updated",), ("categories", "category"), seedfields.TAG_FIELDS, ("author", "authors"),
    seedfields.SUMMARIES, seedfields.PICTURES, ("language",), ("enclosures",), ("abstract",), ("link",), ("guid",),
    ("rights",),
)  # fmt: skip
GROUP = {name: group for group in SAME_MEANING for name in group}

#: Names for which no misspelling is suggested: they are too short, or too similar to words that themes use.
NEVER_MEANT = frozenset({"tag", "link", "guid", "intro", "image", "cover", "banner", "rights", "abstract"})

#: Names that are similar to ours but mean something else in Hexo, Hugo, Jekyll or their themes.
OTHER_MEANING = frozenset({
    "heading", "languages", "tabs", "tile", "tiles", "titles", "thumbnails", "enclosure", "update",
})  # fmt: skip

#: Fields that Hexo reads in lower case only, and whose value changes an article's date or address.
EXACT_IN_HEXO = frozenset({"date", "link"})

CHINESE = {
    "标题": "title", "標題": "title", "题目": "title", "日期": "date", "时间": "date", "時間": "date",
    "发布时间": "date",
    "更新": "updated", "更新时间": "updated", "更新日期": "updated", "分类": "categories", "分類": "categories",
    "类别": "categories", "标签": "tags", "標籤": "tags", "作者": "author", "摘要": "summary", "描述": "description",
}  # fmt: skip

SLIP_LENGTH = max(map(len, GROUP)) + 1

#: Largest number of names that are compared.
MAX_FIELDS = 500

#: A line of YAML with a name and a value that is neither quoted nor a list.
FIELD_LINE = re.compile(r"""[ \t]*["']?(?P<name>[\w-]{1,60})["']?[ \t]*:(?=[ \t])(?P<value>(?![ \t]*["'|>\[{&*!]).*)""")
COMMENT_SIGN = re.compile(r"[ \t]#")

#: Fields that are checked for a comment. After a title, every comment is doubtful.
COMMENTED_FIELDS = ("title", *seedfields.TAG_FIELDS, "categories", "category", "author", "summary", "description")


def with_capitals(front: FrontMatter, *, is_hexo: bool) -> FrontMatter:
    """
    The front matter with `Date` read as `date`, as in Hugo, unless `date` is present too.

    An article that Hexo published keeps the date and the link that it had there.
    """
    found: dict[str, str] = {}
    for name in front.fields:
        if len(name) < SLIP_LENGTH and (plain := name.lower()) in GROUP and plain not in front.fields:
            if is_hexo and plain in EXACT_IN_HEXO:
                continue
            found.setdefault(plain, name)
    return replace(
        front,
        fields=front.fields | {plain: front.fields[name] for plain, name in found.items()},
        lines=front.lines | {plain: front.lines.get(name, 1) for plain, name in found.items()},
        quoted=front.quoted | {plain for plain, name in found.items() if name in front.quoted},
        capitals=frozenset(found),
    )


def slips(front: FrontMatter, text: str) -> tuple[tuple[int, str], ...]:
    """Notices about fields of `text` that are not read, although the author most likely meant them."""
    meant = (
        (front.lines.get(name, 1), f"{name}: nothing is read from a field of this name; did you mean {field}?")
        for field, name in _meant(front).items()
    )
    return (*meant, *_swallowed(front), *_doubtful_comments(front, text))


def _swallowed(front: FrontMatter) -> Iterator[tuple[int, str]]:
    """Notices about lines with a full-width colon that YAML reads as a part of the text above."""
    for line, name, _ in front.swallowed:
        if name.lower() in GROUP or _nearest(name):
            yield line, f"{name}: {WIDE_COLON}, at the beginning of the line; it is a part of the text above"


def no_title(front: FrontMatter) -> EntryError:
    """The error of an article without a title."""
    if name := _meant(front).get("title"):
        return EntryError(f"no title; did you mean title by {name}?", line=front.lines.get(name, 1))
    if "title" in front.fields:
        remedy = "add 'title: …', in quotes if the title begins with '#'"
        return EntryError(f"no title; {remedy}", line=front.lines.get("title", 1))
    return EntryError("no title; add 'title: …' to the front matter", line=1)


def _meant(front: FrontMatter) -> dict[str, str]:
    """Each missing field, with the name that was most likely meant for it."""
    found: dict[str, str] = {}
    for name, value in islice(front.fields.items(), MAX_FIELDS):
        field = _nearest(name)
        if field and _is_possible(field, value) and not any(front.fields.get(one) for one in GROUP[field]):
            found.setdefault(field, name)
    return found


def _nearest(name: str) -> str | None:
    """The field whose name differs by one slip (see `is_slip`)."""
    plain = name.strip().lower()
    if plain in CHINESE:
        return CHINESE[plain]
    if plain == "date" and name != plain:
        return plain
    if plain in GROUP or plain in OTHER_MEANING or len(plain) > SLIP_LENGTH:
        return None
    return next((field for field in GROUP if field not in NEVER_MEANT and is_slip(plain, field)), None)


def is_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter (added, missing or replaced) or by two letters in the wrong order."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, wanted = one[at:], other[at:]
    return (
        rest[1:] == wanted[1:]
        or rest[1:] == wanted
        or rest == wanted[1:]
        or (rest[:2] == wanted[:2][::-1] and rest[2:] == wanted[2:])
    )


def _is_possible(field: str, value: Value) -> bool:
    """Whether the field may have this value."""
    if field not in {"date", "updated"}:
        return bool(value if field == "enclosures" else seedfields.words(value))
    try:
        return isinstance(value, str) and parse_date(value, UTC, earliest=ANY_TIME) is not None
    except ValueError:
        return False


def _doubtful_comments(front: FrontMatter, text: str) -> Iterator[tuple[int, str]]:
    """Notices about fields with a comment that may be meant as part of the value: in YAML, ` #` begins a comment."""
    for field in COMMENTED_FIELDS:
        line = front.lines.get(field)
        match = FIELD_LINE.fullmatch(text.split("\n", line)[line - 1]) if line else None
        comment = COMMENT_SIGN.search(match["value"]) if match else None
        if line is None or match is None or comment is None or match["name"].lower() != field:
            continue
        is_hash_tag = not match["value"][comment.end() :][:1].isspace()
        if is_hash_tag or (field == "title" and match["value"][: comment.start()].strip()):
            yield line, f"{match['name']}: what stands behind ' #' is a comment; if it is not, quote the whole value"
