"""Feeds that a page names as its own."""

import pytest

from feedsvc.parse.opml import linked_feeds


def _page(*links: tuple[str, str, str]) -> str:
    return "".join(
        f'<link rel="alternate" type="application/{kind}" title="{title}" href="{href}">' for kind, title, href in links
    )


@pytest.mark.parametrize(
    ("page", "found"),
    [
        pytest.param(
            _page(("rss+xml", "甲 RSS", "/rss"), ("atom+xml", "甲 Atom", "/atom"), ("feed+json", "甲 JSON", "/json")),
            [("甲", "/atom", 2)],
            id="three formats",
        ),
        pytest.param(
            _page(("atom+xml", "X - Atom", "/posts/default"), ("rss+xml", "X - RSS", "/posts/default?alt=rss")),
            [("X", "/posts/default", 1)],
            id="Blogger",
        ),
        pytest.param(
            _page(("rss+xml", "X » Feed", "/feed/"), ("rss+xml", "X » Comments Feed", "/comments/feed/"))
            + _page(("json", "JSON", "/wp-json/wp/v2/pages/2")),
            [("X » Feed", "/feed/", 0), ("X » Comments Feed", "/comments/feed/", 0)],
            id="WordPress",
        ),
        pytest.param(
            _page(
                ("rss+xml", "X", "/feed.xml"),
                ("rss+xml", "X", "https://s.example/feed.xml"),
                ("rss+xml", "", "/feed.xml"),
            ),
            [("X", "/feed.xml", 0)],
            id="one address several times (miniflux/v2#2232)",
        ),
        pytest.param(
            _page(("rss+xml", "", "/index.xml"), ("atom+xml", "", "/atom.xml")),
            [("https://s.example/atom.xml", "/atom.xml", 1)],
            id="untitled",
        ),
        pytest.param(
            _page(("rss+xml", "RSS", "/a/rss"), ("rss+xml", "RSS", "/b/rss"), ("atom+xml", "Atom", "/b/atom")),
            [("RSS", "/a/rss", 0), ("https://s.example/b/atom", "/b/atom", 1)],
            id="two feeds of one title",
        ),
        pytest.param(
            _page(("rss+xml", "News", "/1.rss"), ("rss+xml", "News", "/2.rss")),
            [("News", "/1.rss", 0), ("News", "/2.rss", 0)],
            id="one format twice",
        ),
    ],
)
def test_several_formats_of_one_feed_are_one(page: str, found: list[tuple[str, str, int]]) -> None:
    """Each feed is one source with its richest format. The other formats are listed."""
    assert [
        (one.title, one.url.removeprefix("https://s.example"), len(one.others))
        for one in linked_feeds(f"<html><head>{page}</head></html>", "https://s.example/")
    ] == found
