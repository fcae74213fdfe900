"""The names of programs, and the subscribers of aggregators, from User-Agent."""

import pytest

from feedsvc.web.agents import agent_of

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("text", "name", "subscribers"),
    [
        ("Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers; like FeedFetcher-Google)", "Feedly", 16),
        ("NewsBlur Feed Fetcher - 12 subscribers - http://www.newsblur.com/site/1/x", "NewsBlur Feed Fetcher", 12),
        ("Inoreader/1.0 (+http://www.inoreader.com/feed-fetcher; 3 subscribers; )", "Inoreader", 3),
        ("Feedbin feed-id:1234 - 1 subscribers", "Feedbin", 1),
        ("Mozilla/5.0 (compatible; theoldreader.com; 5 subscribers; feed-id=5d2)", "theoldreader.com", 5),
        ("Mozilla/5.0 (compatible; BazQux/2.4; +https://bazqux.com/fetcher; 2 subscribers)", "BazQux", 2),
        ("FeedHQ/1.2 (https://feedhq.org; 1 subscriber; )", "FeedHQ", 1),
        ("Tiny Tiny RSS/21.05 (https://tt-rss.org/)", "Tiny Tiny RSS", None),
        ("FreshRSS/1.24.1 (Linux; https://freshrss.org)", "FreshRSS", None),
        ("Mozilla/5.0 (X11; rv:128.0) Gecko/20100101 Thunderbird/128.0", "Thunderbird", None),
        (BROWSER, "browser", None),
        ("", "unnamed", None),
        ("/;(", "unnamed", None),
        ("curl/8.5.0", "curl", None),
        ("someone@example.org reader/1", "reader", None),
        ("reader 192.0.2.7", "reader", None),
        ("阅读器 <script>alert(1)</script>", "unnamed", None),
        ("a" * 500, "unnamed", None),
    ],
)
def test_a_program(text: str, name: str, subscribers: int | None) -> None:
    """A name has no version, number, address or markup. Only an aggregator has subscribers."""
    assert agent_of(text) == (name, subscribers)
