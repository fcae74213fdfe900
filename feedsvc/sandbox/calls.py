"""
The functions of `jobs.py`, for a process that gives them to workers and imports no parser itself.

A worker finds a function by its module and name. It has imported `jobs.py` before it starts.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from feedsvc.model import Entry, RawEntry
from feedsvc.sandbox.shapes import Fetched, Identities, Prepared, ReadFeed, Seed

if TYPE_CHECKING:
    from feedsvc.sandbox import jobs
else:

    class _Jobs:
        """Imports `jobs.py` when one of its functions is called."""

        def __getattr__(self, name: str) -> object:
            return getattr(import_module("feedsvc.sandbox.jobs"), name)

    jobs = _Jobs()


def prepare(seed: Seed) -> Prepared:
    """Parse and sanitise a seed file."""
    return jobs.prepare(seed)


def prepare_text(job: tuple[Seed, str]) -> Prepared:
    """Parse a seed file; its text becomes plain text, for a reason."""
    return jobs.prepare_text(job)


def sanitize_again(job: tuple[RawEntry, tuple[str, ...]]) -> Entry:
    """Sanitise a stored raw entry, with the hosts of players that its source may show."""
    return jobs.sanitize_again(job)


def text_again(job: tuple[RawEntry, str]) -> Entry:
    """Make plain text of a stored raw entry, for a reason."""
    return jobs.text_again(job)


def read_identities(data: bytes) -> Identities:
    """Read guid, link, title and date of a feed's entries."""
    return jobs.read_identities(data)


def read_upstream(fetched: Fetched) -> ReadFeed:
    """Parse an upstream's answer, and sanitise its new entries."""
    return jobs.read_upstream(fetched)
