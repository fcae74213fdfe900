"""The end of an update of all seed sources: former sources, and guids that files of several sources claim."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from feedsvc.errors import Problem
from feedsvc.model import SourceSpec
from feedsvc.store import Connection, entries, memberships, seed_files
from feedsvc.update.seeds.collisions import Claimed, collisions


def finish(
    db: Connection, specs: Sequence[SourceSpec], source_ids: Sequence[int], now: datetime
) -> Mapping[str, Sequence[Problem]]:
    """
    Withdraw the entries of former sources that a source under a new name publishes now, or keeps private.

    So an article that becomes private is private under all names. Returns the problems of each source: its files
    whose guid a file of another source has.
    """
    former = {*seed_files.succeed(db, source_ids), *seed_files.private_now(db, source_ids)}
    memberships.touch(db, entries.withdraw(db, sorted(former), now))
    by_name = {spec.name: spec for spec in specs}
    claims = seed_files.claims(db, by_name)
    found = defaultdict[str, list[Problem]](list)
    for name, problem in collisions(Claimed(spec=by_name[one.source], claim=one) for one in claims):
        found[name].append(problem)
    return found
