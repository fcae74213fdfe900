"""Who may see what is for the operator alone: this machine, and the networks that the operator names. Pure."""

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedsvc.web.clients import Network, client_of

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

#: Fields of WSGI that only a proxy adds: then the peer is not the client.
PROXY_FIELDS = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP", "HTTP_X_FORWARDED_")

#: The host of a request to this machine itself.
OWN_HOSTS = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """
    The clients that may see it.

    Behind a proxy, every visitor has the address of the proxy, which often is this machine. So a request that came
    through a proxy is refused, unless the operator trusts the proxy and names the network of the client. Some proxies
    leave no trace: nginx, by default, adds no field and names this machine as the host. So where a public address
    leads to the service, this machine alone opens nothing.
    """

    #: The proxies of the operator, and the networks of clients.
    trusted: Sequence[Network]
    networks: Sequence[Network]
    #: The host of base_url, and whether everybody can reach it.
    host: str
    is_public: bool

    def is_allowed(self, environ: Mapping[str, object]) -> bool:
        """Whether the client of a request may see it."""
        peer = _address(str(environ.get("REMOTE_ADDR", "")))
        host = _host(str(environ.get("HTTP_HOST", "")))
        forwarded_for = environ.get("HTTP_X_FORWARDED_FOR")
        if forwarded_for is not None:
            client = self._behind_proxy(peer, str(forwarded_for))
            return client is not None and _is_in(client, self.networks) and self._is_ours(host)
        if peer is None or any(name.startswith(PROXY_FIELDS) for name in environ):
            return False
        if peer.is_loopback and not self.is_public and host in OWN_HOSTS:
            return True
        return _is_in(peer, self.networks) and self._is_ours(host)

    def _is_ours(self, host: str) -> bool:
        """
        Whether a request may name this host.

        A page of another site, in a browser of a named network, can give its own name the address of this service. It
        then reads the answers. It cannot use an address, a name without a dot, or the host of base_url as its name.
        """
        return host == self.host or "." not in host or _address(host) is not None

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


def _host(field: str) -> str:
    """The host that a request names, without the port. It opens nothing by itself: it only closes."""
    name = field.rpartition(":")[0] if field.rpartition(":")[2].isdigit() else field
    return name.lower().removeprefix("[").removesuffix("]")
