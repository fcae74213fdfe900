"""
`feedsvc up`: prepares the database, and becomes the supervisor of the processes that do the work.

Both take the same time to start: the server imports its libraries, while this process checks the configuration and
migrates the database. Then this process executes itself again. So the supervisor, which runs for months, has none of
the libraries in its memory. The lock of `feedsvc up` and the server outlive that.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass

from feedsvc.cli.logs import say
from feedsvc.cli.supervising import Adopted, end_process, is_answering, python, start, supervise
from feedsvc.errors import FeedsvcError

#: What this process is executed for. Without a step, it prepares.
SUPERVISE, VALIDATE = "supervise", "validate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What the supervisor gets from the process that prepared."""

    host: str
    port: int
    base_url: str
    #: The process number of the server.
    server: int
    #: The open file that holds the lock of `feedsvc up`; None where there is none.
    lock: int | None


def run(host: str, port: int | None, workers: int | None, step: str | None, prepared: str | None) -> int:
    """Migrate, serve, and run what imports and what polls. Returns the exit code of the server."""
    if step == VALIDATE:
        return _validate()
    if step == SUPERVISE and prepared:
        return _supervise(Prepared(**json.loads(prepared)))
    if workers is not None:
        os.environ["WEB_CONCURRENCY"] = str(workers)
    reading, writing = os.pipe()
    server = start(["serve", "--host", host, "--after", str(reading)], keep=[reading])
    os.close(reading)
    try:
        found = _prepare(host, port, server.pid)
        os.write(writing, f"{found.port}\n".encode())
    except BrokenPipeError as error:
        raise FeedsvcError(f"the server ended before it began (exit code {server.wait()})") from error
    except BaseException:
        # Its standard error is ours, and it has said nothing yet.
        end_process(server)
        raise
    finally:
        os.close(writing)
    again = ["up", "--step", SUPERVISE, "--prepared", json.dumps(asdict(found))]
    return os.execv(sys.executable, python(again))  # noqa: S606 - ourselves


def _prepare(host: str, port: int | None, server: int) -> Prepared:
    """Check what a server needs, take the lock, and migrate the database. Raises FeedsvcError."""
    from feedsvc.cli.objects import opened_store  # noqa: PLC0415 - the supervisor does not need it
    from feedsvc.cli.serving import listening  # noqa: PLC0415 - the same
    from feedsvc.store import holding, migrate  # noqa: PLC0415 - the same

    config = listening(port, host, is_only=True)
    with opened_store(config, is_migrated=False) as store, holding.supervising(store) as held:
        migrate.upgrade(store)
        lock = None
        if held is not None:
            lock = os.dup(held.fileno())
            os.set_inheritable(lock, True)  # noqa: FBT003 - the library's own
    return Prepared(host=host, port=config.port, base_url=config.site.base_url, server=server, lock=lock)


def _supervise(found: Prepared) -> int:
    if found.lock is not None:
        # Only the supervisor holds the lock: a process that outlives it must not keep it.
        os.set_inheritable(found.lock, False)  # noqa: FBT003 - the library's own
    # The server starts first: the watcher's first look imports, and that may take long.
    return supervise(
        Adopted(found.server),
        [["update", "--watch", "--parent", str(os.getpid())], ["worker", "--after-import"]],
        lambda: is_answering(found.host, found.port),
        lambda: say(f"feeds: {found.base_url}/"),
        _new_configuration,
    )


def _validate() -> int:
    """Print the path of the configuration if it is valid."""
    from feedsvc.cli.objects import reloaded  # noqa: PLC0415 - the supervisor does not need it

    if (config := reloaded()) is None:
        return 1
    sys.stdout.write(str(config.path))
    return 0


def _new_configuration() -> str | None:
    """The path of the configuration, read by a process of its own. None: it is not valid, as that process has said."""
    ended = subprocess.run(python(["up", "--step", VALIDATE]), stdout=subprocess.PIPE, check=False)  # noqa: S603 - ours
    return None if ended.returncode else os.fsdecode(ended.stdout)
