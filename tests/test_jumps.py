"""An entry's link is where a reader wants to go, not the page that counts readers."""

import pytest

from feedsvc.jumps import destination

GOOGLE = "https://www.google.com/url?rct=j&sa=t&url="


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (f"{GOOGLE}https://n.example/a%3Fid%3D1%26b%3D2&ct=ga&cd=x&usg=y", "https://n.example/a?id=1&b=2"),
        (f"{GOOGLE}https%3A%2F%2Fn.example%2Fa%3Fid%3D1&ct=ga", "https://n.example/a?id=1"),
        (f"{GOOGLE}https://n.example/a&ct=ga&cd=x", "https://n.example/a"),
        ("https://www.google.de/url?q=https://n.example/?a=1&b=2&sa=D", "https://n.example/?a=1&b=2"),
        ("http://www.bing.com/news/apiclick.aspx?ref=F&url=https%3a%2f%2fn.example%2fa%3fx%3d1&c=5", "https://n.example/a?x=1"),
        ("https://go.theregister.com/feed/www.theregister.com/2026/01/02/x/", "https://www.theregister.com/2026/01/02/x/"),
        ("http://us.rd.yahoo.com/dailynews/rss/*http://n.example/a", "http://n.example/a"),
        ("http://feedproxy.google.com/~r/Name/~3/abc/https://n.example/a", "https://n.example/a"),
        (f"{GOOGLE}https://out.reddit.com/x%3Furl%3Dhttps%253A%252F%252Fn.example%252Fa", "https://n.example/a"),
    ],
)  # fmt: skip
def test_a_jump_link_becomes_its_target(link: str, expected: str) -> None:
    """The target in the address is used, in any encoding that the jump's owner uses."""
    assert destination(link) == expected


@pytest.mark.parametrize(
    "link",
    ["http://feedproxy.google.com/~r/Name/~3/abc/", "https://s.click.taobao.com/x", "https://www.google.com/url?q=javascript:x",
     "https://n.example/a?utm_source=rss", "https://go.theregister.com/feed/x", "https://www.google.com/search?q=https://n.example/"],
)  # fmt: skip
def test_other_links_are_unchanged(link: str) -> None:
    """An entry never loses its only link. A link that is not a jump is unchanged."""
    assert destination(link) == link
