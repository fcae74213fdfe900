"""The job of a worker that serves the hub: it asks callbacks, and sends documents that changed to subscribers."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from feedsvc.cli.logs import is_first
from feedsvc.cli.objects import address_taken
from feedsvc.cli.publishing import publisher_of
from feedsvc.config import Config
from feedsvc.hub.announcements import Announcements
from feedsvc.hub.deliveries import Content, Deliveries
from feedsvc.hub.rounds import Kind, Round
from feedsvc.hub.verifications import Verifications
from feedsvc.model import Format
from feedsvc.publish import Publisher
from feedsvc.render import RENDERERS
from feedsvc.store import Store, feeds, holding, hub_requests, hub_subscriptions

log = logging.getLogger(__name__)


def deliver(config: Config, store: Store, is_stopping: Callable[[], bool], clock: Callable[[], datetime]) -> None:
    """Do what is due for our own hub, or for the hub of others that the feeds name. Raises StoreError."""
    hub = config.site.hub
    if hub is None:
        return
    if not config.site.has_own_hub:
        told = Announcements(store=store, site=config.site, hub=hub, policy=config.hub_policy, clock=clock)
        asyncio.run(Round(kinds=[told], is_stopping=is_stopping).run())
        return
    if not _is_due(store, clock()):
        return
    with holding.publishing(store, config.site.base_url) as other:
        if other is None:
            asyncio.run(Round(kinds=_kinds(config, store, clock), is_stopping=is_stopping).run())
        elif is_first(said := address_taken(config, other)):
            log.warning("the hub delivers nothing: %s", said)


def _is_due(store: Store, now: datetime) -> bool:
    """Whether there is an errand. Ends what is over."""
    with store.read() as db:
        is_over = hub_subscriptions.is_over(db, now) or hub_requests.is_old(db, now)
    if is_over:
        with store.write() as db:
            hub_subscriptions.expire(db, now)
            hub_requests.forget(db, now)
    with store.read() as db:
        is_due = hub_requests.is_due(db, now) or hub_subscriptions.is_due(db, now)
        return is_due or bool(hub_subscriptions.outdated(db))


def _kinds(config: Config, store: Store, clock: Callable[[], datetime]) -> list[Kind]:
    find, policy = Contents(publisher=publisher_of(config, store), clock=clock).find, config.hub_policy
    return [
        Verifications(store=store, policy=policy, clock=clock),
        Deliveries(store=store, contents=find, policy=policy, clock=clock),
        Deliveries(store=store, contents=find, policy=policy, clock=clock, is_failing=True, places=64),
    ]


@dataclass(slots=True, kw_only=True)
class Contents:
    """The documents of feeds, as everybody gets them."""

    publisher: Publisher
    clock: Callable[[], datetime]

    def find(self, feed_id: int, form: Format) -> Content | None:
        """The present document; None where the feed is retired."""
        with self.publisher.store.read() as db:
            feed = feeds.present(db, feed_id)
        if feed.is_retired:
            return None
        document = self.publisher.published(feed, form, self.clock()).document
        channel = self.publisher.channel(feed)
        link = f'<{channel.site.own_hub}>; rel="hub", <{channel.self_url(form)}>; rel="self"'
        return Content(body=document.body, digest=document.digest, content_type=RENDERERS[form].content_type, link=link)
