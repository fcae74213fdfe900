"""Posts in every kind of Markdown and tag: what readers get is what Hexo's feed gave them."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from feedsvc.config import load
from feedsvc.model import SourceSpec
from feedsvc.parse.seed import parse
from feedsvc.sanitize.entry import sanitize
from tests.data import hexo_posts

#: Written by tests/bench/hexo.py.
GOLDEN = Path(__file__).parents[1] / "data" / "hexo" / "posts.json"

#: Posts on whose text we differ from Hexo, and why.
DIFFERENT = {
    "codeblock 63": "`{{ a }}` stays in code; Hexo takes the value of a variable, which is nothing",
    "mixed 92": "`{% raw %}` alone in code stays; Hexo leaves it out",
    "reports 81": "a line that begins with a tag goes on in Markdown; Hexo shows the marks of the link",
    "reports 89": "CommonMark: below a line of text, a list begins with 1",
}

#: Posts whose text is equal, and whose addresses or breaks of lines differ, and why.
OTHERWISE_LINKED = {
    "html 46": "a break of a line before all text goes",
    "links 13": "a link without an address is text; Hexo links it to the page itself",
    "post_link 69": "a link to another post by its name is that post's title",
    "post_link 70": "a link to another post by its name is that post's title",
    "reports 87": "a bare address ends where Chinese punctuation begins",
    "reports 88": "a bare address ends where Chinese punctuation begins",
}

#: A date that names a zone. Hexo shifts it by the zone of the site; ours is the moment that the author names.
ZONED = re.compile(r"^date: .*T.*(?:Z|[+-]\d\d:\d\d)$", re.MULTILINE)

CONFIG = """\
site: {title: 新站, base_url: "https://feeds.example.org", tag: "example.org,2026", timezone: Asia/Shanghai}
sources:
  blog: {kind: seeds, hexo_config: blog/_config.yml}
"""


def _source() -> SourceSpec:
    with TemporaryDirectory() as folder:
        hexo_posts.write(Path(folder, "blog"))
        Path(folder, "feedsvc.yaml").write_text(CONFIG, "utf-8")
        (source,) = load(Path(folder, "feedsvc.yaml"), {}).sources
        assert isinstance(source, SourceSpec)
        return source


def ours() -> dict[str, dict[str, str]]:
    """Of each post by its title, what we make of it."""
    spec, found = _source(), {}
    for name, text in hexo_posts.posts().items():
        raw = parse(text.encode(), f"_posts/{name}", spec)
        assert raw is not None
        assert raw.published is not None
        found[raw.title] = {
            "id": raw.guid,
            "link": raw.link or "",
            "published": f"{raw.published:%Y-%m-%dT%H:%M:%S.000Z}",
            "content": sanitize(raw).content,
            "text": text,
        }
    return found


def differences(
    key: str, theirs: Mapping[str, Mapping[str, str]], made: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    """Of which posts a part is another one: the title, and both."""
    zoned = {title for title, post in made.items() if ZONED.search(post["text"])}
    for title, entry in theirs.items():
        pair = (entry[key], made[title][key])
        old, new = (hexo_posts.parts(one, entry["link"]) for one in pair) if key == "content" else pair
        if key == "content" and title in OTHERWISE_LINKED:
            old, new = map(hexo_posts.words, (old, new))
        is_named = (key == "content" and title in DIFFERENT) or (key == "published" and title in zoned)
        if old != new and not is_named:
            yield f"{title}: {old} | {new}"


@pytest.mark.parametrize(
    ("html", "other"),
    [
        ('<a href="/a">甲</a>', '<a href="/b">甲</a>'),
        ('<a href="/a">甲</a>', "甲"),
        ("甲<br>乙", "甲乙"),
        ('<img src="a.png">', "<img src='/a.png'>"),
        ("甲——乙", "甲—乙"),
    ],
)
def test_a_lost_address_is_a_difference(html: str, other: str) -> None:
    """Addresses, line breaks and dashes are compared as well as text."""
    assert hexo_posts.parts(html, "https://e.org/p/") != hexo_posts.parts(other, "https://e.org/p/")


@pytest.mark.parametrize("key", ["id", "link", "published", "content"])
def test_readers_get_what_hexo_gave_them(key: str) -> None:
    """Guid, link and date of each post are equal. Text, addresses and line breaks differ only where listed."""
    golden = json.loads(GOLDEN.read_text("utf-8"))["entries"]

    assert len(golden) >= 90
    assert list(differences(key, golden, ours())) == []
