"""A folder tree of seed files. Reads; changes and decides nothing."""

import fcntl
import os
import signal
import stat
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from feedsvc.errors import EntryError, SourceError
from feedsvc.model import SourceSpec

SUFFIXES = frozenset({".md", ".markdown", ".mkd", ".mkdn", ".mdwn", ".mdtxt", ".mdtext", ".html", ".htm", ".txt"})

#: Bytes of a seed's path: a database's index may hold no more.
MAX_PATH = 2000

#: A seed larger than this is no article.
MAX_SEED_BYTES = 5_000_000


#: How long a file has to be left alone, where nobody can say whether it is being written.
SETTLED_SECONDS = 2.0


class Stamp(NamedTuple):
    """What tells, without reading it, that a file is as it was. A tuple: there are many, and they are compared."""

    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What is in a folder of seeds."""

    #: Every seed by its path, with `/`.
    found: dict[str, Stamp]
    #: Paths that could not be looked into, and why. What was in them is not gone.
    unlisted: dict[str, str]


def scan(spec: SourceSpec) -> Listing:
    """
    Every seed below the folder of a source, or below those of its folders that it names. Hidden ones do not count.

    Links to files and folders are followed, a folder at most once, and under its own name rather than a link's. Raises
    SourceError when the folder is not there.
    """
    root = Path(spec.path)
    require_folder(spec)
    listing = Listing(found={}, unlisted={})
    visited: set[tuple[int, int]] = set()
    starts = [folder for folder in spec.folders or ("",) if (root / folder).is_dir()]
    folders, links = [(folder, (root / folder).stat()) for folder in starts], list[tuple[str, os.stat_result]]()
    while folders or links:
        folder, identity = folders.pop() if folders else links.pop(0)
        if (identity.st_dev, identity.st_ino) in visited:
            continue
        visited.add((identity.st_dev, identity.st_ino))
        for item in _items(spec, folder, listing):
            path = f"{folder}/{item.name}" if folder else item.name
            status = _status(item)
            if status is None:
                continue
            if stat.S_ISDIR(status.st_mode):
                (links if item.is_symlink() else folders).append((path, status))
            elif stat.S_ISREG(status.st_mode) and _is_seed(item.name, spec):
                if len(path) * 4 > MAX_PATH and len(path.encode()) > MAX_PATH:
                    listing.unlisted[path] = f"its path has more than {MAX_PATH} bytes; shorten its folders' names"
                    continue
                listing.found[path] = Stamp(size=status.st_size, mtime_ns=status.st_mtime_ns)
    return listing


def require_folder(spec: SourceSpec) -> None:
    """Raise SourceError where the folder of a source is not there."""
    first = Path(spec.path).joinpath(*spec.folders[:1])
    if first.is_dir():
        return
    key = f"sources.{spec.name}.path"
    if first.exists():
        raise SourceError(f"{first}: a file, and source {spec.name} needs a folder; correct {key}")
    raise SourceError(f"{first}: the folder of source {spec.name} is not there; make it, or correct {key}")


def _is_seed(name: str, spec: SourceSpec) -> bool:
    # Not Path(name).suffix: there may be 100,000 of them.
    suffix, rule = os.path.splitext(name)[1].lower(), spec.permalinks  # noqa: PTH122
    if rule and rule.has_asset_folders:  # other documents in them are attachments
        return suffix == Path(rule.file_name).suffix.lower()
    # Hexo's own folder of articles holds notes, too.
    return suffix in SUFFIXES and not (spec.folders and suffix == ".txt")


def read(spec: SourceSpec, path: str, stamp: Stamp) -> bytes:
    """
    The bytes of a seed that `scan` found.

    Raises EntryError when it cannot be read, is too large, or is being written at this moment.
    """
    if stamp.size > MAX_SEED_BYTES:
        raise EntryError(f"larger than {MAX_SEED_BYTES // 1_000_000} MB; a seed holds one article")
    try:
        with Path(spec.path, path).open("rb") as file:
            is_complete = _has_no_writer(file) and _is(stamp, file)
            data = file.read()
            is_complete = is_complete and _is(stamp, file) and len(data) == stamp.size
    except OSError as error:
        raise EntryError(f"cannot be read: {error.strerror}; check the file's permissions") from error
    if not is_complete:
        raise EntryError("is being written at this moment; it is read again next time")
    return data


def _is(stamp: Stamp, file: BinaryIO) -> bool:
    status = os.fstat(file.fileno())
    return Stamp(size=status.st_size, mtime_ns=status.st_mtime_ns) == stamp


def _has_no_writer(file: BinaryIO) -> bool:
    """
    Whether no process has the file open for writing, however long it pauses: Linux grants a read lease only then.

    Where there are none (another system, a network's files, another user's files), a file counts as written when it
    has been left alone for a moment; a younger one is waited for.
    """
    try:
        # Who opens the file to write while the lease is held would break it by a signal that ends us, if it were SIGIO.
        fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return False
    except (OSError, AttributeError):
        age = time.time() - os.fstat(file.fileno()).st_mtime
        if age < SETTLED_SECONDS:  # also where the file's clock is ahead of ours
            time.sleep(min(SETTLED_SECONDS - age, SETTLED_SECONDS))
    return True


def _items(spec: SourceSpec, folder: str, listing: Listing) -> list[os.DirEntry[str]]:
    """What is in a folder, by name; what keeps its secrets goes into the listing's `unlisted`."""
    root = Path(spec.path)
    # Hexo passes over what begins with an underscore. Office locks a file that it has open by one named `~$…`.
    hidden = (".", "~$", "_") if spec.permalinks else (".", "~$")
    try:
        with os.scandir(root / folder) as items:
            visible = sorted((item for item in items if not item.name.startswith(hidden)), key=lambda item: item.name)
    except FileNotFoundError:
        return []  # gone since its parent was listed
    except OSError as error:
        if not folder:
            raise SourceError(f"{root}: cannot be listed: {error.strerror}; check the folder's permissions") from error
        listing.unlisted[folder] = f"cannot be listed: {error.strerror}; check the folder's permissions"
        return []
    for item in visible:
        if not _is_name(item.name):
            shown = os.fsencode(item.name).decode("utf-8", "replace")
            listing.unlisted[f"{folder}/{shown}".lstrip("/")] = "the name is not UTF-8; rename it"
    return [item for item in visible if _is_name(item.name)]


def _is_name(name: str) -> bool:
    """Whether a file's name is text: one that is not has no place in a database or a URL."""
    try:
        return name.isascii() or bool(name.encode())
    except UnicodeEncodeError:
        return False


def _status(item: os.DirEntry[str]) -> os.stat_result | None:
    """None for a link that leads nowhere, and for a file that has just gone."""
    try:
        return item.stat()
    except OSError:
        return None
