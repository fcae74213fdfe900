"""Words, lists and values in messages and in JSON."""

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from feedsvc.normalize.text import BIDI_CONTROLS, CONTROLS, XML_ILLEGAL
from feedsvc.normalize.wording import BLOCKED, plural, span

__all__ = ["BLOCKED", "MAX_NAMES", "as_json", "near", "plain", "plural", "printable", "span"]

#: Characters that a terminal may obey: control characters and directions. JSON escapes those of ASCII itself.
OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

#: At most so many names are listed where a name is unknown.
MAX_NAMES = 20


def near(name: str, names: Sequence[str]) -> str:
    """The sources that are most like an unknown name; else the first of all sources."""
    close = difflib.get_close_matches(name, names, n=3) or names[:MAX_NAMES]
    more = f" and {len(names) - len(close)} more (feedsvc sources)" if len(names) > len(close) else ""
    return f"{', '.join(close) or 'none'}{more}"


def printable(text: str) -> str:
    """A text of a source as a part of one line on a terminal, which obeys none of its characters."""
    for pattern in (XML_ILLEGAL, CONTROLS, BIDI_CONTROLS):
        text = pattern.sub("", text)
    return re.sub(r"[\t\n\r\x85\u2028\u2029]", " ", text)


def plain(value: Any) -> Any:
    """A value of `dataclasses.asdict` as JSON has it: times in ISO 8601, spans in seconds."""
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, date):
        return value.isoformat()
    return value


def as_json(value: Any) -> str:
    """JSON for a terminal: the characters that it may obey are escaped."""
    written = json.dumps(plain(value), ensure_ascii=False, indent=2)
    return OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
