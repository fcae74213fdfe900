"""Where a redirect leads, as browsers read it."""

import asyncio

import pytest

from feedsvc.errors import FetchError
from feedsvc.fetch.client import Client
from feedsvc.fetch.redirects import target
from feedsvc.model import FetchPolicy
from tests.data.upstream import answer, serving

ASKED = "https://a.example/x/feed?y"

OPEN = FetchPolicy(user_agent="feedsvc/test", allow_private=True, timeout=5)


@pytest.mark.parametrize(
    ("location", "found"),
    [
        ("/a b/feed.xml", "https://a.example/a%20b/feed.xml"),
        (" /feed.xml \t", "https://a.example/feed.xml"),
        ("/fe\ted", "https://a.example/feed"),
        ("feed.xml?q=a b&c=d", "https://a.example/x/feed.xml?q=a%20b&c=d"),
        ("/文章/feed", "https://a.example/%E6%96%87%E7%AB%A0/feed"),
        ("/a%20b", "https://a.example/a%20b"),
        ("/100% sure", "https://a.example/100%%20sure"),
        ("/\udcce\udcc4", "https://a.example/%CE%C4"),
        ("/mythresh-do-c\udce9u", "https://a.example/mythresh-do-c%E9u"),
        ("//例子.example/订阅", "https://例子.example/%E8%AE%A2%E9%98%85"),
        ("http://b.example", "http://b.example"),
        ("?page=2", "https://a.example/x/feed?page=2"),
    ],
)
def test_a_location_is_read_as_browsers_read_it(location: str, found: str) -> None:
    """Blanks and non-ASCII bytes are percent-encoded unchanged, in GBK and Latin-1 too; the host is not."""
    assert target(ASKED, location) == found


@pytest.mark.parametrize(
    ("location", "path"),
    [
        (b"/a b/feed.xml", "/a%20b/feed.xml"),
        ("/文章".encode(), "/%E6%96%87%E7%AB%A0"),
        ("/文章".encode("gbk"), "/%CE%C4%D5%C2"),
        ("/quand-la-page-doit-être-pixel-perfect#_=_".encode(), "/quand-la-page-doit-%C3%AAtre-pixel-perfect"),
    ],
    ids=["a blank", "UTF-8", "GBK", "a fragment"],
)
def test_a_redirect_is_followed_byte_for_byte(location: bytes, path: str) -> None:
    """The request contains the bytes that the server sent in `Location`."""
    with serving() as upstream:
        upstream.answers["/feed"] = b"HTTP/1.1 302 X\r\ncontent-length: 0\r\nlocation: " + location + b"\r\n\r\n"
        upstream.answers[path] = answer("there")

        async def run() -> bytes:
            async with Client() as client:
                return (await client.get(f"{upstream.url}/feed", OPEN)).body

        assert asyncio.run(run()) == b"there"
        assert upstream.targets == ["/feed", path]


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1:{port} /x", "http://12 7.0.0.1/", "http://127.0.0.1:{port}@evil.example/", "\\\\127.0.0.1\\x"],
)
def test_a_host_that_is_not_plain_stays_refused(location: str) -> None:
    """Encoding repairs paths only, never hosts."""
    with serving() as upstream:
        upstream.answers["/feed"] = answer(b"", 302, location=location.format(port=upstream.port))

        async def run() -> None:
            async with Client() as client:
                await client.get(f"{upstream.url}/feed", OPEN)

        with pytest.raises(FetchError):
            asyncio.run(run())
        assert upstream.connections == 1


def test_an_encoded_redirect_is_checked_at_connection() -> None:
    """A private address behind a `Location` with a blank is refused like any other."""
    with serving() as upstream, serving("127.0.0.2") as other:
        upstream.answers["/feed"] = answer(b"", 302, location=f"http://127.0.0.2:{other.port}/a b")
        policy = FetchPolicy(
            user_agent="x", networks=("127.0.0.1/32",), ports=frozenset({upstream.port, other.port}), timeout=5
        )

        async def run() -> None:
            async with Client() as client:
                await client.get(f"{upstream.url}/feed", policy)

        with pytest.raises(FetchError, match="private address"):
            asyncio.run(run())
        assert other.connections == 0
