"""
The brake: many seeds that go missing at once are held back, because a disk may be lost. Pure.

The rule counts the published seeds of a source that are missing together: those that the last update still found, those
that are held back already, and those that were withdrawn within the last hour without a confirmation.

- If all seeds of a source are missing, and at least two of them were published for a day, they are held back: an empty
  disk looks the same. The only seed of a source, and the samples of the first day, are withdrawn.
- Otherwise, fewer than 10 missing seeds are withdrawn at once: a person deleted them.
- At least 10 missing seeds that are all seeds of a folder, or of the source, are held back.
- At least 20 missing seeds that are more than a fifth of the source are held back.

A seed that is held back stays published, whatever happens to other seeds (`seed_file.hold`). A file that is found
again, by its name or by its content, is released. `feedsvc sources confirm` releases the seeds that are held back at
that moment, and the next update withdraws those that are still missing.
"""

import posixpath
import shlex
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from feedsvc.errors import Problem
from feedsvc.model import SourceSpec
from feedsvc.store.seed_files import CONFIRMED, HELD, SeedFile

#: Fewer missing seeds are withdrawn, whatever their share. From this number on, a whole folder is held back.
FEW = 10

#: From this number on, seeds are held back that are more than this share of a source.
MANY = 20
SHARE = 0.2

#: Seeds that were published for so long are more than a trial.
SETTLED = timedelta(days=1)

#: Seeds that go missing within this time count together: a disk may lose them one by one.
TOGETHER = timedelta(hours=1)


def held_back(
    known: Mapping[str, SeedFile], found: Collection[str], renamed: Collection[str], now: datetime
) -> set[str]:
    """The paths of files, neither `found` nor `renamed`, that are held back from now on."""
    away = {path: file for path, file in known.items() if path not in found and path not in renamed}
    missing = {path for path, file in away.items() if _is_missing(file, now)}
    new = {path for path in missing if known[path].is_published and known[path].hold is None}
    if not new:
        return set()
    here = {path for path, file in known.items() if file.is_published and path in found}
    # After a run that was cut off, a renamed file stands under both names. Each entry counts once.
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
    """The files that vanished and are not held back: they are withdrawn."""
    return [file for path, file in vanished.items() if path not in held and file.hold != HELD]


def problem(spec: SourceSpec, known: Iterable[SeedFile], new: Collection[str] = ()) -> Problem | None:
    """The brake's problem; None where no file is held back. The next update holds back the paths `new` as well."""
    held = [file.path for file in known if (file.hold == HELD and not file.is_gone) or file.path in new]
    if not held:
        return None
    return told(spec, len(held), posixpath.commonpath(map(posixpath.dirname, held)), is_next=bool(new))


def told(spec: SourceSpec, number: int, folder: str = "", *, is_next: bool = False) -> Problem:
    """The problem of so many held seeds in a folder. `is_next`: the next update will hold them back."""
    place = posixpath.join(spec.path, folder) if folder else spec.path
    missing = "1 seed is missing" if number == 1 else f"{number} seeds are missing"
    return Problem(
        place=f"source {spec.name}",
        reason=f"{missing} in {place}; what was published of them stays; put the files back, or withdraw them "
        f"{'after the next update ' if is_next else ''}with: feedsvc sources confirm {shlex.quote(spec.name)}",
    )


def _is_missing(file: SeedFile, now: datetime) -> bool:
    """Whether a file that is gone counts as missing: not if it was confirmed, or withdrawn more than an hour ago."""
    is_recent = file.is_gone and file.withdrawn_at is not None and now - file.withdrawn_at <= TOGETHER
    return file.hold != CONFIRMED and (file.is_published or is_recent)


def _is_settled(file: SeedFile, now: datetime) -> bool:
    return file.first_seen is not None and now - file.first_seen >= SETTLED


def _by_folder(paths: Iterable[str]) -> Counter[str]:
    """How many of these files each folder has, at any depth."""
    return Counter(folder for path in paths for folder in _folders(path))


def _folders(path: str) -> Iterator[str]:
    """The folders that a file is in. The last is the source's own: `""`."""
    while path:
        path = posixpath.dirname(path)
        yield path
