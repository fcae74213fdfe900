"""The command line: reads the configuration, builds the objects, and calls the two halves."""

import json
import logging
import os
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from feedsvc import __version__
from feedsvc.cli.addressing import say_conflicts
from feedsvc.cli.checking import run_check
from feedsvc.cli.confirming import run_confirm
from feedsvc.cli.listing import listed
from feedsvc.cli.logs import begin_service, say, set_up_logging
from feedsvc.cli.objects import configuration, opened_store, plural, publisher_of
from feedsvc.cli.serving import LOCAL, is_answering, listening, serve_forever, supervise
from feedsvc.cli.updating import run_resanitize, run_update, watch
from feedsvc.errors import ConfigError, FeedsvcError
from feedsvc.model import FORMATS
from feedsvc.store import holding, migrate

__all__ = ["main"]


#: Commands that go on until they are told to stop.
SERVICES = frozenset({"up", "serve", "worker"})


class _Group(click.Group):
    """Errors of ours are a report and an exit code, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            for problem in error.problems:
                say(str(problem), logging.ERROR)
            say(f"{plural(len(error.problems), 'problem')} in the configuration", logging.ERROR)
        except FeedsvcError as error:
            say(f"feedsvc: {error}", logging.ERROR)
        return ctx.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--config", type=click.Path(path_type=Path), help="The configuration file [config/feedsvc.yaml].")
@click.version_option(__version__, prog_name="feedsvc", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context, config: Path | None) -> None:
    """Republish seed articles and upstream feeds as sanitised RSS, Atom and JSON feeds."""
    if config is not None:
        # Child processes and workers of the server read it there.
        os.environ["FEEDSVC_CONFIG"] = str(config)
    set_up_logging()
    if context.invoked_subcommand in SERVICES:
        begin_service()


port_option = click.option("--port", type=click.IntRange(1, 65535), help="Listen here instead of $PORT [8000].")
host_option = click.option("--host", default=LOCAL, show_default=True, help="The address to listen on.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@main.command()
@port_option
@host_option
def up(port: int | None, host: str) -> None:
    """Migrate, import, serve, keep importing while files change, and poll upstream feeds."""
    config = listening(port, host, is_only=True)
    with opened_store(config, is_migrated=False) as store, holding.supervising(store):
        migrate.upgrade(store)
        store.close()
        # It listens first: the watcher's first look imports, however long that takes.
        code = supervise(
            ["serve", "--host", host, "--port", str(config.port)],
            [["update", "--watch", "--parent", str(os.getpid())], ["worker", "--after-import"]],
            lambda: is_answering(host, config.port),
            lambda: say(f"feeds: {config.site.base_url}/"),
        )
    sys.exit(code)


@main.command()
@port_option
@host_option
def serve(port: int | None, host: str) -> None:
    """Serve what was imported."""
    config = listening(port, host)
    with opened_store(config):
        pass
    serve_forever(config, host)


@main.command("update")
@click.option("--watch", "is_watching", is_flag=True, help="Go on, and import whenever files change.")
@click.option("--parent", type=int, hidden=True, help="End with this process.")
def update_command(is_watching: bool, parent: int | None) -> None:
    """Import what is new or changed in the sources, once. Exit code 1 when a source could not be read."""
    if is_watching:
        begin_service()
    config = configuration()
    with opened_store(config) as store:
        if is_watching:
            watch(config, store, parent)
        elif any(report.is_failed for report in run_update(config, store)):
            sys.exit(1)


@main.command()
def check() -> None:
    """Name every problem of the configuration, the database and the seeds. Exit code 1 when there is one."""
    config = configuration()
    if not run_check(config):
        sys.exit(1)
    click.echo(f"{config.path}: valid")


@main.command()
@click.option("--after-import", "is_waiting", is_flag=True, hidden=True, help="Poll nothing before the first import.")
def worker(is_waiting: bool) -> None:
    """Poll upstream feeds whenever they are due. Any number of workers share the work."""
    from feedsvc import worker as worker_module  # noqa: PLC0415 - only workers pay for it
    from feedsvc.cli.working import Working  # noqa: PLC0415

    config = configuration()
    with opened_store(config) as store:
        working = Working(config, store, is_waiting=is_waiting)
        worker_module.run(store, working.work, working.reload)


@main.command("poll")
@click.argument("names", nargs=-1)
@click.option("--force", "is_forced", is_flag=True, help="Ask also where the host said to come again later.")
def poll_command(names: tuple[str, ...], is_forced: bool) -> None:
    """
    Poll what is due of the upstream feeds, once; or the sources NAMES now, due or not.

    Exit code 1 when one of them failed, 2 for a name that no source has.
    """
    from feedsvc.cli.asking import USAGE, UnknownSourceError, run_poll  # noqa: PLC0415 - only this command pays for it
    from feedsvc.cli.working import Working, poll  # noqa: PLC0415

    if is_forced and not names:
        raise click.UsageError("--force needs the names of sources")
    config = configuration()
    with opened_store(config) as store:
        if names:
            try:
                is_good = run_poll(config, store, names, is_forced=is_forced)
            except UnknownSourceError as error:
                click.echo(f"feedsvc: {error}", err=True)
                sys.exit(USAGE)
            sys.exit(0 if is_good else 1)
        Working(config, store)
        rounds = list(iter(lambda: poll(config, store), []))
        if not rounds:
            none = "the configuration has no upstream feeds; to find some, run: feedsvc discover URL"
            click.echo("nothing is due; feedsvc sources says what is next" if config.upstreams else none)
        if any(one.error for taken in rounds for one in taken):
            sys.exit(1)


@main.group()
def opml() -> None:
    """Lists of subscriptions."""


@opml.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def opml_import(file: Path) -> None:
    """Print the subscriptions of FILE, as a reader exports them, as sources for the configuration."""
    from feedsvc.cli.subscribing import run_import  # noqa: PLC0415 - only this command pays for it

    run_import(file)


@main.command()
@click.argument("url")
@click.option("--allow-private", is_flag=True, help="Ask addresses of this machine and network, and any port.")
def discover(url: str, allow_private: bool) -> None:
    """Print the feeds that the page at URL names as its own, as sources. Exit code 1 when there are none."""
    from feedsvc.cli.subscribing import run_discover  # noqa: PLC0415 - only this command pays for an HTTP client

    if not run_discover(configuration(), url, allow_private=allow_private):
        raise FeedsvcError(f"{url}: names no feed; look on its page for one")


@main.command("resanitize")
def resanitize_command() -> None:
    """Bring what an older policy of the sanitiser made under the one of now; cut off, it goes on where it was."""
    config = configuration()
    with opened_store(config) as store:
        click.echo(f"{plural(run_resanitize(config, store), 'entry')} changed")


@main.command("adopt")
@click.argument("feed")
@click.option("--allow-private", is_flag=True, help="Ask addresses of this machine and network, and any port.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Only say what would be taken over, of what is imported.")
def adopt_command(feed: str, allow_private: bool, is_dry: bool) -> None:
    """
    Take guids and links over from FEED, the file or URL of the feed that subscribers have today.

    Do it before they are pointed here. Exit code 1 when nothing of it is here.
    """
    from feedsvc.cli.adopting import read_feed, run_adopt  # noqa: PLC0415 - only this command pays for an HTTP client

    config = configuration()
    data = read_feed(config, feed, allow_private=allow_private)
    with opened_store(config, is_migrated=is_dry) as store:
        if not is_dry:
            migrate.upgrade(store)
        if not run_adopt(config, store, feed, data, is_dry=is_dry):
            sys.exit(1)


@main.command()
@json_option
def feeds(as_json: bool) -> None:
    """List the feeds, with their addresses."""
    config = configuration()
    with opened_store(config) as store:
        catalogue = publisher_of(config, store).catalogue()
        say_conflicts(config, store)
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
                    for one in catalogue
                ],
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    if not catalogue:
        click.echo("no feeds yet: there was no import; to import, run: feedsvc update")
    for one in catalogue:
        click.echo(f"{one.entries:6}  {one.channel.url('rss')}  {one.channel.feed.title}")


@main.group("sources", invoke_without_command=True)
@json_option
@click.pass_context
def sources_group(context: click.Context, as_json: bool) -> None:
    """List the sources, and what is stored of each."""
    if context.invoked_subcommand is not None:
        return
    config = configuration()
    with opened_store(config) as store:
        found = listed(config, store, datetime.now(UTC))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for one in found:
        click.echo(f"{one['name']}: {one['state']}")


@sources_group.command("confirm")
@click.argument("name")
def sources_confirm(name: str) -> None:
    """Let the next update withdraw what is held back of a source now, as far as it is still missing."""
    config = configuration()
    with opened_store(config) as store:
        run_confirm(config, store, name)


@main.group()
def db() -> None:
    """The database's schema."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Make or migrate the tables."""
    config = configuration()
    with opened_store(config, is_migrated=False) as store:
        migrate.upgrade(store)
        click.echo(f"schema {migrate.status(store).current}")


@db.command("status")
@json_option
def db_status(as_json: bool) -> None:
    """Say which schema the database has. Exit code 1 when it is not this version's."""
    config = configuration()
    with opened_store(config, is_migrated=False) as store:
        status = migrate.status(store)
    if as_json:
        click.echo(json.dumps({**asdict(status), "is_current": status.is_current}))
    else:
        click.echo(f"schema {status.current or 'none'}, {status.remedy or 'current'}")
    if not status.is_current:
        sys.exit(1)


@main.command()
def version() -> None:
    """Print the version."""
    click.echo(f"feedsvc {__version__}")
