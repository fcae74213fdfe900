"""A folder tree of seed files. Reads; changes and decides nothing."""

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from feedsvc.errors import EntryError, SourceError
from feedsvc.model import SourceSpec

SUFFIXES = frozenset({".md", ".markdown", ".html", ".txt"})

#: A seed larger than this is no article.
MAX_SEED_BYTES = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What tells, without reading it, that a file is as it was."""

    size: int
    mtime_ns: int


def scan(spec: SourceSpec) -> dict[str, Stamp]:
    """
    Every seed below the folder: its path, with `/` and in NFC, and its stamp. Hidden files and folders do not count.

    Links to files and folders are followed, a folder at most once. Raises SourceError when the folder is not there.
    """
    root = Path(spec.path)
    if not root.is_dir():
        raise SourceError(
            f"{spec.path}: the folder of source {spec.name} is not there; make it, or correct sources.{spec.name}.path"
        )
    found: dict[str, Stamp] = {}
    visited = {_identity(root.stat())}
    pending = [""]
    while pending:
        folder = pending.pop()
        for item in _listing(root / folder):
            path = f"{folder}/{item.name}" if folder else item.name
            if (stat := _stat(item)) is None:
                continue
            if item.is_dir():
                if _identity(stat) not in visited:
                    visited.add(_identity(stat))
                    pending.append(path)
            elif Path(item.name).suffix.lower() in SUFFIXES:
                found[path] = Stamp(size=stat.st_size, mtime_ns=stat.st_mtime_ns)
    return found


def read(spec: SourceSpec, path: str, stamp: Stamp) -> bytes:
    """
    The bytes of a seed that `scan` found.

    Raises EntryError when it cannot be read, is too large, or is being written at this moment.
    """
    file = Path(spec.path, path)
    if stamp.size > MAX_SEED_BYTES:
        raise EntryError(f"larger than {MAX_SEED_BYTES // 1_000_000} MB; a seed holds one article")
    try:
        data = file.read_bytes()
        after = file.stat()
    except OSError as error:
        raise EntryError(f"cannot be read: {error.strerror}; check the file's permissions") from error
    if Stamp(size=after.st_size, mtime_ns=after.st_mtime_ns) != stamp or len(data) != stamp.size:
        raise EntryError("changed while it was read; it is read again next time")
    return data


def name_of(path: str) -> str:
    """A path as guids have it: file systems differ in how they compose the same letters."""
    return unicodedata.normalize("NFC", path)


def _listing(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as items:
            return [item for item in items if not item.name.startswith(".") and _is_name(item.name)]
    except OSError as error:
        raise SourceError(f"{folder}: cannot be listed: {error.strerror}; check the folder's permissions") from error


def _is_name(name: str) -> bool:
    """Whether a file's name is text: one that is not has no place in a database or a URL."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _stat(item: os.DirEntry[str]) -> os.stat_result | None:
    """None for a link that leads nowhere, and for a file that has just gone."""
    try:
        return item.stat()
    except OSError:
        return None


def _identity(stat: os.stat_result) -> tuple[int, int]:
    return stat.st_dev, stat.st_ino
