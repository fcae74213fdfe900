"""What commands say: lines for people; of services, a log, which is JSON where no terminal is."""

import json
import logging
import os
import sys
from datetime import UTC, datetime
from types import TracebackType

import click


class JsonLines(logging.Formatter):
    """One JSON object a line, for machines."""

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
    """Level and message, for people; a warning of Python's is one line too."""

    def format(self, record: logging.LogRecord) -> str:
        """As text."""
        text = super().format(record)
        return text if record.exc_info or record.exc_text else " ".join(text.split())


#: Set for a process that goes on until it is told to stop: all it says is a log.
_service = False


def begin_service() -> None:
    """From here on all that this process says is a log: lines on a terminal, JSON elsewhere, tracebacks included."""
    global _service  # noqa: PLW0603 - of the process, as its log is
    _service = not sys.stderr.isatty()
    if _service:
        sys.excepthook = _log_exception
    set_up_logging()


def say(text: str, level: int = logging.INFO) -> None:
    """A line for whoever started this process; in the log of a service."""
    if _service:
        logging.getLogger("feedsvc").log(level, "%s", text)
    else:
        click.echo(text, err=True)


def _log_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger("feedsvc").critical("unexpected: %s", error, exc_info=(kind, error, trace))


def set_up_logging() -> None:
    """Log as this process speaks: JSON or lines. LOG_LEVEL sets how much. Python's warnings are in it."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if _service else Lines("%(levelname)s %(message)s"))
    level = os.environ.get("LOG_LEVEL", "info").upper()
    logging.basicConfig(
        handlers=[handler], level=level if level in logging.getLevelNamesMapping() else "INFO", force=True
    )
    logging.captureWarnings(True)  # noqa: FBT003 - the library's own
    for talkative in ("alembic", "huey"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
