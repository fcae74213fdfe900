"""Each rule of the guard alone: a test here fails when that rule is taken out, whatever the other rules refuse."""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from feedsvc.errors import FetchError
from feedsvc.fetch.dial import GuardedResolver, check_target, guarded_socket
from feedsvc.fetch.guard import NOT_PLAIN, check_address, checked_url, is_own, is_public, without_secrets
from feedsvc.model import FetchPolicy

POLICY = FetchPolicy(user_agent="feedsvc/test")
PRIVATE = replace(POLICY, allow_private=True)
ALL = replace(PRIVATE, networks=("0.0.0.0/0", "::/0"))
LOOPBACK = replace(POLICY, networks=("127.0.0.1/32",))

AT_PRIVATE = "is at a private address"
AT_NONE = "is at an address where no feed can be"

# --- addresses -------------------------------------------------------------------------------------------------------

#: The first and the last address of each network that no configuration opens.
NEVER = [
    "0.0.0.0", "0.255.255.255", "169.254.0.0", "169.254.255.255", "168.63.129.16", "100.100.100.200", "192.0.0.192",  # noqa: S104
    "224.0.0.0", "255.255.255.255", "::", "fe80::", "febf::1", "fd00:ec2::254", "fd20:ce::254", "ff00::", "ff02::1",
]  # fmt: skip

#: The same address of a cloud, as each kind of translator writes it; and what is no address of IPv4.
WRAPPED = [
    "::ffff:169.254.169.254", "64:ff9b::169.254.169.254", "64:ff9b:1::169.254.169.254", "::ffff:0:169.254.169.254",
    "::169.254.169.254", "2002:a9fe:a9fe::1", "::2",
]  # fmt: skip


@pytest.mark.parametrize("address", [*NEVER, *WRAPPED])
def test_no_configuration_opens_an_address_that_no_feed_is_at(address: str) -> None:
    """No configuration opens these addresses, also inside an address of IPv6."""
    with pytest.raises(FetchError, match=AT_NONE):
        check_address(address, ALL)


@pytest.mark.parametrize(
    ("network", "inside", "outside"),
    [
        ("10.0.0.0/8", "10.255.255.255", "11.0.0.0"), ("100.64.0.0/10", "100.127.255.255", "100.128.0.0"),
        ("127.0.0.0/8", "127.255.255.255", "128.0.0.0"), ("172.16.0.0/12", "172.31.255.255", "172.32.0.0"),
        ("192.0.0.0/24", "192.0.0.255", "192.0.1.0"), ("192.0.2.0/24", "192.0.2.255", "192.0.3.0"),
        ("192.88.99.0/24", "192.88.99.255", "192.88.100.0"), ("192.168.0.0/16", "192.168.255.255", "192.169.0.0"),
        ("198.18.0.0/15", "198.19.255.255", "198.20.0.0"), ("198.51.100.0/24", "198.51.100.255", "198.51.101.0"),
        ("203.0.113.0/24", "203.0.113.255", "203.0.114.0"),
    ],
)  # fmt: skip
def test_each_private_network_is_closed_until_the_configuration_opens_it(
    network: str, inside: str, outside: str
) -> None:
    """The refusal names the network; the address behind it is public."""
    with pytest.raises(FetchError, match=re.escape(f"allow_networks: [{network}]")):
        check_address(inside, POLICY)
    check_address(inside, PRIVATE)
    check_address(inside, replace(POLICY, networks=(network,)))
    assert is_public(ipaddress.ip_address(outside))


@pytest.mark.parametrize(
    "address",
    [
        "::1",
        "fc00::1",
        "2001::1",
        "2001:1ff::1",
        "2001:db8::1",
        "2002:808:808::1",
        "3fff::1",
        "4000::1",
        "64:ff9b::808:808",
    ],
)
def test_each_part_of_ipv6_that_is_not_public_is_closed(address: str) -> None:
    """The configuration can open it: the machine itself, its network, examples, and tunnels."""
    with pytest.raises(FetchError, match=AT_PRIVATE):
        check_address(address, POLICY)
    check_address(address, PRIVATE)


@pytest.mark.parametrize(
    ("address", "network"), [("64:ff9b::127.0.0.1", "127.0.0.1/32"), ("2002:a00:1::", "10.0.0.0/8"), ("::1", "::1/128")]
)
def test_an_allowed_network_counts_for_the_address_inside(address: str, network: str) -> None:
    """A translator's address stands for the one that it reaches."""
    check_address(address, replace(POLICY, networks=(network,)))
    with pytest.raises(FetchError, match=AT_PRIVATE):
        check_address(address, replace(POLICY, networks=("192.168.0.0/16",)))


@pytest.mark.parametrize("address", ["", "example.org", "1.2.3", "fe80::1::2"])
def test_text_that_is_no_address_is_refused(address: str) -> None:
    """A resolver may answer anything."""
    with pytest.raises(FetchError, match="has no plain address"):
        check_address(address, ALL)


# --- URLs ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "0x7f000001",
        "0X7F000001",
        "0x7f.0.0.0x1",
        "127.0x1",
        "1.0x",
        "127.1",
        "2130706433",
        "0177.0.0.1",
        "a.9",
        "1.2.3.4.5.",
    ],
)
def test_a_host_that_ends_with_a_number_is_a_plain_address_or_refused(host: str) -> None:
    """WHATWG URL, 3.5: resolvers read hexadecimal and short forms, each in its own way. No setting allows them."""
    with pytest.raises(FetchError, match="its host is not a plain address"):
        checked_url(f"http://{host}/", ALL)


def test_a_host_that_ends_with_a_word_is_a_name() -> None:
    """`0xcafe.example` is a name, and so is one with a number in front."""
    for url in ("http://0xcafe.example/", "http://1.2.3.example/", "http://a.0xg/"):
        assert checked_url(url, POLICY) == url


@pytest.mark.parametrize(
    "url",
    [
        "http://exa%6dple.org/",
        "http://ｅxample.org/",
        "http://example．org/",
        "http:example.org/",
        "http:/example.org/",
        "https:example.org",
        "http://example.org/a b",
        "http://example.org/\\a",
        "http://example.org/\u3000",
        "ftp://example.org/",
    ],
    ids=ascii,
)
def test_a_url_that_programs_read_differently_is_refused(url: str) -> None:
    """Each of them alone, with a host that may be asked."""
    with pytest.raises(FetchError, match=re.escape(NOT_PLAIN)):
        checked_url(url, POLICY)


@pytest.mark.parametrize("port", [80, 443, 8000, 8080, 8443, 8888])
def test_the_usual_ports_are_open(port: int) -> None:
    """The ports beside them are not, until the configuration names one."""
    assert checked_url(f"http://example.org:{port}/", POLICY) == f"http://example.org:{port}/"
    for other in (port - 1, port + 1):
        with pytest.raises(FetchError, match=re.escape(f"give its source allow_ports: [{other}]")):
            checked_url(f"http://example.org:{other}/", POLICY)
        checked_url(f"http://example.org:{other}/", replace(POLICY, ports=frozenset({other})))
        checked_url(f"http://example.org:{other}/", PRIVATE)


def test_port_0_is_never_asked() -> None:
    """Port 1 is, where private hosts are allowed."""
    assert checked_url("http://10.0.0.5:1/", PRIVATE) == "http://10.0.0.5:1/"
    with pytest.raises(FetchError, match="no server can be on port 0"):
        checked_url("http://10.0.0.5:0/", PRIVATE)


@pytest.mark.parametrize(
    "name",
    ["nas", "localhost", "a.localhost", "a.local", "a.internal", "a.intranet", "a.lan", "a.home", "a.corp",
        "a.home.arpa",
     "local", "ip6-loopback.example", "A.LOCAL", "a.local."],
)  # fmt: skip
def test_a_name_of_the_own_network_is_refused_until_it_is_meant(name: str) -> None:
    """Names that no public server answers for (RFC 6761, RFC 6762, RFC 9476)."""
    with pytest.raises(
        FetchError, match="a name on a private network; if you want it, give its source allow_private: true"
    ):
        checked_url(f"http://{name}/", POLICY)
    checked_url(f"http://{name}/", PRIVATE)


def test_a_name_that_only_looks_like_one_of_the_own_network_is_asked() -> None:
    """The last part counts."""
    for url in ("http://local.example/", "http://alocal.example.org/", "http://ahome.arpa/"):
        assert checked_url(url, POLICY) == url


def test_a_message_shows_no_secret_of_a_url() -> None:
    """User, password and query are left out; so is a URL that cannot be read."""
    assert without_secrets("https://user:pass@example.org:8443/a?token=1#b") == "https://example.org:8443/a"
    assert without_secrets("https://example.org/") == "https://example.org/"
    assert without_secrets("http://[") == "the URL"


@pytest.mark.parametrize(
    ("host", "address", "own"),
    [("a.example", "fe80::1%eth0", True), ("fe80::1%eth0", None, True), ("A.local.", None, True),
        ("a.example", "::ffff:10.0.0.1", True)],
)  # fmt: skip
def test_an_address_with_a_zone_is_known_as_own(host: str, address: str | None, *, own: bool) -> None:
    """Systems write which interface an address is on."""
    assert is_own(host, address, POLICY) is own


def test_a_translated_address_of_an_allowed_network_is_not_own() -> None:
    """A proxy may answer names with such addresses."""
    policy = replace(POLICY, networks=("198.18.0.0/15",))

    assert not is_own("a.example", "64:ff9b::198.18.0.7", policy)
    assert is_own("a.example", "64:ff9b::10.0.0.7", policy)


# --- three layers, each alone ----------------------------------------------------------------------------------------


class Answers(AbstractResolver):
    """A look-up of names that gives these addresses."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self.addresses, self.is_closed = addresses, False
        self.asked: list[tuple[str, int, socket.AddressFamily]] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """As a system's resolver answers."""
        self.asked.append((host, port, family))
        if not self.addresses:
            raise OSError("no such name")
        return [
            {"hostname": host, "host": one, "port": port, "family": family, "proto": 0, "flags": 0}
            for one in self.addresses
        ]

    async def close(self) -> None:
        """Remember it."""
        self.is_closed = True


def test_the_socket_refuses_an_address_that_is_about_to_be_dialled() -> None:
    """Whatever was looked up and checked before."""
    make = guarded_socket(LOOPBACK)

    with pytest.raises(FetchError, match=AT_PRIVATE):
        make((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.2", 80)))
    with make((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))) as made:
        assert (made.family, made.type) == (socket.AF_INET, socket.SOCK_STREAM)


Look = Callable[[Answers, Callable[[str, str], None]], object]
LOOKS: dict[str, Look] = {
    "the resolver": lambda names, seen: asyncio.run(GuardedResolver(names, LOOPBACK, seen).resolve("a.example", 80)),
    "the check before a proxy": lambda names, seen: asyncio.run(
        check_target("http://a.example/", LOOPBACK, names, seen)
    ),
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("addresses", [["127.0.0.2"], ["127.0.0.1", "127.0.0.2"]])
def test_a_name_with_a_forbidden_address_is_refused(look: Look, addresses: list[str]) -> None:
    """A name with one forbidden address is refused, whatever its other addresses are."""
    with pytest.raises(FetchError, match=AT_PRIVATE):
        look(Answers(addresses), lambda *_: None)


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_the_addresses_of_a_name_are_told(look: Look) -> None:
    """`seen` hears each of them."""
    told: list[tuple[str, str]] = []
    look(Answers(["127.0.0.1", "93.184.216.34"]), lambda *seen: told.append(seen))

    assert told == [("a.example", "127.0.0.1"), ("a.example", "93.184.216.34")]


def test_a_name_without_an_address_is_not_given_to_a_proxy() -> None:
    """The look-up is closed also where it fails."""
    names = Answers([])
    with pytest.raises(FetchError, match="its name has no address here"):
        asyncio.run(check_target("http://a.example/", LOOPBACK, names, lambda *_: None))

    assert names.is_closed


def test_a_name_is_looked_up_as_it_is_asked_for() -> None:
    """For a connection in the family that is wanted; before a proxy, in all; at no port."""
    names = Answers(["127.0.0.1"])
    guarded = GuardedResolver(names, LOOPBACK, lambda *_: None)
    asyncio.run(guarded.resolve("a.example"))
    asyncio.run(guarded.resolve("a.example", 80, socket.AF_INET6))
    asyncio.run(guarded.close())
    other = Answers(["127.0.0.1"])
    asyncio.run(check_target("http://b.example:8080/x", LOOPBACK, other, lambda *_: None))

    assert names.asked == [("a.example", 0, socket.AF_INET), ("a.example", 80, socket.AF_INET6)]
    assert names.is_closed
    assert other.asked == [("b.example", 0, socket.AF_UNSPEC)]
