"""Files of several seed sources with one guid: which file has it, and the problems of the others. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath

from feedsvc.errors import Problem
from feedsvc.model import SourceSpec
from feedsvc.store.seed_files import FileClaim
from feedsvc.update.seeds.guids import taken

LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A file with its guid, and its source."""

    spec: SourceSpec
    claim: FileClaim

    @property
    def place(self) -> str:
        """The file, for a person."""
        return str(PurePosixPath(self.spec.path, self.claim.path))


def collisions(claims: Iterable[Claimed]) -> Iterator[tuple[str, Problem]]:
    """
    A problem, with its source, for each file whose guid a file of another source has.

    The file that was published under a guid has it; else the first by date, source and path, as stories are placed.
    Each other file is a member of that story where it is the same piece, else a story under another guid.
    """
    by_guid = defaultdict[str, list[Claimed]](list)
    for one in claims:
        by_guid[one.claim.guid].append(one)
    for guid, several in by_guid.items():
        owner, *others = sorted(several, key=_rank)
        for one in others:
            if one.spec.name != owner.spec.name:
                yield one.spec.name, Problem(place=one.place, reason=taken(guid, owner.place), line=1)


def _rank(one: Claimed) -> tuple[bool, datetime, datetime, str, str]:
    claim = one.claim
    return (
        not claim.has_it, claim.first_seen or LATEST, claim.published or LATEST, one.spec.name, claim.path,
    )  # fmt: skip
