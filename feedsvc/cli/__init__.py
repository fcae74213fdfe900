"""
The command line: reads the configuration, builds the objects, and calls the two halves.

`commands.py` is the table of all commands. A command imports what it needs when it runs.
"""

from feedsvc.cli.commands import main

__all__ = ["main"]
