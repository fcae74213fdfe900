"""
What Markdown would hide by its rules, and an author wants shown: notes, answers, cells. Pure, linear time.

A noncharacter in front of such a text keeps Markdown from reading it as a definition or a table. It goes from the HTML
afterwards, so that it changes nothing where it stands in code.
"""

import re
from html import unescape
from urllib.parse import unquote

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
    r"(?:[^\s/.:#?%@<]++|<[^<>\n/.:#?%@]++>|(?![a-z][a-z0-9+.-]{0,20}:|[/.#<])(?=[!-~]{0,999}[^\x00-\x7f])\S++)"
    r"(?:\s*+(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\)))?[ \t]*+$",
    re.MULTILINE,
)
REFERENCE = re.compile(r"\[([^\[\]\n]{1,300})\](?!:)")

#: The row below the head of a table, and the rows that follow.
DELIMITERS = re.compile(
    r"^(?P<row>[ \t>]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+)\n"
    r"(?P<rows>(?:[^\n]*\S[^\n]*(?:\n|\Z))*+)",
    re.MULTILINE,
)


def with_notes(text: str, html: str) -> str:
    """`text` so that its notes and answers are shown to which nothing refers; `html` is what Markdown makes of it."""
    if "]:" not in text:
        return text
    if "[^" in text:
        shown = {_key(name) for name in SHOWN_NOTE.findall(html)}
        text = NOTE.sub(lambda note: note[0] if _key(note["name"]) in shown else _marked(note), text)
    if ANSWER.search(text):
        referred = {_key(name) for name in REFERENCE.findall(text)}
        text = ANSWER.sub(lambda found: found[0] if _key(found["name"]) in referred else _marked(found), text)
    return text


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
