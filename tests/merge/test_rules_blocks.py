"""Take-downs, as pure rules: which texts a pattern fits, what a target means, and which names recognise an item."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.merge.blocks import Blocks, Name, Named, fits, pattern_of, target_of

BASE = "https://feeds.example.org/news"
NUMBER = "0123456789abcdef"
TEXTS = st.text(alphabet="aB*./", max_size=12)

PIECE = Named(
    source="news", guids=("17", "urn:x:long-enough"), links=("https://www.site.example/a/17.htm",), key="17",
    hash="f00", title_key="标题", published=datetime(2026, 3, 1, tzinfo=UTC),
)  # fmt: skip
NOTHING = Named(source="news", guids=("other",))


@given(pattern=TEXTS, text=TEXTS)
def test_a_pattern_fits_what_a_regular_expression_fits(pattern: str, text: str) -> None:
    """`*` stands for any characters, everything else for itself, without regard to case."""
    expression = ".*".join(map(re.escape, pattern.split("*")))

    assert fits(pattern, text) == (re.fullmatch(expression, text, re.IGNORECASE | re.DOTALL) is not None)


def test_a_pattern_with_many_stars_takes_no_time() -> None:
    """No pattern tries anything twice."""
    assert not fits("*a" * 2_000 + "b", "a" * 20_000)


@pytest.mark.parametrize(
    ("text", "kind", "page"),
    [
        (f"/articles/{NUMBER}", "article", None),
        (f"{BASE}/articles/{NUMBER}/", "article", None),
        (f"/news/articles/{NUMBER}?x=1", "article", None),
        (f"https://elsewhere.example/articles/{NUMBER}", "link", f"elsewhere.example/articles/{NUMBER}"),
        ("http://www.a.example/b/?utm_source=x", "link", "a.example/b"),
        ("https://link.zhihu.com/?target=https%3A//a.example/b", "link", "a.example/b"),
        ("a.example/b", "link", "a.example/b"),
        ("//a.example/b", "link", "a.example/b"),
        ("https://a.example/", "link", None),
        ("tag:a.example,2026:b/c.txt", "guid", None),
        ("urn:uuid:1", "guid", None),
        ("17", "guid", None),
    ],
)
def test_what_a_text_means(text: str, kind: str, page: str | None) -> None:
    """A text is an address of our own pages, another address in any spelling, or a guid."""
    found = target_of(text, BASE)

    assert (found.kind, found.page) == (kind, page)
    assert found.article == (NUMBER if kind == "article" else None)


@pytest.mark.parametrize("text", ["*", "http*", "https://*", "*www.*", "tag:*", "a*b*c", ""])
def test_a_pattern_needs_some_characters(text: str) -> None:
    """A pattern that fits nearly everything is refused."""
    assert pattern_of(text) is None


@pytest.mark.parametrize(
    ("again", "is_blocked"),
    [
        (replace(NOTHING, guids=("17",)), True),
        (replace(NOTHING, source="others", guids=("17",)), False),
        (replace(NOTHING, source="others", guids=("x", "urn:x:long-enough")), True),
        (replace(NOTHING, source="others", links=("http://site.example/a/17.htm?spm=1",)), True),
        (replace(NOTHING, key="17"), True),
        (replace(NOTHING, source="others", key="17"), False),
        (replace(NOTHING, source="others", hash="f00"), True),
        (replace(NOTHING, title_key="标题", published=PIECE.published), True),
        (replace(NOTHING, title_key="标题", published=datetime(2026, 3, 2, tzinfo=UTC)), False),
        (replace(NOTHING, title_key="标题"), False),
        (replace(NOTHING, source="others", title_key="标题", published=PIECE.published), False),
        (NOTHING, False),
    ],
)
def test_the_names_that_recognise_an_item(again: Named, *, is_blocked: bool) -> None:
    """A globally unique guid, a page and a raw form count in all sources, other names in their own source."""
    assert Blocks(signs=PIECE.lasting(())).has(again) == is_blocked


def test_a_shared_name_is_no_sign() -> None:
    """A name that several entries of a source have is left out."""
    left = Blocks(signs=PIECE.lasting({Name("page", "site.example/a/17.htm"), Name("guid", "17")}))

    assert not left.has(replace(NOTHING, guids=("17",), links=PIECE.links))
    assert left.has(replace(NOTHING, hash="f00"))


@pytest.mark.parametrize(
    ("text", "is_blocked"),
    [
        ("17", True),
        ("https://site.example/a/17.htm?utm_source=x", True),
        ("18", False),
        ("https://site.example/", False),
    ],
)
def test_a_target_blocks_in_all_sources(text: str, *, is_blocked: bool) -> None:
    """What an operator names is blocked wherever it comes from, stored or not."""
    asked = replace(PIECE, source="any", hash="", key="")

    assert Blocks(signs=target_of(text, BASE).signs).has(asked) == is_blocked


@pytest.mark.parametrize(
    ("pattern", "is_blocked"),
    [
        ("https://www.site.example/a/*", True), ("http://site.example/a/*", True), ("site.example/*.HTM", True),
        ("urn:x:long*", True), ("*ong-enoug*", True), ("site.example/b/*", False), ("urn:x:long", False),
    ],
)  # fmt: skip
def test_a_pattern_blocks_links_and_guids(pattern: str, *, is_blocked: bool) -> None:
    """In the pattern of an address, scheme and `www.` do not count."""
    found = pattern_of(pattern)
    assert found

    assert Blocks(patterns=(found.text,)).has(PIECE) == is_blocked
