"""
Subscribes at the hubs that upstreams name (WebSub, https://www.w3.org/TR/websub/, 5).

    hubs of upstreams → subscriptions that there should be → those that are due → POST to the hub → state saved

The hub then verifies the request at our callback (`web/websub.py`). The state stands in the database, so any number of
workers share this work. A hub is asked for one subscription at a time. One that does not answer delays its own
subscriptions alone.

The secret is sent to a hub without https, too. Who can read that request knows our callback already, so a push without
a signature would be worth less.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlencode, urlsplit

from feedsvc.errors import FetchError
from feedsvc.fetch.client import Client, Posted
from feedsvc.fetch.guard import without_secrets
from feedsvc.fetch.redirects import target
from feedsvc.model import FetchPolicy, UpstreamSpec
from feedsvc.normalize import one_line
from feedsvc.schedule.pushes import LEASE
from feedsvc.store import Connection, Store, hub_plans, polls, subscriptions
from feedsvc.store.hub_plans import Keys
from feedsvc.store.subscriptions import MAX_REASON, Asked

log = logging.getLogger(__name__)

#: Subscriptions that a worker claims at once. Its lease outlasts the time limits of so many requests to one hub.
NUMBER = 32
CLAIMED = timedelta(minutes=20)

#: Seconds between two requests to one hub.
PAUSE_SECONDS = 0.5

#: Bytes of the tokens and secrets that nobody can guess.
KEY_BYTES = 32

#: The path of callbacks, below the public address.
CALLBACKS = "/websub/"

#: Redirects with which a hub hands requests on to another one (WebSub, 5.1.2), and how many are followed.
HANDED_ON = frozenset({307, 308})
MAX_HOPS = 3

#: After a hub did not answer, its other subscriptions wait so long.
PUT_OFF = timedelta(minutes=2)

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def new_keys() -> Keys:
    """A token and a secret that nobody can guess."""
    return Keys(token=secrets.token_urlsafe(KEY_BYTES), secret=secrets.token_urlsafe(KEY_BYTES))


@dataclass(slots=True, kw_only=True)
class Subscriber:
    """Keeps the subscriptions of a store."""

    store: Store
    #: By name.
    specs: Mapping[str, UpstreamSpec]
    #: Names of the sources that are subscribed.
    pushed: Collection[str]
    #: The public address, without a slash at the end.
    base_url: str
    #: The policy for hubs of sources that are no longer configured.
    policy: FetchPolicy
    clock: Callable[[], datetime]
    client: Callable[[], Client] = Client
    pause: float = PAUSE_SECONDS
    is_stopping: Callable[[], bool] = lambda: False

    def follow(self) -> None:
        """Let the subscriptions be those of the hubs that upstreams name, and of the configuration."""
        callbacks = f"{self.base_url}{CALLBACKS}"
        with self.store.read() as db:
            announced, current = hub_plans.announced(db), polls.current(db, self.specs.values())
            wanted = {spec.name: announced.get(spec.name) if spec.name in self.pushed else None for spec in current}
            is_done = not hub_plans.plan(db, wanted, callbacks)
        if not is_done:
            with self.store.write() as db:
                hub_plans.follow(db, wanted, callbacks, new_keys, self.clock())

    def ask(self) -> int:
        """Ask hubs for what is due, and return for how many subscriptions."""
        with self.store.read() as db:
            is_due = subscriptions.is_due(db, self.clock())
        return asyncio.run(self._ask()) if is_due else 0

    async def _ask(self) -> int:
        number = 0
        async with self.client() as client:
            while not self.is_stopping() and (claimed := await asyncio.to_thread(self._claim)):
                hubs: dict[str, list[Asked]] = {}
                for one in claimed:
                    hubs.setdefault(urlsplit(one.hub).netloc.lower(), []).append(one)
                await asyncio.gather(*(self._ask_one_hub(client, of_hub) for of_hub in hubs.values()))
                number += len(claimed)
        return number

    def _claim(self) -> list[Asked]:
        with self.store.write() as db:
            return subscriptions.claim(db, self.clock(), CLAIMED, NUMBER)

    async def _ask_one_hub(self, client: Client, claimed: Sequence[Asked]) -> None:
        """Ask one hub for several subscriptions, one after the other, until it does not answer."""
        is_answering = True
        for number, one in enumerate(claimed):
            if self.is_stopping() or not is_answering:
                await self._save(partial(subscriptions.put_off, asked=one, due=self.clock() + PUT_OFF))
                continue
            if number:
                await asyncio.sleep(self.pause)
            is_answering = await self._ask_for(client, one)

    async def _ask_for(self, client: Client, asked: Asked) -> bool:
        """Ask a hub for one subscription. Returns whether it answered."""
        try:
            posted = await self._post(client, asked)
        except FetchError as error:
            reason = f"{error}{self._also(asked)}"
            await self._save(lambda db: subscriptions.failed(db, asked, reason, {}, self.clock()))
            log.warning("source %s: its hub cannot be asked: %s", asked.source, reason)
            return False
        if posted.status // 100 == 2:  # noqa: PLR2004 - each status of success
            await self._save(lambda db: subscriptions.accepted(db, asked, self.clock()))
            return True
        reason = _refusal(posted, asked)
        await self._save(lambda db: subscriptions.failed(db, asked, reason, posted.headers, self.clock()))
        log.warning("source %s: its hub refuses a request to %s: %s", asked.source, asked.mode, reason)
        return True

    async def _save(self, save: Callable[[Connection], None]) -> None:
        def write() -> None:
            with self.store.write() as db:
                save(db)

        await asyncio.to_thread(write)

    async def _post(self, client: Client, asked: Asked) -> Posted:
        """The answer of the hub, or of the hub to which it hands the request on."""
        body, url = _form(asked), asked.hub
        for _ in range(MAX_HOPS + 1):
            posted = await client.post(url, self._policy(asked, url), body, FORM)
            location = posted.headers.get("location")
            if posted.status not in HANDED_ON or not location:
                return posted
            following = target(url, location)
            if url.lower().startswith("https:") and not following.lower().startswith("https:"):
                raise FetchError(f"{without_secrets(url)}: it redirects from https to http")
            url = following
        raise FetchError(f"{without_secrets(asked.hub)}: more than {MAX_HOPS} redirects")

    def _policy(self, asked: Asked, url: str) -> FetchPolicy:
        """
        The policy for a hub: that of its source.

        A hub on a private network is asked only if its source has both `allow_private` and `push: true`: the hub is
        what a feed says, not what the operator wrote. A pinned certificate counts for the source's own host alone.
        A subscription that is ended was once allowed so.
        """
        spec = self.specs.get(asked.source)
        if spec is None:
            return self.policy
        is_own = urlsplit(url).netloc.lower() == urlsplit(spec.url).netloc.lower()
        return replace(
            spec.policy, headers=(),
            allow_private=spec.policy.allow_private and (spec.push is True or asked.mode == "unsubscribe"),
            fingerprint=spec.policy.fingerprint if is_own else None,
        )  # fmt: skip

    def _also(self, asked: Asked) -> str:
        """A remedy that the message of the guard lacks."""
        spec = self.specs.get(asked.source)
        return "; if the hub is yours, add push: true" if spec and spec.policy.allow_private and not spec.push else ""


def _form(asked: Asked) -> bytes:
    """The body of a request (WebSub, 5.1)."""
    said = {"hub.mode": asked.mode, "hub.topic": asked.topic, "hub.callback": asked.callback}
    if asked.mode == "subscribe":
        said |= {"hub.secret": asked.secret, "hub.lease_seconds": str(int(LEASE.total_seconds()))}
    return urlencode(said).encode("ascii")


def _refusal(posted: Posted, asked: Asked) -> str:
    """The reason of a hub, in one line. A hub may quote the request, whose callback and secret nobody may see."""
    text = posted.body.decode("utf-8", "replace")
    for secret in (asked.callback, asked.callback.rpartition("/")[2], asked.secret):
        text = text.replace(secret, "…")
    text = one_line(text)
    is_plain = text and "<" not in text
    return f"it answers {posted.status}{f': {text[:MAX_REASON]}' if is_plain else ''}"
