"""The jobs of a worker."""

import threading
from collections.abc import Callable

import pytest

from feedsvc import worker


def test_a_job_that_fails_begins_again(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """An unexpected exception is logged, and ends no job for good."""
    monkeypatch.setattr(worker, "PAUSE_SECONDS", 0)
    stop, rounds = threading.Event(), list[bool]()

    def job(is_stopping: Callable[[], bool]) -> None:
        rounds.append(is_stopping())
        if len(rounds) == 1:
            raise ValueError("a fault")
        stop.set()

    worker._repeat(job, stop)

    assert rounds == [False, False]
    assert "please report it" in caplog.text
