"""Which client sent a request that came through proxies. Pure."""

import ipaddress
from collections.abc import Sequence

#: IPv4 or IPv6.
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def client_of(peer: str, forwarded_for: str | None, trusted: Sequence[Network]) -> str:
    """
    The address of the client: the last one in the chain of addresses that is not one of our proxies.

    `forwarded_for` is X-Forwarded-For, to whose end each proxy adds the address that asked it. A client can write
    whatever it likes before that, so only what a trusted proxy added counts. A peer that is no address is a process of
    this machine that has the right to use the Unix socket: a proxy.
    """
    chain = [one.strip() for one in (forwarded_for or "").split(",") if one.strip()]
    client = peer
    while chain and _is_trusted(client, trusted):
        found = _address(chain.pop())
        if found is None:
            break  # nobody we trust writes this
        client = found
    return client


def _is_trusted(peer: str, trusted: Sequence[Network]) -> bool:
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return True
    plain = getattr(address, "ipv4_mapped", None) or address
    return any(plain in network for network in trusted)


def _address(text: str) -> str | None:
    """An address as proxies write it: also with a port, and in brackets."""
    host, _, _ = text[1:].partition("]") if text.startswith("[") else (text, "", "")
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None
