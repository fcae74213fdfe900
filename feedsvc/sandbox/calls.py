"""
The functions of `jobs.py` by name. A process that gives them to workers need not import the parsers itself.

The workers have imported `jobs.py` before they start.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import Generic, TypeVar

from feedsvc.model import Entry, RawEntry
from feedsvc.sandbox.shapes import Fetched, Identities, Prepared, ReadFeed, Seed

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Call(Generic[T, R]):
    """A function of `jobs.py`, which is imported when it is called."""

    name: str

    def __call__(self, argument: T) -> R:
        """Call the function."""
        result: R = getattr(import_module("feedsvc.sandbox.jobs"), self.name)(argument)
        return result


PREPARE: Call[Seed, Prepared] = Call("prepare")
PREPARE_TEXT: Call[tuple[Seed, str], Prepared] = Call("prepare_text")
SANITIZE_AGAIN: Call[tuple[RawEntry, tuple[str, ...]], Entry] = Call("sanitize_again")
TEXT_AGAIN: Call[tuple[RawEntry, str], Entry] = Call("text_again")
READ_IDENTITIES: Call[bytes, Identities] = Call("read_identities")
READ_UPSTREAM: Call[Fetched, ReadFeed] = Call("read_upstream")
