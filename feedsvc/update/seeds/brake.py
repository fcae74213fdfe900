"""
The brake: seeds that go missing all at once are a lost disk rather than a wish. Pure.

The rule looks at the published seeds of a source that are missing together: those that the last look still found, those
that are held back already, and those that were withdrawn within the last hour without a confirmation.

- All the seeds of a source are held back, if at least two of them were published for a day: an empty disk looks the
  same. The only seed of a source, and the samples of the first day, are not.
- Other seeds, fewer than 10, are withdrawn at once: somebody deleted them.
- At least 10 that are all the seeds of a folder, or of the source, are held back.
- At least 20 that are more than a fifth of the source are held back.

What is held back stays published, whatever comes, changes or goes beside it (`seed_file.hold`). A file that is found
again, by its name or by its content, is released. `feedsvc sources confirm` lets go what is held back at that moment,
and the next update withdraws what is still missing of it.
"""

import posixpath
import shlex
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from feedsvc.errors import Problem
from feedsvc.model import SourceSpec
from feedsvc.store.seed_files import CONFIRMED, HELD, SeedFile

#: So many missing seeds are a wish, whatever share they are; from this number on, a whole folder is held back.
FEW = 10

#: From this number on, so large a share of a source is held back.
MANY = 20
SHARE = 0.2

#: Seeds that were published for so long are no trial.
SETTLED = timedelta(days=1)

#: Seeds that go within this time go together: a disk may take a while to lose them.
TOGETHER = timedelta(hours=1)


def held_back(
    known: Mapping[str, SeedFile], found: Collection[str], renamed: Collection[str], now: datetime
) -> set[str]:
    """The paths that are to be held back from now on, of files that are neither `found` nor `renamed`."""
    away = {path: file for path, file in known.items() if path not in found and path not in renamed}
    missing = {path for path, file in away.items() if _is_missing(file, now)}
    new = {path for path in missing if known[path].is_published and known[path].hold is None}
    if not new:
        return set()
    here = {path for path, file in known.items() if file.is_published and path in found}
    # A run that was cut off leaves a renamed file under both names: each entry counts once.
    left_over = {known[path].entry_id for path in here} | {
        known[path].entry_id for path in renamed if known[path].is_published
    }
    if not left_over and sum(_is_settled(known[path], now) for path in new) > 1:
        return new
    if len(missing) < FEW:
        return set()
    if len(missing) >= MANY and len(missing) > SHARE * (len(missing) + len(left_over)):
        return new
    left, lost = _by_folder(here), _by_folder(missing)
    empty = {folder for folder, number in lost.items() if number >= FEW and folder not in left}
    return {path for path in new if not empty.isdisjoint(_folders(path))}


def let_go(vanished: Mapping[str, SeedFile], held: Collection[str]) -> list[SeedFile]:
    """The files that vanished and are withdrawn: neither held back before nor from now on."""
    return [file for path, file in vanished.items() if path not in held and file.hold != HELD]


def problem(spec: SourceSpec, known: Iterable[SeedFile], new: Collection[str] = ()) -> Problem | None:
    """What the brake says to a person; None where it holds nothing. The next update holds the paths `new` as well."""
    held = [file.path for file in known if (file.hold == HELD and not file.is_gone) or file.path in new]
    if not held:
        return None
    return told(spec, len(held), posixpath.commonpath(map(posixpath.dirname, held)), is_next=bool(new))


def told(spec: SourceSpec, number: int, folder: str = "", *, is_next: bool = False) -> Problem:
    """What the brake says of so many seeds in a folder of a source; `is_next`, where an update has yet to see it."""
    place = posixpath.join(spec.path, folder) if folder else spec.path
    missing = "1 seed is missing" if number == 1 else f"{number} seeds are missing"
    return Problem(
        place=f"source {spec.name}",
        reason=f"{missing} in {place}; what was published of them stays; put the files back, or withdraw them "
        f"{'after the next update ' if is_next else ''}with: feedsvc sources confirm {shlex.quote(spec.name)}",
    )


def _is_missing(file: SeedFile, now: datetime) -> bool:
    """Whether a file that is away counts: unless somebody let it go, or it was withdrawn long ago."""
    is_recent = file.is_gone and file.withdrawn_at is not None and now - file.withdrawn_at <= TOGETHER
    return file.hold != CONFIRMED and (file.is_published or is_recent)


def _is_settled(file: SeedFile, now: datetime) -> bool:
    return file.first_seen is not None and now - file.first_seen >= SETTLED


def _by_folder(paths: Iterable[str]) -> Counter[str]:
    """How many of some files each folder has, at any depth."""
    return Counter(folder for path in paths for folder in _folders(path))


def _folders(path: str) -> Iterator[str]:
    """The folders that a file is in, the source's own last: `""`."""
    while path:
        path = posixpath.dirname(path)
        yield path
