"""
What may be asked: a URL as text, at each hop, and each address that is dialled, after the name was looked up.

Whoever controls a name, or a redirect, controls no more than which public server is asked.
"""

import functools
import ipaddress
import re
import unicodedata
from urllib.parse import urlsplit

from feedsvc.errors import FetchError
from feedsvc.model import FetchPolicy
from feedsvc.normalize import web_feed_url, web_url

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _networks(*written: str) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(one) for one in written)


#: What no feed is behind, whatever the configuration says: clouds' own services, everybody at once, nobody.
NEVER = _networks(
    "0.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32", "100.100.100.200/32", "192.0.0.192/32", "224.0.0.0/3",
    "::/128", "fe80::/10", "fd00:ec2::254/128", "fd20:ce::254/128", "ff00::/8",
)  # fmt: skip

#: Of one's own machine and network: asked where the configuration says so. Explicit, because `is_global` differs
#: between Python's versions, and says yes to some.
PRIVATE = _networks(
    "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
    "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
)  # fmt: skip

#: The only part of IPv6 that is in use on the Internet, and what in it is not, or is IPv4 in disguise.
GLOBAL_IPV6 = ipaddress.ip_network("2000::/3")
PRIVATE_IPV6 = _networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")

#: IPv4 in the last four bytes: behind translators (RFC 6052, RFC 8215, RFC 2765), and as it once was written.
IN_LAST_BYTES = _networks("64:ff9b::/96", "64:ff9b:1::/48", "::ffff:0:0:0/96", "::/96")

#: The ports that feeds are on.
PORTS = frozenset({80, 443, 8000, 8080, 8443, 8888})

#: Names that are looked up in no public place (RFC 6761, RFC 6762, RFC 9476).
PRIVATE_NAMES = re.compile(r"[^.]+|(?:.*\.)?(?:localhost|local|internal|intranet|lan|home|corp|home\.arpa)|ip6-.*")

#: A last part of a host that is a number makes the host an address (WHATWG URL, 3.5); then it must be a plain one.
NUMERIC_HOST = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)\.?", re.IGNORECASE)

NOT_PLAIN = "not a plain http(s) URL, or it leads to none"

#: What a URL may be written with, to be sent byte for byte.
PLAIN_URL = re.compile(r"[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~|^{}`\"]*")


def checked_url(url: str, policy: FetchPolicy) -> str:
    """
    `url` as it is asked for: a plain web URL on a usual port, without its fragment, byte for byte where it can be.

    Raises FetchError, which says why not, and what would allow it.
    """
    url = web_feed_url(url)
    written = web_url(url)
    if written is None or not re.match(r"https?://", url, re.IGNORECASE) or re.search(r"[\s\\]", url):
        raise FetchError(NOT_PLAIN)
    given, parts = urlsplit(url), urlsplit(written)
    _check_host(given.hostname or "", parts.hostname or "", policy)
    port = parts.port if parts.port is not None else 443 if parts.scheme == "https" else 80
    if port == 0 or not (policy.allow_private or port in PORTS or port in policy.ports):
        raise FetchError(
            f"feeds are not on port {port}; if this one, or what it leads to, is, give its source allow_ports: [{port}]"
        )
    return (url if PLAIN_URL.fullmatch(url) else written).partition("#")[0]


def _check_host(given: str, host: str, policy: FetchPolicy) -> None:
    """A host that is one thing to everybody, and not one of the own network."""
    if "%" in given or unicodedata.normalize("NFKC", given) != given:
        raise FetchError(NOT_PLAIN)
    if ":" in host or NUMERIC_HOST.fullmatch(host):
        try:
            address = ipaddress.ip_address(host)
        except ValueError as error:
            raise FetchError("its host is no plain address") from error
        check_address(str(address), policy)
    elif PRIVATE_NAMES.fullmatch(host.removesuffix(".")) and not policy.allow_private:
        raise FetchError("a name of the own network; if it is meant, give its source allow_private: true")


def check_address(address: str, policy: FetchPolicy) -> None:
    """Raise FetchError for an address, as it is dialled, that must not be."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError as error:
        raise FetchError("it, or what it leads to, has no plain address") from error
    if is_public(ip):
        return
    plain = _unwrapped(ip)
    if any(plain in network for network in NEVER):
        raise FetchError("it, or what it leads to, is at an address that no feed is at")
    if not policy.allow_private and not any(plain in ipaddress.ip_network(one) for one in policy.networks):
        raise FetchError(
            "it, or what it leads to, is at a private address; if it is meant, give its source allow_private: true, "
            f"or, where a proxy answers every name so, allow_networks: [{_network_of(plain)}]"
        )


def _unwrapped(ip: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if any(ip in network for network in IN_LAST_BYTES) and int(ip) > 1:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip


@functools.lru_cache(maxsize=4096)
def is_public(ip: Address) -> bool:
    """Whether an address is one of the public Internet."""
    if isinstance(ip, ipaddress.IPv6Address):
        return ip in GLOBAL_IPV6 and not any(ip in network for network in PRIVATE_IPV6)
    return not any(ip in network for network in (*NEVER, *PRIVATE))


def is_own(host: str, address: str | None, policy: FetchPolicy) -> bool:
    """
    Whether `host`, found at `address` where that is known, is one of the own machine or network.

    A public name at an address of a network that the policy allows is none: a proxy answers every name so.
    """
    try:
        return not is_public(ipaddress.ip_address(host.strip("[]").partition("%")[0]))
    except ValueError:
        if PRIVATE_NAMES.fullmatch(host.removesuffix(".")):
            return True
    if address is None:
        return False
    ip = ipaddress.ip_address(address.partition("%")[0])
    return not is_public(ip) and not any(_unwrapped(ip) in ipaddress.ip_network(one) for one in policy.networks)


def _network_of(ip: Address) -> str:
    return next((str(network) for network in PRIVATE if ip in network), str(ip))


def shown(url: str) -> str:
    """A URL for a message: without user, password, query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "the URL"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
