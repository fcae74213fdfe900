"""
The one door out: guarded, bounded HTTP. aiohttp's one home.

An address is checked twice: the URL as text, at each hop, and the address that is really dialled, after the name was
looked up. Whoever controls a name, or a redirect, controls no more than which public server is asked.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp

from feedsvc.errors import FetchError
from feedsvc.normalize import web_url

#: What no feed is behind. Explicit, because `is_global` differs between Python's versions, and says yes to some.
FORBIDDEN_NETWORKS = tuple(ipaddress.ip_network(network) for network in (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/3", "168.63.129.16/32",
))  # fmt: skip

#: The only part of IPv6 that is in use on the Internet, and what in it is not, or is IPv4 in disguise.
GLOBAL_IPV6 = ipaddress.ip_network("2000::/3")
FORBIDDEN_IPV6 = tuple(ipaddress.ip_network(network) for network in (
    "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
))  # fmt: skip

PORTS = frozenset({80, 443, 8000, 8080, 8443, 8888})

MAX_HOPS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})

CHUNK_BYTES = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How far a fetch may go."""

    user_agent: str
    #: Whether addresses of the own machine and network, and other ports, may be asked.
    allow_private: bool = False
    #: Seconds for everything, redirects included.
    timeout: float = 30
    #: Bytes after decoding.
    max_body: int = 10_000_000


def fetch(url: str, policy: Policy) -> bytes:
    """
    The body at `url`, decoded, redirects followed.

    Raises FetchError, in one line without credentials, for everything else.
    """
    try:
        return asyncio.run(_fetch(url, policy))
    except _PrivateError as error:
        raise FetchError(f"{_shown(url)}: {error}") from error
    except TimeoutError as error:
        raise FetchError(f"{_shown(url)}: no complete answer within {policy.timeout:.0f} s") from error
    except aiohttp.ClientError as error:
        raise FetchError(f"{_shown(url)}: {_cause(error)}") from error


async def _fetch(url: str, policy: Policy) -> bytes:
    connector = aiohttp.TCPConnector(socket_factory=_guard(policy), force_close=True)
    async with aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": policy.user_agent, "Accept": "application/atom+xml, application/rss+xml, */*;q=0.5"},
        trust_env=False,
    ) as session:
        async with asyncio.timeout(policy.timeout):
            for _ in range(MAX_HOPS + 1):
                async with session.get(checked_url(url, policy), allow_redirects=False) as answer:
                    location = answer.headers.get("Location")
                    if answer.status not in REDIRECTS or not location:
                        return await _body(answer, url, policy)
                    url = _joined(url, location)
    raise FetchError(f"{_shown(url)}: more than {MAX_HOPS} redirects")


async def _body(answer: aiohttp.ClientResponse, url: str, policy: Policy) -> bytes:
    if answer.status != 200:  # noqa: PLR2004 - HTTP's own number
        raise FetchError(f"{_shown(url)}: the server answers {answer.status}")
    body = bytearray()
    async for chunk in answer.content.iter_chunked(CHUNK_BYTES):
        body += chunk
        if len(body) > policy.max_body:
            raise FetchError(f"{_shown(url)}: larger than {policy.max_body // 1_000_000} MB")
    return bytes(body)


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise FetchError(f"{_shown(url)}: leads to what is no URL") from error


def checked_url(url: str, policy: Policy) -> str:
    """`url`, which is a plain web URL on a usual port; else raises FetchError."""
    if web_url(url) is None or not url.lower().startswith(("http://", "https://")):
        raise FetchError(f"{_shown(url)}: not a plain http(s) URL")
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme.lower() == "https" else 80)
    if port not in PORTS and not policy.allow_private:
        raise FetchError(
            f"{_shown(url)}: port {port} is not one that feeds are on; to ask it all the same, allow private"
        )
    return url


def is_public(address: str) -> bool:
    """Whether an address, as it is dialled, is one of the public Internet."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        return ip in GLOBAL_IPV6 and not any(ip in network for network in FORBIDDEN_IPV6)
    return not any(ip in network for network in FORBIDDEN_NETWORKS)


class _PrivateError(Exception):
    """An address that must not be dialled."""


def _guard(policy: Policy) -> Callable[[Any], socket.socket]:
    """What makes the sockets: it sees each address that is about to be dialled."""

    def make(info: Any) -> socket.socket:
        family, kind, protocol, _, address = info
        if not policy.allow_private and not is_public(str(address[0])):
            raise _PrivateError("it, or what it leads to, is at a private address; if that is meant, allow private")
        return socket.socket(family, kind, protocol)

    return make


def _shown(url: str) -> str:
    """A URL for a message: without user, password, query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "the URL"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _cause(error: aiohttp.ClientError) -> str:
    return f"cannot be fetched ({type(error).__name__})"
