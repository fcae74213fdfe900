"""Sends documents to the subscribers of our hub (WebSub, 7), and tells them when a feed is gone (WebSub, 5.2)."""

import hashlib
import hmac
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from feedsvc.errors import FetchError
from feedsvc.fetch.client import Client
from feedsvc.hub.verifications import GOOD, with_query
from feedsvc.model import FetchPolicy, Format
from feedsvc.store import Store, hub_subscriptions
from feedsvc.store.hub_subscriptions import Ended, Subscription

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The present document of a feed in a format, with its header fields."""

    body: bytes
    digest: str
    content_type: str
    #: The `Link` field.
    link: str


#: A feed and a format → the document that everybody gets at this moment. None: the feed is retired. Raises StoreError.
Contents = Callable[[int, Format], Content | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What a subscriber gets. None: its feed is gone."""

    of: Subscription
    content: Content | None

    @property
    def host(self) -> str:
        """The host of the callback."""
        return self.of.host


@dataclass(slots=True, kw_only=True)
class Deliveries:
    """
    The subscriptions that are due.

    Subscribers whose last delivery failed have places of their own (`is_failing`): many dead ones hold nobody up.
    """

    store: Store
    contents: Contents
    policy: FetchPolicy
    clock: Callable[[], datetime]
    places: int = 256
    is_failing: bool = False

    def claim(self, number: int, busy: Collection[str]) -> Sequence[Delivery]:
        """Make the documents that subscribers want, and take subscriptions."""
        if not self.is_failing:
            with self.store.read() as db:
                outdated = hub_subscriptions.outdated(db)
            for feed_id, form in outdated:
                self._content(feed_id, form)
        with self.store.read() as db:
            if not hub_subscriptions.is_due(db, self.clock()):
                return []
        with self.store.write(is_shared=True) as db:
            claimed = hub_subscriptions.claim(db, self.clock(), number, busy, is_failing=self.is_failing)
        found = {one: self._content(*one) for one in {(each.feed_id, each.format) for each in claimed}}
        made = {key: content for key, (content, is_made) in found.items() if is_made}
        # The others wait for the end of their leases.
        return [
            Delivery(of=one, content=made[one.feed_id, one.format])
            for one in claimed
            if (one.feed_id, one.format) in made
        ]

    def _content(self, feed_id: int, form: Format) -> tuple[Content | None, bool]:
        """The document of a feed, and whether it could be made. One feed that cannot be made holds up no other."""
        try:
            return self.contents(feed_id, form), True
        except Exception:
            log.exception("feed %d: no document can be made; please report it", feed_id)
            return None, False

    async def do(self, client: Client, errand: Delivery) -> Ended:
        """Send a document, unless the subscriber has it."""
        of, content = errand.of, errand.content
        try:
            if content is None:
                reason = "the feed is no longer published"
                await client.ask(with_query(of.callback, mode="denied", topic=of.topic, reason=reason), self.policy)
                return Ended(is_over=True)
            if content.digest == of.delivered:
                return Ended(digest=content.digest)
            said = await client.post(of.callback, self.policy, content.body, headers_of(content, of.secret))
        except FetchError:
            log.debug("a subscriber on %s gives no answer", of.host)
            return Ended(is_over=content is None)
        if said.status == HTTPStatus.GONE:
            return Ended(is_over=True)
        return Ended(digest=content.digest if said.status in GOOD else None)

    def close(self, done: Sequence[tuple[Delivery, Ended]]) -> None:
        """Save how deliveries ended."""
        with self.store.write(is_shared=True) as db:
            hub_subscriptions.close(db, [(one.of, how) for one, how in done], self.clock())


def headers_of(content: Content, secret: str | None) -> Mapping[str, str]:
    """The header fields of a delivery. With a secret, they have the signature of the body (WebSub, 7.1)."""
    fields = {"Content-Type": content.content_type, "Link": content.link}
    if secret is not None:
        signature = hmac.new(secret.encode(), content.body, hashlib.sha256).hexdigest()
        fields["X-Hub-Signature"] = f"sha256={signature}"
    return fields
