"""Tells a hub of others that documents changed (WebSub, 7: how a publisher does so is not part of it)."""

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from feedsvc.errors import FetchError
from feedsvc.fetch.client import Client
from feedsvc.hub.verifications import GOOD
from feedsvc.identity import feed_url
from feedsvc.model import FetchPolicy, Site
from feedsvc.store import Store, hub_announcements
from feedsvc.store.hub_announcements import Announcement

log = logging.getLogger(__name__)

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(slots=True, kw_only=True)
class Announcements:
    """The documents of which the hub is to be told."""

    store: Store
    site: Site
    hub: str
    policy: FetchPolicy
    clock: Callable[[], datetime]
    places: int = 8

    def claim(self, number: int, busy: Collection[str]) -> Sequence[Announcement]:
        """Take documents."""
        with self.store.read() as db:
            is_unknown = hub_announcements.is_unknown(db, self.hub)
            if not is_unknown and not hub_announcements.is_due(db, self.clock()):
                return []
        if is_unknown:
            with self.store.write() as db:
                hub_announcements.define(db, self.hub)
        with self.store.write(is_shared=True) as db:
            return hub_announcements.claim(db, self.clock(), number, busy)

    async def do(self, client: Client, errand: Announcement) -> bool:
        """Tell the hub, unless it knows. Hubs read the address of the feed in one of two fields."""
        if errand.digest in {None, errand.announced}:
            return True
        topic = feed_url(self.site.base_url, errand.slug, errand.format)
        body = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}).encode()
        try:
            said = await client.post(self.hub, self.policy, body, FORM)
        except FetchError as error:
            log.warning("the hub cannot be told of a change: %s", error)
            return False
        if said.status not in GOOD:
            log.warning("the hub answers %s to the news of a change", said.status)
        return said.status in GOOD

    def close(self, done: Sequence[tuple[Announcement, bool]]) -> None:
        """Save whether the hub was told."""
        with self.store.write(is_shared=True) as db:
            hub_announcements.close(db, done, self.clock())
