"""
What Markdown would hide by its rules, and an author wants shown: notes, answers, cells, words. Pure, linear time.

A noncharacter in front of such a text keeps Markdown from reading it as a definition, a table or a tag. It goes from
the HTML afterwards, so that it changes nothing where it stands in code.
"""

import re
from bisect import bisect_left
from html import unescape
from itertools import repeat
from urllib.parse import unquote

from feedsvc import elements
from feedsvc.parse.markdown import comments

#: Stands in front of what is text.
MARK = "\ufdd2"

#: What may stand before a definition in its line.
_LEAD = r"^(?P<lead>(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*+)"

NOTE = re.compile(rf"{_LEAD}\[\^(?P<name>[^\[\]\s]{{1,300}})\]:", re.MULTILINE)

#: A note as it is shown.
SHOWN_NOTE = re.compile(r'<li id="fn-([^"]*)">')

#: A definition with words where an address would be: `[问]: 你好吗？`.
ANSWER = re.compile(
    rf"{_LEAD}\[(?P<name>[^\[\]^\n][^\[\]\n]{{0,300}})\]:[ \t]*+(?:\n[ \t>]*+)?"
    r"(?:(?P<words>[^\s/.:#?%@<]++)|<[^<>\n/.:#?%@]++>|(?![a-z][a-z0-9+.-]{0,20}:|[/.#<])(?=[!-~]{0,999}[^\x00-\x7f])\S++)"
    r"(?:\s*+(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\)))?[ \t]*+$",
    re.MULTILINE,
)

#: The row below the head of a table, and the rows that follow.
DELIMITERS = re.compile(
    r"^(?P<row>[ \t>]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+)\n"
    r"(?P<rows>(?:[^\n]*\S[^\n]*(?:\n|\Z))*+)",
    re.MULTILINE,
)


#: A tag of what browsers take for code, or text that looks like one.
CODE_TAG = re.compile(
    r"(?P<sign><|&lt;)(?P<end>/?)(?P<name>script|style)(?![\w-])(?P<quoted>(?<=`</script)>`|(?<=`</style)>`)?",
    re.IGNORECASE,
)
CODE_NAMES = sorted(elements.SCRIPTS)

#: Where a line of text begins and ends.
EDGE = re.compile(r"<(?P<end>/?)(?:p|li|h[1-6]|td|th|dt|dd)>")


def with_notes(text: str, html: str) -> str:
    """`text` so that its notes and answers are shown to which nothing refers; `html` is what Markdown makes of it."""
    if "]:" not in text:
        return text
    if "[^" in text:
        shown = {_key(name) for name in SHOWN_NOTE.findall(html)}
        secret = frozenset(comment.start() for comment in comments.DEFINITION.finditer(text))
        text = NOTE.sub(
            lambda note: note[0] if _key(note["name"]) in shown or note.start() in secret else _marked(note), text
        )
        text = comments.SECRET_NOTE.sub(rf"\g<before>{MARK}", text)
    if ANSWER.search(text):
        referred = {_key(name) for name in comments.REFERENCE.findall(text)}
        text = ANSWER.sub(lambda found: found[0] if _is_definition(found, referred) else _marked(found), text)
    return text


def _is_definition(found: re.Match[str], referred: "set[str]") -> bool:
    """Whether a definition stays one: a link leads to its address, or it is a comment. Chinese words are no address."""
    if _key(found["name"]) in referred:
        return found["words"] is None or found["words"].isascii()
    return comments.DEFINITION.match(found.string, found.start()) is not None


def with_words(text: str, html: str) -> str:
    """
    `text` so that the name of a script or a style sheet in a sentence is a word; `html` is what Markdown makes of it.

    A browser takes all that follows for code, up to an end that may be far below, or nowhere.
    """
    tags = list(CODE_TAG.finditer(html))
    are_words = _are_words(html, tags)
    if True not in are_words:
        return text
    written = iter(are_words if len(are_words) == len(CODE_TAG.findall(text)) else repeat(object()))
    return CODE_TAG.sub(
        lambda tag: f"<{MARK}{tag[0][1:]}" if next(written) and tag["sign"] == "<" and not tag["end"] else tag[0], text
    )


def _are_words(html: str, tags: "list[re.Match[str]]") -> list[bool]:
    """Of each tag, whether it is a start tag without an end, or with an end outside of its sentence."""
    if not any(tag["sign"] == "<" for tag in tags):
        return []
    edges = list(EDGE.finditer(html))
    starts = [edge.start() for edge in edges]
    ends = {
        name: [one.start() for one in tags if _is(one, name) and one["end"] and not one["quoted"]]
        for name in CODE_NAMES
    }
    found, over = list[bool](), 0
    for tag in tags:
        is_word = False
        if tag["sign"] == "<" and not tag["end"] and tag.start() >= over:
            own = ends[tag["name"].lower()]
            at, edge = bisect_left(own, tag.end()), bisect_left(starts, tag.end())
            end = own[at] if at < len(own) else len(html)
            is_inside = 0 < edge < len(edges) and not edges[edge - 1]["end"] and bool(edges[edge]["end"])
            is_word = end == len(html) or (is_inside and starts[edge] < end)
            over = over if is_word else end
        found.append(is_word)
    return found


def _is(tag: re.Match[str], name: str) -> bool:
    return tag["sign"] == "<" and tag["name"].lower() == name


def with_cells(text: str) -> str:
    """`text` so that a table with more cells than columns is no table."""
    return DELIMITERS.sub(_as_lines, text)


def _as_lines(table: re.Match[str]) -> str:
    columns = _cells(table["row"])
    is_wide = any(_cells(row) > columns for row in table["rows"].splitlines())
    return MARK + table[0] if is_wide else table[0]


def _cells(row: str) -> int:
    row = row.strip(" \t>").removeprefix("|").removesuffix("|")
    return row.count("|") - row.count("\\|") + 1


def _marked(found: re.Match[str]) -> str:
    return f"{found['lead']}{MARK}{found[0][len(found['lead']) :]}"


def _key(name: str) -> str:
    return unquote(unescape(name)).casefold()
