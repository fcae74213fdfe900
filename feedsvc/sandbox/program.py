"""
Runs an external program under limits: of time, memory, output and files.

The program has an environment of its own, an empty working folder, and a process group that is killed as a whole. It
inherits no open file. No shell reads its command.
"""

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from feedsvc.model import Program
from feedsvc.normalize import cut, one_line
from feedsvc.sandbox.pool import Failure

#: Bytes of output, and bytes of each file that a program writes.
MOST_OUTPUT = 4_000_000
MOST_FILE = 64_000_000

#: Bytes of messages that are kept, the last ones; characters of the last line that the operator reads.
MOST_MESSAGES = 4_000
MESSAGE_WIDTH = 200

#: Seconds between two looks whether a program has ended.
LOOK_SECONDS = 0.05

#: Sets the limits, then becomes the program: after a fork, a process with threads must not run Python by itself.
LAUNCHER = """
import os, resource, sys
for kind, most in zip((resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE),
                      map(int, sys.argv[1:5])):
    hard = resource.getrlimit(kind)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))
try:
    os.execvp(sys.argv[5], sys.argv[5:])
except OSError as error:
    sys.exit(f"{sys.argv[5]} cannot be started: {error.strerror}")
"""


@dataclass(slots=True)
class _Said:
    """The output of a program, and the end of its messages."""

    output: bytearray = field(default_factory=bytearray)
    messages: bytearray = field(default_factory=bytearray)

    @property
    def last(self) -> str:
        """The last line of its messages."""
        lines = self.messages.decode("utf-8", "replace").strip().splitlines()
        return cut(one_line(lines[-1]), MESSAGE_WIDTH) if lines else ""


def run(program: Program, given: bytes, is_stopping: Callable[[], bool] = lambda: False) -> bytes | Failure:
    """The output of a program that reads `given`, or why there is none."""
    with (
        tempfile.TemporaryDirectory(prefix="feedsvc-", ignore_cleanup_errors=True) as folder,
        tempfile.TemporaryFile() as file,
    ):
        file.write(given)
        file.seek(0)
        limits = (program.memory * 1_000_000, program.timeout + 1, MOST_FILE, 0)
        try:
            process = subprocess.Popen(  # noqa: S603 - the command is the operator's
                [sys.executable, "-I", "-S", "-c", LAUNCHER, *map(str, limits), *program.command],
                stdin=file, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, env=_environment(),
                start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            return Failure(reason=f"it cannot be started: {error.strerror}")
        said = _Said()
        try:
            with process:
                try:
                    failure = _read(process, said, time.monotonic() + program.timeout, is_stopping)
                finally:
                    # Its first process is not waited for yet, so no other group has this number.
                    with contextlib.suppress(ProcessLookupError, PermissionError):
                        os.killpg(process.pid, signal.SIGKILL)
        except OSError as error:
            return Failure(reason=f"it cannot be read: {error.strerror}")
        if failure:
            return Failure(reason=failure.format(seconds=program.timeout))
        return bytes(said.output) if process.returncode == 0 else Failure(reason=_ended(process.returncode, said))


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LANG": os.environ.get("LANG", "C.UTF-8")}


def _read(process: "subprocess.Popen[bytes]", said: _Said, ends: float, is_stopping: Callable[[], bool]) -> str:
    """Read the output of a program until its end. Returns why it must be killed; empty if it ended by itself."""
    with selectors.DefaultSelector() as pipes:
        for pipe, kept in ((process.stdout, said.output), (process.stderr, said.messages)):
            if pipe:
                os.set_blocking(pipe.fileno(), False)
                pipes.register(pipe.fileno(), selectors.EVENT_READ, kept)
        while True:
            # Asked before reading: all that it wrote before its end is there. A process that it left behind may hold
            # the pipes open, and is not waited for.
            has_ended = os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
            if not has_ended and (time.monotonic() > ends or is_stopping()):
                return "feedsvc ends" if is_stopping() else "no result within {seconds} s"
            was_read = False
            for key, _ in pipes.select(0 if has_ended else LOOK_SECONDS):
                piece = os.read(key.fd, 65_536)
                if not piece:
                    pipes.unregister(key.fd)
                key.data.extend(piece)
                was_read = was_read or bool(piece)
            del said.messages[:-MOST_MESSAGES]
            if len(said.output) > MOST_OUTPUT:
                return f"its output is longer than {MOST_OUTPUT // 1_000_000} MB"
            if has_ended and (not was_read or time.monotonic() > ends):
                return ""


def _ended(code: int, said: _Said) -> str:
    if code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
        return f"it was ended by {name}"
    return f"exit code {code}: {said.last}" if said.last else f"exit code {code}"
