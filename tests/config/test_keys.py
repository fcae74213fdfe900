"""Every key of the configuration has an effect, and every setting has code that uses it."""

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import trustme
import yaml

import feedsvc
from feedsvc.catalogue import Catalogue
from feedsvc.config import Config, load
from feedsvc.config.schema import KINDS, SECTIONS
from feedsvc.model import FeedSpec, FetchPolicy, Permalinks, Rule, Selection, Site, SourceSpec, UpstreamSpec, Window

#: A configuration with one of everything; `*` in a path below stands for the one name that its section has.
BASE: dict[str, Any] = {
    "site": {"title": "站", "tag": "example.org,2026", "base_url": "https://feeds.example.org"},
    "sources": {
        "seeds": {"kind": "seeds", "path": "seeds"},
        "upstream": {"kind": "upstream", "url": "https://news.example.org/feed"},
    },
    "categories": {"科技": {}},
    "feeds": {"x": {"categories": ["科技"]}},
}

#: A key → a value that is not its default. A source's kind stands in the place of its name.
VALUES: dict[str, Any] = {
    "site.title": "另一站",
    "site.base_url": "https://other.example",
    "site.language": "en",
    "site.timezone": "UTC",
    "site.tag": "other.example,2026",
    "site.contact": "editor@example.org",
    "site.rights": "© 甲",
    "site.image": "https://example.org/logo.png",
    "sources.seeds.path": "other",
    "sources.seeds.timezone": "UTC",
    "sources.seeds.categories": ["文摘"],
    "sources.seeds.rights": "© 乙",
    "sources.seeds.hexo_config": "_config.yml",
    "sources.seeds.permalink": "https://blog.example.org/:year/:title/",
    "sources.seeds.built_in": "UTC",
    "sources.seeds.base": "https://static.example.org",
    "sources.seeds.tags": "feeds",
    "sources.upstream.url": "https://other.example/feed",
    "sources.upstream.title": "新闻",
    "sources.upstream.every": 90,
    "sources.upstream.article_key": r"(\d+)",
    "sources.upstream.timezone": "UTC",
    "sources.upstream.categories": ["文摘"],
    "sources.upstream.map": {"a": "b"},
    "sources.upstream.keep.*.title": "甲",
    "sources.upstream.keep.*.link": "甲",
    "sources.upstream.keep.*.author": "甲",
    "sources.upstream.keep.*.category": "甲",
    "sources.upstream.keep.*.content": "甲",
    "sources.upstream.keep.*.any": "甲",
    "sources.upstream.drop.*.title": "甲",
    "sources.upstream.drop.*.link": "甲",
    "sources.upstream.drop.*.author": "甲",
    "sources.upstream.drop.*.category": "甲",
    "sources.upstream.drop.*.content": "甲",
    "sources.upstream.drop.*.any": "甲",
    "sources.upstream.rights": "© 丙",
    "sources.upstream.max_entries": 10,
    "sources.upstream.headers": {"X-Token": "t"},
    "sources.upstream.proxy": "http://127.0.0.1:3128",
    "sources.upstream.ca": "ca.pem",
    "sources.upstream.fingerprint": "00" * 32,
    "sources.upstream.allow_private": True,
    "sources.upstream.allow_ports": [1200],
    "sources.upstream.allow_networks": ["198.18.0.0/15"],
    "categories.*.slug": "tech",
    "categories.*.title": "科",
    "categories.*.description": "技",
    "categories.*.language": "en",
    "categories.*.window.items": 5,
    "categories.*.window.hours": 5,
    "feeds.*.title": "甲",
    "feeds.*.description": "乙",
    "feeds.*.language": "en",
    "feeds.*.categories": ["手机"],
    "feeds.*.sources": ["seeds"],
    "feeds.*.window.items": 5,
    "feeds.*.window.hours": 5,
    "http.timeout": 5,
    "http.max_body": 5000,
    "http.user_agent": "reader/1",
    "http.proxy": "http://127.0.0.1:3128",
    "http.allow_networks": ["198.18.0.0/15"],
    "web.frame_ancestors": ["https://www.example.org"],
    "web.frame_hosts": ["player.example.org"],
    "web.aliases": {"/news.xml": "x.rss"},
}

#: A key that counts only beside another one → that one.
BESIDE = {"sources.seeds.built_in": ("sources.seeds.permalink", VALUES["sources.seeds.permalink"])}

#: The kind of a source chooses its section: other tests show each kind.
CHOICES = {f"sources.{kind}.kind" for kind in KINDS}

#: What code uses of a configuration.
SETTINGS = (
    Config,
    Catalogue,
    Site,
    SourceSpec,
    Permalinks,
    UpstreamSpec,
    FetchPolicy,
    Rule,
    FeedSpec,
    Selection,
    Window,
)


def _keys() -> Iterator[str]:
    """Every key that holds a value, as `VALUES` has it."""
    kinds = {section: kind for kind, section in KINDS.items()}
    paths = {path for path, _ in SECTIONS}
    for path, section in SECTIONS:
        written = path
        if path[:2] == ("sources", "*"):
            # Only an upstream has sections below its own.
            written = ("sources", kinds.get(section, "upstream"), *path[2:])
        for key in section.model_fields:
            if not any(one[: len(path) + 1] == (*path, key) for one in paths):
                yield ".".join((*written, key))


def _with(values: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    """A configuration with one key more."""
    changed = deepcopy(values)
    *parts, last = key.split(".")
    at: Any = changed
    for part in parts:
        if part in {"keep", "drop"}:
            at[part] = [{last: value}]
            return changed
        name = next(iter(at)) if part == "*" else part
        at = at.setdefault(name, {})
    at[last] = value
    return changed


def _loaded(folder: Path, values: dict[str, Any]) -> tuple[object, ...]:
    """What a configuration means, without its places."""
    file = folder / "feedsvc.yaml"
    file.write_text(yaml.safe_dump(values, allow_unicode=True), "utf-8")
    config = load(file, {})
    told = (config.frame_ancestors, config.frame_hosts, config.aliases)
    return config.site, config.sources, config.upstreams, config.catalogue, *told


def test_every_key_is_tried() -> None:
    """A new key needs a value in this file, so that its effect is shown."""
    assert set(_keys()) - CHOICES == set(VALUES)


@pytest.mark.parametrize("key", VALUES)
def test_a_key_has_an_effect(tmp_path: Path, key: str) -> None:
    """A key that is set changes what feedsvc is told to do."""
    (tmp_path / "_config.yml").write_text("url: https://blog.example.org", "utf-8")
    trustme.CA().cert_pem.write_to_path(tmp_path / "ca.pem")
    base = _with(BASE, *BESIDE[key]) if key in BESIDE else BASE

    assert _loaded(tmp_path, _with(base, key, VALUES[key])) != _loaded(tmp_path, base)


@cache
def _used() -> frozenset[str]:
    """The names of attributes that code outside the configuration reads."""
    root = Path(feedsvc.__file__).parent
    files = (file for file in root.rglob("*.py") if file.relative_to(root).parts[0] != "config")
    trees = (ast.parse(file.read_text("utf-8")) for file in files)
    return frozenset(
        node.attr
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    )


@pytest.mark.parametrize(
    "setting", [f"{one.__name__}.{field.name}" for one in SETTINGS for field in fields(one)], ids=str
)
def test_a_setting_has_a_consumer(setting: str) -> None:
    """Whatever a configuration sets is read by code outside the configuration."""
    assert setting.rpartition(".")[2] in _used()
