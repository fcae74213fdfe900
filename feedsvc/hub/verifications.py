"""Asks callbacks whether they want what somebody asked for in their name (WebSub, 5.3)."""

import hmac
import logging
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from feedsvc.errors import FetchError
from feedsvc.fetch.client import Client
from feedsvc.model import FetchPolicy
from feedsvc.store import Store, hub_requests
from feedsvc.store.hub_requests import Answered, Request

log = logging.getLogger(__name__)

#: Statuses of a callback that confirms, and from where on a server says that it has a fault.
GOOD = range(200, 300)
FAULT = 500


def with_query(callback: str, **fields: str) -> str:
    """A callback with further fields in its query; those that it has stay."""
    query = urlencode({f"hub.{name}": value for name, value in fields.items()})
    return f"{callback}{'&' if '?' in callback else '?'}{query}"


@dataclass(slots=True, kw_only=True)
class Verifications:
    """The requests whose callbacks are to be asked."""

    store: Store
    policy: FetchPolicy
    clock: Callable[[], datetime]
    places: int = 64

    def claim(self, number: int, busy: Collection[str]) -> Sequence[Request]:
        """Take requests."""
        with self.store.read() as db:
            if not hub_requests.is_due(db, self.clock()):
                return []
        with self.store.write(is_shared=True) as db:
            return hub_requests.claim(db, self.clock(), number, busy)

    async def do(self, client: Client, errand: Request) -> Answered:
        """Ask a callback. It confirms with the challenge as the whole body, and with nothing else."""
        wanted, challenge = errand.wanted, secrets.token_urlsafe(32)
        fields = {"mode": errand.mode, "topic": wanted.topic, "challenge": challenge}
        if errand.mode == "subscribe":
            fields["lease_seconds"] = str(wanted.lease_seconds)
        try:
            said = await client.ask(with_query(wanted.callback, **fields), self.policy)
        except FetchError:
            log.debug("a callback on %s gives no answer", wanted.host)
            return Answered()
        if said.status in GOOD and hmac.compare_digest(said.body.strip(), challenge.encode()):
            return Answered(is_confirmed=True)
        return Answered(is_refused=said.status < FAULT)

    def close(self, done: Sequence[tuple[Request, Answered]]) -> None:
        """Save what callbacks said."""
        with self.store.write(is_shared=True) as db:
            hub_requests.close(db, done, self.clock())
