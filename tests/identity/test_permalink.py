"""Permalinks: the addresses that Hexo wrote into its feeds, for many articles under many settings."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from feedsvc.config import load
from feedsvc.errors import EntryError
from feedsvc.identity import mint_guid
from feedsvc.identity.permalink import Post, encode_url, missing_tokens, permalink, slugize
from feedsvc.model import Permalinks, SourceSpec
from feedsvc.parse.seed import parse
from feedsvc.sources.seeds import scan

GOLDEN = json.loads((Path(__file__).parents[1] / "data" / "hexo" / "permalinks.json").read_text("utf-8"))

#: Articles on which we differ from Hexo, and why.
DIFFERENT = {
    "num-date.md": "milliseconds are no date that anybody would write by hand: a problem, not a guess",
    "invalid-date.md": "the same for words; Hexo takes the time of the file",
    "fm-none.md": "no front matter is a problem",
    "fm-bad.md": "a mistake is a problem; Hexo leaves the article out without a word",
    "dup-key.md": "the same",
    "fm-trail.md": "a space after the fence does not make the whole file its body",
    "pub-no.md": "`published: no` is no",
    "perm-num.md": "Hexo leaves out whose permalink is a number",
    "title-date.md": "a title that looks like a date is a title",
    "upper.MD": "whatever the case of its suffix, an article is one",
    "notes.txt": "the same for .txt",
    "skipme/a.md": "skip_render is a list of patterns that we do not read",
}

#: Hexo 7 has no `:timestamp` and wrote `undefined`, Hexo 8 has; ours is Hexo 8's.
NEWER = {"fm_keys": (":timestamp", "undefined")}

#: In the address of an article that has no `lang` either: ours is none.
LACKING = "/undefined/undefined/"

RULE = Permalinks(
    url="https://blog.example.org", pattern=":year/:month/:day/:title/", timezone=ZoneInfo("Asia/Shanghai"),
    built_in=ZoneInfo("Asia/Shanghai"),
)  # fmt: skip


def _spec(folder: Path, golden: dict[str, Any]) -> SourceSpec:
    config = golden["config"].replace(*NEWER.get(golden["name"], ("", "")))
    (folder / "_config.yml").write_text(config, "utf-8")
    file = folder / "feedsvc.yaml"
    built_in = golden["built_in"]
    file.write_text(f"sources: {{blog: {{kind: seeds, hexo_config: _config.yml, built_in: {built_in}}}}}", "utf-8")
    (spec,) = load(file, {}).sources
    return spec


def _guid(spec: SourceSpec, post: dict[str, str]) -> str | None:
    try:
        raw = parse(post["text"].encode(), f"{post['dir']}/{post['path']}", spec)
    except EntryError as error:
        return f"problem: {error}"
    return raw.guid if raw else None


@pytest.mark.parametrize("golden", GOLDEN["configs"], ids=lambda golden: str(golden["name"]))
def test_every_article_has_the_address_that_hexo_gave_it(golden: dict[str, Any], tmp_path: Path) -> None:
    """Under each setting, an article gets the guid that subscribers have. Drafts are left out as in Hexo."""
    spec = _spec(tmp_path, golden)
    (tmp_path / "source" / "_posts").mkdir(parents=True)
    for post in GOLDEN["posts"]:
        file = tmp_path / "source" / post["dir"] / post["path"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(post["text"], "utf-8")
    posts = {
        f"{post['dir']}/{post['path']}": (post, link)
        for post, link in zip(GOLDEN["posts"], golden["links"], strict=True)
        if post["path"] not in DIFFERENT and link is not None
    }
    found = {path: _guid(spec, posts[path][0]) for path in scan(spec).found if path in posts}
    expected = {
        path: mint_guid(spec.tag, spec.name, path) if LACKING in link else link
        for path, (_, link) in posts.items()
        if link
    }
    if not spec.has_future:
        found.pop("_posts/future.md")  # read, and placed when it is due

    assert {path: guid for path, guid in found.items() if guid} == expected
    assert expected


@pytest.mark.parametrize("path", DIFFERENT)
def test_each_listed_exception_is_needed(path: str, tmp_path: Path) -> None:
    """Each listed exception is needed."""
    (index,) = (index for index, post in enumerate(GOLDEN["posts"]) if post["path"] == path)

    assert any(
        (_guid(_spec(tmp_path, golden), GOLDEN["posts"][index]) or False) != golden["links"][index]
        for golden in GOLDEN["configs"]
    )


def test_an_address_with_unknown_tokens_is_none() -> None:
    """The time of a file and the id of a database are not known, so no address is made."""
    undated = Post(path="a.md", fields={"title": "a"}, date=None)

    assert permalink(RULE, undated) is None
    assert permalink(RULE, Post(path="a.md", fields={"permalink": "old/a"}, date=None)) == (
        "https://blog.example.org/old/a"
    )


def test_a_missing_field_affects_one_address_only() -> None:
    """An article without the field gets no address with `undefined`. The others keep theirs."""
    rule = replace(RULE, pattern="p/:abbrlink.html")
    lacking, having = ({"title": "a"}, {"title": "a", "abbrlink": "aa3f"})

    assert permalink(rule, Post(path="a.md", fields=lacking, date=None)) is None
    assert missing_tokens(rule, Post(path="a.md", fields=lacking, date=None)) == ("abbrlink",)
    assert permalink(rule, Post(path="a.md", fields=having, date=None)) == "https://blog.example.org/p/aa3f.html"
    assert missing_tokens(rule, Post(path="a.md", fields=having, date=None)) == ()


@pytest.mark.parametrize("value", [None, "", "  ", [], {}])
def test_an_empty_field_counts_as_missing(value: object) -> None:
    """Hexo wrote `null.html` for all of them. A default applies only to a missing field."""
    post = Post(path="a.md", fields={"title": "a", "abbrlink": value}, date=None)
    for defaults in ((), (("abbrlink", "x"),)):
        rule = replace(RULE, pattern="p/:abbrlink.html", defaults=defaults)

        assert permalink(rule, post) is None
        assert missing_tokens(rule, post) == ("abbrlink",)


def test_a_token_that_no_article_has_is_not_reported() -> None:
    """An id of the former machine's database is not reported as missing."""
    for pattern, missing in (("p/:id.html", ()), ("p/:id/:abbrlink.html", ("abbrlink",))):
        rule = replace(RULE, pattern=pattern)

        assert permalink(rule, Post(path="a.md", fields={}, date=None)) is None
        assert missing_tokens(rule, Post(path="a.md", fields={}, date=None)) == missing


@pytest.mark.parametrize(
    ("text", "case", "expected"),
    [
        ("Hello, World! 你好", 1, "hello-world-你好"),
        ("C++ & C#", 0, "C-C"),
        ("Ünïcode Straße Ærø", 0, "Unicode-Strase-AEro"),
        ("全角,标点。“引号”", 0, "全角-标点。“引号”"),
        ("a\tb", 2, "AB"),
        ("+++", 0, ""),
    ],
)
def test_slugize(text: str, case: int, expected: str) -> None:
    """Latin letters lose their marks, ASCII punctuation separates words, other characters stay."""
    assert slugize(text, case) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://例子.测试/路 径", "http://例子.测试/%E8%B7%AF%20%E5%BE%84"),
        ("HTTPS://Example.COM:443/a", None),
        ("https://Example.COM:443/a/./b/../c", "https://example.com/a/c"),
        ("https://example.com/100%/%25", "https://example.com/100%/%25"),
        ("https://example.com/a?", "https://example.com/a"),
        ("https://example.com/a?x='y z#t", "https://example.com/a?x=%27y%20z#t"),
        ("ftp://example.com/", None),
    ],
)
def test_addresses_are_written_as_browsers_do(url: str, expected: str | None) -> None:
    """The same characters are percent-encoded as in the former feed."""
    if expected is None:
        with pytest.raises(ValueError, match="not a web address"):
            encode_url(url)
    else:
        assert encode_url(url) == expected
