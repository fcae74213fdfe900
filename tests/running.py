"""Runs commands of feedsvc in this process, as `feedsvc` of conftest.py runs them in a process of their own."""

import contextlib
import logging
import os
import subprocess
import sys
from collections.abc import Iterator

from click.testing import CliRunner

from feedsvc.cli import logs, main
from tests.conftest import Folder


def feedsvc(folder: Folder, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end. An exception that the command does not report is raised."""
    of_command = folder.environ(**environ)
    with _restored(), contextlib.chdir(folder.path):
        os.environ.clear()
        os.environ.update(of_command)
        ended = CliRunner().invoke(main, arguments, prog_name="feedsvc", catch_exceptions=False)
    return subprocess.CompletedProcess(
        args=arguments, returncode=ended.exit_code, stdout=ended.stdout, stderr=ended.stderr
    )


@contextlib.contextmanager
def _restored() -> Iterator[None]:
    """Afterwards, this process has the environment, the log and the hook that it had before."""
    environ, hook, root = dict(os.environ), sys.excepthook, logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers[:] = []  # what a command sets up replaces the handlers and closes them
    try:
        yield
    finally:
        logs.begin(is_service=False)  # a service speaks JSON
        logging.captureWarnings(False)  # noqa: FBT003 - the library's own
        root.handlers[:], sys.excepthook = handlers, hook
        root.setLevel(level)
        os.environ.clear()
        os.environ.update(environ)
