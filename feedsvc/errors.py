"""
The exceptions that feedsvc raises for reasons outside its own code.

    FeedsvcError
    ├── ConfigError      the configuration is wrong; holds all Problems
    ├── SourceError      a whole source cannot be read (e.g. its folder is missing)
    ├── EntryError       one entry cannot be read; the others are read
    ├── StoreError       the database cannot be opened, or has the schema of another version
    │   └── DeadlockError    two transactions waited for each other; this one was given up, and may be tried again
    ├── FilterError      a filter cannot be used; holds all its faults
    ├── FetchError       a URL cannot be fetched, or must not be requested
    ├── SandboxError     the sandbox's worker processes cannot be started
    └── RenderError      one entry cannot be written in one format; the document is made without it

A Problem is one line for the operator: the place, the fault and the remedy. It is data, so that problems can be
counted, sorted and printed as JSON. An exception only carries it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A fault and its place."""

    #: File, URL or environment variable.
    place: str
    #: The fault and its remedy, without a full stop at the end.
    reason: str
    #: Line number, from 1; None if the place has no lines.
    line: int | None = None
    #: Column number, from 1; None if the place has no columns.
    column: int | None = None

    def __str__(self) -> str:
        """`place:line:column: reason`, on one line, whatever the parts contain."""
        position = "".join(f":{number}" for number in (self.line, self.column) if number is not None)
        return " ".join(f"{self.place}{position}: {self.reason}".split())


class FeedsvcError(Exception):
    """The base of all errors of feedsvc."""


class ConfigError(FeedsvcError):
    """The configuration is wrong."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class SourceError(FeedsvcError):
    """A source as a whole cannot be read."""


class EntryError(FeedsvcError):
    """One entry cannot be read. `line` is the line number, from 1, in the entry's own file."""

    def __init__(self, reason: str, *, line: int | None = None) -> None:
        super().__init__(reason)
        self.line = line
        #: Whether the article may not be public. Then everything that was published of it is withdrawn.
        self.is_private = False


class StoreError(FeedsvcError):
    """The database cannot be used."""


class DeadlockError(StoreError):
    """Two transactions waited for each other, and the server gave this one up. It may be tried again."""


class Fault(NamedTuple):
    """A fault of a filter."""

    #: The path of the fault in the filter's form.
    path: tuple[str | int, ...]
    #: The fault and its remedy, in English.
    reason: str
    #: The name of the reason in `Texts.faults`, and the values in it. Empty: only a configuration has such a fault.
    code: str = ""
    values: Mapping[str, str | int] = MappingProxyType({})


class FilterError(FeedsvcError):
    """A filter cannot be used."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(one.reason for one in faults))
        self.faults = tuple(faults)

    @classmethod
    def at(cls, path: tuple[str | int, ...], reason: str) -> "FilterError":
        """An error with one fault."""
        return cls((Fault(path, reason),))

    def within(self, *path: str | int) -> "FilterError":
        """The same faults in a form that stands at a path."""
        return FilterError([one._replace(path=(*path, *one.path)) for one in self.faults])


class FetchError(FeedsvcError):
    """A URL cannot be fetched, or must not be requested."""


class SandboxError(FeedsvcError):
    """The sandbox's worker processes cannot be started."""


class RenderError(FeedsvcError):
    """An entry cannot be written in a format."""
