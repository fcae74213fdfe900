"""
Delivers the changes of feeds to their webhooks, at least once, and those of one feed in order.

    claim webhooks → next change → message → POST → 2xx: the next change; else: the same one later

Webhooks are served at the same time, each over connections of its own: a slow receiver holds up its own messages alone.
A message is made when it is sent. So a message that is sent again has the words that readers see then, and none after
a take-down.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from feedsvc.errors import FeedsvcError, FetchError
from feedsvc.fetch.client import Client, Posted
from feedsvc.fetch.guard import without_secrets
from feedsvc.model import Cursor, Webhook
from feedsvc.publish import digests
from feedsvc.publish.publisher import Publisher
from feedsvc.publish.webhooks.messages import Message, deleted, headers, saved
from feedsvc.schedule.retries import is_refused, wait
from feedsvc.store import feeds, following, webhooks
from feedsvc.store.digested import Digest
from feedsvc.store.webhooks import Claim, Outcome

log = logging.getLogger(__name__)

#: Webhooks that are served at the same time.
MOST = 64

#: For so many seconds, a worker delivers the changes of one feed. Then it saves how far it is. A worker that is killed
#: leaves these deliveries to be repeated.
TURN_SECONDS = 5

#: How long a claimed webhook stays ours: longer than a turn, an answer that never comes, and a wait for the database.
LEASE = timedelta(seconds=90)

#: For so long, webhooks are claimed, if nobody says that the configuration is out of date.
DRAIN_SECONDS = 120

#: Seconds between two looks for webhooks that are due, while others are being served.
LOOK_SECONDS = 0.5

#: An entry that is new to a feed, and arrived so long before all was delivered, is of an archive. Clocks differ.
MARGIN = timedelta(hours=1)


@dataclass(slots=True)
class _Turn:
    """How far a worker is in its turn with a webhook."""

    after: Cursor
    delivered: int = 0
    refused: int = 0


@dataclass(slots=True, kw_only=True)
class Deliverer:
    """Delivers what is due."""

    publisher: Publisher
    webhooks: Sequence[Webhook]
    clock: Callable[[], datetime]
    #: Whether to end. Asked between two messages.
    is_stopping: Callable[[], bool] = lambda: False
    #: Whether there is a newer configuration. Asked before webhooks are claimed.
    is_outdated: Callable[[], bool] = lambda: False
    _of: Mapping[int, Webhook] = field(init=False, default_factory=dict)

    def deliver(self) -> int:
        """Deliver until nothing is due. Returns the number of messages that were taken. Raises StoreError."""
        self._of, has_due = webhooks.define(self.publisher.store, self.webhooks, self.clock())
        return asyncio.run(self._drain()) if has_due else 0

    async def _drain(self) -> int:
        loop = asyncio.get_running_loop()
        running: set[asyncio.Task[int]] = set()
        taken, ends = 0, loop.time() + DRAIN_SECONDS
        while True:
            is_over = self.is_stopping() or self.is_outdated() or loop.time() >= ends
            if not is_over and len(running) < MOST:
                claims = await asyncio.to_thread(self._claim, MOST - len(running))
                running |= {asyncio.create_task(self._serve(one)) for one in claims}
            if self.is_stopping():
                # A message that was sent and not answered is sent again.
                for task in running:
                    task.cancel()
                await asyncio.gather(*running, return_exceptions=True)
                return taken
            if not running:
                return taken
            done, running = await asyncio.wait(running, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            taken += sum(task.result() for task in done)

    def _claim(self, number: int) -> list[Claim]:
        now = self.clock()
        with self.publisher.store.read() as db:
            if not webhooks.has_due(db, self._of, now):
                return []
        with self.publisher.store.write(is_shared=True) as db:
            return webhooks.claim(db, self._of, now, LEASE, number)

    # --- one webhook -------------------------------------------------------------------------------------------------

    async def _serve(self, one: Claim) -> int:
        """A turn with one webhook: its next messages. Saves how far they are, also if the turn is cut off."""
        turn = _Turn(one.after)
        try:
            async with Client() as client:
                outcome = await self._deliver(client, one, turn)
        except asyncio.CancelledError:
            self._save(one, self._so_far(one, turn))
            raise
        except FeedsvcError:
            raise
        except Exception as error:
            log.exception("webhook of feed %s: unexpected; please report it", self._of[one.feed_id].name)
            why = f"feedsvc cannot make a message ({type(error).__name__}); the log has more"
            outcome = self._again(turn, one.failures + 1, why)
        await asyncio.to_thread(self._save, one, outcome)
        return outcome.delivered

    async def _deliver(self, client: Client, one: Claim, turn: _Turn) -> Outcome:
        loop = asyncio.get_running_loop()
        to, ends, failures = self._of[one.feed_id], loop.time() + TURN_SECONDS, one.failures
        while not self.is_stopping() and loop.time() < ends:
            message, end = await asyncio.to_thread(self._next, one, turn.after)
            if message is None:
                return replace(end, delivered=turn.delivered, refused=turn.refused)
            sent = await self._send(client, to, message)
            failed = _failed(to, sent)
            if failed is None:
                turn.delivered += 1
            elif await self._is_bad(client, one, sent, failures + 1, end.after):
                log.warning("webhook of feed %s: a message is left out: %s", to.name, failed)
                turn.refused += 1
            else:
                log.warning("webhook of feed %s: %s", to.name, failed)
                return self._again(turn, failures + 1, failed, sent if isinstance(sent, Posted) else None)
            turn.after, failures = end.after, 0
        return self._so_far(one, turn)

    async def _is_bad(
        self, client: Client, one: Claim, sent: Posted | FetchError, failures: int, after: Cursor
    ) -> bool:
        """Whether something is wrong with a message, not with its receiver: the receiver takes the next one."""
        if isinstance(sent, FetchError) or not is_refused(sent.status, failures):
            return False
        to = self._of[one.feed_id]
        message, _ = await asyncio.to_thread(self._next, one, after)
        return message is not None and _failed(to, await self._send(client, to, message)) is None

    def _so_far(self, one: Claim, turn: _Turn) -> Outcome:
        """The outcome of a turn that is over although there may be more."""
        failures, error = (0, None) if turn.after != one.after else (one.failures, one.error)
        return Outcome(
            after=turn.after, delivered=turn.delivered, refused=turn.refused, failures=failures, error=error,
            due=self.clock(),
        )  # fmt: skip

    def _next(self, one: Claim, after: Cursor) -> tuple[Message | None, Outcome]:
        """The next message, and the outcome once it is delivered; or None, and the outcome of a turn that is done."""
        with self.publisher.store.read() as db:
            of = feeds.present(db, one.feed_id)
            channel = self.publisher.channel(of)
            while True:
                change, after = following.following(db, of, after, one.known, MARGIN)
                if change is None:
                    last = following.last_position(db, of)
                    return None, Outcome(after=after, seen=of.revision, last_position=last)
                if change.is_gone or change.entry is None:
                    message = deleted(channel, change.guid, change.at, change.when)
                    return message, Outcome(after=after)
                entry = change.entry
                if isinstance(entry, Digest):
                    entry = digests.entry_of(entry, channel.feed, channel.site)
                try:
                    is_new = change.at.position > one.known.position
                    return saved(channel, entry, change.at, change.when, is_new=is_new), Outcome(after=after)
                except UnicodeEncodeError as error:
                    log.warning("webhook of feed %s: %a is left out: %s", of.slug, change.guid, error)

    async def _send(self, client: Client, to: Webhook, message: Message) -> Posted | FetchError:
        try:
            return await client.post(to.url, to.policy, message.body, headers(message, to.secret, self.clock()))
        except FetchError as error:
            return error

    def _again(self, turn: _Turn, failures: int, error: str, answer: Posted | None = None) -> Outcome:
        """The outcome of a turn that ends with a failure."""
        now = self.clock()
        return Outcome(
            after=turn.after, delivered=turn.delivered, refused=turn.refused, failures=failures, error=error,
            due=now + wait(failures, answer.headers if answer else {}, now),
            is_stopped=answer is not None and answer.status == HTTPStatus.GONE,
        )  # fmt: skip

    def _save(self, one: Claim, outcome: Outcome) -> None:
        with self.publisher.store.write(is_shared=True) as db:
            webhooks.save(db, one, outcome, self.clock())


def _failed(to: Webhook, sent: Posted | FetchError) -> str | None:
    """Why a message was not taken; None if it was. The path of the address may be a password, so it is not named."""
    host = urlsplit(to.url).hostname
    if isinstance(sent, FetchError):
        reason = str(sent).removeprefix(f"{without_secrets(to.url)}: ")
        reason = reason.replace("give its source allow_private", "give the webhook allow_private")
        # A webhook has no networks of its own: those of sources do not count for it.
        return f"{host}: {reason.partition(', or, if a proxy gives')[0]}"
    if sent.status // 100 == 2:  # noqa: PLR2004 - the class of the status
        return None
    if sent.status // 100 == 3:  # noqa: PLR2004 - the class of the status
        return f"{host} answers {sent.status}, a redirect, which is not followed; write the address that takes messages"
    return f"{host} answers {sent.status}"
