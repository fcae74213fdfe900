"""
The script that somebody writes in an afternoon, as the baseline: PyYAML, bleach, one commit a row.

python -m tests.bench.afternoon SEEDS DATABASE
"""

import sqlite3
import sys
from pathlib import Path

import bleach
import yaml

TAGS = [
    "a", "b", "blockquote", "br", "code", "div", "em", "h1", "h2", "h3", "i", "img", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
]  # fmt: skip
ATTRIBUTES = {"a": ["href", "title"], "img": ["src", "alt", "title", "referrerpolicy"]}


def main(seeds: Path, database: Path) -> None:
    """Read every file below `seeds` into a table."""
    db = sqlite3.connect(database)
    db.execute(
        "CREATE TABLE IF NOT EXISTS entry (path TEXT PRIMARY KEY, title TEXT, date TEXT, author TEXT, html TEXT)"
    )
    for file in sorted(seeds.rglob("*.txt")):
        _, front, body = file.read_text("utf-8").split("---\n", 2)
        fields = yaml.safe_load(front)
        html = bleach.clean(body, tags=TAGS, attributes=ATTRIBUTES, strip=True)
        row = (str(file.relative_to(seeds)), str(fields["title"]), str(fields["date"]), str(fields["author"]), html)
        db.execute("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?)", row)
        db.commit()
    db.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
