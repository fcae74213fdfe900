"""How many views are made in a time: a bucket of tokens for each client, and one for the process. Pure."""

import ipaddress
import math
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from feedsvc.model import MOST_ENTRIES, View

#: One token is a view of so many entries, as a window has.
ENTRIES = 50

#: A view with filters looks at more entries than it shows.
FILTER_TOKENS = 9

#: To convert the texts of 50 articles takes some 30 ms.
SCRIPT_TOKENS = 2

#: Tokens that a client has at once, and that it gets in each second; the same of the process. A view of 50 entries
#: takes some 20 ms (tests/bench/views.py), so views take a quarter of one processor at most.
CLIENT_TOKENS, CLIENT_RATE = 30.0, 2.0
PROCESS_TOKENS, PROCESS_RATE = 60.0, 10.0

#: Clients that are remembered. The one that was seen first is forgotten; the process has its own bound.
CLIENTS = 10_000

#: A client with IPv6 has all addresses of such a network.
IPV6_NETWORK = 64


def cost(view: View) -> int:
    """The tokens of a view."""
    usual = MOST_ENTRIES if view.since else 2 * ENTRIES if view.after else ENTRIES
    more = FILTER_TOKENS * bool(view.filters) + SCRIPT_TOKENS * bool(view.opencc)
    return math.ceil((view.limit or usual) / ENTRIES) + more


@dataclass(slots=True)
class Bucket:
    """Tokens at a time, in seconds of any clock."""

    most: float
    rate: float
    tokens: float
    at: float

    def fill(self, now: float) -> None:
        """Add the tokens since the last look. A clock that was set back adds none."""
        self.tokens = min(self.most, self.tokens + max(0.0, now - self.at) * self.rate)
        self.at = now

    def wait(self, tokens: int) -> float:
        """Seconds until there are so many tokens."""
        return max(0.0, (tokens - self.tokens) / self.rate)


@dataclass(slots=True)
class Rate:
    """The buckets of a process and of its clients."""

    process: Bucket | None = None
    clients: OrderedDict[str, Bucket] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def take(self, client: str, tokens: int, now: float) -> int:
        """Take tokens for a client. Returns 0, or the seconds after which it may ask again; then none is taken."""
        with self.lock:
            own, shared = self._own(client_network(client), now), self._shared(now)
            waits = (own.wait(tokens), shared.wait(tokens))
            if any(waits):
                return max(1, math.ceil(max(waits)))
            own.tokens -= tokens
            shared.tokens -= tokens
            return 0

    def _own(self, name: str, now: float) -> Bucket:
        bucket = self.clients.get(name)
        if bucket is None:
            bucket = self.clients[name] = Bucket(CLIENT_TOKENS, CLIENT_RATE, CLIENT_TOKENS, now)
            if len(self.clients) > CLIENTS:
                self.clients.popitem(last=False)
        self.clients.move_to_end(name)
        bucket.fill(now)
        return bucket

    def _shared(self, now: float) -> Bucket:
        if self.process is None:
            self.process = Bucket(PROCESS_TOKENS, PROCESS_RATE, PROCESS_TOKENS, now)
        self.process.fill(now)
        return self.process


def client_network(address: str) -> str:
    """The name of a client: its IPv4 address, or its network of IPv6. Other texts stay as they are."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:  # noqa: PLR2004 - the version of the protocol
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found), IPV6_NETWORK), strict=False))
