"""Lists and reads the seed files of a folder tree. Changes and decides nothing."""

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

#: Bytes of a seed's path: the limit of a database index.
MAX_PATH = 2000

#: Bytes of a seed: a larger file is no article.
MAX_SEED_BYTES = 5_000_000


#: Seconds that a file must stay unchanged, where the system does not tell whether it is open for writing.
SETTLED_SECONDS = 2.0


class Stamp(NamedTuple):
    """Size and time of a file: if both are equal, it is not read again. A tuple, because it is quick to compare."""

    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The content of a folder of seeds."""

    #: Each seed by its path below the folder, with `/`.
    found: dict[str, Stamp]
    #: Paths that could not be looked at, and why. Their files do not count as gone.
    unlisted: dict[str, str]


def scan(spec: SourceSpec) -> Listing:
    """
    Every seed below the folder of a source, or below those of its folders that it names. Hidden files are left out.

    Symbolic links are followed. Each folder is listed once, under its own name rather than a link's. Raises SourceError
    when the folder is not there.
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


def missing_folder(spec: SourceSpec) -> str:
    """The message where the folder of a source is missing; empty where the folder is there."""
    try:
        require_folder(spec)
    except SourceError as error:
        return str(error)
    return ""


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
    Whether no process has the file open for writing. Linux grants a read lease only then.

    Without leases (another system, a network file system, another user's file), a file counts as complete when it has
    been unchanged for SETTLED_SECONDS; a younger file is waited for.
    """
    try:
        # A process that opens the file for writing breaks the lease by a signal. SIGIO, the default, would end us.
        fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return False
    except (OSError, AttributeError):
        age = time.time() - os.fstat(file.fileno()).st_mtime
        if age < SETTLED_SECONDS:  # also if the clock of the file's machine is ahead
            time.sleep(min(SETTLED_SECONDS - age, SETTLED_SECONDS))
    return True


def _items(spec: SourceSpec, folder: str, listing: Listing) -> list[os.DirEntry[str]]:
    """The items of a folder, by name. An item that cannot be listed goes into `unlisted` of the listing."""
    root = Path(spec.path)
    # Hexo ignores names that begin with an underscore. Office programs lock an open file by a file named `~$…`.
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
    """Whether a file's name is text. Other names cannot stand in a database or a URL."""
    try:
        return name.isascii() or bool(name.encode())
    except UnicodeEncodeError:
        return False


def _status(item: os.DirEntry[str]) -> os.stat_result | None:
    """The file's stamp; None for a broken link, and for a file that was deleted since its folder was listed."""
    try:
        return item.stat()
    except OSError:
        return None
