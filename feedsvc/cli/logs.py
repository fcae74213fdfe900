"""Logs: text on a terminal, JSON lines elsewhere."""

import json
import logging
import os
import sys
from datetime import UTC, datetime


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


def set_up_logging() -> None:
    """Text on a terminal, JSON lines elsewhere; LOG_LEVEL sets how much."""
    handler = logging.StreamHandler()
    is_terminal = sys.stderr.isatty()
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s") if is_terminal else JsonLines())
    level = os.environ.get("LOG_LEVEL", "info").upper()
    logging.basicConfig(
        handlers=[handler], level=level if level in logging.getLevelNamesMapping() else "INFO", force=True
    )
    for talkative in ("alembic", "huey"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
