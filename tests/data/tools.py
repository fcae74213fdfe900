"""Programs that tests run: ours, for a whole module of tests, and those of others."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.conftest import Folder, Server, _wait, free_port


def tool(name: str) -> str:
    """Where a program is; without it the test is skipped, but fails in CI, which installs it."""
    if path := shutil.which(name):
        return path
    missing = f"{name} is not here; install it with: apt-get install {name}"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


@contextmanager
def serving(folder: Folder) -> Iterator[Server]:
    """`feedsvc serve` over what was imported."""
    log, port = folder.path / "serve.log", free_port()
    with log.open("ab") as output:
        command = [sys.executable, "-m", "feedsvc", "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=folder.environ(), cwd=folder.path, stdout=output, stderr=output)
    server = Server(url=f"http://127.0.0.1:{port}", process=process)
    try:
        _wait(server, log)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)
