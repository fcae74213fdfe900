"""
Articles that their front matter marks as not public. Pure.

`parse/judges.py` is the table of the fields. `parse/encrypted.py` recognises encrypted parts of a body.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from feedsvc.model import SourceSpec
from feedsvc.normalize import one_line
from feedsvc.parse import seedfields
from feedsvc.parse.frontmatter import MAX_FRONT_MATTER_BYTES, FrontMatter, Quoted, Value, block_of
from feedsvc.parse.judges import Effect, if_no, judges_of, key_of, unless_date, unless_no
from feedsvc.parse.yamlfields import NULLS

#: Names of a folder of drafts in Hexo and Jekyll, in lower case. The folder may be at any level of a seed folder.
DRAFTS_FOLDERS = frozenset({"_drafts", "_draft"})

#: Number of characters of a name that are examined.
FIELD_NAME_LENGTH = 200

#: Fields that contain other fields: a site's own (Hugo, Zola), Hugo's `build: {list: never}`, and its `cascade`.
HOLDERS = frozenset({"params", "extra", "build", "status", "cascade"})

#: Fields whose inner fields concern the feed only: `feed: {exclude: true}`.
FEEDS = frozenset({"feed", "rss"})

#: A key and its value in front matter that YAML cannot read: a key at the beginning of a line, with its value there or
#: on the next line; or a key in braces. No text can belong to two values, so the time is linear.
KEY_AND_VALUE = regex.compile(
    r"""^[ \t-]*+["']?(?:[\w-]++\.)*+(?P<name>[\w-]++)["']?[ \t]*+[:=：]"""
    r"""(?=(?:[ \t]*+\n(?=[ \t]|-[ ]))?(?P<value>.*+))"""
    r"""|[{,][ \t]{0,9}["']?(?P<inner>[\w-]{1,60}+)["']?[ \t]{0,9}[:=：](?=(?P<part>[^\n,{}]*+))""",
    regex.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """Why an article is not public."""

    #: The field, as it is written; or the folder.
    field: str
    #: Line number, from 1.
    line: int
    kind: Effect
    #: The field that was most likely meant; empty if the name is spelled correctly.
    meant: str = ""

    @property
    def notice(self) -> str:
        """The message for the author. It never contains the field's value, which may be a password."""
        question = f"; did you mean {self.meant}?" if self.meant else ""
        if self.kind is Effect.LOCKED:
            return f"{self.field}: only the title and the abstract are published, not the text{question}"
        return f"{self.field}: the article is not published{question}"


def privacy_of(front: FrontMatter, path: str, spec: SourceSpec) -> Privacy | None:
    """Why the article is not public; None if it is. A field that hides it counts more than one that locks it."""
    found = [
        Privacy(field=root if key_of(root) == "build" else name, line=front.lines.get(root, 1), kind=kind, meant=meant)
        for root, value in front.fields.items()
        for name, part in _fields(root, value)
        for kind, meant in _judged(name, part, spec)
    ]
    found += [
        Privacy(field=name, line=line, kind=kind, meant=meant)
        for line, name, written in front.swallowed
        for kind, meant in _judged(name, _scalar(written), spec)
    ]
    if folder := _folder_of_drafts(path, spec):
        found.append(Privacy(field=folder, line=1, kind=Effect.DRAFT))
    # Tags for which hexo-blog-encrypt has a password. An empty password in the article overrides them.
    locking = {one_line(tag) for tag in spec.locking_tags if front.fields.get("password") != ""}
    found += [
        Privacy(field=f"the tag {tag}", line=front.lines.get(root, 1), kind=Effect.LOCKED)
        for root in seedfields.TAG_FIELDS
        for tag in seedfields.words(front.fields.get(root))
        if tag in locking
    ]
    return min(found, key=lambda one: (one.kind, one.meant != ""), default=None)


def may_be_private(text: str, path: str, spec: SourceSpec) -> bool:
    """Whether a file whose front matter cannot be read contains something that marks the article as not public."""
    front = block_of(text.lstrip()[:MAX_FRONT_MATTER_BYTES])
    if _folder_of_drafts(path, spec) or any(
        re.search(rf"(?<!\w){re.escape(tag)}(?!\w)", front) for tag in spec.locking_tags
    ):
        return True
    pairs = (
        (pair["name"] or pair["inner"], pair["value"] or pair["part"] or "") for pair in KEY_AND_VALUE.finditer(front)
    )
    return any(True for name, written in pairs for _ in _judged(name, _scalar(written), spec))


def _fields(name: str, value: Value) -> Iterator[tuple[str, Value]]:
    """A field, and the fields that it contains."""
    yield name, value
    for held in value if isinstance(value, list) else [value]:
        if isinstance(held, dict) and key_of(name) in HOLDERS:
            for inner, part in held.items():
                yield from _fields(inner, part)
        elif isinstance(held, dict) and key_of(name) in FEEDS:
            yield from ((f"{name}.{inner}", part) for inner, part in held.items())


def _judged(name: str, value: Value, spec: SourceSpec) -> Iterator[tuple[Effect, str]]:
    """The effects of a field, each with the name that was meant if the field is misspelled."""
    if name in spec.hiding_fields and unless_no(value):
        yield Effect.HIDDEN, ""
    for kind, judge, meant in judges_of(name[:FIELD_NAME_LENGTH]):
        if judge(value) and not (judge in {unless_date, if_no} and spec.has_drafts):
            yield kind, meant


def _folder_of_drafts(path: str, spec: SourceSpec) -> str | None:
    """The folder of drafts that contains the file, if the source does not publish its drafts."""
    folders = () if spec.has_drafts else path.split("/")[:-1]
    return next((folder for folder in folders if folder.lower() in DRAFTS_FOLDERS), None)


def _scalar(written: str) -> Value:
    """A value in front matter that YAML cannot read."""
    value = re.sub(r"(?:^|\s)#.*", "", written).strip().removesuffix(",").strip()
    if quoted := re.fullmatch(r"""(["'])(.*)\1""", value):
        return Quoted(quoted[2])
    return None if value in NULLS else value.strip("[] -") or value
