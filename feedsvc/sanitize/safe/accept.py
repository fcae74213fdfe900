"""
HTML that the gate would let through unchanged, told without asking it: by a grammar so narrow that all parsers agree.

html5lib needs most of a sanitiser's time, and nearly always finds nothing to do. What this grammar accepts is checked
against the same tables, and is written in the one form in which html5lib, html5ever and libxml2 cannot read it in two
ways: every tag closed in its turn, no element where a parser would move or close one, no reference but three. Whatever
it does not accept goes through the gate; a test holds the two together.
"""

import re

from feedsvc.elements import (
    LINES,
    PUBLISHED,
    PUBLISHED_VOID,
    ROWS,
    Content,
    Fate,
    Kind,
    Trait,
    of_kind,
    parts_of,
    with_content,
    with_trait,
)
from feedsvc.sanitize.safe.gate import IsAllowed

#: A tag as the rewrite writes it, or text.
SIMPLE_TOKEN = re.compile(
    r'<(/?)([a-z][a-z0-9]*)((?: [a-z]+="[^"<>`\x00-\x1f\x7f-\x9f]*")*)>'
    r"|(?:[^<>&\xa0\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|&(?:amp|lt|gt);)+"
)
SIMPLE_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
REFERENCE = re.compile(r"&(?!amp;|lt;|gt;)")

#: Each parser writes these its own way: they are rare, and left to the gate.
NOT_SIMPLE = with_trait(Trait.DIFFERS)

#: The elements in which a block stays where it is: in any other, some parser closes something first.
CONTAINERS = PUBLISHED & with_content(Content.BLOCKS, Content.ITEMS, Content.PARTS)
BLOCKS = PUBLISHED & of_kind(Kind.BLOCK, Kind.ROWS)

#: Element → the only parents in which no parser moves it, or closes another for it.
PARENTS = {row.name: frozenset(row.parents) for row in ROWS if row.parents}

#: Lists and parts of tables → the only elements in them that do not end them for some parser.
ONLY = {name: parts_of(name) for name in with_content(Content.ITEMS, Content.PARTS)}

#: Text in these, even white space, is moved by some parser.
WITHOUT_TEXT = with_content(Content.PARTS)

#: Element → its attributes that no parser writes its own way; and those that the rewrite never leaves out.
SIMPLE_ATTRIBUTES = {
    row.name: frozenset(name for name, attribute in row.attributes.items() if not attribute.differs)
    for row in ROWS if row.fate is Fate.PUBLISHED
}  # fmt: skip
REQUIRED = {
    row.name: frozenset(name for name, attribute in row.attributes.items() if attribute.is_required)
    for row in ROWS if row.fate is Fate.PUBLISHED
}  # fmt: skip

#: Elements that the rewrite drops where they are empty.
POINTLESS = with_trait(Trait.POINTLESS)

#: Deeper than articles are, and far from where parsers begin to differ.
MAX_SIMPLE_DEPTH = 30


def is_settled(html: str, is_allowed: IsAllowed) -> bool:
    """Whether `html` is in the grammar, and every attribute has a value that it may have. Takes linear time."""
    if html != html.strip() or html.startswith(("<br", "<div", "\ufeff")):
        return False
    opened: list[str] = []
    position, before = 0, ""
    for match in SIMPLE_TOKEN.finditer(html):
        if match.start() != position:
            return False
        position = match.end()
        end, tag, attributes = match.groups()
        if tag is None:
            if not _may_have_text(opened, before, match[0]):
                return False
            before = before or "blank" if match[0].isspace() else "text"
        elif end:
            if attributes or not opened or opened.pop() != tag or not _may_end(tag, before):
                return False
            before = f"/{tag}"
        else:
            if not _may_begin(tag, opened, before) or not _are_allowed(tag, attributes, is_allowed):
                return False
            if tag not in PUBLISHED_VOID:
                opened.append(tag)
            before = tag
    return position == len(html) and not opened and before != "br"


def _may_have_text(opened: list[str], before: str, text: str) -> bool:
    """Whether text may stand here: not between the parts of a table, and no line break that a parser eats."""
    return not (opened and opened[-1] in WITHOUT_TEXT) and not (before == "pre" and text.startswith("\n"))


def _may_begin(tag: str, opened: list[str], before: str) -> bool:
    """Whether all parsers put the element where its tag stands, and the rewrite leaves it there."""
    if tag not in PUBLISHED or tag in NOT_SIMPLE or len(opened) >= MAX_SIMPLE_DEPTH:
        return False
    parent = opened[-1] if opened else ""
    only = ONLY.get(parent)
    if (only and tag not in only) or (tag in PARENTS and parent not in PARENTS[tag]):
        return False
    if tag == "br" and before == parent and parent in LINES:
        return False  # a line break at the edge of a block goes
    if tag == "a" and "a" in opened:
        return False
    return tag not in BLOCKS or CONTAINERS.issuperset(opened)


def _may_end(tag: str, before: str) -> bool:
    """Whether the rewrite leaves the element's end alone: no empty shell, no line break at the edge of a block."""
    if before in {tag, "blank"} and tag in POINTLESS:
        return False
    return not (before == "br" and tag in LINES)


def _are_allowed(tag: str, attributes: str, is_allowed: IsAllowed) -> bool:
    """Whether each attribute stands once, in the order in which the rewrite writes them, with a value it may have."""
    if not attributes:
        return not REQUIRED[tag]
    pairs = SIMPLE_ATTRIBUTE.findall(attributes)
    names = [name for name, _ in pairs]
    if names != sorted(set(names)) or not SIMPLE_ATTRIBUTES[tag].issuperset(names) or REFERENCE.search(attributes):
        return False
    if not REQUIRED[tag].issubset(names):
        return False
    if ("title", "") in pairs:
        return False  # the rewrite leaves it out
    return all(is_allowed(tag, name, _decoded(value)) for name, value in pairs)


def _decoded(value: str) -> str:
    return value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
