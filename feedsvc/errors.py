"""
Everything that feedsvc raises for a reason outside its own code.

    FeedsvcError
    ├── ConfigError      the configuration is wrong; carries every Problem at once
    ├── SourceError      a whole source cannot be read (its folder is missing)
    ├── EntryError       one entry cannot be read; the others go on
    ├── StoreError       the database cannot be opened, or does not fit this version
    ├── FetchError       something on the network cannot be had
    ├── SandboxError     the processes that read what comes from outside cannot be started
    └── RenderError      one entry cannot be written in one format; the document goes on without it

A Problem is the line an operator reads: where, what, and what to do. It is data, so that reports can be counted,
sorted and printed as JSON; an exception is only how it travels.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, and where."""

    #: File, URL or environment variable.
    place: str
    #: What is wrong and how to mend it, without a trailing full stop.
    reason: str
    #: 1-based; None when the place has no lines.
    line: int | None = None
    #: 1-based; None when the place has no columns.
    column: int | None = None

    def __str__(self) -> str:
        """`place:line:column: reason`, on one line whatever the parts hold."""
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
    """One entry cannot be read. `line` is 1-based within the entry's own file."""

    def __init__(self, reason: str, *, line: int | None = None) -> None:
        super().__init__(reason)
        self.line = line
        #: Whether its author may keep it from the public: then nothing that was published of it stays.
        self.is_private = False


class StoreError(FeedsvcError):
    """The database cannot be used."""


class FetchError(FeedsvcError):
    """What is asked for over the network cannot be had, or must not be asked for."""


class SandboxError(FeedsvcError):
    """What comes from outside cannot be read: there are no processes to do it."""


class RenderError(FeedsvcError):
    """An entry cannot be written in a format."""
