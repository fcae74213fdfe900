"""
The signals that ask a process to end, or to read its configuration again.

A handler runs between two steps of the main thread, which may hold the lock of a `threading.Event` at that moment: a
handler that sets the event would wait for ever. A signal that comes in the moment before the main thread waits for a
lock does not end that wait. So handlers set plain attributes, and the main thread looks at them between short sleeps.
"""

import signal
import time

#: Seconds between two looks.
LOOK_SECONDS = 0.2


class Signals:
    """Notes SIGTERM, SIGINT and SIGHUP from now on. For the main thread."""

    def __init__(self) -> None:
        self.is_stopping = False
        self._is_again = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop())
        signal.signal(signal.SIGHUP, lambda *_: self._begin_again())

    def wait(self, seconds: float) -> bool:
        """Wait for so long, or until the process has to end. Returns whether it has to end."""
        ends = time.monotonic() + seconds
        while not self.is_stopping and (left := ends - time.monotonic()) > 0:
            time.sleep(min(left, LOOK_SECONDS))
        return self.is_stopping

    def is_again(self) -> bool:
        """Whether SIGHUP came since the last question."""
        if not self._is_again:
            return False
        self._is_again = False
        return True

    def _stop(self) -> None:
        self.is_stopping = True

    def _begin_again(self) -> None:
        self._is_again = True
