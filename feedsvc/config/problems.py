"""Says what is wrong with a configuration, and where the wrong value was set."""

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from feedsvc.config.document import Key, YamlDocument, dotted
from feedsvc.config.schema import KEYS, KINDS, SECTIONS
from feedsvc.config.values import FilterFaultsError
from feedsvc.errors import Problem
from feedsvc.normalize import WIDE_COLON, wide_colon

SOURCE_DEPTH = 2  # sources.<name>

#: A key of another section, and the section where it stands wrongly → the keys that are meant.
MEANT = {
    ("sources", "filters"): "a source has keep and drop: lists of filters",
    (
        "feeds",
        "keep",
    ): "a feed has filters; what must not occur stands in none, e.g. filters: [{none: [{title: 广告}]}]",
}
MEANT["feeds", "drop"] = MEANT["feeds", "keep"]


class Places:
    """The places where keys were set: the file, or environment variables."""

    def __init__(self, document: YamlDocument, origins: Mapping[Key, str]) -> None:
        self.document, self.origins = document, origins

    def problem(self, key: Key, reason: str, *, at_parent: bool = False) -> Problem:
        """A problem of a key; with `at_parent`, of a key that is missing."""
        name = next((self.origins[key[:n]] for n in range(len(key), 0, -1) if key[:n] in self.origins), None)
        if name is None and not self.document.has(key[:-1]):
            # The section is not in the file: a variable made it.
            made = (one for set_key, one in self.origins.items() if key[:-1] and set_key[: len(key) - 1] == key[:-1])
            name = next(made, None)
        if name:
            return Problem(place=f"env {name}", reason=f"{dotted(key)}: {reason}")
        return self.document.problem(key, reason, at_parent=at_parent)


def problems_of(error: ValidationError, place: Places) -> Iterator[Problem]:
    """A problem for each value that the schema refuses."""
    kind_at = 2  # sources.<name>.<kind>.<key>
    for one in error.errors(include_url=False):
        # pydantic's path holds the kind of a source, and `[key]` for the key of a mapping. The file has neither.
        loc = tuple(
            part
            for index, part in enumerate(one["loc"])
            if part != "[key]" and not (index == kind_at and one["loc"][0] == "sources" and part in KINDS)
        )
        faulty = one.get("ctx", {}).get("error")
        if isinstance(faulty, FilterFaultsError):
            for fault in faulty.faults:
                yield place.problem((*loc, *fault.path), _of_filter(one["input"], fault.path, fault.reason))
            continue
        kind = str(one["loc"][kind_at]) if len(loc) < len(one["loc"]) and one["loc"][0] == "sources" else ""
        yield place.problem(loc, _reason(one, loc, kind), at_parent=one["type"] == "missing")


def _reason(one: Mapping[str, Any], loc: Key, kind: str = "") -> str:
    message = str(one["msg"])
    context = one.get("ctx", {})
    match one["type"]:
        case "extra_forbidden":
            return _unknown(loc, kind)
        case "missing":
            return "this key is needed"
        case "union_tag_not_found":
            return f"this source needs a kind; there are: {', '.join(KINDS)}"
        case "union_tag_invalid":
            close = difflib.get_close_matches(str(context.get("tag")), KINDS, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            return f"no kind {shown(context.get('tag'))}; there are: {', '.join(KINDS)}{hint}"
        case "value_error":
            return f"{str(context['error']) if 'error' in context else message}{_got(one, loc)}"
        case "model_type" | "dict_type" | "model_attributes_type":
            return _wide(one["input"]) or "write a mapping here: indented 'key: value' lines"
        case _:
            return f"{_wanted(one, loc) or message[0].lower() + message[1:]}{_got(one, loc)}"


def _got(one: Mapping[str, Any], loc: Key) -> str:
    """The value that is there, for a message; not if it is a secret."""
    return "" if loc[-1:] == ("secret",) else f" (got {shown(one['input'])})"


def _of_filter(value: Any, path: Key, reason: str) -> str:
    """The reason of a fault in a list of filters, with the text that stands there."""
    for part in path:
        value = value[part]
    if wide := _wide(value):
        return wide
    return f"{reason} (got {shown(value)})" if isinstance(value, str | int) else reason


def _wide(value: object) -> str | None:
    """The reason for a text that would be a mapping with a half-width colon; None for another value."""
    is_wide = isinstance(value, str) and wide_colon(value, value.count("\n"), within=None)
    return f"{WIDE_COLON} (got {shown(value)})" if is_wide else None


def _wanted(one: Mapping[str, Any], loc: Key) -> str | None:
    """The remedy for a value of a wrong type; None where only the words of pydantic are known."""
    if one["type"] in {"int_parsing", "int_type", "int_from_float"}:
        return _number(loc)
    if one["type"] == "list_type":
        return f"write a list, e.g. [{one['input'] if isinstance(one['input'], str) and one['input'] else '…'}]"
    return {
        "bool_parsing": "write true or false",
        "bool_type": "write true or false",
        "string_type": "write a text",
    }.get(one["type"])


def _number(loc: Key) -> str:
    """The remedy for a value that is no whole number: its unit, and the default as an example."""
    found = (one.model_fields.get(str(loc[-1])) for path, one in SECTIONS if _is_at(path, loc[:-1]))
    info = next(filter(None, found), None)
    unit, example = (f" {info.description}" if info.description else "", info.default) if info else ("", 1)
    return f"write a whole number{unit}, e.g. {example}"


def _unknown(loc: Key, kind: str) -> str:
    if meant := MEANT.get((str(loc[0]), str(loc[-1]))) if len(loc) == SOURCE_DEPTH + 1 and kind != "seeds" else None:
        return f"unknown key; {meant}"
    keys = _keys(loc[:-1], kind)
    if loc[-1] in _keys(loc[:-1]) - keys:
        others = (name for name, section in KINDS.items() if loc[-1] in section.model_fields)
        return f"only for {', '.join(others)}; this source is of kind {kind}"
    close = difflib.get_close_matches(str(loc[-1]), sorted(keys), n=1)
    known = f"did you mean {close[0]!r}?" if close else f"known are: {', '.join(sorted(keys))}"
    return f"unknown key; {known}"


def shown(value: object) -> str:
    """A value for a message, without the user, password and query of a URL: they may be secret."""
    text = re.sub(r"(//[^?]*\?).*", r"\1…", re.sub(r"//.*@", "//…@", repr(value)))
    return text if len(text) <= 60 else text[:57] + "…"  # noqa: PLR2004 - what fits a line


def _keys(section: Key, kind: str = "") -> set[str]:
    """The keys of a section; of a source whose kind is known, the keys of this kind alone."""
    if len(section) == SOURCE_DEPTH and section[0] == "sources" and kind in KINDS:
        return set(KINDS[kind].model_fields)
    return next((keys for path, keys in KEYS.items() if _is_at(path, section)), set())


def _is_at(path: tuple[str, ...], section: Key) -> bool:
    """Whether a section may stand at this path."""
    is_as_long = len(path) == len(section)
    return is_as_long and all(part in ("*", str(name)) for part, name in zip(path, section, strict=True))
