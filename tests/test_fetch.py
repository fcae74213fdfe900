"""The door out: what it brings, and what it never asks."""

import ipaddress
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from feedsvc.errors import FetchError
from feedsvc.fetch import Policy, checked_url, fetch, is_public

POLICY = Policy(
    user_agent="feedsvc/test (+https://feeds.example.org)", allow_private=True, timeout=5, max_body=2_000_000
)


class _Upstream(BaseHTTPRequestHandler):
    """`/ok`, `/to?<location>`, `/big`, `/slow`, `/404`; remembers what it was asked."""

    asked: list[tuple[str, str | None]]

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers.get("User-Agent")))
        path, _, query = self.path.partition("?")
        status = {"/ok": 200, "/big": 200, "/to": 302, "/slow": 200}.get(path, 404)
        self.send_response(status)
        if path == "/to":
            self.send_header("Location", query)
        self.end_headers()
        if path == "/ok":
            self.wfile.write(b"hello")
        if path == "/big":
            for _ in range(40):
                self.wfile.write(b"x" * 100_000)
        if path == "/slow":
            threading.Event().wait(3)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def upstream() -> Iterator[tuple[str, list[tuple[str, str | None]]]]:
    """A real server on loopback, and what it was asked."""
    asked: list[tuple[str, str | None]] = []
    handler = type("Upstream", (_Upstream,), {"asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()


def test_a_body_is_fetched_under_our_name(upstream: tuple[str, list[tuple[str, str | None]]]) -> None:
    """Who is asked can see by whom."""
    url, asked = upstream

    assert fetch(f"{url}/ok", POLICY) == b"hello"
    assert asked == [("/ok", "feedsvc/test (+https://feeds.example.org)")]


def test_redirects_are_followed(upstream: tuple[str, list[tuple[str, str | None]]]) -> None:
    """Relative ones too, a few times."""
    url, _ = upstream

    assert fetch(f"{url}/to?/to?/ok", POLICY) == b"hello"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/404", "the server answers 404"),
        ("/big", "larger than 2 MB"),
        ("/slow", "no complete answer within 1 s"),
        ("/to?/to?/to?/to?/to?/to?/to?/ok", "more than 5 redirects"),
        ("/to?file:///etc/passwd", "not a plain http"),
        ("/to?//user:pass@127.0.0.1/", "not a plain http"),
        ("/to?http://[", "not a plain http"),
    ],
)
def test_a_failure_is_one_line(upstream: tuple[str, list[tuple[str, str | None]]], path: str, words: str) -> None:
    """It names the address and what is wrong, and holds no credentials."""
    url, _ = upstream
    with pytest.raises(FetchError) as caught:
        fetch(f"{url}{path}", replace(POLICY, timeout=1))

    assert words in str(caught.value)
    assert "pass" not in str(caught.value).replace("/etc/passwd", "")


@pytest.mark.parametrize("path", ["/ok", "/to?/ok"])
def test_a_private_address_is_not_even_dialled(
    upstream: tuple[str, list[tuple[str, str | None]]], path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard sees what is dialled: the server hears nothing."""
    url, asked = upstream
    port = int(url.rpartition(":")[2])
    monkeypatch.setattr("feedsvc.fetch.PORTS", frozenset({port}))
    with pytest.raises(FetchError, match="allow private"):
        fetch(f"http://localhost:{port}{path}", replace(POLICY, allow_private=False))

    assert asked == []


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "file:///etc/passwd", "http://user@example.org/", "http://example.org:22/",
     "http://exa mple.org/", "http://example.org\\@evil.example/", "//example.org/", "http://["],
)  # fmt: skip
def test_what_is_no_plain_web_url_is_refused(url: str) -> None:
    """Before any name is looked up."""
    with pytest.raises(FetchError):
        checked_url(url, replace(POLICY, allow_private=False))


PRIVATE = [
    "127.0.0.1", "127.8.9.10", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104 - refused
    "198.18.0.1", "224.0.0.1", "255.255.255.255", "168.63.129.16", "::1", "::", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
    "2002:7f00:1::", "fe80::1%eth0", "fc00::1", "fec0::1", "2001:db8::1", "100::1", "ff02::1", "::127.0.0.1",
    "2001::1", "not an address",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address: str) -> None:
    """Loopback, private, link-local, carrier's, documentation's, and IPv4 in every disguise of IPv6."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "2400:3200::1"])
def test_public_addresses(address: str) -> None:
    """Everything else may be asked."""
    assert is_public(address)
    assert ipaddress.ip_address(address).is_global
