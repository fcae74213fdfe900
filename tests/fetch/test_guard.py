"""Addresses that are never asked: private addresses as text, behind names, behind redirects, and in every spelling."""

import asyncio
import ipaddress
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from feedsvc.errors import FetchError
from feedsvc.fetch.client import Client
from feedsvc.fetch.guard import PORTS, check_address, checked_url, is_own, is_public
from feedsvc.model import FetchPolicy
from tests.data.upstream import Upstream, answer, serving

POLICY = FetchPolicy(user_agent="feedsvc/test (+https://feeds.example.org)", timeout=5)

#: No connection goes out where only loopback may be asked.
HOME = replace(POLICY, networks=("127.0.0.1/32",))

#: As a whole, as text.
FORBIDDEN_URLS = {
    "own machine": [
        "http://127.0.0.1/", "http://127.99.1.2/", "http://0.0.0.0/", "http://[::1]/", "http://[::]/", "http://0/",
        "http://[0:0:0:0:0:0:0:1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/",
    ],
    "own machine, spelled otherwise": [
        "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/",
        "http://0177.0.0.1/", "http://017700000001/", "http://127.0.0.1./", "http://127.000.000.001/",
        "http://１２７.０.０.１/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://%31%32%37.0.0.1/",
        "http://127.0.0.%31/", "http://127.0.0.1%00.example.com/", "http://127.0.0.1%2eexample.com/",
    ],
    "own network": [
        "http://10.1.1.1/", "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.1.1/", "http://100.64.0.1/",
        "http://198.18.0.1/", "http://[fc00::1]/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fec0::1]/",
        "http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::a00:1]/", "http://[2002:7f00:1::]/",
        "http://[2001:0:7f00:1::]/", "http://[::ffff:0:127.0.0.1]/",
    ],
    "a cloud's own": [
        "http://169.254.169.254/latest/meta-data/", "http://2852039166/", "http://0xa9fea9fe/", "http://192.0.0.192/",
        "http://100.100.100.200/", "http://168.63.129.16/", "http://[fd00:ec2::254]/", "http://[::ffff:a9fe:a9fe]/",
        "http://[64:ff9b::a9fe:a9fe]/", "http://[2002:a9fe:a9fe::]/", "http://metadata.google.internal/",
    ],
    "nobody and everybody": [
        "http://192.0.2.1/", "http://198.51.100.7/", "http://203.0.113.9/", "http://224.0.0.1/", "http://240.0.0.1/",
        "http://255.255.255.255/", "http://192.88.99.1/", "http://[ff02::1]/", "http://[2001:db8::1]/",
        "http://[100::1]/",
    ],
    "names of the own network": [
        "http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://a.localhost/", "http://ip6-localhost/",
        "http://printer.local/", "http://intranet/", "http://ｌｏｃａｌｈｏｓｔ/", "http://loca\u00adlhost/",
        "http://loc\u200balhost/", "http://ⓛocalhost/",
    ],
    "no plain URL": [
        "http://127.0.0.1@example.com/", "http://example.com@127.0.0.1/", "http://u:p@example.com/",
        "http://example.com\\@127.0.0.1/", "http://127.0.0.1\\@example.com/", "http:\\\\127.0.0.1\\",
        "http:///127.0.0.1/", "http:127.0.0.1/", "http://", "//127.0.0.1/", "http://exa mple.com/",
        "http://example.com\t/", "http://example.com/\r\nHost: 127.0.0.1", "http://127.0.0.1#@example.com/",
        "http://127.0.0.1?@example.com/", "http://[", "", "http://example.com:65536/", "http://example.com:-1/",
        "http://example.com:80a/", "http://example.com:0/",
    ],
    "other schemes": [
        "file:///etc/passwd", "FILE:///etc/passwd", "ftp://example.com/", "gopher://example.com:6379/_x",
        "dict://example.com/", "data:text/xml,<rss/>", "javascript:alert(1)", "unix:///run/docker.sock",
        "jar:http://example.com!/", "view-source:http://example.com/", "feed:file:///etc/passwd", "ws://example.com/",
        "feed://127.0.0.1/",
    ],
    "ports of other services": [
        f"http://example.com:{port}/" for port in (22, 25, 2375, 5432, 6379, 9200, 11211)
    ],
}  # fmt: skip

#: URL that is asked for → URL that is requested; None if it is the same.
ALLOWED_URLS = {
    "http://example.com/feed.xml": None, "https://EXAMPLE.com/Feed": None, "https://example.com:443/": None,
    "http://example.com:8080/": None, "https://example.com/a?u=http://127.0.0.1/": None,
    "https://example.com/%31%0d%0aX:1": None, "https://example.com./feed": None, "http://172.32.0.1/": None,
    "http://11.0.0.1/": None, "http://100.128.0.1/": None, "http://169.253.0.1/": None,
    "http://[2606:2800:220:1:248:1893:25c8:1946]/": None, "https://xn--bcher-kva.example/": None,
    "feed://example.com/feed": "http://example.com/feed", "feed:https://example.com/feed": "https://example.com/feed",
    "https://bücher.example/feed": "https://xn--bcher-kva.example/feed",
    "https://example.com/新闻.xml": "https://example.com/%E6%96%B0%E9%97%BB.xml",
    "https://example.com/a#b": "https://example.com/a",
}  # fmt: skip


@pytest.mark.parametrize("url", [url for urls in FORBIDDEN_URLS.values() for url in urls], ids=ascii)
def test_a_forbidden_url_is_refused_as_text(url: str) -> None:
    """The URL is refused before a name is resolved."""
    with pytest.raises(FetchError):
        checked_url(url, POLICY)


@pytest.mark.parametrize(("url", "sent"), ALLOWED_URLS.items(), ids=ascii)
def test_an_allowed_url_is_sent_unchanged(url: str, sent: str | None) -> None:
    """A URL is sent as it is written. Only forbidden characters are encoded, and the fragment is removed."""
    assert checked_url(url, POLICY) == (sent or url)


def test_the_setting_in_the_message_allows_the_url() -> None:
    """The message names the setting. With this setting, the same URL is requested."""
    cases = [
        ("http://93.184.216.34:1200/cnbeta", "allow_ports: [1200]", {"ports": frozenset({1200})}),
        ("http://10.0.0.5/feed", "allow_private: true", {"allow_private": True}),
        ("http://rsshub:1200/cnbeta", "allow_private: true", {"allow_private": True}),
        ("http://198.18.0.9/feed", "allow_networks: [198.18.0.0/15]", {"networks": ("198.18.0.0/15",)}),
    ]
    for url, key, allowed in cases:
        with pytest.raises(FetchError) as caught:
            checked_url(url, POLICY)

        assert key in str(caught.value)
        assert checked_url(url, replace(POLICY, **allowed)) == url  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["169.254.169.254", "100.100.100.200", "0.0.0.0", "224.0.0.1", "fe80::1%eth0"])  # noqa: S104
def test_metadata_services_of_clouds_are_never_requested(address: str) -> None:
    """Metadata services are refused, whatever the configuration allows."""
    with pytest.raises(FetchError):
        check_address(address, replace(POLICY, allow_private=True, networks=("0.0.0.0/0", "::/0")))


@pytest.mark.parametrize("address", ["1.1.1.1", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "2400:3200::1"])
def test_public_addresses(address: str) -> None:
    """All public addresses are allowed."""
    assert is_public(ipaddress.ip_address(address))


# --- names and redirects, with real connections ----------------------------------------------------------------------


@pytest.fixture
def forbidden() -> Iterator[Upstream]:
    """A server that must hear nothing."""
    with serving("127.0.0.2") as one:
        one.answers["/"] = answer("secret")
        yield one
        assert one.connections == 0


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Upstream]:
    """A server that may be asked, on a port as good as others."""
    with serving() as one:
        monkeypatch.setattr("feedsvc.fetch.guard.PORTS", PORTS | {one.port})
        yield one


def names(answers: dict[str, Sequence[Sequence[str]]]) -> Callable[[], AbstractResolver]:
    """Look-ups of names: for each, what successive ones give; the last again and again."""
    asked: dict[str, int] = {}

    class Names(AbstractResolver):
        async def resolve(
            self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
        ) -> list[ResolveResult]:
            given = answers.get(host) or [[]]
            number = asked[host] = asked.get(host, -1) + 1
            found = given[min(number, len(given) - 1)]
            if not found:
                raise OSError("no such name")
            return [
                {"hostname": host, "host": one, "port": port, "family": family, "proto": 0, "flags": 0} for one in found
            ]

        async def close(self) -> None:
            """Nothing is open."""

    return Names


def get(url: str, resolver: Callable[[], AbstractResolver], times: int = 1, policy: FetchPolicy = HOME) -> list[str]:
    """The results of so many requests, each by a client of its own, as polls an hour apart."""

    async def once() -> str:
        async with Client(resolver=resolver) as client:
            return (await client.get(url, policy)).body.decode()

    found = []
    for _ in range(times):
        try:
            found.append(asyncio.run(once()))
        except FetchError as error:
            found.append(f"refused: {error}")
    return found


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.2"], ["127.0.0.1", "127.0.0.2"], ["127.0.0.2", "127.0.0.1"], ["::1"], ["::ffff:127.0.0.2"],
     ["64:ff9b::7f00:2"], ["0.0.0.1"], ["169.254.169.254"], []],
)  # fmt: skip
def test_a_name_with_a_forbidden_address_is_not_requested(forbidden: Upstream, addresses: list[str]) -> None:
    """A name with one forbidden address is not requested, whatever its other addresses are."""
    policy = replace(HOME, ports=frozenset({forbidden.port}))
    (found,) = get(f"http://name.test:{forbidden.port}/", names({"name.test": [addresses]}), policy=policy)

    assert found.startswith("refused: ")


def test_a_name_whose_address_changes_is_checked_again(allowed: Upstream, forbidden: Upstream) -> None:
    """DNS rebinding: the checked address is the one that is used, at each poll again."""
    allowed.answers["/"] = answer("public")
    found = get(f"http://flip.test:{allowed.port}/", names({"flip.test": [["127.0.0.1"], ["127.0.0.2"]]}), times=2)

    assert found[0] == "public"
    assert found[1].startswith("refused: ")
    assert forbidden.connections == 0


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.2:{port}/", "//127.0.0.2:{port}/", "http://home.test:{port}/", "http://[::ffff:127.0.0.2]:{port}/",
     "http://2130706434:{port}/", "http://１２７.０.０.２:{port}/", "http://a@127.0.0.2:{port}/", "file:///etc/passwd",
     "gopher://127.0.0.2:{port}/", "http://169.254.169.254/", "http://ok.test:6379/", "http://localhost:{port}/"],
    ids=ascii,
)  # fmt: skip
@pytest.mark.parametrize("hops", [0, 1])
def test_a_redirect_to_a_private_address_is_not_followed(
    allowed: Upstream, forbidden: Upstream, location: str, hops: int
) -> None:
    """At the first hop or a later one, in whatever spelling."""
    policy = replace(HOME, ports=frozenset({forbidden.port}))
    allowed.answers["/"] = answer(b"", 302, location="/next") if hops else b""
    allowed.answers["/next" if hops else "/"] = answer(b"", 302, location=location.format(port=forbidden.port))
    known = names({"ok.test": [["127.0.0.1"]], "home.test": [["127.0.0.2"]]})
    (found,) = get(f"http://ok.test:{allowed.port}/", known, policy=policy)

    assert found.startswith("refused: ")
    assert len(allowed.requests) == hops + 1


def test_a_connection_serves_one_policy_alone(forbidden: Upstream) -> None:
    """A connection that one source may use is not reused for another source."""
    forbidden.answers["/"] = answer("private", connection="keep-alive")

    async def ask() -> list[str]:
        async with Client() as client:
            first = await client.get(f"{forbidden.url}/", replace(POLICY, allow_private=True))
            with pytest.raises(FetchError, match="private address"):
                await client.get(f"{forbidden.url}/", replace(POLICY, ports=frozenset({forbidden.port})))
            return [first.body.decode()]

    assert asyncio.run(ask()) == ["private"]
    assert len(forbidden.requests) == 1
    forbidden.connections = 0


@pytest.mark.parametrize(
    ("host", "address", "networks", "own"),
    [
        ("site.example.org", "203.0.114.1", (), False), ("site.example.org", "192.168.1.9", (), True),
        ("site.example.org", "198.18.0.7", ("198.18.0.0/15",), False), ("site.example.org", None, (), False),
        ("192.168.1.9", None, ("192.168.0.0/16",), True), ("[::1]", "::1", (), True), ("9.9.9.9", None, (), False),
        ("rsshub", "172.17.0.2", ("172.16.0.0/12",), True), ("nas.local", None, (), True),
    ],
)  # fmt: skip
def test_hosts_of_the_own_network_are_recognised(
    host: str,
    address: str | None,
    networks: tuple[str, ...],
    own: bool,  # noqa: FBT001
) -> None:
    """By its address, else by its name; a public name that a proxy answers from an allowed network is not."""
    assert is_own(host, address, FetchPolicy(user_agent="x", networks=networks)) is own


# --- each layer alone, with real connections -------------------------------------------------------------------------

REFUSED = "refused: http://name.test:{port}/: it, or the URL to which it redirects, is at a private address"


def test_a_name_with_one_forbidden_address_is_refused_before_a_connection(allowed: Upstream) -> None:
    """A name is refused for its second address, though its first address is allowed and a server answers there."""
    allowed.answers["/"] = answer("public")
    url = f"http://name.test:{allowed.port}/"
    found = get(url, names({"name.test": [["127.0.0.1"], ["127.0.0.1", "127.0.0.2"]]}), times=2)

    assert found[0] == "public"
    assert found[1].startswith(REFUSED.format(port=allowed.port))
    assert len(allowed.requests) == 1


class Changing(dict[str, object]):
    """An address that is another one after it was checked and told."""

    reads = 0

    def __getitem__(self, key: str) -> object:
        """The address that may be asked is given twice."""
        if key == "host":
            self.reads += 1
            return "127.0.0.1" if self.reads <= 2 else "127.0.0.2"
        return super().__getitem__(key)


def test_an_address_that_changes_after_its_check_is_not_dialled(forbidden: Upstream) -> None:
    """The socket's own check refuses it, where the look-up had no objection."""
    given = {"hostname": "name.test", "port": forbidden.port, "family": socket.AF_INET, "proto": 0, "flags": 0}

    class Names(AbstractResolver):
        async def resolve(self, *_: object) -> list[ResolveResult]:
            return [Changing(given)]  # type: ignore[list-item]

        async def close(self) -> None:
            """Nothing is open."""

    policy = replace(HOME, ports=frozenset({forbidden.port}))
    (found,) = get(f"http://name.test:{forbidden.port}/", Names, policy=policy)

    assert found.startswith(REFUSED.format(port=forbidden.port))


def test_a_proxy_is_not_asked_for_a_name_that_leads_home(allowed: Upstream) -> None:
    """The proxy would dial it; so the name is looked up here before."""
    allowed.answers["http://name.test/"] = answer("by the proxy")
    policy = replace(HOME, proxy=allowed.url)
    found = get("http://name.test/", names({"name.test": [["127.0.0.1"], ["127.0.0.2"]]}), times=2, policy=policy)

    assert found[0] == "by the proxy"
    assert found[1].startswith(
        "refused: http://name.test/: it, or the URL to which it redirects, is at a private address"
    )
    assert allowed.targets == ["http://name.test/"]
