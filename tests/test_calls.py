"""The table of calls names functions of `jobs.py` that take and give what the table says."""

import subprocess
import sys
from typing import Any, get_args, get_type_hints

import pytest

from feedsvc.sandbox import calls, jobs
from feedsvc.sandbox.calls import Call

CALLS = {name: value for name, value in vars(calls).items() if isinstance(value, Call)}


@pytest.mark.parametrize("name", CALLS)
def test_a_call_has_the_types_of_its_function(name: str) -> None:
    """The table names a function by a string, which no type checker reads."""
    hints: dict[str, Any] = get_type_hints(getattr(jobs, CALLS[name].name))

    assert get_args(vars(calls)["__annotations__"][name]) == tuple(hints.values())


def test_who_asks_the_workers_imports_no_parser() -> None:
    """The process that gives seeds to the workers has no use for the parsers itself."""
    run = "import feedsvc.update.check, sys; print('feedsvc.sandbox.jobs' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=True, timeout=60)

    assert ended.stdout == "False\n"
