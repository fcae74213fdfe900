"""
The messages of webhooks, and their signatures (Standard Webhooks 1.0, standardwebhooks.com). Pure.

A message is one change of one entry, in JSON: the feed, and the entry as an item of our JSON Feed.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from feedsvc.identity import digest
from feedsvc.model import Cursor, Entry
from feedsvc.publish.credits import credited
from feedsvc.render import Channel
from feedsvc.render.channel import rfc3339
from feedsvc.render.jsonfeed import item

#: The kinds of messages: an entry came to the feed; it changed there, or returned; it left.
Type = Literal["entry.created", "entry.updated", "entry.deleted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message, ready to be sent."""

    #: Equal for each try of one change, and different for each change.
    id: str
    body: bytes


def saved(channel: Channel, entry: Entry, at: Cursor, arrived_at: datetime, *, is_new: bool) -> Message:
    """The message of an entry that came to a feed, or changed there. Raises UnicodeEncodeError, as documents do."""
    (shown,) = credited([entry], channel.site)
    when = arrived_at if is_new or entry.updated is None else max(arrived_at, entry.updated)
    return _message(channel, at, "entry.created" if is_new else "entry.updated", when, item(channel, shown))


def deleted(channel: Channel, guid: str, at: Cursor, when: datetime) -> Message:
    """The message of an entry that left a feed. It has none of the entry's words."""
    return _message(channel, at, "entry.deleted", when, {"id": guid})


def _message(channel: Channel, at: Cursor, kind: Type, when: datetime, entry: dict[str, Any]) -> Message:
    feed = {"title": channel.feed.title, "home_page_url": channel.page_url, "feed_url": channel.url("json")}
    said = {"type": kind, "timestamp": rfc3339(when), "data": {"feed": feed, "entry": entry}}
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    # With the text: in a database that was put back, a revision may stand for another change.
    return Message(id=f"msg_{digest(f'{channel.id} {at} '.encode() + body)}", body=body)


def headers(message: Message, secret: bytes, now: datetime) -> dict[str, str]:
    """The headers of a try: the id, the time of the try, and the signature of both and of the body."""
    moment = str(int(now.timestamp()))
    signed = hmac.new(secret, f"{message.id}.{moment}.".encode() + message.body, hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "webhook-id": message.id,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(signed).decode()}",
    }
