"""The command line: reads the configuration, builds the objects, and calls the two halves."""

import contextlib
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from feedsvc import __version__
from feedsvc.config import Config, find, load
from feedsvc.errors import ConfigError, FeedsvcError, Problem, SourceError
from feedsvc.model import FORMATS
from feedsvc.publish import Publisher
from feedsvc.store import Store, migrate, open_store, sources
from feedsvc.update import Catalogue, Progress, Report, check_source, update

log = logging.getLogger("feedsvc")

LOCAL = "127.0.0.1"

#: Seconds between two looks at the folders while serving.
WATCH_SECONDS = 5

#: Requests that one process works on at a time; each is mostly a read of the database.
THREADS = 4

#: How often a long import reports where nobody watches a progress bar.
PROGRESS_SECONDS = 10


# --- shared ----------------------------------------------------------------------------------------------------------


class _JsonLines(logging.Formatter):
    """One JSON object a line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def set_up_logging() -> None:
    """Text on a terminal, JSON lines elsewhere; LOG_LEVEL sets how much."""
    handler = logging.StreamHandler()
    is_terminal = sys.stderr.isatty()
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s") if is_terminal else _JsonLines())
    level = os.environ.get("LOG_LEVEL", "info").upper()
    logging.basicConfig(
        handlers=[handler], level=level if level in logging.getLevelNamesMapping() else "INFO", force=True
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)


class _Group(click.Group):
    """Errors of ours are a report and an exit code, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
            click.echo(f"{_plural(len(error.problems), 'problem')} in the configuration", err=True)
        except FeedsvcError as error:
            click.echo(f"feedsvc: {error}", err=True)
        return ctx.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--config", type=click.Path(path_type=Path), help="The configuration file [config/feedsvc.yaml].")
@click.version_option(__version__, prog_name="feedsvc", message="%(prog)s %(version)s")
def main(config: Path | None) -> None:
    """Republish seed articles as sanitised RSS, Atom and JSON feeds."""
    if config is not None:
        # Child processes and workers of the server read it there.
        os.environ["FEEDSVC_CONFIG"] = str(config)
    set_up_logging()


def _config() -> Config:
    return load(find(os.environ), os.environ)


@contextlib.contextmanager
def _store(config: Config, *, is_migrated: bool = True) -> Iterator[Store]:
    store = open_store(config.database_url)
    try:
        if is_migrated:
            migrate.require_current(store)
        yield store
    finally:
        store.close()


def _publisher(config: Config, store: Store) -> Publisher:
    return Publisher(store=store, site=config.site, specs=config.feeds, categories=config.categories)


def _now() -> datetime:
    return datetime.now(UTC)


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _warn(problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(f"warning: {problem}", err=True)


# --- the commands ----------------------------------------------------------------------------------------------------

port_option = click.option("--port", type=click.IntRange(1, 65535), help="Listen here instead of $PORT [8000].")
host_option = click.option("--host", default=LOCAL, show_default=True, help="The address to listen on.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@main.command()
@port_option
@host_option
def up(port: int | None, host: str) -> None:
    """Migrate, import, serve, and keep importing while files change."""
    config = _listening(port, host)
    with _store(config, is_migrated=False) as store:
        migrate.upgrade(store)
        _run_update(config, store)
    click.echo(f"feeds: {config.site.base_url}/", err=True)
    watcher = subprocess.Popen([sys.executable, "-m", "feedsvc", "update", "--watch"])
    try:
        _serve(config, host)
    finally:
        watcher.terminate()
        watcher.wait()


@main.command()
@port_option
@host_option
def serve(port: int | None, host: str) -> None:
    """Serve what was imported."""
    config = _listening(port, host)
    with _store(config):
        pass
    _serve(config, host)


@main.command("update")
@click.option("--watch", is_flag=True, help="Go on, and import whenever files change.")
def update_command(watch: bool) -> None:
    """Import what is new or changed in the sources, once. Exit code 1 when a source could not be read."""
    config = _config()
    with _store(config) as store:
        if watch:
            _watch(config, store)
        elif any(report.is_failed for report in _run_update(config, store)):
            sys.exit(1)


@main.command()
def check() -> None:
    """Name every problem of the configuration and the seeds. Exit code 1 when there is one."""
    config = _config()
    _warn(config.warnings)
    bad = 0
    for spec in config.sources:
        try:
            files, problems = check_source(spec)
        except SourceError as error:
            files, problems = 0, [Problem(place=f"source {spec.name}", reason=str(error))]
        for problem in problems:
            click.echo(str(problem))
        click.echo(f"source {spec.name}: {_plural(files, 'seed')}, {_plural(len(problems), 'problem')}")
        bad += len(problems)
    if bad:
        sys.exit(1)
    click.echo(f"{config.path}: valid")


@main.command()
@json_option
def feeds(as_json: bool) -> None:
    """List the feeds, with their addresses."""
    config = _config()
    with _store(config) as store:
        listed = _publisher(config, store).catalogue()
    if as_json:
        click.echo(
            json.dumps(
                [
                    {
                        "slug": one.channel.feed.slug,
                        "title": one.channel.feed.title,
                        "entries": one.entries,
                        "page": one.channel.page_url,
                        **{format: one.channel.url(format) for format in FORMATS},  # noqa: A001
                    }
                    for one in listed
                ],
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    for one in listed:
        click.echo(f"{one.entries:6}  {one.channel.url('rss')}  {one.channel.feed.title}")


@main.command("sources")
@json_option
def sources_command(as_json: bool) -> None:
    """List the sources, and what is stored of each."""
    config = _config()
    with _store(config) as store, store.read() as db:
        stored = sources.states(db)
    states = [
        stored.get(spec.name, sources.SourceState(name=spec.name, files=0, entries=0, problems=0))
        for spec in config.sources
    ]
    if as_json:
        paths = {spec.name: spec.path for spec in config.sources}
        click.echo(
            json.dumps([asdict(state) | {"path": paths[state.name]} for state in states], ensure_ascii=False, indent=2)
        )
        return
    for state in states:
        click.echo(
            f"{state.name}: {_plural(state.files, 'file')}, {state.entries} published, "
            f"{_plural(state.problems, 'problem')}"
        )


@main.group()
def db() -> None:
    """The database's schema."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Make or migrate the tables."""
    config = _config()
    with _store(config, is_migrated=False) as store:
        migrate.upgrade(store)
        click.echo(f"schema {migrate.status(store).current}")


@db.command("status")
@json_option
def db_status(as_json: bool) -> None:
    """Say which schema the database has. Exit code 1 when it is not this version's."""
    config = _config()
    with _store(config, is_migrated=False) as store:
        status = migrate.status(store)
    is_current = status.current == status.needed
    if as_json:
        click.echo(json.dumps({**asdict(status), "is_current": is_current}))
    else:
        click.echo(
            f"schema {status.current or 'none'}, "
            + ("current" if is_current else f"needs {status.needed}; run: feedsvc db upgrade")
        )
    if not is_current:
        sys.exit(1)


@main.command()
def version() -> None:
    """Print the version."""
    click.echo(f"feedsvc {__version__}")


# --- updating --------------------------------------------------------------------------------------------------------


def _run_update(config: Config, store: Store) -> list[Report]:
    """One update of everything, reported."""
    with _progress() as progress:
        reports = _update(config, store, progress)
    for report in reports:
        for problem in report.problems:
            click.echo(str(problem), err=True)
        counts = ", ".join(f"{number} {outcome}" for outcome, number in sorted(report.counts.items()) if number)
        click.echo(f"source {report.source}: {counts or 'nothing new'}", err=True)
    return reports


def _update(config: Config, store: Store, progress: Progress | None = None) -> list[Report]:
    catalogue = Catalogue(
        specs=tuple(config.feeds.values()), categories={name: spec.slug for name, spec in config.categories.items()}
    )
    reports = update(store, config.sources, catalogue, _now(), progress)
    _publisher(config, store).refresh(_now())
    return reports


def _watch(config: Config, store: Store) -> None:
    """
    Update whenever files change, until told to stop or left alone by the process that started this one.

    A problem is named when it appears, not at every look.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    parent = os.getppid()
    known: set[Problem] = set()
    failure = ""
    while not stop.wait(WATCH_SECONDS) and os.getppid() == parent:
        try:
            reports = _update(config, store)
        except FeedsvcError as error:
            if str(error) != failure:
                log.error("%s", error)  # noqa: TRY400 - its message is all there is to say
            failure = str(error)
            continue
        failure = ""
        problems = {problem for report in reports for problem in report.problems}
        for problem in sorted(problems - known, key=str):
            log.warning("%s", problem)
        known = problems
        for report in reports:
            changes = {outcome: number for outcome, number in report.counts.items() if outcome != "problem" and number}
            if changes:
                log.info(
                    "source %s: %s", report.source, ", ".join(f"{n} {what}" for what, n in sorted(changes.items()))
                )


@contextlib.contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on a terminal, a line now and then elsewhere; neither for what is over at once."""
    with contextlib.ExitStack() as stack:
        bar: Any = None
        last = time.monotonic()

        def show(done: int, total: int) -> None:
            nonlocal bar, last
            if sys.stderr.isatty():
                if bar is None:
                    bar = stack.enter_context(click.progressbar(length=total, label="importing", file=sys.stderr))
                bar.update(done - bar.pos)
            elif time.monotonic() - last > PROGRESS_SECONDS:
                last = time.monotonic()
                click.echo(f"importing: {done} of {total}", err=True)

        yield show


# --- serving ---------------------------------------------------------------------------------------------------------


def _listening(port: int | None, host: str) -> Config:
    """The configuration for a server on this port, which is free."""
    if port is not None:
        os.environ["PORT"] = str(port)
    config = _config()
    _warn(config.warnings)
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, config.port))
    except OSError as error:
        raise FeedsvcError(
            f"cannot listen on {host} port {config.port}: {error.strerror}; choose another with --port or PORT"
        ) from error
    if config.site.base_url.startswith(f"http://{LOCAL}:"):
        click.echo(
            f"warning: site.base_url is not set: links say {config.site.base_url}, and work on this machine only",
            err=True,
        )
    return config


def _serve(config: Config, host: str) -> None:
    from granian import Granian  # noqa: PLC0415 - only a server pays for it
    from granian.constants import Interfaces  # noqa: PLC0415

    Granian(
        "feedsvc.wsgi:app",
        address=host,
        port=config.port,
        interface=Interfaces.WSGI,
        websockets=False,
        blocking_threads=THREADS,
    ).serve()
