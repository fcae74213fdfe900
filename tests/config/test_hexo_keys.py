"""Every key of Hexo's own file that feedsvc reads has an effect on readers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from feedsvc.config.sources import HexoConfig
from tests.data.effects import effects
from tests.data.upstream import serving

CONFIG: dict[str, Any] = {
    "site": {"title": "站", "tag": "example.org,2026", "base_url": "https://feeds.example.org"},
    "sources": {"blog": {"kind": "seeds", "hexo_config": "_config.yml"}},
}

#: A key → a value that is not its default.
VALUES: dict[str, Any] = {
    "url": "https://other.example",
    "permalink": ":title/",
    "timezone": "America/New_York",
    "new_post_name": ":year-:title.md",
    "permalink_defaults": {"lang": "en"},
    "default_category": "misc",
    "category_map": {"Tech": "science"},
    "filename_case": 1,
    "pretty_urls.trailing_index": False,
    "pretty_urls.trailing_html": False,
    "use_slug_as_post_title": True,
    "post_asset_folder": True,
    "future": False,
    "render_drafts": True,
    "source_dir": "elsewhere",
    "encrypt": {"abstract": "有密码", "tags": [{"name": "锁", "password": "x"}]},
    "hide_posts": {"filter": "hush"},
    "marked.breaks": False,
}

#: A key that counts only beside a permalink pattern → that pattern.
PATTERNS = {
    "new_post_name": ":title/",
    "permalink_defaults": ":lang/:title/",
    "default_category": ":category/:title/",
    "category_map": ":category/:title/",
    "filename_case": ":category/:title/",
    "pretty_urls.trailing_index": ":title/index.html",
    "use_slug_as_post_title": ":post_title/",
    "pretty_urls.trailing_html": ":title.html",
}

#: Posts of the blog, and a folder of others.
POSTS = {
    "source/_posts/2026-Name.md": "title: 甲\ndate: 2026-03-01 01:30:00\ncategories: [Tech]",
    "source/_posts/untitled.md": "date: 2026-03-01 02:30:00",
    "source/_posts/locked.md": "title: 乙\ndate: 2026-03-01 03:30:00\ntags: [锁]",
    "source/_posts/hidden.md": "title: 丙\ndate: 2026-03-01 04:30:00\nhush: true",
    "source/_posts/later.md": "title: 丁\ndate: 2030-03-01 04:30:00",
    "source/_drafts/draft.md": "title: 戊\ndate: 2026-03-01 05:30:00",
    "elsewhere/_posts/other.md": "title: 己\ndate: 2026-03-01 06:30:00",
}

Run = Callable[[dict[str, Any]], dict[str, object]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Gives the effects of Hexo's own file on a blog."""
    path = tmp_path_factory.mktemp("blog")
    for name, front in POSTS.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(f"---\n{front}\n---\n第一行\n第二行 ![图](a.png)\n", "utf-8")
    with serving() as nobody:

        def effects_of(values: dict[str, Any]) -> dict[str, object]:
            (path / "_config.yml").write_text(yaml.safe_dump(values, allow_unicode=True), "utf-8")
            return effects(path, CONFIG, nobody, nobody)

        yield effects_of


def _keys(section: type[BaseModel], path: str = "") -> Iterator[str]:
    for key, info in section.model_fields.items():
        kind = info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _keys(kind, f"{path}{key}.")
        else:
            yield path + key


def test_every_key_is_tried() -> None:
    """A new key needs a value in this file, so that its effect is shown."""
    assert set(_keys(HexoConfig)) == set(VALUES)


@pytest.mark.parametrize("key", VALUES)
def test_a_key_has_an_effect(run: Run, key: str) -> None:
    """A key of Hexo's file changes a document, a page or the state of an entry."""
    base: dict[str, Any] = {"url": "https://blog.example.org", "timezone": "Asia/Shanghai"}
    if key in PATTERNS:
        base["permalink"] = PATTERNS[key]
    section, _, name = key.rpartition(".")
    change = {section: {name: VALUES[key]}} if section else {name: VALUES[key]}

    assert run(base | change) != run(base)
