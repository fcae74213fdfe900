"""The process that asks the workers imports no parser. It gives them functions of `calls.py`, which call `jobs.py`."""

import inspect
import subprocess
import sys
from typing import get_type_hints

import pytest

from feedsvc.model import RawEntry
from feedsvc.sandbox import Failure, Sandbox, calls, jobs

CALLS = {name: one for name, one in inspect.getmembers(calls, inspect.isfunction) if one.__module__ == calls.__name__}

#: Modules of a process that asks workers: for `check` and `update`, for the worker that polls, and for `adopt`.
ASKING = (
    "feedsvc.update.check", "feedsvc.update.run", "feedsvc.update.resanitize", "feedsvc.update.adopt",
    "feedsvc.update.upstreams.poller", "feedsvc.cli.working",
)  # fmt: skip

PARSERS = {"feedsvc.sandbox.jobs", "feedsvc.parse.upstream", "feedsvc.parse.seed", "feedparser", "nh3", "bleach"}


@pytest.mark.parametrize("name", CALLS)
def test_a_call_has_the_types_of_its_function(name: str) -> None:
    """Each call stands for the function of its name."""
    assert get_type_hints(CALLS[name]) == get_type_hints(getattr(jobs, name))


def test_a_worker_runs_the_function_of_a_call() -> None:
    """A call reaches a worker by its name, and its result and its refusal come back."""
    with Sandbox(workers=1) as sandbox:
        text = sandbox.run(calls.text_again, (RawEntry(guid="g", title="t", content="<b>x</b>"), "too long"))
        identities = sandbox.run(calls.read_identities, b"no feed")

    assert not isinstance(text, Failure)
    assert (text.content[-8:], text.fallback) == ("<p>x</p>", "too long")
    assert not isinstance(identities, Failure)
    assert identities.problem


@pytest.mark.parametrize("module", ASKING)
def test_a_process_that_asks_the_workers_imports_no_parser(module: str) -> None:
    """All parsers take a third of a second to import, at each start."""
    run = f"import {module}, sys; print(sorted({PARSERS!r} & set(sys.modules)))"
    ended = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=True, timeout=60)

    assert ended.stdout == "[]\n"
