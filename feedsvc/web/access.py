"""Who may see what is for the operator alone: this machine, and the networks that the operator names. Pure."""

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedsvc.web.clients import Network, client_of

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

#: Fields of WSGI that only a proxy adds: then the peer is not the client.
PROXY_FIELDS = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP", "HTTP_X_FORWARDED_")

#: The host of a request to this machine itself.
OWN_HOSTS = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """
    The clients that may see it.

    Behind a proxy, every visitor has the address of the proxy, which often is this machine. So a request that came
    through a proxy is refused, unless the operator trusts the proxy and names the network of the client.
    """

    #: The proxies of the operator, and the networks of clients.
    trusted: Sequence[Network]
    networks: Sequence[Network]

    def is_allowed(self, environ: Mapping[str, object]) -> bool:
        """Whether the client of a request may see it."""
        peer = _address(str(environ.get("REMOTE_ADDR", "")))
        forwarded_for = environ.get("HTTP_X_FORWARDED_FOR")
        if forwarded_for is not None:
            client = self._behind_proxy(peer, str(forwarded_for))
            return client is not None and _is_in(client, self.networks)
        if peer is None or any(name.startswith(PROXY_FIELDS) for name in environ):
            return False
        return _is_in(peer, self.networks) or (peer.is_loopback and _is_own(str(environ.get("HTTP_HOST", ""))))

    def _behind_proxy(self, peer: Address | None, forwarded_for: str) -> Address | None:
        """The client that a trusted proxy names; None if there is none. A peer without an address is a Unix socket."""
        if not self.trusted or not (peer is None or _is_in(peer, self.trusted)):
            return None
        client = None
        for text in reversed(forwarded_for.split(",")):
            client = _written(text)
            # After a proxy that names no address, nobody knows the client.
            if client is None or not _is_in(client, self.trusted):
                break
        return client


def _address(text: str) -> Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _written(text: str) -> Address | None:
    """An address as proxies write it."""
    return _address(client_of("", text, ()))


def _is_in(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)


def _is_own(host: str) -> bool:
    """
    Whether a request names this machine as its host.

    A proxy that adds no field often passes the public host on, and a page of another site that a browser on this
    machine shows cannot ask under our name. The field never opens anything: it only closes.
    """
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return name.lower() in OWN_HOSTS
