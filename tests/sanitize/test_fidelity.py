"""Nothing good is lost: text, pictures, links, headings, tables and code of articles as people write them."""

import re
from collections import Counter

import html5lib

from feedsvc.sanitize.html import clean
from tests.data.benign import Article, articles

ARTICLES = tuple(articles())

#: Elements whose content is neither a part of the text nor shown beside it.
SILENT = frozenset({"script", "style"})

#: The parts of an article, besides its words.
KEPT = (
    "img", "a", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "td", "th", "caption", "pre", "code", "ul", "ol",
    "li", "dt", "dd", "blockquote", "figure", "figcaption", "ruby", "rt", "video", "iframe", "details", "summary", "hr",
)  # fmt: skip


def _parsed(html: str) -> tuple[str, Counter[str]]:
    """The text without white space, and the number of each element."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    text: list[str] = []
    found: Counter[str] = Counter()

    def walk(element: object) -> None:
        tag = element.tag  # type: ignore[attr-defined]  # html5lib's trees have no types
        if isinstance(tag, str) and tag not in SILENT:
            found[tag] += 1
            text.append(element.text or "")  # type: ignore[attr-defined]
            for child in element:  # type: ignore[attr-defined]
                walk(child)
                text.append(child.tail or "")

    walk(tree)
    return re.sub(r"\s+", "", "".join(text)), found


def _kept(article: Article) -> tuple[str, str, Counter[str], Counter[str]]:
    before, tags = _parsed(article.html)
    after, left = _parsed(clean(article.html, base="https://example.com/a/").html)
    return before, after, tags, left


def test_there_are_enough() -> None:
    """There are hundreds of articles, of every shape."""
    assert len(ARTICLES) >= 300
    assert len({article.html for article in ARTICLES}) >= 290


def test_text_is_kept() -> None:
    """Each article keeps each word in its order, letter by letter."""
    for article in ARTICLES:
        before, after, _, _ = _kept(article)

        assert before == after, article.shape


def test_structure_is_kept() -> None:
    """At least 99 of 100 pictures, links, headings, tables, lists and pieces of code stay."""
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for article in ARTICLES:
        _, _, tags, left = _kept(article)
        before += tags
        after += left
    for tag in KEPT:
        assert after[tag] >= 0.99 * before[tag] > 0, (tag, before[tag], after[tag])


def test_none_becomes_plain_text() -> None:
    """No article that a person would write is out of bounds."""
    assert [article.shape for article in ARTICLES if clean(article.html).fallback] == []
