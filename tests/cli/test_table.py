"""The table of commands: each line names a function that exists and takes the command's options."""

import inspect

import click
import pytest
from click.testing import CliRunner

from feedsvc.cli import main
from feedsvc.cli.commands import COMMANDS, DB, LIST_SOURCES, OPML, SOURCES_GROUP, Command, _function

ALL = (*COMMANDS, *SOURCES_GROUP, *OPML, *DB)


@pytest.mark.parametrize("command", ALL, ids=lambda command: command.place)
def test_the_function_of_a_command_takes_its_options(command: Command) -> None:
    """The table names a function by a string, which no type checker reads."""
    taken = set(inspect.signature(command.function()).parameters)

    assert taken == {param.name for param in command.params}


def test_the_function_that_lists_sources_takes_its_options() -> None:
    """`feedsvc sources` is a group that does something itself."""
    group = main.commands["sources"]

    assert set(inspect.signature(_function(LIST_SOURCES)).parameters) == {param.name for param in group.params}


@pytest.mark.parametrize("group", ["", "sources", "opml", "db"])
def test_each_line_of_help_is_whole(group: str) -> None:
    """The first sentence of each command's help fits into a line of 80 columns."""
    ended = CliRunner().invoke(main, [*group.split(), "-h"], terminal_width=80)

    assert ended.exit_code == 0
    assert "..." not in ended.output.partition("Commands:")[2]


def test_the_table_has_all_commands() -> None:
    """No command is added to the group elsewhere."""
    groups = [one for one in main.commands.values() if isinstance(one, click.Group)]
    added = {*main.commands.values(), *(one for group in groups for one in group.commands.values())} - {*groups}

    assert added == {*ALL}
