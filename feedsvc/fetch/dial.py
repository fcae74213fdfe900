"""What is dialled: each address is checked at the moment it is used, whoever named it."""

import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult

from feedsvc.errors import FetchError
from feedsvc.fetch.guard import check_address
from feedsvc.model import FetchPolicy


def guarded_socket(policy: FetchPolicy) -> Callable[[Any], socket.socket]:
    """What makes the sockets: it sees each address that is about to be dialled."""

    def make(info: Any) -> socket.socket:
        family, kind, protocol, _, address = info
        check_address(str(address[0]), policy)
        return socket.socket(family, kind, protocol)

    return make


class GuardedResolver(AbstractResolver):
    """A name with one forbidden address among others is not asked at all."""

    def __init__(self, resolver: AbstractResolver, policy: FetchPolicy, seen: Callable[[str, str], None]) -> None:
        """`seen` is told each name with each of its addresses."""
        self.inner, self.policy, self.seen = resolver, policy, seen

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a name. Raises FetchError for what must not be asked, OSError where there are none."""
        found = await self.inner.resolve(host, port, family)
        for one in found:
            check_address(one["host"], self.policy)
            self.seen(host, one["host"])
        return found

    async def close(self) -> None:
        """Close what looks names up."""
        await self.inner.close()


async def check_target(
    url: str, policy: FetchPolicy, resolver: AbstractResolver, seen: Callable[[str, str], None]
) -> None:
    """Where a proxy dials, its target is looked up here before, and checked: what it finds then, nobody can say."""
    host = urlsplit(url).hostname or ""
    try:
        found = await resolver.resolve(host, 0, socket.AF_UNSPEC)
    except OSError as error:
        raise FetchError("its name has no address here, where it is checked before the proxy is asked") from error
    finally:
        await resolver.close()
    for one in found:
        check_address(one["host"], policy)
        seen(host, one["host"])
