"""Making connections: each address is checked when it is used, whatever named it."""

import asyncio
import socket
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from feedsvc.errors import FetchError
from feedsvc.fetch.guard import check_address
from feedsvc.model import FetchPolicy

#: Names that a client looks up at the same time. Python's own threads for that are few, and the event loop needs them
#: for other work: names of a server that does not answer would stop this work.
NAMES = 64


class Lookups:
    """
    Looks up names in threads of its own, by the functions of an event loop that aiohttp's resolver calls.

    A lookup that a request no longer waits for keeps its thread, so each client has its own.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(NAMES, thread_name_prefix="name")

    def resolver(self) -> AbstractResolver:
        """The system's resolver."""
        return aiohttp.ThreadedResolver(self)  # type: ignore[arg-type]  # only these two functions are called

    def close(self) -> None:
        """Begin no lookup any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def getaddrinfo(self, host: str, port: int, **options: Any) -> Any:
        """As `socket.getaddrinfo`."""
        return await self._called(partial(socket.getaddrinfo, host, port, **options))

    async def getnameinfo(self, address: Any, flags: int = 0) -> Any:
        """As `socket.getnameinfo`."""
        return await self._called(partial(socket.getnameinfo, address, flags))

    async def _called(self, function: Callable[[], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, function)


def guarded_socket(policy: FetchPolicy) -> Callable[[Any], socket.socket]:
    """A factory of sockets that checks each address just before the connection is made."""

    def make(info: Any) -> socket.socket:
        family, kind, protocol, _, address = info
        check_address(str(address[0]), policy)
        return socket.socket(family, kind, protocol)

    return make


def tls(policy: FetchPolicy) -> ssl.SSLContext | aiohttp.Fingerprint | bool:
    """How the certificate of a server is checked."""
    if policy.fingerprint:
        return aiohttp.Fingerprint(bytes.fromhex(policy.fingerprint))
    if policy.ca:
        context = ssl.create_default_context()
        context.load_verify_locations(policy.ca)
        return context
    return True


class GuardedResolver(AbstractResolver):
    """A resolver that refuses a name if one of its addresses is forbidden."""

    def __init__(self, resolver: AbstractResolver, policy: FetchPolicy, seen: Callable[[str, str], None]) -> None:
        """`seen` is called with each name and each of its addresses."""
        self.inner, self.policy, self.seen = resolver, policy, seen

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a name. Raises FetchError for a forbidden address, OSError if the name has no address."""
        found = await self.inner.resolve(host, port, family)
        for one in found:
            check_address(one["host"], self.policy)
            self.seen(host, one["host"])
        return found

    async def close(self) -> None:
        """Close the inner resolver."""
        await self.inner.close()


async def check_target(
    url: str, policy: FetchPolicy, resolver: AbstractResolver, seen: Callable[[str, str], None]
) -> None:
    """
    Resolve the target of a proxied request here, and check its addresses. Raises FetchError for a forbidden one.

    The proxy resolves the name again. It may find other addresses, which cannot be checked here.
    """
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
