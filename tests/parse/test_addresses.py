"""Readers learn the address of an upstream's feed only where anybody may know it."""

import pytest

from feedsvc.parse.addresses import own_address

ASKED = "https://news.example/feed.xml"
TOKEN = "https://news.example/feed.xml?token=abc"  # noqa: S105 - a sample


@pytest.mark.parametrize(
    ("self_link", "asked", "expected"),
    [
        (None, ASKED, ASKED),
        ("https://news.example/rss", ASKED, "https://news.example/rss"),
        ("https://news.example/?feed=rss2", ASKED, "https://news.example/?feed=rss2"),
        ("https://v.example/feeds/videos.xml?channel_id=UC1", ASKED, "https://v.example/feeds/videos.xml?channel_id=UC1"),
        (None, TOKEN, None),
        (TOKEN, TOKEN, None),
        (TOKEN, ASKED, ASKED),
        ("https://news.example/private/4711/feed.rss", TOKEN, None),
        ("https://news.example/feed/ina/gmU2B6OGqPRzYk/tags", TOKEN, None),
        ("https://news.example/rss/0f8fad5b-d9cb-469f-a165-70867728950e/podcast.rss", TOKEN, None),
        ("https://news.example/the-long-name-of-a-feed-2026/rss", TOKEN,
         "https://news.example/the-long-name-of-a-feed-2026/rss"),
        ("http://localhost:4000/feed.xml", ASKED, ASKED),
        ("http://192.168.0.7/feed", ASKED, ASKED),
        ("http://nas.local/feed", TOKEN, None),
        (None, "https://user:word@news.example/feed", None),
        (None, "http://10.0.0.8/feed", None),
        (f"https://news.example/?feed={'a' * 41}", TOKEN, None),
        ("https://r.example/.rss?feed=0f8fad5bd9cb469fa16570867728950e0f8fad5b&user=ann", TOKEN, None),
        ("https://r.example/content/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4.rss", TOKEN, None),
        ("https://r.example/feeds/0f8fad5b-d9cb-469f-a165-70867728950e.xml", TOKEN, None),
        ("https://r.example/0f8fad5bd9cb46/rss", TOKEN, None),
        ("https://r.example/feed/k3j2h4g5f6d7s8/", TOKEN, None),
        ("https://r.example/feed?id=aB3dE5fG7hJ9kL1mN3pQ", TOKEN, None),
        (None, "https://r.example/feeds/0f8fad5b-d9cb-469f-a165-70867728950e.xml", None),
        ("https://r.example/feed?q=ann%40mail.example", TOKEN, None),
    ],
)  # fmt: skip
def test_an_address_that_may_be_a_key_is_never_shown(self_link: str | None, asked: str, expected: str | None) -> None:
    """The address that the feed states, else the requested one, is shown, but never a secret one."""
    assert own_address(self_link, asked, is_private=False) == expected


def test_the_address_of_a_private_network_is_never_shown() -> None:
    """A source that may be on our own network shows only the address that its feed states."""
    assert own_address(None, ASKED, is_private=True) is None
    assert own_address("https://news.example/rss", ASKED, is_private=True) == "https://news.example/rss"
