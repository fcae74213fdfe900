"""Every key of the configuration has an effect on readers, upstreams or the store."""

import ssl
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
import trustme

from feedsvc.config.schema import KINDS, SECTIONS
from tests.data.effects import effects, fill, serve
from tests.data.upstream import serving

#: A configuration with one of everything; `*` in a path below stands for the one name that its section has.
BASE: dict[str, Any] = {
    "site": {"title": "站", "tag": "example.org,2026", "base_url": "https://feeds.example.org"},
    "sources": {
        "seeds": {"kind": "seeds", "path": "seeds"},
        "upstream": {"kind": "upstream", "url": "URL/feed", "allow_private": True, "categories": ["科技"]},
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
    "site.hub": "own",
    "sources.seeds.path": "other",
    "sources.seeds.timezone": "UTC",
    "sources.seeds.categories": ["文摘"],
    "sources.seeds.hexo_config": "_config.yml",
    "sources.seeds.permalink": "https://blog.example.org/:year/:title/",
    "sources.seeds.built_in": "UTC",
    "sources.seeds.base": "https://static.example.org",
    "sources.seeds.tags": "feeds",
    "sources.upstream.url": "URL/other",
    "sources.upstream.title": "另一个名字",
    "sources.upstream.every": 90,
    "sources.upstream.article_key": r"(\d+)",
    "sources.upstream.timezone": "UTC",
    "sources.upstream.categories": ["文摘"],
    "sources.upstream.map": {"甲": "乙"},
    "sources.upstream.keep": [{"title": {"words": ["甲"]}}],
    "sources.upstream.drop": [{"content": "甲"}],
    "sources.upstream.rights.kind": "private",
    "sources.upstream.rights.holder": "丙",
    "sources.upstream.rights.url": "https://c.example/",
    "sources.upstream.rights.license": "https://c.example/license.xml",
    "sources.upstream.program.command": ["./rewrite"],
    "sources.upstream.program.timeout": 1,
    "sources.upstream.program.memory": 64,
    "sources.upstream.push": True,
    "sources.upstream.max_entries": 10,
    "sources.upstream.history": True,
    "sources.upstream.headers": {"X-Token": "t"},
    "sources.upstream.proxy": "http://127.0.0.1:3128",
    "sources.upstream.ca": "ca.pem",
    "sources.upstream.fingerprint": "00" * 32,
    "sources.upstream.allow_private": True,
    "sources.upstream.allow_ports": ["PORT"],
    "sources.upstream.allow_networks": ["127.0.0.0/8"],
    "categories.*.slug": "tech",
    "categories.*.parent": "手机",
    "categories.*.title": "科",
    "categories.*.description": "技",
    "categories.*.language": "en",
    "categories.*.window.items": 5,
    "categories.*.window.hours": 5,
    "categories.*.order": "arrival",
    "categories.*.webhook.url": "URL/hook/other",
    "categories.*.webhook.secret": f"whsec_{'B' * 32}",
    "categories.*.webhook.allow_private": False,
    "feeds.*.title": "甲",
    "feeds.*.description": "乙",
    "feeds.*.language": "en",
    "feeds.*.categories": ["手机"],
    "feeds.*.sources": ["seeds"],
    "feeds.*.feeds": ["y"],
    "feeds.*.filters": [{"title": "第1"}],
    "feeds.*.digest": "day",
    "feeds.*.window.items": 5,
    "feeds.*.window.hours": 5,
    "feeds.*.order": "arrival",
    "feeds.*.webhook.url": "URL/hook/other",
    "feeds.*.webhook.secret": f"whsec_{'B' * 32}",
    "feeds.*.webhook.allow_private": False,
    "feeds.*.delay": 60,
    "feeds.*.quota": 1,
    "http.timeout": 1,
    "http.max_body": 5000,
    "http.user_agent": "reader/1",
    "http.proxy": "http://127.0.0.1:3128",
    "http.allow_networks": ["127.0.0.0/8"],
    "http.push": True,
    "web.frame_ancestors": ["https://www.example.org"],
    "web.revisions": "none",
    "web.frame_hosts": ["player.example.org"],
    "web.trusted_proxies": ["127.0.0.1"],
    "web.status_networks": ["192.0.2.0/24"],
    "web.aliases": {"/news.xml": "x.rss"},
    "web.hub.allow_networks": ["127.0.0.0/8"],
    "web.hub.allow_ports": ["PORT"],
    "web.robots.allow": False,
    "web.robots.signals": {"ai-train": False},
    "web.robots.disallow": ["GPTBot"],
}

#: A webhook.
HOOK = {"url": "URL/hook", "secret": f"whsec_{'A' * 32}", "allow_private": True}

#: A key that counts only beside other keys → those keys.
BESIDE: dict[str, dict[str, Any]] = {
    "sources.seeds.built_in": {"sources.seeds.permalink": "https://blog.example.org/:year/:month/:day/:title/"},
    "sources.upstream.ca": {"sources.upstream.url": "SECURE/feed"},
    "sources.upstream.fingerprint": {"sources.upstream.url": "SECURE/feed"},
    "sources.upstream.allow_private": {"sources.upstream.allow_private": False},
    "sources.upstream.allow_ports": {
        "sources.upstream.allow_private": False, "sources.upstream.allow_networks": ["127.0.0.0/8"],
    },
    "sources.upstream.program.timeout": {"sources.upstream.program.command": ["./rewrite"]},
    "sources.upstream.program.memory": {"sources.upstream.program.command": ["./rewrite"]},
    "sources.upstream.rights.holder": {"sources.upstream.rights.kind": "feed"},
    "sources.upstream.rights.url": {"sources.upstream.rights.kind": "feed"},
    "sources.upstream.rights.license": {"sources.upstream.rights.kind": "feed"},
    "sources.upstream.allow_networks": {"sources.upstream.allow_private": False},
    "http.allow_networks": {"sources.upstream.allow_private": False},
    "http.timeout": {"sources.upstream.url": "URL/slow"},
    "web.hub.allow_networks": {"site.hub": "own", "web.hub.allow_ports": ["PORT"]},
    "web.hub.allow_ports": {"site.hub": "own", "web.hub.allow_networks": ["127.0.0.0/8"]},
    "categories.*.window.items": {"categories.*.window.hours": 0},
    "categories.*.window.hours": {"categories.*.window.items": 1},
    "feeds.*.feeds": {"feeds.y": {"categories": ["手机"]}},
    "feeds.*.window.items": {"feeds.*.window.hours": 0},
    "feeds.*.window.hours": {"feeds.*.window.items": 1},
    **{f"{of}.*.webhook.{key}": {f"{of}.*.webhook": HOOK} for of in ("categories", "feeds") for key in HOOK},
}  # fmt: skip

#: The kind of a source chooses its section: other tests show each kind.
CHOICES = {f"sources.{kind}.kind" for kind in KINDS}


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
        name = next(iter(at)) if part == "*" else part
        at = at.setdefault(name, {})
    at[last] = value
    return changed


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[dict[str, Any]], dict[str, object]]]:
    """Gives the effects of a configuration, in one folder and with two servers."""
    path = tmp_path_factory.mktemp("effects")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(path / "ca.pem")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    fill(path)
    with serving() as server, serving(tls=tls) as secure:
        serve(server)
        serve(secure)
        known: dict[str, dict[str, object]] = {}

        def run(values: dict[str, Any]) -> dict[str, object]:
            key = repr(values)
            if key not in known:
                known[key] = effects(path, values, server, secure)
            return known[key]

        yield run


def test_every_key_is_tried() -> None:
    """A new key needs a value in this file, so that its effect is shown."""
    assert set(_keys()) - CHOICES == set(VALUES)


@pytest.mark.parametrize("key", VALUES)
def test_a_key_has_an_effect(world: Callable[[dict[str, Any]], dict[str, object]], key: str) -> None:
    """A key that is set changes a document, a page, a request to an upstream, or the state of an entry or upstream."""
    base = BASE
    for other, value in BESIDE.get(key, {}).items():
        base = _with(base, other, value)

    assert world(_with(base, key, VALUES[key])) != world(base)


def test_an_equal_configuration_has_no_other_effect(world: Callable[[dict[str, Any]], dict[str, object]]) -> None:
    """The effects are those of the configuration: at another time, an equal configuration has the same."""
    assert world(dict(reversed(BASE.items()))) == world(BASE)


@pytest.mark.parametrize("source", ["seeds", "upstream"])
@pytest.mark.parametrize("written", ["© 乙", "private"])
def test_rights_may_be_a_notice_or_a_word(
    world: Callable[[dict[str, Any]], dict[str, object]], source: str, written: str
) -> None:
    """In place of a mapping, `rights` of a source takes the word of its kind, or a notice."""
    assert world(_with(BASE, f"sources.{source}.rights", written)) != world(BASE)
