"""Output of commands: lines for people. A service writes a log instead, which is JSON where stderr is no terminal."""

import json
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType

import click

from feedsvc.cli.wording import plural
from feedsvc.errors import Problem


class JsonLines(logging.Formatter):
    """One JSON object a line, for programs."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, logger, message, and the exception where there is one."""
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


class Lines(logging.Formatter):
    """Level and message, for people. A warning of Python's is one line, too."""

    def format(self, record: logging.LogRecord) -> str:
        """As text."""
        text = super().format(record)
        return text if record.exc_info or record.exc_text else " ".join(text.split())


@dataclass(slots=True)
class _Speech:
    """The form of this process's output."""

    #: Whether all that it says is a log in JSON.
    is_json: bool = False
    #: Warnings that it gave once and does not repeat.
    warned: set[str] = field(default_factory=set)


_speech = _Speech()


def begin(*, is_service: bool) -> None:
    """Begin a command: the log is set up, and nothing has been said yet."""
    _speech.is_json = False
    _speech.warned.clear()
    if is_service:
        begin_service()
    else:
        set_up_logging()


def begin_service() -> None:
    """From now on all that this process says is a log: lines on a terminal, else JSON, also for tracebacks."""
    _speech.is_json = not sys.stderr.isatty()
    if _speech.is_json:
        sys.excepthook = _log_exception
    set_up_logging()


def say(text: str, level: int = logging.INFO) -> None:
    """Print a line on stderr; a service without a terminal logs it."""
    if _speech.is_json:
        logging.getLogger("feedsvc").log(level, "%s", text)
    else:
        click.echo(text, err=True)


def say_error(text: str) -> None:
    """As `say`, for an error."""
    say(text, logging.ERROR)


def say_problems(problems: Sequence[Problem]) -> None:
    """Print each problem of a configuration, then their number."""
    for problem in problems:
        say_error(str(problem))
    say_error(f"{plural(len(problems), 'problem')} in the configuration")


def warn(problems: Sequence[Problem]) -> None:
    """Print settings that are valid, but may not do what their author expects."""
    for problem in problems:
        say(f"warning: {problem}", logging.WARNING)


def is_first(text: str) -> bool:
    """Whether this command has not given this warning yet."""
    is_new = text not in _speech.warned
    _speech.warned.add(text)
    return is_new


def _log_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger("feedsvc").critical("unexpected: %s", error, exc_info=(kind, error, trace))


def set_up_logging() -> None:
    """Log in JSON or in lines, as this process speaks. LOG_LEVEL sets the level. Python's warnings are logged, too."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if _speech.is_json else Lines("%(levelname)s %(message)s"))
    level = os.environ.get("LOG_LEVEL", "info").upper()
    logging.basicConfig(
        handlers=[handler], level=level if level in logging.getLevelNamesMapping() else "INFO", force=True
    )
    logging.captureWarnings(True)  # noqa: FBT003 - the library's own
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells each step
