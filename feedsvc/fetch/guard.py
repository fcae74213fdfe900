"""
The guard against server-side request forgery: which URLs and which addresses may be requested.

It checks the text of each URL, also after a redirect, and each address to which a connection is made. An attacker who
controls a name or a redirect can only choose another public server.
"""

import functools
import ipaddress
import re
import unicodedata
from urllib.parse import urlsplit

from feedsvc.errors import FetchError
from feedsvc.model import FetchPolicy
from feedsvc.normalize.urls import web_feed_url, web_url, without_secrets

__all__ = ["check_address", "checked_url", "is_own", "is_public", "without_secrets"]

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IpNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network


def _networks(*written: str) -> tuple[IpNetwork, ...]:
    return tuple(ipaddress.ip_network(one) for one in written)


#: Networks that are refused whatever the configuration says: metadata services of clouds, link-local addresses,
#: multicast, and addresses of no host.
NEVER_ASKED = _networks(
    "0.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32", "100.100.100.200/32", "192.0.0.192/32", "224.0.0.0/3",
    "::/128", "fe80::/10", "fd00:ec2::254/128", "fd20:ce::254/128", "ff00::/8",
)  # fmt: skip

#: Private networks, allowed only by the configuration. They are listed because `is_global` differs between Python
#: versions, and is true for some of them.
PRIVATE_NETWORKS = _networks(
    "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
    "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
)  # fmt: skip

#: The part of IPv6 that is used on the Internet, and the networks in it that are private or embed IPv4 addresses.
GLOBAL_IPV6 = ipaddress.ip_network("2000::/3")
PRIVATE_IPV6 = _networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")

#: Networks with an IPv4 address in the last four bytes: for translators (RFC 6052, RFC 8215, RFC 2765), and the
#: deprecated IPv4-compatible form.
IN_LAST_BYTES = _networks("64:ff9b::/96", "64:ff9b:1::/48", "::ffff:0:0:0/96", "::/96")

#: The usual ports of web servers.
PORTS = frozenset({80, 443, 8000, 8080, 8443, 8888})

#: Names that have no public address (RFC 6761, RFC 6762, RFC 9476).
PRIVATE_NAMES = re.compile(r"[^.]+|(?:.*\.)?(?:localhost|local|internal|intranet|lan|home|corp|home\.arpa)|ip6-.*")

#: A host whose last part is a number is an IPv4 address (WHATWG URL, 3.5). Only the usual dotted form is accepted.
NUMERIC_HOST = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)\.?", re.IGNORECASE)

NOT_PLAIN = "not a plain http(s) URL, or it redirects to a URL that is not"

#: A URL with only these characters is sent as it is written, byte for byte.
PLAIN_URL = re.compile(r"[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~|^{}`\"]*")


def checked_url(url: str, policy: FetchPolicy) -> str:
    """
    `url` as it is requested: without its fragment, and otherwise byte for byte if that is possible.

    Raises FetchError if `url` is not a plain web URL on a usual port. The message names the setting that allows it.
    """
    url = web_feed_url(url)
    written = web_url(url)
    if written is None or not re.match(r"https?://", url, re.IGNORECASE) or re.search(r"[\s\\]", url):
        raise FetchError(NOT_PLAIN)
    given, parts = urlsplit(url), urlsplit(written)
    _check_host(given.hostname or "", parts.hostname or "", policy)
    port = parts.port if parts.port is not None else 443 if parts.scheme == "https" else 80
    if port == 0:
        raise FetchError("port 0 is not allowed; no server can be on port 0")
    if not (policy.allow_private or port in PORTS or port in policy.ports):
        raise FetchError(
            f"port {port} is not allowed; if the feed, or the URL to which it redirects, is there, give its source "
            f"allow_ports: [{port}]"
        )
    return (url if PLAIN_URL.fullmatch(url) else written).partition("#")[0]


def _check_host(given: str, host: str, policy: FetchPolicy) -> None:
    """Raise FetchError for a host that parsers read differently, or that is on a private network."""
    if "%" in given or unicodedata.normalize("NFKC", given) != given:
        raise FetchError(NOT_PLAIN)
    if ":" in host or NUMERIC_HOST.fullmatch(host):
        try:
            address = ipaddress.ip_address(host)
        except ValueError as error:
            raise FetchError("its host is not a plain address") from error
        check_address(str(address), policy)
    elif PRIVATE_NAMES.fullmatch(host.removesuffix(".")) and not policy.allow_private:
        raise FetchError("a name on a private network; if you want it, give its source allow_private: true")


def check_address(address: str, policy: FetchPolicy) -> None:
    """Raise FetchError for an address to which no connection may be made."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError as error:
        raise FetchError("it, or the URL to which it redirects, has no plain address") from error
    if is_public(ip):
        return
    plain = _as_ipv4(ip)
    if any(plain in network for network in NEVER_ASKED):
        raise FetchError("it, or the URL to which it redirects, is at an address where no feed can be")
    if not policy.allow_private and not any(plain in ipaddress.ip_network(one) for one in policy.networks):
        raise FetchError(
            "it, or the URL to which it redirects, is at a private address; if you want it, give its source "
            f"allow_private: true, or, if a proxy gives every name such an address, allow_networks: "
            f"[{_network_of(plain)}]"
        )


def _as_ipv4(ip: IpAddress) -> IpAddress:
    """The IPv4 address that an IPv6 address embeds; else the address itself."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if any(ip in network for network in IN_LAST_BYTES) and int(ip) > 1:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip


@functools.lru_cache(maxsize=4096)
def is_public(ip: IpAddress) -> bool:
    """Whether an address is on the public Internet."""
    if isinstance(ip, ipaddress.IPv6Address):
        return ip in GLOBAL_IPV6 and not any(ip in network for network in PRIVATE_IPV6)
    return not any(ip in network for network in (*NEVER_ASKED, *PRIVATE_NETWORKS))


def is_own(host: str, address: str | None, policy: FetchPolicy) -> bool:
    """
    Whether `host` is on our own machine or network. `address` is the one that was found for it, if any.

    A public name is not, if its address is in a network that the policy allows: some proxies give such addresses to
    every name.
    """
    try:
        return not is_public(ipaddress.ip_address(host.strip("[]").partition("%")[0]))
    except ValueError:
        if PRIVATE_NAMES.fullmatch(host.removesuffix(".")):
            return True
    if address is None:
        return False
    ip = ipaddress.ip_address(address.partition("%")[0])
    return not is_public(ip) and not any(_as_ipv4(ip) in ipaddress.ip_network(one) for one in policy.networks)


def _network_of(ip: IpAddress) -> str:
    return next((str(network) for network in PRIVATE_NETWORKS if ip in network), str(ip))
