"""A JSON Feed to Python's values. If the document is broken or cut off, its whole parts are read. Pure."""

import json
import re
from dataclasses import dataclass
from typing import Any

import regex

from feedsvc.errors import EntryError

JSON_BLANK = re.compile(r"[ \t\r\n\ufeff\0]*+")
#: A comma with white space around it.
COMMA = re.compile(r"[ \t\r\n\ufeff\0]*+,?[ \t\r\n\ufeff\0]*+")
#: A string, also one without an end, or a trailing comma.
STRING_OR_COMMA = regex.compile(r'"(?:[^"\\]++|\\.)*+"?|,(?=[ \t\r\n]*+[}\]])', regex.DOTALL)
#: A backslash, and the escape sequence that it starts, if JSON defines it.
ESCAPE = re.compile(r'\\(["\\/bfnrt]|u[0-9A-Fa-f]{4})?')

#: A bracket, or a whole string, which is skipped.
BRACKET = regex.compile(r'"(?:[^"\\]++|\\.)*+"?|[{}\[\]]', regex.DOTALL)

CLOSING_BRACKET = {"{": "}", "[": "]"}

#: Longest number, in digits. A longer one is a mistake.
NUMBER_DIGITS = 100


def _int_within(digits: str) -> int | str:
    return int(digits) if len(digits) <= NUMBER_DIGITS else digits


#: Strings may contain line breaks.
DECODER = json.JSONDecoder(strict=False, parse_int=_int_within)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A JSON Feed that was read."""

    feed: dict[str, Any]
    items: list[Any]
    problems: tuple[str, ...] = ()
    is_well_formed: bool = True
    is_whole: bool = True


def read_json(text: str) -> Read:
    """
    The feed in `text`. If it is broken somewhere, everything before that place.

    Raises EntryError for a text that is not a JSON Feed.
    """
    text = text.strip(" \t\r\n\ufeff\0")
    try:
        feed = _whole_object(text)
        return Read(feed=feed, items=feed["items"])
    except (ValueError, RecursionError, KeyError, TypeError):
        pass
    mended = STRING_OR_COMMA.sub(_token, text)
    try:
        feed = _whole_object(mended)
        problem = "not well-formed JSON, mended (a comma too many, or a backslash that starts no escape)"
        return Read(feed=feed, items=feed["items"], problems=(problem,), is_well_formed=False)
    except (ValueError, RecursionError, KeyError, TypeError):
        pass
    return _salvaged(mended)


def _token(match: regex.Match[str]) -> str:
    return "" if match[0] == "," else ESCAPE.sub(lambda one: one[0] if one[1] else "", match[0])


def _whole_object(text: str) -> dict[str, Any]:
    """An object with a list of items. A script's `);` after the object is ignored."""
    feed, end = DECODER.raw_decode(text)
    if text[end:].strip(" \t\r\n;)\ufeff\0") or not isinstance(feed["items"], list):
        raise ValueError("no JSON Feed")
    return feed  # type: ignore[no-any-return]  # a mapping: it has items


def _salvaged(text: str) -> Read:
    """The members of the outermost object and the items of its list, as far as they can be read."""
    feed: dict[str, Any] = {}
    items: list[Any] | None = None
    at, is_ended = _skip(text, 0), False
    try:
        while at < len(text) and text[at] in "{,":
            at = _skip(text, at + 1)
            if text.startswith("}", at):  # after an extra comma
                break
            name, at = DECODER.raw_decode(text, at)
            at = _skip(text, at)
            if not isinstance(name, str) or not text.startswith(":", at):
                break
            at = _skip(text, at + 1)
            if name == "items" and text.startswith("[", at):
                items = []
                at = _add_items(text, at + 1, items)
                if not text.startswith("]", at):
                    break
                at += 1
            else:
                feed[name], at = DECODER.raw_decode(text, at)
            at = _skip(text, at)
        is_ended = text.startswith("}", at)
    except (ValueError, RecursionError):
        pass
    if items is None or not (items or is_ended or "version" in feed):
        raise EntryError("neither a feed in XML nor a JSON Feed")
    return Read(
        feed=feed,
        items=items,
        problems=(_problem(text, at, items, is_ended=is_ended),),
        is_well_formed=False,
        is_whole=is_ended,
    )


def _add_items(text: str, at: int, items: list[Any]) -> int:
    """
    Add the items from a position on; returns the end of the list, or the start of an item without an end.

    None in `items` is an item that cannot be read.
    """
    at = _skip(text, at)
    while at < len(text) and text[at] != "]":
        try:
            item, end = DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            item, end = None, _object_end(text, at)
            if end < 0:
                return at
        items.append(item)
        comma = COMMA.match(text, end)
        at = comma.end() if comma else end
    return at


def _object_end(text: str, at: int) -> int:
    """The end of the object at a position, by its brackets; -1 if there is no object or a bracket is missing."""
    closing = list[str]()
    for match in BRACKET.finditer(text, at) if text.startswith("{", at) else ():
        if match[0] in CLOSING_BRACKET:
            closing.append(CLOSING_BRACKET[match[0]])
        elif match[0] in CLOSING_BRACKET.values() and match[0] != closing.pop():
            return -1
        if not closing:
            return match.end()
    return -1


def _skip(text: str, at: int) -> int:
    match = JSON_BLANK.match(text, at)
    return match.end() if match else at


def _problem(text: str, at: int, items: list[Any], *, is_ended: bool) -> str:
    line = text.count("\n", 0, at) + 1
    if is_ended:
        return f"not well-formed JSON, mended (before line {line}, a comma too many or too few)"
    number = sum(item is not None for item in items)
    return f"only a part of a feed: it breaks off, or cannot be read, at line {line}; {number} items before are read"
