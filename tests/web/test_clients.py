"""The client of a request that came through proxies: nobody can pretend to be another client."""

import ipaddress

import pytest

from feedsvc.web.clients import client_of

TRUSTED = tuple(ipaddress.ip_network(one) for one in ("127.0.0.1", "10.0.0.0/8", "fd00::/8"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.5", None, "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "192.0.2.66, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("127.0.0.1", "10.1.2.3", "10.1.2.3"),
        ("127.0.0.1", "192.0.2.66, garbage", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", " , ", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("127.0.0.1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("fd00::1", "2001:db8::7", "2001:db8::7"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("", "198.51.100.1", "198.51.100.1"),
        ("unix:", "198.51.100.1", "198.51.100.1"),
    ],
)
def test_the_last_address_that_is_no_proxy_counts(peer: str, forwarded: str | None, client: str) -> None:
    """Only addresses that a trusted proxy added to X-Forwarded-For count."""
    assert client_of(peer, forwarded, TRUSTED) == client


def test_without_trusted_proxies_the_peer_counts() -> None:
    """By default, a header changes nothing."""
    assert client_of("127.0.0.1", "198.51.100.1", ()) == "127.0.0.1"
