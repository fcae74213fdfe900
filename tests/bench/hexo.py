"""
Real Hexo beside feedsvc, on the posts of tests/data/hexo_posts.py.

    python -m tests.bench.hexo [--write] [FOLDER]

npm (https://nodejs.org, 20 or newer) installs hexo, hexo-generator-feed and hexo-renderer-marked into FOLDER, or into a
temporary folder. Hexo makes atom.xml of the posts. Guids, links and dates have to be equal. So have texts, the
addresses in them and their line breaks, apart from the differences that config/hexo.md lists. `--write` keeps the
answer as tests/data/hexo/posts.json, which tests/parse/test_hexo_posts.py reads.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import feedparser

from tests.data import hexo_posts
from tests.parse.test_hexo_posts import GOLDEN, differences, ours

PACKAGES = ("hexo", "hexo-generator-feed", "hexo-renderer-marked")
MANIFEST = {"name": "blog", "private": True, "hexo": {"version": ""}}


def generated(folder: Path) -> dict[str, object]:
    """The output of Hexo: the versions, and of each post by its title the guid, link, date and content."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is not here; install Node.js 20 or newer from https://nodejs.org, which brings npm")
    folder.mkdir(parents=True, exist_ok=True)
    hexo_posts.write(folder)
    if not (folder / "node_modules" / "hexo").is_dir():
        (folder / "package.json").write_text(json.dumps(MANIFEST), "utf-8")
        subprocess.run([npm, "install", "--silent", "--no-audit", "--no-fund", *PACKAGES], cwd=folder, check=True)
    hexo = folder / "node_modules" / "hexo" / "bin" / "hexo"
    subprocess.run([hexo, "clean"], cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    zone = {**os.environ, "TZ": "Asia/Shanghai"}
    subprocess.run(
        [hexo, "generate"], cwd=folder, check=True, env=zone, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    with (folder / "public" / "atom.xml").open("rb") as file:
        feed = feedparser.parse(file, sanitize_html=False, resolve_relative_uris=False)
    versions = {
        name: json.loads((folder / "node_modules" / name / "package.json").read_text("utf-8"))["version"]
        for name in PACKAGES
    }
    entries = {
        one.title: {
            "id": one.id, "link": one.link, "published": one.published,
            "content": next((part.value for part in one.get("content", ()) if part.get("value")), ""),
        }
        for one in feed.entries
    }  # fmt: skip
    return {"versions": versions, "entries": entries}


def main(folder: Path, *, is_written: bool) -> int:
    """Compare and print; the number of differences."""
    golden = generated(folder)
    if is_written:
        GOLDEN.write_text(json.dumps(golden, ensure_ascii=False, indent=0) + "\n", "utf-8")
    entries = golden["entries"]
    assert isinstance(entries, dict)
    found = {key: list(differences(key, entries, ours())) for key in ("id", "link", "published", "content")}
    print(f"{golden['versions']}: {len(hexo_posts.posts())} posts, {len(entries)} in Hexo's feed")
    for key, titles in found.items():
        print(f"{key}: {len(entries) - len(titles)} equal", *titles, sep="\n  ")
    return sum(map(len, found.values()))


if __name__ == "__main__":
    arguments = [one for one in sys.argv[1:] if not one.startswith("--")]
    with tempfile.TemporaryDirectory() as temporary:
        sys.exit(bool(main(Path(arguments[0] if arguments else temporary), is_written="--write" in sys.argv)))
