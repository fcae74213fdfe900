"""The progress of a long import: a bar on a terminal, lines elsewhere."""

import contextlib
import sys
import time
from collections.abc import Iterator
from typing import Any

import click

from feedsvc.cli.logs import say
from feedsvc.update import Progress

#: Seconds between two lines where stderr is no terminal.
PROGRESS_SECONDS = 10


@contextlib.contextmanager
def progress(label: str) -> Iterator[Progress]:
    """A bar with the remaining time on a terminal, else a line every few seconds. A short import shows neither."""
    with contextlib.ExitStack() as stack:
        bar: Any = None
        done = total = 0
        began = ended = last = time.monotonic()

        def show(step: int, of: int) -> None:
            nonlocal bar, done, total, began, ended, last
            if done >= total:  # the first step of the next source, which began when the former one ended
                stack.close()
                bar, done, total, began = None, 0, of, ended
            done += step
            ended = time.monotonic()
            if sys.stderr.isatty():
                if bar is None and done < total:
                    bar = stack.enter_context(
                        click.progressbar(length=total, label=label, file=sys.stderr, show_pos=True)
                    )
                    step = done
                if bar is not None:
                    bar.update(step)
            elif done < total and time.monotonic() - last > PROGRESS_SECONDS:
                last = time.monotonic()
                say(f"{label}: {progress_line(done, total, last - began)}")

        yield show


def progress_line(done: int, total: int, seconds: float) -> str:
    """The number done, the number a second, and the time left: `4500 of 20000, 450/s, 34 s left`."""
    rate = done / max(seconds, 1e-3)
    return f"{done} of {total}, {rate:.0f}/s, {(total - done) / max(rate, 1e-3):.0f} s left"
