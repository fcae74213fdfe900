"""
The forms of filters: what YAML and JSON say → filters, and back. Pure.

A list of filters means all of them. A filter is a mapping with one key: a field (`title: 芯片`), a condition
(`newer: 7d`), or a combination with a list (`any: […]`). `any` with a text or a mapping is a field.
"""

import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Any

from feedsvc.errors import Fault, FilterError
from feedsvc.filters.faults import configured
from feedsvc.filters.kinds.bases import Combination, Condition
from feedsvc.filters.kinds.combined import AllOf, AnyOf, NoneOf
from feedsvc.filters.readable import FIELDS
from feedsvc.filters.table import COMBINATIONS, MATCHES, MEASURES
from feedsvc.model import Filter

#: Filters of one definition, and how deep they may stand in each other.
MAX_FILTERS, MAX_DEPTH = 500, 8

Path = tuple[str | int, ...]

EXAMPLE = "{title: 芯片|GPU}"
TEST_EXAMPLE = "{words: [甲, 乙]}"

#: Keys that stand beside a test of a field.
BESIDE = {"regex": frozenset({"case"})}

#: The reason against such a key beside another test, or alone.
MISPLACED = {
    "case": "`case` stands beside regex alone, e.g. {regex: GPU, case: true}; for words and equals, case never counts"
}


def read(value: Any, zone: tzinfo = UTC, refused: Mapping[str, str] | None = None) -> tuple[Filter, ...]:
    """
    The filters of a list. `zone` is that of local times. `refused` has the reason against each key that is not allowed.

    Raises FilterError with all faults.
    """
    reading = _Reading(zone=zone, refused=refused or {})
    found = reading.list_of(value, (), "write a list of filters, e.g. [{title: 芯片|GPU}]", depth=0)
    if reading.count > MAX_FILTERS:
        reading.faults.insert(
            0, Fault((), f"at most {MAX_FILTERS} filters; put words of one field into one `words` list")
        )
    if reading.faults:
        raise FilterError(reading.faults)
    return found


@dataclass(slots=True, kw_only=True)
class _Reading:
    """The faults found so far."""

    zone: tzinfo
    refused: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)
    count: int = 0

    def list_of(self, value: Any, path: Path, remedy: str, depth: int) -> tuple[Filter, ...]:
        if not isinstance(value, list):
            self.faults.append(Fault(path, remedy))
            return ()
        found = (self.filter_of(one, (*path, index), depth) for index, one in enumerate(value))
        return tuple(one for one in found if one is not None)

    def filter_of(self, value: Any, path: Path, depth: int) -> Filter | None:
        self.count += 1
        if not isinstance(value, dict) or len(value) != 1:
            self.faults.append(
                Fault(path, f"write one field and its pattern, e.g. {EXAMPLE}; more filters are more items")
            )
            return None
        ((key, inner),) = value.items()
        path = (*path, str(key))
        if reason := self.refused.get(key):
            self.faults.append(Fault(path, reason))
            return None
        if key in COMBINATIONS and (isinstance(inner, list) or key not in FIELDS):
            return self.combination_of(COMBINATIONS[key], inner, path, depth)
        try:
            if key in MEASURES:
                return MEASURES[key].read(inner, self.zone)
            if key in FIELDS:
                return _match(key, inner)
        except FilterError as error:
            self.faults += configured(error).within(*path).faults
            return None
        self.faults.append(Fault(path, f"unknown key; {_hint(str(key), self.known())}"))
        return None

    def combination_of(self, kind: type[Combination], value: Any, path: Path, depth: int) -> Filter | None:
        if depth >= MAX_DEPTH:
            self.faults.append(Fault(path, f"at most {MAX_DEPTH} lists of filters in each other"))
            return None
        remedy = f"write a list of filters, e.g. {kind.key}: [{EXAMPLE}, {{has: picture}}]"
        if value == []:
            self.faults.append(Fault(path, remedy))
        return kind(filters=self.list_of(value, path, remedy, depth + 1))

    def known(self) -> list[str]:
        return [one for one in (*FIELDS, *MEASURES, *COMBINATIONS) if one not in self.refused]


def _match(name: str, value: Any) -> Filter:
    """The condition on a field; a text alone is a pattern."""
    if isinstance(value, str):
        try:
            return MATCHES["regex"].read(name, {"regex": value})
        except FilterError as error:
            raise FilterError([one._replace(path=()) for one in error.faults]) from error
    tests = [key for key in value if key in MATCHES] if isinstance(value, dict) else []
    if not isinstance(value, dict) or (not tests and not value):
        raise FilterError.at((), f"write a pattern, or one of {', '.join(MATCHES)}, e.g. {TEST_EXAMPLE}")
    allowed = set(tests[:1]) | BESIDE.get(tests[0], frozenset()) if tests else set()
    wrong = [key for key in value if key not in allowed]
    if len(tests) > 1:
        raise FilterError.at((), f"write one of {', '.join(tests)} here; more filters are more items")
    if wrong:
        known = sorted({*MATCHES, *(BESIDE.get(tests[0], ()) if tests else ())})
        raise FilterError([
            Fault((key,), MISPLACED.get(key) or f"unknown key; {_hint(str(key), known)}") for key in wrong
        ])  # fmt: skip
    return MATCHES[tests[0]].read(name, value)


def _hint(key: str, known: Iterable[str]) -> str:
    known = list(dict.fromkeys(known))
    close = difflib.get_close_matches(key, known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"known are: {', '.join(sorted(known))}"


# --- back ------------------------------------------------------------------------------------------------------------


def canonical(filters: Iterable[Filter]) -> str:
    """
    The JSON of a list of filters, which `read(json.loads(…))` reads.

    Lists that differ in order, repetition, nesting without effect, or the spelling of folded words have one form.
    """
    return _json(_parts(AllOf(filters=tuple(filters))))


def _form(chosen: Filter) -> dict[str, Any]:
    match chosen:
        case Condition():
            return chosen.form()
        case AllOf() | AnyOf():
            parts = _parts(chosen)
            return parts[0] if len(parts) == 1 else {chosen.key: parts}
        case NoneOf():
            return {chosen.key: _parts(chosen)}
        case _:
            raise TypeError(f"no filter: {chosen!r}")


#: A combination → the key of a list that may stand in its list, or be a part of it.
SAME_LIST = {"all": "all", "any": "any", "none": "any"}


def _parts(chosen: Combination) -> list[dict[str, Any]]:
    """The forms of the filters of a combination, in order, each once."""
    parts: dict[str, dict[str, Any]] = {}
    for one in map(_form, chosen.filters):
        inner = one.get(SAME_LIST[chosen.key])
        for part in inner if isinstance(inner, list) and inner else [one]:
            parts.setdefault(_json(part), part)
    return [parts[key] for key in sorted(parts)]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
