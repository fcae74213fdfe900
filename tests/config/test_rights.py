"""The rights that the configuration declares for sources, and what it says where they are missing."""

from pathlib import Path

import pytest

from feedsvc.config import load
from feedsvc.config.rights import is_public
from feedsvc.errors import ConfigError
from feedsvc.model import Terms

SITE = "site: {title: T, tag: 'e.org,2026', base_url: 'BASE'}\n"
SOURCE = "sources:\n  a:\n    kind: seeds\n    path: seeds\n"


def _written(tmp_path: Path, text: str, base: str = "https://feeds.example.org") -> Path:
    file = tmp_path / "feedsvc.yaml"
    file.write_text(SITE.replace("BASE", base) + text, "utf-8")
    return file


@pytest.mark.parametrize(
    ("written", "terms", "notice"),
    [
        ("own", Terms(kind="own"), None),
        ("private", Terms(kind="private"), None),
        ("{kind: feed}", Terms(kind="feed"), None),
        (
            "{kind: licensed, holder: 甲, url: 'https://a.example/', license: 'https://a.example/l'}",
            Terms(kind="licensed", holder="甲", url="https://a.example/", license="https://a.example/l"),
            None,
        ),
        ("© 甲", None, "© 甲"),
    ],
    ids=["a word", "private", "a mapping", "all keys", "a notice"],
)
def test_rights_are_read(tmp_path: Path, written: str, terms: Terms | None, notice: str | None) -> None:
    """A word or a mapping declares terms. Another text is a notice, and declares nothing."""
    file = _written(tmp_path, f"{SOURCE}    rights: {written}\n")
    (source,) = load(file, {}).sources

    assert (source.terms, source.rights) == (terms, notice)


def test_rights_may_come_from_the_environment(tmp_path: Path) -> None:
    """A variable may keep a source private."""
    file = _written(tmp_path, SOURCE)
    (source,) = load(file, {"FEEDSVC_SOURCES__A__RIGHTS": "private"}).sources

    assert source.terms == Terms(kind="private")


KINDS = "own, licensed, feed, private"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("privat", f"6:5: sources.a.rights: write one of: {KINDS}; did you mean 'private'? (got 'privat')"),
        ("Private", f"6:5: sources.a.rights: write one of: {KINDS}; did you mean 'private'?"),
        ("[own]", f"6:5: sources.a.rights: write one of: {KINDS} (got ['own'])"),
        ("''", f"6:5: sources.a.rights: write one of: {KINDS} (got '')"),
        ("{holder: 甲}", f"6:5: sources.a.rights: write a kind in it; there are: {KINDS}"),
        ("{kind: licenced}", f"6:14: sources.a.rights.kind: write one of: {KINDS}; did you mean 'licensed'?"),
        ("{kind: feed, url: x}", "6:26: sources.a.rights.url: write a whole http:// or https:// URL"),
        ("{kind: feed, holders: x}", "6:26: sources.a.rights.holders: unknown key; did you mean 'holder'?"),
    ],
)
def test_wrong_rights_are_named(tmp_path: Path, written: str, expected: str) -> None:
    """The message says where, what is wrong and what to write. A misspelt `private` never counts as a notice."""
    file = _written(tmp_path, f"{SOURCE}    rights: {written}\n")
    with pytest.raises(ConfigError) as caught:
        load(file, {})

    assert str(caught.value).startswith(f"{file}:{expected}")


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        ("{signals: {search: 1x}}", "web.robots.signals.search: write true or false (got '1x')"),
        ("{signals: {train: no}}", "web.robots.signals.train: no such signal; there are: search, ai-input, ai-train"),
        ("{disallow: ['*']}", "web.robots.disallow[0]: write the name of a robot, e.g. GPTBot"),
        ("{disallow: GPTBot}", "web.robots.disallow: write a list, e.g. [GPTBot]"),
        ("{alow: no}", "web.robots.alow: unknown key; did you mean 'allow'?"),
    ],
)
def test_wrong_robots_are_named(tmp_path: Path, robots: str, expected: str) -> None:
    """Each mistake of `web.robots` is named with its key and its remedy."""
    file = _written(tmp_path, f"web: {{robots: {robots}}}\n")
    with pytest.raises(ConfigError) as caught:
        load(file, {})

    assert expected in str(caught.value)


def test_a_public_site_is_told_of_undeclared_rights(tmp_path: Path) -> None:
    """One warning names all sources without declared rights, and the line to write. A notice declares nothing."""
    more = "    rights: © 甲\n  b: {kind: upstream, url: 'https://b.net/f'}\n  c: {kind: seeds, path: c, rights: own}\n"
    file = _written(tmp_path, SOURCE + more, "https://feeds.site.net/x")

    (warning,) = load(file, {}).warnings
    reason = "a, b: on a public site, declare what allows to republish"
    remedy = "write `rights: own` (or licensed, feed, private) below each"
    assert str(warning) == f"{file}:2:1: sources: {reason}: {remedy}"


@pytest.mark.parametrize("base", ["https://feeds.example.org", "http://127.0.0.1:8000", "http://nas:8000"])
def test_another_site_is_not(tmp_path: Path, base: str) -> None:
    """A site on an own machine or network, or of an example, has no such warning."""
    file = _written(tmp_path, SOURCE, base)

    assert load(file, {}).warnings == ()


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("https://feeds.site.net", True), ("https://8.8.8.8/x", True), ("https://[2606:4700::1]", True),
        ("https://myexample.org", True), ("http://192.168.1.2:8000", False), ("http://[::1]", False),
        ("http://10.0.0.1", False), ("http://169.254.1.1", False), ("https://localhost", False),
        ("https://feeds.local", False), ("https://nas.home.arpa", False), ("https://a.b.example", False),
        ("https://example.com", False), ("https://x.test.", False),
    ],
)  # fmt: skip
def test_public_addresses(base: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    """A host is public unless it is reserved, private, or a name without a dot."""
    assert is_public(base) is expected
