"""
The words of safe HTML by lines, to compare two forms of an entry. Pure.

A paragraph, an item of a list, a row of a table and a line of code are a line each. A picture and a player have their
names. Links and emphasis are left out.
"""

import re
from dataclasses import dataclass

import lxml.html
from lxml import etree

from feedsvc import elements
from feedsvc.sanitize.attachments import file_name
from feedsvc.sanitize.text import READINGS, fragment

PICTURES = elements.PUBLISHED & elements.of_kind(elements.Kind.PICTURE)
ITEMS = elements.parts_of("ol")
CELLS = elements.parts_of("tr")
CODE_LINES = elements.LINES & elements.CODE

#: Characters that no published text has: an item of a list, a cell, and a space of code.
ITEM, CELL, SPACE = "\x01", "\x02", "\x03"

BLANKS = re.compile(r"[\s\x00-\x1f]+")
#: An item may begin with a paragraph, or with another list.
BEGUN = re.compile(rf"(?:{ITEM}[ \n]*)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The words of an entry that readers saw at one time."""

    title: str
    #: The text by lines. None: it is too long to be compared.
    text: str | None


def lines_of(html: str) -> str:
    """The words of HTML that the sanitiser made, by lines."""
    if not html.strip():
        return ""
    written = BEGUN.sub("• ", "".join(_parts(fragment(html))))
    lines = (_line(one) for one in written.split("\n"))
    return "\n".join(line for line in lines if line.strip())


def _line(written: str) -> str:
    cells = (re.sub(" +", " ", one).strip(" ") for one in written.removeprefix(CELL).split(CELL))
    return " | ".join(cells).replace(SPACE, " ").rstrip()


def _parts(root: lxml.html.HtmlElement) -> list[str]:
    parts: list[str] = []
    cells = codes = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        step = 1 if event == "start" else -1
        if node.tag in CELLS:
            cells += step
            parts += [CELL] if step > 0 else []
        elif node.tag in elements.LINES:
            # A row of a table stays one line, whatever its cells hold.
            parts.append(" " if cells else "\n")
        codes += step if node.tag in CODE_LINES else 0
        if step > 0:
            parts += [ITEM] if node.tag in ITEMS and not cells else []
            parts.append(_name(node) or _text("" if node.tag in READINGS else node.text, cells, codes))
        elif node is not root:
            parts.append(_text(node.tail, cells, codes))
    return parts


def _text(text: str | None, cells: int, codes: int) -> str:
    if not codes:
        return BLANKS.sub(" ", text or "")
    lines = (text or "").expandtabs(4).replace("\r", "").split("\n")
    return (" " if cells else "\n").join(line.replace(" ", SPACE) for line in lines)


def _name(node: lxml.html.HtmlElement) -> str:
    """A picture by its description and the name of its file; a player by its title and address."""
    if node.tag not in PICTURES | elements.PLAYERS:
        return ""
    source = node.get("src", "")
    place = "" if source.startswith("data:") else file_name(source)
    if node.tag in elements.PLAYERS:
        place = source.partition("://")[2]
    names = (BLANKS.sub(" ", one).strip() for one in (node.get("alt") or node.get("title") or "", place))
    return f"[{' '.join(one for one in names if one) or '…'}]"
