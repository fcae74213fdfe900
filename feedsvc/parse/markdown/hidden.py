"""
Texts that Markdown hides against the author's wish: footnotes, answers, table cells, words. Pure, linear time.

A noncharacter before such a text keeps Markdown from reading it as a definition, a table or a tag. It is removed from
the HTML afterwards, so it changes nothing in code.
"""

import re
from bisect import bisect_left
from html import unescape
from itertools import repeat
from urllib.parse import unquote

import regex

from feedsvc import elements
from feedsvc.parse.markdown import comments

#: Stands before a piece of text that is not markup.
TEXT_MARK = "\ufdd2"

#: The text that may precede a definition in its line.
_BEFORE_DEFINITION = r"^(?P<lead>(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*+)"

NOTE = regex.compile(rf"{_BEFORE_DEFINITION}\[\^(?P<name>[^\[\]\s]{{1,300}})\]:", regex.MULTILINE)

#: A footnote in the HTML.
SHOWN_NOTE = re.compile(r'<li id="fn-([^"]*)">')

#: A definition with words in place of an address: `[问]: 你好吗？`, `[√]: 50%`.
ANSWER = regex.compile(
    rf"{_BEFORE_DEFINITION}\[(?P<name>[^\[\]^\n][^\[\]\n]{{0,300}})\]:[ \t]*+(?:\n[ \t>]*+)?"
    r"(?:(?P<words>[^\s/.:#?%@<]++|(?![/.#?<]|[A-Za-z][\w+.-]{0,20}:|[!-~]{0,999}(?:[/@]|\.[A-Za-z]))[!-~]++)"
    r"|<[^<>\n/.:#?%@]++>|(?![a-z][a-z0-9+.-]{0,20}:|[/.#<])(?=[!-~]{0,999}[^\x00-\x7f])\S++)"
    r"(?:\s*+(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\)))?[ \t]*+$",
    regex.MULTILINE,
)

#: The delimiter row of a table, and the rows that follow.
DELIMITERS = regex.compile(
    r"^(?P<row>[ \t>]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+)\n"
    r"(?P<rows>(?:[^\n]*\S[^\n]*(?:\n|\Z))*+)",
    regex.MULTILINE,
)


#: A tag of a script or a style sheet, or text that looks like one.
SCRIPT_TAG = re.compile(
    r"(?P<sign><|&lt;)(?P<end>/?)(?P<name>script|style)(?![\w-])(?P<quoted>(?<=`</script)>`|(?<=`</style)>`)?",
    re.IGNORECASE,
)
CODE_NAMES = sorted(elements.SCRIPTS)

#: The start or the end of a line of text.
EDGE = re.compile(r"<(?P<end>/?)(?:p|li|h[1-6]|td|th|dt|dd)>")


def with_notes(text: str, html: str) -> str:
    """`text` changed so that footnotes and answers without a reference are shown. `html` is its rendered form."""
    if "]:" not in text:
        return text
    if "[^" in text:
        shown = {_key(name) for name in SHOWN_NOTE.findall(html)}
        secret = frozenset(comment.start() for comment in comments.DEFINITION.finditer(text))
        text = NOTE.sub(
            lambda note: note[0] if _key(note["name"]) in shown or note.start() in secret else _marked(note), text
        )
        text = comments.SECRET_NOTE.sub(rf"\g<before>{TEXT_MARK}", text)
    if ANSWER.search(text):
        referred = {_key(name) for name in comments.LINK_REFERENCE.findall(text)}
        text = ANSWER.sub(lambda found: found[0] if _is_definition(found, referred) else _marked(found), text)
    return text


def _is_definition(found: regex.Match[str], referred: "set[str]") -> bool:
    """Whether a definition is one: a link uses it, or it is a comment. Chinese words are not an address."""
    if _key(found["name"]) in referred:
        return found["words"] is None or found["words"].isascii()
    return comments.DEFINITION.match(found.string, found.start()) is not None


def with_words(text: str, html: str) -> str:
    """
    `text` changed so that `<script>` or `<style>` in a sentence is a word. `html` is its rendered form.

    A browser reads everything after such a tag as code, up to an end tag that may be far away or missing.
    """
    tags = list(SCRIPT_TAG.finditer(html))
    are_words = _are_words(html, tags)
    if True not in are_words:
        return text
    written = iter(are_words if len(are_words) == len(SCRIPT_TAG.findall(text)) else repeat(object()))
    return SCRIPT_TAG.sub(
        lambda tag: f"<{TEXT_MARK}{tag[0][1:]}" if next(written) and tag["sign"] == "<" and not tag["end"] else tag[0],
        text,
    )


def _are_words(html: str, tags: "list[re.Match[str]]") -> list[bool]:
    """For each tag, whether it is a start tag without an end tag in the same sentence."""
    if not any(tag["sign"] == "<" for tag in tags):
        return []
    edges = list(EDGE.finditer(html))
    starts = [edge.start() for edge in edges]
    ends = {
        name: [one.start() for one in tags if _is_tag_of(one, name) and one["end"] and not one["quoted"]]
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


def _is_tag_of(tag: re.Match[str], name: str) -> bool:
    return tag["sign"] == "<" and tag["name"].lower() == name


def with_cells(text: str) -> str:
    """`text` changed so that a table in which a row has more cells than columns is shown as text."""
    return DELIMITERS.sub(_as_lines, text)


def _as_lines(table: regex.Match[str]) -> str:
    columns = _cells(table["row"])
    is_wide = any(_cells(row) > columns for row in table["rows"].splitlines())
    return TEXT_MARK + table[0] if is_wide else table[0]


def _cells(row: str) -> int:
    row = row.strip(" \t>").removeprefix("|").removesuffix("|")
    return row.count("|") - row.count("\\|") + 1


def _marked(found: regex.Match[str]) -> str:
    return f"{found['lead']}{TEXT_MARK}{found[0][len(found['lead']) :]}"


def _key(name: str) -> str:
    return unquote(unescape(name)).casefold()
