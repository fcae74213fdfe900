"""A digest of the look of pages: a change does not pass unnoticed."""

from pathlib import Path

import feedsvc.web
from feedsvc.identity import digest
from feedsvc.web.headers import PAGES_CHANGED

#: The day → the digest of templates and stylesheet.
LOOK = {"2026-11-28": "70d429eeffbc7efe97766403b5924618"}


def test_another_look_moves_the_date_of_pages() -> None:
    """A client that asks by date gets a page that looks different. Set PAGES_CHANGED, and write the new digest here."""
    root = Path(feedsvc.web.__file__).parent
    files = [file for folder in ("templates", "static") for file in sorted((root / folder).iterdir())]
    found = digest(b"".join(file.read_bytes() for file in files))

    assert {f"{PAGES_CHANGED:%Y-%m-%d}": found} == LOOK
