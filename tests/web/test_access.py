"""Pages for the operator: only clients of this machine and of the operator's networks see them."""

import ipaddress
from collections.abc import Callable
from typing import Any

import pytest

from feedsvc.store import Store
from feedsvc.web.access import Access
from feedsvc.web.clients import Network
from tests.conftest import CONFIG, Folder
from tests.data.samples import client

PROXY = "10.0.0.1"
OFFICE = "203.0.113.0/24"


def networks(*texts: str) -> tuple[Network, ...]:
    """Networks."""
    return tuple(ipaddress.ip_network(one) for one in texts)


def is_allowed(
    peer: str, trusted: tuple[str, ...] = (), named: tuple[str, ...] = (), *, is_public: bool = False, **fields: str
) -> bool:
    """Whether a request with these header fields is allowed."""
    environ = {"REMOTE_ADDR": peer, "HTTP_HOST": "localhost:8000"} | {f"HTTP_{k.upper()}": v for k, v in fields.items()}
    access = Access(
        trusted=networks(*trusted), networks=networks(*named), host="feeds.example.org", is_public=is_public
    )
    return access.is_allowed(environ)


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000", "[::1]"])
def test_this_machine_is_allowed(peer: str, host: str) -> None:
    """A program of this machine that asks for this machine sees it, without any configuration."""
    assert is_allowed(peer, host=host)


def test_behind_a_public_address_this_machine_opens_nothing() -> None:
    """A proxy on this machine may leave no trace: nginx does so by default. A named network opens it again."""
    assert not is_allowed("127.0.0.1", host="127.0.0.1:8000", is_public=True)
    assert is_allowed("127.0.0.1", (), ("127.0.0.0/8",), host="127.0.0.1:8000", is_public=True)


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("feeds.example.org", True), ("FEEDS.example.org:443", True), ("203.0.113.9:8000", True),
        ("[2001:db8::9]:80", True), ("nas:8000", True), ("evil.example.net", False), ("evil.example.net:80", False),
        ("feeds.example.org.evil.net", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("peer", ["203.0.113.5", PROXY])
def test_no_other_site_reads_it_in_a_browser_of_a_named_network(peer: str, host: str, *, allowed: bool) -> None:
    """A page of another site can give its own name our address. The request then has that name as its host."""
    fields: Any = {"x_forwarded_for": "203.0.113.5"} if peer == PROXY else {}
    assert is_allowed(peer, (PROXY,), (OFFICE,), host=host, is_public=True, **fields) is allowed


@pytest.mark.parametrize("peer", ["203.0.113.5", "2001:db8::1", "10.0.0.1", "", "unix:", "localhost", "169.254.1.1"])
def test_others_are_refused(peer: str) -> None:
    """Without configuration, no other machine and no process on a Unix socket sees it."""
    assert not is_allowed(peer)


@pytest.mark.parametrize("host", ["feeds.example.org", "feeds.example.org:8000", "localhost.example.org", ""])
def test_another_host_is_refused(host: str) -> None:
    """A proxy that adds no field often passes the public host on: then nobody is of this machine."""
    assert not is_allowed("127.0.0.1", host=host)


@pytest.mark.parametrize(
    "field", ["x_forwarded_for", "forwarded", "x_real_ip", "via", "x_forwarded_proto", "x_forwarded_host"]
)
@pytest.mark.parametrize("value", ["127.0.0.1", "", "for=127.0.0.1"])
def test_a_proxy_that_nobody_declared_is_refused(field: str, value: str) -> None:
    """Behind such a proxy, every visitor looks like this machine."""
    fields: Any = {field: value}
    assert not is_allowed("127.0.0.1", (), ("0.0.0.0/0",), **fields)


@pytest.mark.parametrize(
    ("peer", "forwarded", "allowed"),
    [
        (PROXY, "203.0.113.9", True),
        (PROXY, "198.51.100.1", False),
        (PROXY, "203.0.113.9, 198.51.100.1", False),
        (PROXY, "198.51.100.1, 203.0.113.9", True),
        (PROXY, "203.0.113.9, 10.0.0.1", True),
        (PROXY, "127.0.0.1", False),
        (PROXY, "10.0.0.1", False),
        (PROXY, "203.0.113.9, unknown", False),
        (PROXY, "203.0.113.9, unknown, 10.0.0.1", False),
        (PROXY, "", False),
        ("198.51.100.1", "203.0.113.9", False),
        ("203.0.113.9", "203.0.113.9", False),
        ("unix:", "203.0.113.9", True),
        ("", "198.51.100.1", False),
        ("", "127.0.0.1", False),
    ],
)
def test_a_trusted_proxy_says_who_asks(peer: str, forwarded: str, *, allowed: bool) -> None:
    """Behind a trusted proxy, the client must be of a named network. The proxy itself, and its machine, are not."""
    assert is_allowed(peer, ("10.0.0.1",), (OFFICE,), x_forwarded_for=forwarded) is allowed


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.0.0.1"])
def test_a_trusted_proxy_that_does_not_say_who_asks(peer: str) -> None:
    """If a trusted proxy names its client in another field than X-Forwarded-For, the request is refused."""
    assert not is_allowed(peer, ("127.0.0.1", "10.0.0.1"), (OFFICE,), forwarded="for=203.0.113.9")


@pytest.mark.parametrize(
    ("peer", "allowed"), [("203.0.113.5", True), ("203.0.114.5", False), ("::ffff:203.0.113.5", True)]
)
def test_a_named_network_is_allowed(peer: str, *, allowed: bool) -> None:
    """A client of a named network sees it."""
    assert is_allowed(peer, (), (OFFICE,), host="feeds.example.org") is allowed


@pytest.mark.parametrize("path", ["/status", "/metrics", "/explain?of=articles"])
def test_a_refusal_says_nothing(folder: Folder, store: Store, take_in: Callable[..., object], path: str) -> None:
    """The answer has the status 403 and no details, and no cache and no search engine keeps it."""
    take_in()
    folder.configure(f"{CONFIG}web: {{status_networks: [203.0.113.0/24]}}\n")
    web = client(folder, store)
    refused, allowed = (web.get(path, environ_overrides={"REMOTE_ADDR": one}) for one in ("192.0.2.1", "203.0.113.1"))

    assert (refused.status_code, allowed.status_code) == (403, 200)
    assert "articles" in allowed.text or path == "/metrics"
    assert [text for text in ("articles", "192.0.2.1") if text in refused.text] == []
    assert "frame-ancestors 'none'" in allowed.headers["Content-Security-Policy"]
    for response in (refused, allowed):
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex"
