"""`feedsvc build`: the whole service as files, for a web server or a static hosting without feedsvc."""

import fcntl
import gzip
import json
import logging
import os
import zlib
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import brotli
from werkzeug.test import EnvironBuilder

from feedsvc.cli.logs import say
from feedsvc.cli.objects import configuration, opened_store
from feedsvc.cli.publishing import publisher_of
from feedsvc.cli.updating import run_update
from feedsvc.cli.wording import plural
from feedsvc.config import Config
from feedsvc.errors import FeedsvcError
from feedsvc.model import Coding
from feedsvc.store import Store, holding, migrate
from feedsvc.store.engine import flock
from feedsvc.web import create_app
from feedsvc.web.addresses import MISSING, Address, addresses
from feedsvc.web.hot import READY, HotLayer
from feedsvc.web.ready import Ready

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)

#: The list of the files that builds wrote, or began to write. A file that is not in the list belongs to a person.
MANIFEST = ".feedsvc-build.json"

#: Compressed files beside each file, as nginx's gzip_static and brotli_static look for them.
SUFFIXES: dict[str, Coding] = {".gz": "gzip", ".br": "br"}
DECOMPRESS: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.decompress, ".br": brotli.decompress}

#: Bytes of a name on most disks.
LONGEST_NAME = 255


def run(out: Path, *, is_updating: bool, is_compressing: bool) -> int:
    """Import, and write the site to a folder. Returns 1 where a source could not be read, or an address has no file."""
    config = configuration()
    if config.is_base_url_guessed:
        raise FeedsvcError(
            f"{config.path}: site.base_url is needed: the files hold links; write the address where they will be"
        )
    with opened_store(config, is_migrated=False) as store:
        migrate.upgrade(store)
        holding.require_address(store, config.site.base_url)
        reports = run_update(config, store) if is_updating else []
        with _locked(out):
            site = _Site(out, is_compressing=is_compressing)
            _write_all(site, config, store)
            site.finish()
    say(f"{out}: {plural(len(site.files), 'file')}, {site.written} written, {site.removed} removed")
    return int(bool(site.problems) or any(report.is_failed for report in reports))


def _write_all(site: "_Site", config: Config, store: Store) -> None:
    config = _without_own_hub(config)
    publisher = publisher_of(config, store)
    # The archives are closed with the documents. Only then is it known which pages there are.
    publisher.refresh(datetime.now(UTC))
    layer = create_app(config, store, is_static=True).wsgi_app
    # Not through the layer that keeps answers: each address is asked once.
    app: WSGIApplication = layer.app if isinstance(layer, HotLayer) else layer
    listed = list(addresses(publisher, config.aliases))
    site.begin({address.file for address in listed})
    for address in listed:
        status, body, ready = _answer(app, address.path)
        if not status.startswith("404" if address.path == MISSING else "200"):
            raise FeedsvcError(f"{address.path} answers {status}; the site is not complete, build it again")
        site.write(address, body, ready)


def _without_own_hub(config: Config) -> Config:
    """The configuration of a site of files, which has no hub of its own."""
    if not config.site.has_own_hub:
        return config
    site = replace(config.site, hub=None)
    return replace(config, site=site, catalogue=replace(config.catalogue, site=site))


def _answer(app: "WSGIApplication", path: str) -> tuple[str, bytes, Ready | None]:
    """The status and the bytes that the service answers, and the answer in all codings. An error has no codings."""
    said: list[str] = []

    def begin(status: str, _fields: list[tuple[str, str]], _error: Any = None) -> Callable[[bytes], object]:
        said[:] = [status]
        return said.append  # type: ignore[return-value]  # no view writes by hand

    builder = EnvironBuilder(path=path)
    environ = builder.get_environ()
    builder.close()
    body = b"".join(app(environ, begin))
    return said[0], body, environ.get(READY)


@dataclass(slots=True)
class _Site:
    """The folder of a site."""

    out: Path
    is_compressing: bool
    #: The files of former builds, and of this build.
    before: frozenset[str] = frozenset()
    files: set[str] = field(default_factory=set)
    #: Whether nobody knows which files a former build wrote.
    is_damaged: bool = False
    problems: list[str] = field(default_factory=list)
    written: int = 0
    removed: int = 0

    def __post_init__(self) -> None:
        try:
            names = json.loads((self.out / MANIFEST).read_text("utf-8"))
            self.before = frozenset(name for name in names if isinstance(name, str))
        except FileNotFoundError:
            pass
        except (ValueError, TypeError):
            log.warning("%s: is damaged; all files count as those of a build", self.out / MANIFEST)
            self.is_damaged = True

    def begin(self, names: set[str]) -> None:
        """
        List the files that this build may make: if it is interrupted, the next build knows them.

        Articles that are gone are removed now: if the build fails later, no piece that was taken down stays.
        """
        self._remove({name for name in self.before - names if name.startswith("articles/")})
        self._list(self.before | {name for name in names if self.is_damaged or not (self.out / name).exists()})

    def write(self, address: Address, body: bytes, ready: Ready | None) -> None:
        """Write a file, with its compressed forms, unless it has these bytes. A site is never without a file it had."""
        path = self.out / address.file
        if any(len(part.encode()) > LONGEST_NAME - len(".tmp.gz") for part in Path(address.file).parts):
            self._complain(f"{address.path}: its name is too long for a file; give the feed a shorter slug")
            return
        if path.is_dir() or any(folder.is_file() for folder in path.parents):
            self._complain(f"{path}: a file and a folder cannot have one name; move the other, or rename an alias")
            return
        if self._is_of_others(address.file, body):
            self._complain(f"{path}: no build wrote this file, so it stays; move it away, or choose another folder")
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        self.files.add(address.file)
        moment = None if ready is None else ready.changed_at.timestamp()
        self.written += _replace(path, body, moment)
        for suffix, coding in SUFFIXES.items():
            beside = path.with_name(path.name + suffix)
            if ready is None or not self.is_compressing:
                beside.unlink(missing_ok=True)
            elif not _holds(beside, body):
                _replace(beside, ready.body(coding), moment)

    def finish(self) -> None:
        """Remove the files of former builds that this build does not have, and write the list."""
        self._remove(self.before - self.files)
        self._list(self.files)

    def _remove(self, names: AbstractSet[str]) -> None:
        """Remove files of former builds, with their compressed forms."""
        for name in sorted(names):
            self.removed += (self.out / name).is_file()
            for file in (self.out / (name + suffix) for suffix in ("", *SUFFIXES)):
                if file.is_file():
                    file.unlink()
            _remove_empty(self.out, (self.out / name).parent)

    def _is_of_others(self, name: str, body: bytes) -> bool:
        """Whether a file that no build wrote has this name, or that of a compressed form."""
        path = self.out / name
        if self.is_damaged or name in self.before:
            return False
        beside = any((self.out / (name + suffix)).exists() for suffix in SUFFIXES)
        return beside or (path.exists() and path.read_bytes() != body)

    def _list(self, names: AbstractSet[str]) -> None:
        _replace(self.out / MANIFEST, json.dumps(sorted(names), ensure_ascii=False, indent=0).encode(), None)

    def _complain(self, problem: str) -> None:
        self.problems.append(problem)
        say(problem, logging.WARNING)


def _holds(path: Path, body: bytes) -> bool:
    """Whether a compressed file has these bytes. Compressing takes much longer."""
    try:
        return DECOMPRESS[path.suffix](path.read_bytes()) == body
    except (OSError, EOFError, zlib.error, brotli.error):
        return False


def _replace(path: Path, body: bytes, moment: float | None) -> bool:
    """Give a file these bytes at once. Returns whether it had others. `moment` becomes its time: its Last-Modified."""
    try:
        if path.read_bytes() == body:
            return False
    except FileNotFoundError:
        pass
    new = path.with_name(f"{path.name}.tmp")
    new.write_bytes(body)
    if moment is not None:
        os.utime(new, (moment, moment))
    new.replace(path)
    return True


def _remove_empty(top: Path, folder: Path) -> None:
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Be the only build of a folder. Raises FeedsvcError."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        file = (out / f"{MANIFEST}.lock").open("ab")
    except OSError as error:
        raise FeedsvcError(f"{out}: cannot be written ({error.strerror}); choose another folder") from error
    with file:
        if not flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB):
            raise FeedsvcError(f"{out}: another build writes there; wait until it has ended")
        yield
