"""The jobs of a worker."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest

from feedsvc import worker
from feedsvc.signals import Signals


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


@pytest.mark.parametrize("stuck", ["job", "leave"])
def test_a_worker_ends_while_the_database_does_not_answer(stuck: str) -> None:
    """A job that never ends, or a last record that is never saved, keeps no process."""
    script = f"""
import threading
from concurrent.futures import ThreadPoolExecutor
from feedsvc import worker
from feedsvc.signals import Signals

def hang(*_):
    print("at work", flush=True)
    ThreadPoolExecutor().submit(threading.Event().wait).result()

worker.FINISH_SECONDS = worker.LEAVE_SECONDS = 0.2
worker.run({{"poll": {"hang" if stuck == "job" else "print"}}}, print, {"hang" if stuck == "leave" else "print"})
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        os.kill(process.pid, signal.SIGTERM)
        try:
            _, said = process.communicate(timeout=60)
        finally:
            process.kill()

    assert process.returncode == 0
    assert f"ended while this work went on: {'poll' if stuck == 'job' else 'leave'};".encode() in said


def test_signals_are_noted_and_hup_once() -> None:
    """SIGHUP counts once, and does not end a wait. SIGTERM ends it."""
    former = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    try:
        signals = Signals()
        signal.raise_signal(signal.SIGHUP)
        asked = (signals.wait(0.01), signals.is_again(), signals.is_again())
        threading.Timer(0.3, signal.raise_signal, [signal.SIGTERM]).start()
        is_stopping = signals.wait(60)
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)

    assert (asked, is_stopping) == ((False, True, False), True)
