"""Digests of all that shapes pages besides their content: a change does not pass unnoticed."""

from collections.abc import Iterable
from pathlib import Path

import feedsvc
from feedsvc.identity import digest
from feedsvc.publish.making import PAGES_VERSION
from feedsvc.web.headers import STATIC_CHANGED

ROOT = Path(feedsvc.__file__).parent

#: Templates, texts, and the modules that write parts of pages.
SHAPING = (
    "web/templates/*", "texts/*.py", "web/embeds.py", "web/plots.py", "web/readers.py", "web/rendering.py",
    "web/showing.py", "publish/alignment.py", "publish/differences.py", "publish/revisions.py",
)  # fmt: skip

#: The version → the digest of what shapes pages.
LOOK = {1: "11e4583098234408f94c0e231ebf70a1"}

#: The day → the digest of static files.
STATIC = {"2026-11-28": "37e46ab21726b801ab01e080051da267"}


def _digest(patterns: Iterable[str]) -> str:
    files = [file for pattern in patterns for file in sorted(ROOT.glob(pattern))]
    return digest(b"".join(file.read_bytes() for file in files))


def test_another_look_dates_pages() -> None:
    """
    A client that asks by date gets a page that looks different.

    Since the last release, raise PAGES_VERSION once. Write the new digest here each time.
    """
    assert {PAGES_VERSION: _digest(SHAPING)} == LOOK


def test_another_static_file_is_dated() -> None:
    """The same for files: set STATIC_CHANGED, and write the new digest here."""
    assert {f"{STATIC_CHANGED:%Y-%m-%d}": _digest(["web/static/*"])} == STATIC
