"""
The table of commands: name → the function that runs the command, help, options.

A command's module is imported when the command runs. So `feedsvc version` and every `-h` import click alone.
"""

import gc
import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from feedsvc import __version__
from feedsvc.cli import logs
from feedsvc.errors import ConfigError, FeedsvcError

#: Commands that run until a signal ends them. What they say is a log.
SERVICES = frozenset({"up", "serve", "worker"})


class _Reporting(click.Group):
    """Prints an error of feedsvc as a line. The exit code is then 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            logs.say_problems(error.problems)
        except FeedsvcError as error:
            logs.say_error(f"feedsvc: {error}")
        return ctx.exit(1)


def _function(place: str) -> Callable[..., int | None]:
    """The function at `module:name` of this package."""
    module, _, name = place.partition(":")
    # Nearly all that an import makes stays in use. To search it for garbage takes a tenth of the start.
    gc.disable()
    try:
        found: Callable[..., int | None] = getattr(import_module(f"feedsvc.cli.{module}"), name)
    finally:
        gc.enable()
    return found


class Command(click.Command):
    """A command whose function is imported when it runs. The function takes each option by name."""

    def __init__(self, name: str, place: str, help: str, *params: click.Parameter) -> None:  # noqa: A002 - click's word
        super().__init__(name, callback=self._run, help=help, params=list(params))
        self.place = place

    def function(self) -> Callable[..., int | None]:
        """Return what runs the command. It returns an exit code; None means 0."""
        return _function(self.place)

    def _run(self, **options: Any) -> None:
        click.get_current_context().exit(self.function()(**options) or 0)


@click.group(cls=_Reporting, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--config", type=click.Path(path_type=Path), help="The configuration file [config/feedsvc.yaml].")
@click.version_option(__version__, prog_name="feedsvc", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context, config: Path | None) -> None:
    """Republish seed articles and upstream feeds as sanitised RSS, Atom and JSON feeds."""
    if config is not None:
        # Child processes and the server's workers read it there.
        os.environ["FEEDSVC_CONFIG"] = str(config)
    logs.begin(is_service=context.invoked_subcommand in SERVICES)


PORT = click.Option(["--port"], type=click.IntRange(1, 65535), help="Listen on this port instead of $PORT [8000].")
HOST = click.Option(
    ["--host"],
    default="127.0.0.1",
    show_default=True,
    help="Listen on this address, or on a Unix socket: unix:/run/feedsvc.sock.",
)
WORKERS = click.Option(
    ["--workers"], type=click.IntRange(1, 64), help="Server processes instead of $WEB_CONCURRENCY [by cores]."
)
JSON = click.Option(["--json", "as_json"], is_flag=True, help="Print JSON.")
ALLOW_PRIVATE = click.Option(
    ["--allow-private"], is_flag=True, help="Allow requests to this machine, to its network, and to any port."
)

#: The commands of `feedsvc`; those of its groups follow.
COMMANDS = (
    Command("up", "up:run", "Serve, import what changes, and poll upstream feeds. Migrates the database first.",
        PORT, HOST, WORKERS,
        click.Option(["--step"], hidden=True, help="Be a process of an `up` that runs."),
        click.Option(["--prepared"], hidden=True, help="What the former step found, as JSON.")),
    Command("serve", "serving:serve", "Serve the imported entries. Import and poll nothing.", PORT, HOST, WORKERS,
        click.Option(["--after"], type=int, hidden=True, help="Wait for the port from this open file.")),
    Command("build", "building:run",
        "Import, and write the service as files to the folder OUT.",
        click.Argument(["out"], type=click.Path(file_okay=False, path_type=Path)),
        click.Option(["--update/--no-update", "is_updating"], default=True, help="Import before."),
        click.Option(["--compress/--no-compress", "is_compressing"], default=True,
            help="Write .gz and .br files beside each file.")),
    Command("update", "watching:run",
        "Import what is new or changed in the sources, once. Exit code 1: a source could not be read.",
        click.Option(["--watch", "is_watching"], is_flag=True, help="Keep running, and import when files change."),
        click.Option(["--parent"], type=int, hidden=True, help="End when this process ends.")),
    Command("check", "checking:run",
        "Name the problems of configuration, database and seeds. Exit code 1: there is a problem."),
    Command("worker", "working:run",
        "Poll upstream feeds whenever they are due. Several workers share the feeds.",
        click.Option(["--after-import", "is_waiting"], is_flag=True, hidden=True,
            help="Poll nothing before the first import.")),
    Command("poll", "asking:run",
        """
        Poll the upstream feeds that are due, once. With NAMES: poll these sources now, whether they are due or not.

        Exit code 1: a poll failed. Exit code 2: no source has that name.
        """,
        click.Argument(["names"], nargs=-1),
        click.Option(["--force", "is_forced"], is_flag=True,
            help="Poll also when the host said to come back later.")),
    Command("discover", "discovering:run",
        "Print the feeds of the page at URL as sources. Exit code 1: the page links no feed as its own.",
        click.Argument(["url"]), ALLOW_PRIVATE),
    Command("resanitize", "updating:resanitize_all",
        "Sanitise entries again that an older policy sanitised. A second run continues an interrupted one."),
    Command("adopt", "adopting:run",
        """
        Take over guids and links from FEED. FEED is the file or URL of the feed that your subscribers read today.

        Run it before you point subscribers here. Exit code 1: no entry of FEED is here.
        """,
        click.Argument(["feed"]), ALLOW_PRIVATE,
        click.Option(["--dry-run", "is_dry"], is_flag=True,
            help="Print what would be taken over. Change nothing, and import nothing first.")),
    Command("takedown", "erasing:run",
        """
        Erase pieces for good, and never take them in again.

        A TARGET is a guid, the link of an entry, or the address of its page here. With --pattern, it is a pattern for
        links and guids, in which * stands for any characters. Exit code 1: it was not done.
        """,
        click.Argument(["targets"], nargs=-1, metavar="[TARGET]..."),
        click.Option(["--pattern", "is_pattern"], is_flag=True, help="TARGET is a pattern."),
        click.Option(["--former", "is_former"], is_flag=True,
            help="Erase the former forms of the pieces alone. The pieces stay, and nothing is blocked."),
        click.Option(["--reason"], help="Keep this text with the take-down."),
        click.Option(["--dry-run", "is_dry"], is_flag=True, help="Print what would be erased. Change nothing."),
        click.Option(["--yes", "is_sure"], is_flag=True, help="Do not ask."),
        click.Option(["--vacuum/--no-vacuum", "is_vacuuming"], default=True,
            help="Also remove the bytes of deleted rows from the database."),
        click.Option(["--list", "is_listing"], is_flag=True, help="List the take-downs."),
        click.Option(["--undo"], type=int, metavar="ID",
            help="Let a source give again what this take-down blocks. Nothing that was erased is restored.")),
    Command("explain", "explaining:run",
        """
        Say why an entry is, or is not, where somebody looks for it.

        NAME is the guid or the link of the entry, the address of its page here, or the path of its file. Exit code 1:
        nothing that is stored has that name.
        """,
        click.Argument(["name"]),
        click.Option(["--feed"], metavar="SLUG", help="Say also why this feed has the entry, or has not."), JSON),
    Command("feeds", "feeds:run", "List the feeds, with their addresses.", JSON),
    Command("status", "status:run",
        "Print the state of sources, polls, storage and readers. Exit code 1: something needs you.", JSON),
    Command("version", "commands:version", "Print the version."),
)  # fmt: skip

SOURCES_GROUP = (
    Command("confirm", "confirming:run",
        """
        Let the next update withdraw the missing seeds of source NAME.

        Seeds are held back where many of them vanish together.
        """,
        click.Argument(["name"])),
)  # fmt: skip

OPML = (
    Command("import", "subscribing:run",
        "Print the subscriptions of FILE as sources for the configuration. Feed readers export such files.",
        click.Argument(["file"], type=click.Path(path_type=Path))),
)  # fmt: skip

DB = (
    Command("upgrade", "migrating:upgrade", "Make or migrate the tables."),
    Command("status", "migrating:status",
        "Print the schema of the database. Exit code 1: it is not the schema of this version.", JSON),
)  # fmt: skip


def _list_sources(**options: Any) -> None:
    if click.get_current_context().invoked_subcommand is None:
        _function(LIST_SOURCES)(**options)


#: The command that `feedsvc sources` runs where no command follows.
LIST_SOURCES = "listing:run"

#: Commands that are groups themselves.
GROUPS = (
    click.Group("sources", SOURCES_GROUP, callback=_list_sources, params=[JSON], invoke_without_command=True,
        help="List the sources, with the state of each."),
    click.Group("opml", OPML, help="Read lists of subscriptions."),
    click.Group("db", DB, help="Make, migrate and check the database's schema."),
)  # fmt: skip


def version() -> None:
    """Print the version."""
    click.echo(f"feedsvc {__version__}")


for command in (*COMMANDS, *GROUPS):
    main.add_command(command)
