"""A real reader: newsboat, without its screen."""

import os
import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.data.tools import tool


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsboat:
    """A reader with one subscription."""

    path: Path
    url: str

    def reload(self) -> None:
        """Fetch."""
        (self.path / "urls").write_text(f"{self.url}\n")
        (self.path / "config").write_text("download-retries 1\ndownload-timeout 20\n")
        command = [tool("newsboat"), "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"]
        clean = {"HOME": str(self.path), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "no_proxy": "*"}
        subprocess.run(command, cwd=self.path, env=clean, check=True, capture_output=True, timeout=60)

    def read_all(self) -> None:
        """Mark everything as read, as its user does with a key."""
        with sqlite3.connect(self.path / "cache.db") as cache:
            cache.execute("UPDATE rss_item SET unread = 0")
        cache.close()

    def items(self, columns: str = "guid, title, url, pubDate") -> list[Any]:
        """The items that newsboat has stored, oldest first."""
        cache = sqlite3.connect(self.path / "cache.db")
        rows = cache.execute(f"SELECT {columns} FROM rss_item WHERE deleted = 0 ORDER BY pubDate").fetchall()  # noqa: S608
        cache.close()
        return rows
