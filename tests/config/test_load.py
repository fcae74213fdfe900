"""The configuration: a valid file gives objects, a wrong file gives all problems at once."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import trustme
import yaml

from feedsvc.catalogue import Catalogue, Stated, described
from feedsvc.config import Config, load
from feedsvc.config.schema import KEYS, SECTIONS
from feedsvc.errors import ConfigError
from feedsvc.filters.faults import CONFIGURED
from feedsvc.filters.forms import canonical
from feedsvc.filters.kinds.regex import Regex
from feedsvc.filters.readable import FIELDS
from feedsvc.filters.table import FILTERS
from feedsvc.model import FetchPolicy, Selection, Site, SourceSpec, Window
from feedsvc.normalize import WIDE_COLON, xml_safe

COMMITTED = Path(__file__).parents[2] / "config" / "feedsvc.yaml"

#: A key that is commented out, at any depth, or a filter in a list. Prose begins with a capital or holds a space before
#: its colon.
COMMENTED_KEY = re.compile(r"^( *)# ( *(?:(?:[a-z_]+|C/C\+\+|/\S+):(?: .*)?|- \{.*))$", re.MULTILINE)

SITE = 'site: {title: 站, tag: "example.org,2026"}\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file in which a test writes its configuration."""
    return tmp_path / "feedsvc.yaml"


def loaded(file: Path, text: str) -> Config:
    """The configuration of a text."""
    file.write_text(text, "utf-8")
    return load(file, {})


def problems(file: Path, text: str) -> list[str]:
    """The problems of a text, each as `line:column: key: reason`."""
    with pytest.raises(ConfigError) as caught:
        loaded(file, text)
    return [str(problem).removeprefix(f"{file}:") for problem in caught.value.problems]


def uncommented() -> str:
    """The committed configuration with every key set that it names."""
    return COMMENTED_KEY.sub(r"\1\2", COMMITTED.read_text("utf-8")).replace("aliases: {}", "aliases:")


# --- what is right ---------------------------------------------------------------------------------------------------


def test_an_empty_file_is_a_configuration(file: Path) -> None:
    """Every key has a default. A missing tag has a warning, because a tag can never change."""
    config = loaded(file, "")

    assert (config.site.title, config.site.language, config.sources) == ("feedsvc", "zh-CN", ())
    assert "site.tag: not set" in str(config.warnings[0])


def test_the_site_is_read(file: Path) -> None:
    """Each value is kept as it is written; the address loses its last slash."""
    text = (
        "{title: ' 站 ', base_url: 'https://e.org/文/', language: en, timezone: UTC, tag: 'e.org,2026', rights: © 甲}"
    )

    assert loaded(file, f"site: {text}").site == Site(
        title="站", base_url="https://e.org/%E6%96%87", language="en", timezone=ZoneInfo("UTC"), tag="e.org,2026",
        rights="© 甲",
    )  # fmt: skip


def test_a_source_is_read(file: Path) -> None:
    """A path is relative to the file. A source takes the site's value for each key that it does not have."""
    text = SITE + "sources: {a: {kind: seeds, path: ../seeds, categories: [文摘]}}"

    assert loaded(file, text).sources == (
        SourceSpec(
            name="a", kind="seeds", path=str(file.parents[1] / "seeds"), timezone=ZoneInfo("Asia/Shanghai"),
            tag="example.org,2026", categories=("文摘",),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "tags", "abstract", "fields"),
    [
        (
            "encrypt: {abstract: 已加密, tags: [{name: 日记, password: x}, {name: 7, password: y}]}",
            ("日记", "7"),
            "已加密",
            (),
        ),
        ("hide_posts: {filter: feed_hidden}", (), None, ("feed_hidden",)),
        ("encrypt: true", (), None, ()),
        ("encrypt: {tags: {日记: x}, abstract: [a]}\nhide_posts: [x]", (), None, ()),
    ],
    ids=["hexo-blog-encrypt", "hexo-hide-posts", "a flag", "odd shapes"],
)
def test_settings_of_plugins_that_hide_articles_are_read(
    file: Path, written: str, tags: tuple[str, ...], abstract: str | None, fields: tuple[str, ...]
) -> None:
    """Settings of Hexo's plugins say which articles are locked or hidden. Settings of another shape are ignored."""
    (file.parent / "_config.yml").write_text(f"url: https://blog.example.org\n{written}\n", "utf-8")
    (spec,) = loaded(file, SITE + "sources: {blog: {kind: seeds, hexo_config: _config.yml, tags: feeds}}\n").sources

    assert (spec.locking_tags, spec.locked_abstract, spec.hiding_fields) == (tags, abstract, fields)
    assert spec.tags_are_feeds


def test_feeds_and_categories_are_read(file: Path) -> None:
    """A feed without title is named by its slug; a category may say nothing."""
    config = loaded(
        file, SITE + "feeds: {x: {categories: [科技], window: {items: 5}}}\ncategories: {科技: , 甲: {slug: a}}"
    )

    site, of = config.site, Selection(categories=("科技",))
    assert config.catalogue == Catalogue(
        site=site,
        feeds={"x": described(site, "x", "x", of, Stated(window=Window(items=5)))},
        categories={
            "科技": described(site, "科技", "科技", of),
            "甲": described(site, "甲", "a", Selection(categories=("甲",))),
        },
        slugs={"甲": "a"},
        pages="('own', [])",
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [("feeds: {all: {S}}", ""), ("feeds: {x: {S, categories: [y]}}", "x"), ("categories: {x: {S}}", "x")],
    ids=["all", "a defined feed", "a category"],
)
def test_every_feed_takes_the_same_settings(file: Path, text: str, name: str) -> None:
    """Title, description, language and window can be stated of `all`, of a category's feed and of a defined feed."""
    stated = "title: T, description: D, language: en, window: {items: 5, hours: 6}"
    catalogue = loaded(file, SITE + text.replace("S", stated)).catalogue
    spec = catalogue.spec("x" if name else "all", "x" if text.startswith("cat") else None)

    assert (spec.title, spec.description, spec.language, spec.window) == ("T", "D", "en", Window(items=5, hours=6))


def test_a_feed_that_states_nothing_has_the_defaults(file: Path) -> None:
    """A category that the configuration does not name has the same defaults as one that it names."""
    catalogue = loaded(file, SITE + "categories: {科技: }").catalogue
    found = [catalogue.spec("y", name) for name in ("科技", "手机")]

    assert [one.title for one in found] == ["科技 - 站", "手机 - 站"]
    assert {(one.language, one.window) for one in found} == {("zh-CN", Window())}


def test_all_can_have_its_own_title_and_window(file: Path) -> None:
    """The feed of every entry needs no section, and may have one."""
    config = loaded(file, SITE + "feeds: {all: {window: {hours: 1}}}")

    assert (config.catalogue.feeds["all"].title, config.catalogue.feeds["all"].window.hours) == ("站", 1)


def test_aliases_add_to_the_default_aliases(file: Path) -> None:
    """A configured path is added to the default paths (/atom.xml …), or replaces one of them."""
    aliases = loaded(file, SITE + "web: {aliases: {/news.xml: 新.媒体.rss, /atom.xml: x.atom}}").aliases

    assert aliases["/news.xml"] == ("新.媒体", "rss")
    assert (aliases["/atom.xml"], aliases["/rss.xml"]) == (("x", "atom"), ("all", "rss"))


def test_anchors_and_merge_keys_work(file: Path) -> None:
    """YAML may repeat a part of the file. A key that stands beside a merge key replaces the merged one."""
    feeds = loaded(
        file, SITE + "feeds:\n  a: &a {title: A, categories: [x]}\n  b: {<<: *a, title: B}\n"
    ).catalogue.feeds

    assert (feeds["b"].title, feeds["b"].selection.categories) == ("B", ("x",))


def test_a_name_may_look_like_something_else(file: Path) -> None:
    """A category may have the name 2024, on or 12:30."""
    config = loaded(file, SITE + "categories:\n  2024: {slug: y}\n  on: {slug: o}\n  12:30: {slug: t}\n  0123:\n")

    assert list(config.catalogue.categories) == ["2024", "on", "12:30", "0123"]


@pytest.mark.parametrize("name", ["2024", "12:30", "0123", "007", "1.10", "1e3"])
def test_a_text_that_looks_like_a_number_stays_a_text(file: Path, name: str) -> None:
    """A title or a category's name that looks like a number is taken as it is written."""
    config = loaded(file, f"site: {{tag: 'e.org,2026', title: {name}}}\nfeeds: {{x: {{categories: [{name}]}}}}")

    assert (config.site.title, config.catalogue.feeds["x"].selection.categories) == (name, (name,))


def test_an_upstream_is_read_whole(file: Path) -> None:
    """An upstream has the values of its own section, and those of `http` for all upstreams."""
    trustme.CA().cert_pem.write_to_path(file.parent / "ca.pem")
    text = SITE + (
        "http: {timeout: 5, proxy: 'http://p:1', allow_networks: [198.18.0.0/15]}\n"
        "sources:\n  u: {kind: upstream, url: 'feed://e.org/f', every: 90, map: {a: b}, drop: [{author: ^x$}],"
        " allow_ports: [1200], ca: ca.pem, headers: {X-Token: t}, fingerprint: 'AB:CD" + ":00" * 30 + "'}\n"
    )
    (spec,) = loaded(file, text).upstreams

    assert (spec.name, spec.url, spec.every, spec.rules.map) == (
        "u",
        "feed://e.org/f",
        timedelta(minutes=90),
        (("a", "b"),),
    )
    assert spec.rules.drop == (Regex(field="author", pattern="^x$"),)
    assert spec.policy == FetchPolicy(
        user_agent=spec.policy.user_agent, timeout=5, proxy="http://p:1", networks=("198.18.0.0/15",),
        ports=frozenset({1200}), ca=str(file.parent / "ca.pem"), headers=(("X-Token", "t"),),
        fingerprint="abcd" + "00" * 30,
    )  # fmt: skip
    assert spec.policy.user_agent.startswith("feedsvc/")
    assert "(+" in spec.policy.user_agent


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("url: 'https://u:p@e.org/'", "whole http:// or https:// URL"), ("every: 5", "15"),
        ("article_key: '('", "not a regular expression"), ("drop: [{}]", "one field and its pattern"),
        ("drop: [{title: a, link: b}]", "one field and its pattern"), ("keep: [{titel: a}]", "did you mean 'title'"),
        ("keep: [title：a]", "full-width colon"), ("drop: {title: a}", "write a list of filters"),
        ("drop: [{title: 'a(?!b)'}]", "at character 2, `(?!`: look-around"), ("keep: [{newer: 7d}]", "filters by age"),
        ("headers: {Host: x}", "not a header that can be set"), ("headers: {X: 'a\u00e9'}", "one line of ASCII"),
        ("fingerprint: abc", "64 hex digits"), ("allow_networks: [all]", "write a network"),
        ("proxy: 'ftp://e'", "proxy as"), ("filters: [{title: a}]", "a source has keep and drop"),
        ("keep: [{title: {case: true}}]", "beside regex alone"),
    ],
)  # fmt: skip
def test_a_mistake_of_an_upstream_is_named(file: Path, inside: str, words: str) -> None:
    """The message of each mistake says what to write."""
    url = "" if inside.startswith("url") else "url: 'https://e.org/', "
    found = problems(file, f"sources:\n  u: {{kind: upstream, {url}{inside}}}")

    assert len(found) == 1
    assert words in found[0]


def test_each_fault_of_a_filter_has_its_line_and_column(file: Path) -> None:
    """The place is that of the wrong part, however deep it stands; the reason counts within the pattern."""
    around = CONFIGURED["around"].replace("{{", "{").replace("}}", "}")
    mistyped = "a flag is written as `(?i)`; `(?i)` is not needed here, because case does not count"
    found = problems(
        file,
        """\
sources:
  u:
    kind: upstream
    url: https://e.org/
    keep:
      - title: {words: [华为, '']}
      - none:
          - author: (i?)x
          - any: [{content: 'a(?=b)'}]
    drop: [{source: a}]
""",
    )

    assert [one.partition("(got")[0].rstrip() for one in found] == [
        "6:29: sources.u.keep[0].title.words[1]: write a text of 1 to 200 characters",
        f"8:13: sources.u.keep[1].none[0].author: at character 1, `(i?)`: {mistyped}",
        f"9:20: sources.u.keep[1].none[1].any[0].content: at character 2, `(?=`: {around}",
        "10:13: sources.u.drop[0].source: a rule counts for its own source alone; leave this filter out",
    ]


def test_a_feed_has_filters_and_feeds(file: Path) -> None:
    """A feed may have filters alone. Dates are in the zone of the site, and slugs are told apart as addresses are."""
    site = SITE.replace("{title", "{timezone: Asia/Shanghai, title")
    filters = "[{title: 芯片}, {newer: 2026-01-01}]"
    text = f"feeds: {{a: {{filters: {filters}}}, B: {{feeds: [Ａ], categories: [x]}}, c: {{feeds: [b, a]}}}}"
    feeds = loaded(file, site + text).catalogue.feeds

    assert canonical(feeds["a"].selection.filters) == (
        '[{"newer":"2025-12-31T16:00:00+00:00"},{"title":{"regex":"芯片"}}]'
    )
    assert feeds["a"].selection.feeds == ()
    assert (feeds["b"].selection.feeds, feeds["c"].selection.feeds) == (("a",), ("a", "b"))


#: The section `feeds` → the beginning of each problem.
FEEDS = {
    "{a: {feeds: [b]}, b: {feeds: [c, A]}, c: {feeds: [b]}}": [
        "1:21: feeds.a.feeds[0]: a feed cannot select itself: a → b → a; take one",
        "1:58: feeds.c.feeds[0]: a feed cannot select itself: c → b → c; take one",
    ],
    "{a: {feeds: [a]}}": ["1:21: feeds.a.feeds[0]: a feed cannot select itself: a → a"],
    "{chips: {filters: [{has: text}]}, a: {feeds: [chip]}}": [
        "1:54: feeds.a.feeds[0]: no feed 'chip'; did you mean 'chips'?"
    ],
    "{a: {feeds: [ALL]}}": ["1:21: feeds.a.feeds[0]: all is every entry"],
    "{a: {feeds: [科技]}}": ["1:21: feeds.a.feeds[0]: for the feed of a category write categories: [科技]"],
    "{a: {feeds: [手机], categories: [手机 ]}}": [
        "1:21: feeds.a.feeds[0]: for the feed of a category write categories: [手机]"
    ],
    "{a: {feeds: [b]}}": [
        "1:21: feeds.a.feeds[0]: no feed 'b'; known are: a; for the feed of a category write categories: [b]"
    ],
    "{a: {drop: [{title: x}]}}": ["1:13: feeds.a.drop: unknown key; a feed has filters"],
    "{all: {filters: [{has: text}]}}": ["1:9: feeds.all: all is every entry"],
    "{all: {digest: day}}": ["1:15: feeds.all.digest: all has each entry by itself"],
    "{a: {sources: [s], digest: month}}": ["1:27: feeds.a.digest: input should be 'hour', 'day' or 'week'"],
    "{a: {filters: [{older: soon}]}}": ["1:24: feeds.a.filters[0].older: write a date"],
}


@pytest.mark.parametrize(("feeds", "expected"), FEEDS.items())
def test_a_mistake_in_the_selection_of_a_feed_is_named(file: Path, feeds: str, expected: list[str]) -> None:
    """Feeds that do not exist, feeds that select themselves, and wrong filters, each at its place."""
    found = problems(file, f"feeds: {feeds}\ncategories: {{科技: {{}}}}\n")

    assert [one.startswith(start) for one, start in zip(found, expected, strict=True)] == [True] * len(expected), found


def test_a_short_interval_has_a_warning(file: Path) -> None:
    """A short interval is valid, and has a warning."""
    text = SITE + "sources:\n  u: {kind: upstream, url: 'https://e.org/', every: 15}\n"

    assert [one.reason for one in loaded(file, text).warnings] == [
        "sources.u.every: few hosts like more than two polls in an hour"
    ]


# --- the committed file ----------------------------------------------------------------------------------------------


def test_filters_that_do_nothing_are_warned_about(file: Path) -> None:
    """A filter by a source that there is not, however deep, and a filter that both keeps and drops."""
    config = loaded(
        file,
        SITE
        + """sources:
  cnbeta: {kind: upstream, url: "https://e.org/", title: 卡饭, rights: feed,
           keep: [{title: {words: [華為]}}, {title: x}], drop: [{has: text}, {title: {words: 华为}}]}
feeds:
  a: {filters: [{source: 卡饭}, {none: [{source: cnbate}]}, {source: CNBETA}, {source: {words: 广告}}]}
""",
    )

    assert [str(one).removeprefix(f"{file}:").partition(";")[0] for one in config.warnings] == [
        "6:31: feeds.a.filters[1]: no source of this file has such a name",
        "4:76: sources.cnbeta.drop[1]: keep has the same filter, and drop wins: no entry that it fits is shown",
    ]


def test_the_committed_configuration_is_valid_without_warnings() -> None:
    """The committed file is valid, and has no warnings."""
    assert load(COMMITTED, {}).warnings == ()


@pytest.mark.parametrize(("content", "reason"), [(None, "No such file"), (b"x", "no certificate in PEM")])
def test_certificates_are_checked_with_the_configuration(file: Path, content: bytes | None, reason: str) -> None:
    """A wrong file of certificates is a problem of the configuration, before the first poll."""
    if content is not None:
        (file.parent / "ca.pem").write_bytes(content)
    with pytest.raises(ConfigError, match=reason) as caught:
        loaded(file, SITE + "sources: {u: {kind: upstream, url: 'https://e.org/f', ca: ca.pem}}\n")

    assert str(caught.value).startswith(f"{file}:2:")


def test_every_commented_key_is_valid(file: Path) -> None:
    """The committed file with all its keys is valid, and has no warnings."""
    for folder in ("site", "site/config", "blog"):
        (file.parent / folder).mkdir()
    (file.parent / "blog" / "_config.yml").write_text("url: https://blog.example.org", "utf-8")
    trustme.CA().cert_pem.write_to_path(file.parent / "site" / "config" / "chain.pem")
    config = loaded(file.parent / "site" / "config" / file.name, uncommented())

    assert (config.site.base_url, config.aliases["/news/feed.xml"]) == ("https://feeds.example.org", ("新媒体", "rss"))
    assert config.warnings == ()


def _keys_of(filters: list[dict[str, Any]]) -> set[str]:
    """All keys in a list of filters."""
    lists = [inner for one in filters for inner in one.values() if isinstance(inner, list)]
    tests = [inner for one in filters for inner in one.values() if isinstance(inner, dict)]
    keys = {key for one in (*filters, *tests) for key in one}
    return keys.union(*map(_keys_of, lists))


def test_every_filter_stands_in_the_committed_file() -> None:
    """Each field, condition and combination is in a list of filters of the committed file."""
    values = yaml.safe_load(uncommented())
    owners = [*values["sources"].values(), *values["feeds"].values()]
    filters = [one for owner in owners for name in ("keep", "drop", "filters") for one in owner.get(name, ())]

    assert _keys_of(filters) == {*FIELDS, *(kind.key for kind in FILTERS), "case"}


def sections_at(path: tuple[str, ...]) -> list[Any]:
    """The sections at a path of the committed file."""
    found: list[Any] = [yaml.safe_load(uncommented())]
    for part in path:
        found = [child for one in found for name, child in (one or {}).items() if part in ("*", name)]
    return found


@pytest.mark.parametrize("path", [path for path in KEYS if path], ids=".".join)
def test_every_key_stands_in_the_committed_file(path: tuple[str, ...]) -> None:
    """The committed file is the reference: no key is missing from it."""
    # A word may stand in the place of `rights`.
    assert {key for one in sections_at(path) if isinstance(one, dict) for key in one} == KEYS[path]


NUMBERS = [
    (path, key, info.default)
    for path, section in SECTIONS
    for key, info in section.model_fields.items()
    if type(info.default) is int
]


@pytest.mark.parametrize(("path", "key", "default"), NUMBERS, ids=[".".join((*path, key)) for path, key, _ in NUMBERS])
def test_a_number_of_the_committed_file_is_the_default(path: tuple[str, ...], key: str, default: int) -> None:
    """A number that is commented out is the one that counts without it."""
    assert {one[key] for one in sections_at(path) if key in one} == {default}


# --- what is wrong ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # ProjectEvergreen/greenwood#1769
        pytest.param("sorces: {}", "1:1: sorces: unknown key; did you mean 'sources'?", id="misspelt section"),
        pytest.param("site: {titel: x}", "1:8: site.titel: unknown key; did you mean 'title'?", id="misspelt key"),
        pytest.param("xyz: 1", "1:1: xyz: unknown key; known are: categories, feeds, http", id="unknown section"),
        pytest.param("5: x", "1:1: 5: unknown key", id="number as key"),
        pytest.param("site: {base_url: 'ftp://x'}", "1:8: site.base_url: write the public address", id="base_url"),
        pytest.param("site: {base_url: 'https://e.org//f'}", "1:8: site.base_url: its path must", id="two slashes"),
        pytest.param("site: {base_url: 'https://e.org/a/../f'}", "1:8: site.base_url: its path must", id="dots"),
        pytest.param("site: {base_url: 'https://e.org/?a'}", "1:8: site.base_url: write the public", id="query"),
        pytest.param("site: {timezone: Mars/X}", "1:8: site.timezone: no such time zone", id="timezone"),
        pytest.param("site: {timezone: ../../etc/passwd}", "1:8: site.timezone: no such time", id="timezone as path"),
        pytest.param("site: {tag: example}", "1:8: site.tag: write a domain of yours and a year", id="tag"),
        pytest.param(
            "site: {language: 中文}",
            "1:8: site.language: no registered language; write one such as zh-CN",
            id="language",
        ),
        pytest.param(
            "site: {language: xx}",
            "1:8: site.language: no registered language; write one such as zh-CN",
            id="code of no language",
        ),
        pytest.param("web:\n  aliases: {/livez: all.rss}", "2:13: web.aliases./livez: this path is", id="own path"),
        pytest.param(
            "web: {frame_ancestors: ['x; script-src *']}",
            "1:25: web.frame_ancestors[0]: write an origin",
            id="no origin",
        ),
        pytest.param("site: {title: ' '}", "1:8: site.title: write something here", id="empty title"),
        pytest.param("site: {title: [a]}", "1:8: site.title: write a text (got ['a'])", id="list as title"),
        pytest.param("site: x", "1:1: site: write a mapping here: indented 'key: value' lines", id="no mapping"),
        pytest.param(
            "sources:\n  a: {path: x}",
            "2:3: sources.a: this source needs a kind; there are: seeds, upstream",
            id="no kind",
        ),
        pytest.param(
            "sources:\n  a: {kind: seed, path: x}",
            "2:3: sources.a: no kind 'seed'; there are: seeds, upstream; did you mean 'seeds'?",
            id="kind",
        ),
        pytest.param(
            "sources:\n  a: {kind: rss, url: 'https://e.org/'}",
            "2:3: sources.a: no kind 'rss'; there are: seeds, upstream",
            id="another kind",
        ),
        pytest.param("sources:\n  a: {kind: seeds}", "2:3: sources.a.path: this key is needed", id="missing key"),
        pytest.param(
            "sources:\n  a:\n    kind: seeds\n    path: x\n    pth: y",
            "5:5: sources.a.pth: unknown key; did you mean 'path'?",
            id="misspelt key of a kind",
        ),
        pytest.param(
            "sources:\n  a: {kind: seeds, path: x, keep: []}",
            "2:29: sources.a.keep: only for upstream; this source is of kind seeds",
            id="rule of a seed source",
        ),
        pytest.param(
            "sources:\n  a: {kind: seeds, path: x, every: 60}",
            "2:29: sources.a.every: only for upstream",
            id="interval of a seed source",
        ),
        pytest.param(
            "sources:\n  a: {kind: upstream, url: 'https://e.org/', path: x}",
            "2:46: sources.a.path: only for seeds; this source is of kind upstream",
            id="path of an upstream",
        ),
        pytest.param(
            "sources:\n  a: {kind: upstream, url: e.org/feed}",
            "2:23: sources.a.url: write the whole http:// or https:// URL of a feed, without user and password; "
            "did you mean https://e.org/feed?",
            id="no scheme",
        ),
        pytest.param(
            "sources:\n  a: {kind: upstream, url: 'htps://e.org/feed'}",
            "2:23: sources.a.url: write the whole",
            id="scheme misspelt",
        ),
        pytest.param(
            "site:\n  title: x\n    tag: y", "3:8: not YAML: mapping values are not allowed here; indent", id="indented"
        ),
        pytest.param("site:\n  title: x\n tag: y", "3:2: not YAML: expected <block end>, but found", id="outdented"),
        pytest.param("site:\r\n\ttitle: x\r\n", "2:1: not YAML: ", id="tab and Windows line ends"),
        pytest.param(
            "sources:\n  a: {kind: upstream, url: 'https://e.org/', every: 1}",
            "2:46: sources.a.every: input should be greater than or equal to 15 (got '1')",
            id="too often",
        ),
        pytest.param("feeds:\n  a b: {}", "2:3: feeds.a b: not usable in a URL; write it as a-b", id="slug"),
        pytest.param("feeds:\n  all:\n    window: {items: 0}", "3:14: feeds.all.window.items: ", id="window"),
        pytest.param(
            "feeds:\n  x:\n    categories: [a, [b]]", "3:21: feeds.x.categories[1]: write a text (got", id="list"
        ),
        pytest.param(
            "sources: {articles: {kind: seeds, path: x}}\nfeeds:\n  x: {sources: [article]}",
            "3:17: feeds.x.sources[0]: no source 'article'; did you mean 'articles'?",
            id="no such source",
        ),
        pytest.param(
            "feeds:\n  Tech: {categories: [a]}\n  tech: {categories: [a]}",
            "3:3: feeds.tech: the slug 'tech' is taken by feeds.Tech (line 2); choose another",
            id="slug taken",
        ),
        pytest.param(
            "feeds: {x: {categories: [a]}}\ncategories:\n  a: {slug: X}",
            "3:7: categories.a.slug: the slug 'X' is taken by feeds.x (line 1); choose another",
            id="category",
        ),
        pytest.param(
            "categories:\n  a: {slug: x}\n  b: {slug: ｘ}",
            "3:7: categories.b.slug: the slug 'ｘ' is taken by categories.a.slug (line 2)",
            id="width",
        ),
        pytest.param(
            "categories:\n  a: {parent: b}\n  b: {parent: a}",
            "2:7: categories.a.parent: 'a' is below itself; remove one parent",
            id="circle",
        ),
        pytest.param(
            "feeds:\n  科技: {window: {items: 100}}",
            "2:3: feeds.科技: this feed selects nothing; write categories, sources, feeds or filters",
            id="no selection",
        ),
        pytest.param(
            "feeds:\n  x: {categories: []}",
            "2:3: feeds.x: this feed selects nothing; write categories, sources, feeds or filters",
            id="empty selection",
        ),
        pytest.param(
            "categories:\n  a: {slug: All}", "2:7: categories.a.slug: the slug 'All' is taken", id="all taken"
        ),
        pytest.param("feeds:\n  all: {categories: [a]}", "2:3: feeds.all: all is every entry", id="all selects"),
        pytest.param("web: {aliases: {x: all.rss}}", "1:17: web.aliases.x: write a path from the root", id="alias"),
        pytest.param("web: {aliases: {/x: all}}", "1:17: web.aliases./x: write a feed and its format", id="format"),
        pytest.param(
            "web: {aliases: {/x<name>: <name>.rss}}", "1:17: web.aliases./x<name>: write a path", id="part of a segment"
        ),
        pytest.param(
            "web: {aliases: {/<name>/<name>: <name>.rss}}",
            "1:17: web.aliases./<name>/<name>: write a path",
            id="two names",
        ),
        pytest.param(
            "web: {aliases: {/x/<name>: all.rss}}",
            "1:17: web.aliases./x/<name>: <name> stands in both",
            id="alias alone",
        ),
        pytest.param(
            "web: {aliases: {/x: <name>.rss}}", "1:17: web.aliases./x: <name> stands in both", id="target alone"
        ),
        pytest.param("title：T", f"1:6: {WIDE_COLON}", id="full-width colon as root"),
        pytest.param("site：\n  title: T", f"1:5: {WIDE_COLON}", id="full-width colon of a section"),
        pytest.param("site:\n  title：T\n  tag: a.example,2026", f"2:8: {WIDE_COLON}", id="full-width colon"),
        pytest.param("site:\n  tag：T", f"1:1: site: {WIDE_COLON} (got 'tag：T')", id="full-width colon of all keys"),
        pytest.param(
            "site:\n  title: T\n  tag：T\n  rights: R", f"3:6: {WIDE_COLON}", id="full-width colon between others"
        ),
        pytest.param(
            "sources:\n  a: {kind: seeds, path: ~/blog}",
            "2:20: sources.a.path: '~' is not your home here; write the whole path",
            id="home",
        ),
        pytest.param(
            "sources:\n  a: {kind: upstream, url: 'https://a.example/', every: 60m}",
            "2:50: sources.a.every: write a whole number of minutes, e.g. 60 (got '60m')",
            id="number with a unit",
        ),
        pytest.param(
            "sources:\n  a: {kind: seeds, path: x, categories: 新媒体}",
            "2:29: sources.a.categories: write a list, e.g. [新媒体] (got '新媒体')",
            id="text as list",
        ),
        pytest.param(
            "sources:\n  a: {kind: upstream, url: 'https://a.example/', allow_private: maybe}",
            "2:50: sources.a.allow_private: write true or false (got 'maybe')",
            id="no truth value",
        ),
        pytest.param("- a", "1:1: write 'key: value' lines", id="list as root"),
        pytest.param("site:\n\ttitle: x", "2:1: not YAML: ", id="tab"),
        pytest.param("site: !!python/object:os.system {}", "1:7: not YAML: ", id="Python tag"),
        pytest.param("site: {title: *x}", "1:15: not YAML: ", id="alias without anchor"),
    ],
)
def test_a_problem_has_its_place_and_a_remedy(file: Path, text: str, expected: str) -> None:
    """The message of each mistake has line, column, key and remedy."""
    found = problems(file, text)

    assert len(found) == 1
    assert found[0].startswith(expected)


def test_a_full_width_colon_in_a_text_is_no_mistake(file: Path) -> None:
    """A full-width colon is allowed in values and comments; other mistakes have their own messages."""
    text = "# 注：站名\nsite:\n  title: 新闻：科技\n  contact: |\n    电话：1\n"

    assert loaded(file, text).site.title == "新闻：科技"
    assert "：" not in problems(file, text + "\n\n\n\ttag: x")[0]


def test_every_problem_is_shown_at_once(file: Path) -> None:
    """All problems of all kinds are named at once, in the order of their lines."""
    file.write_text("site: {titel: x, tag: no}\nsources:\n  a: {kind: seed}\nfeeds: {a b: {}}\nhttp: {timeout: x}\n")
    with pytest.raises(ConfigError) as caught:
        load(file, {"PORT": "x", "FEEDSVC_SITE__TIMEZONE": "Mars/X", "DATABASE_URL_FILE": "/nowhere"})

    assert [(one.place.rpartition("/")[2], one.line) for one in caught.value.problems[3:]] == [
        ("feedsvc.yaml", line) for line in (1, 1, 3, 4, 5)
    ]
    assert {one.place for one in caught.value.problems[:3]} == {
        "env PORT", "env FEEDSVC_SITE__TIMEZONE", "env DATABASE_URL_FILE",
    }  # fmt: skip


def test_every_duplicate_is_shown(file: Path) -> None:
    """A key that stands twice is a mistake at any depth: one of the two values would be lost."""
    found = problems(file, "site: {title: a}\nfeeds:\n  x: {}\n  x: {}\nsite: {title: b}\n")

    assert found == [
        "4:3: feeds.x: this key stands twice (first at line 3); remove one",
        "5:1: site: this key stands twice (first at line 1); remove one",
    ]


def test_a_problem_beside_a_merge_key_has_its_own_line(file: Path) -> None:
    """The place is that of the value that counts, not that of the merged value."""
    found = problems(file, SITE + "feeds:\n  a: &a {title: A}\n  b:\n    <<: *a\n    title: ''\n")

    assert [one.partition(" ")[0] for one in found] == ["6:5:"]


def test_a_key_that_is_no_word_is_a_problem(file: Path) -> None:
    """A list as a key is a problem."""
    assert problems(file, "? [a]\n: 1\n")


@pytest.mark.parametrize(
    "text",
    [
        "http: {proxy: 'ftp://user:sesame@h/'}",
        "http: {proxy: 'ftp://user:open/sesame@h/'}",
        "http: {proxy: 'ftp://user:open@sesame@h/'}",
        "http: {proxy: 'ftp://user:open sesame@h/'}",
        "http: {proxy: ['http://user:sesame@h/']}",
        "http: {timeout: 'http://user:sesame@h/'}",
        "http: {proxy: 'https://user:sesame@h/'}",
        "sources: {u: {kind: upstream, url: 'https://user:sesame@h/'}}",
        "sources: {u: {kind: 'https://user:sesame@h/'}}",
        "feeds: {x: {sources: ['https://user:sesame@h/']}}",
        "site: {base_url: 'https://user:sesame@h/'}",
    ],
)
def test_a_password_is_never_shown(file: Path, text: str) -> None:
    """A problem with a URL can be pasted into a bug report."""
    assert "sesame" not in "\n".join(problems(file, text))


def test_no_text_of_the_configuration_breaks_a_feed(file: Path) -> None:
    """A character that XML cannot hold is refused or removed."""
    try:
        title = loaded(file, 'site: {tag: "e.org,2026", title: "a\\u0001b"}').site.title
    except ConfigError:
        return

    assert xml_safe(title) == title


@pytest.mark.parametrize("data", [b"site: {title: \xff}", b"\x00"], ids=["not UTF-8", "NUL"])
def test_a_file_that_is_no_text_is_reported(file: Path, data: bytes) -> None:
    """The message for a file of other bytes names the file."""
    file.write_bytes(data)

    with pytest.raises(ConfigError, match=re.escape(str(file))):
        load(file, {})


def test_a_missing_file_is_reported(file: Path) -> None:
    """The message for a missing file says how to name another file."""
    with pytest.raises(ConfigError, match="no such file; set FEEDSVC_CONFIG or give --config"):
        load(file, {})


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbfsite: {title: x}\n", b"site:\r\n  title: x\r\n"], ids=["byte order mark", "Windows"]
)
def test_a_byte_order_mark_and_windows_lines_are_read(file: Path, data: bytes) -> None:
    """A byte order mark and Windows line ends are no part of the configuration."""
    file.write_bytes(data)

    assert load(file, {}).site.title == "x"


def test_a_folder_is_no_configuration(tmp_path: Path) -> None:
    """The message for a folder says to name the file in it."""
    with pytest.raises(ConfigError, match="a folder; name the file in it"):
        load(tmp_path, {})
