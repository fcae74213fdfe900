"""
The callback at which hubs verify our subscriptions and push news (WebSub, https://www.w3.org/TR/websub/, 5.3 and 7).

    GET   /websub/<token>?hub.mode=subscribe&hub.topic=…&hub.challenge=…   → the challenge, if feedsvc asked for it
    GET   /websub/<token>?hub.mode=denied&hub.topic=…&hub.reason=…         → recorded
    POST  /websub/<token>, X-Hub-Signature: sha256=…                       → 202, and the upstream is polled

A push is a reason to poll, and its body is only checked, not read. The poll then brings the same news from the upstream
itself, within seconds. The alternative, to take the body in as an answer, would save that request, and was not chosen:

- A signature proves who the hub is, not what the upstream serves. Hubs rewrite feeds. A poll trusts the upstream alone.
- A hub may send only what changed (WebSub, 7). Identities, `Validators` and the overlap of two answers need the whole
  feed: with a part of it, entries would count as gone, or as missed.
- A push and a poll of one source would need one lock. A poll has the claim of its host, its fence, its pause and its
  hold already.
- A push that is lost, repeated or replayed does no harm: the source is polled at most once in
  `schedule/pushes.py:SPACING` because of pushes, and more and more rarely while they bring no news.

A push without a valid signature is answered as a valid one, and ignored (WebSub, 7.1).
"""

import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, Response, request

from feedsvc.store import Store, pushes, subscriptions

#: Largest push, in bytes. Its body is not kept in memory.
MAX_PUSH = 20_000_000
CHUNK = 65_536

#: Longest challenge, in characters.
MAX_CHALLENGE = 2000

#: The methods of signatures, the strongest first. Of several signatures, that with the strongest one counts.
METHODS = ("sha512", "sha384", "sha256", "sha1")

#: A signature. Its digest is compared later.
SIGNATURE = re.compile(r"\s*(sha1|sha256|sha384|sha512)=([0-9a-fA-F]{40,128})\s*")

#: Longest field with signatures that is read, in characters.
MAX_SIGNATURES = 1000


def blueprint(store: Store, clock: Callable[[], datetime]) -> Blueprint:
    """`/websub/<token>`. The token is a secret of a hub and us: no answer, log or page holds it."""
    views = Blueprint("websub", __name__)

    @views.get("/websub/<token>")
    def verify(token: str) -> Response:
        """Answer the question of a hub whether feedsvc sent a request."""
        said = request.args
        mode, topic, challenge = (said.get(f"hub.{name}", "") for name in ("mode", "topic", "challenge"))
        with store.read() as db:
            is_known = subscriptions.is_known(db, token)
        if not is_known or len(challenge) > MAX_CHALLENGE:
            return _text("", HTTPStatus.NOT_FOUND)
        now = clock()
        with store.write(is_hasty=True) as db:
            if mode == "denied":
                reason = said.get("hub.reason", "")
                is_ours, challenge = subscriptions.deny(db, token, topic, reason, now), ""
            else:
                lease = said.get("hub.lease_seconds")
                is_ours = bool(challenge) and subscriptions.verify(db, token, mode, topic, lease, now)
        return _text(challenge, HTTPStatus.OK) if is_ours else _text("", HTTPStatus.NOT_FOUND)

    @views.post("/websub/<token>")
    def take(token: str) -> Response:
        """Take a push. A hub that pushes to a former callback learns that it is gone, and ends that subscription."""
        if (request.content_length or 0) > MAX_PUSH:
            return _text("", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        with store.read() as db:
            found = subscriptions.find(db, token)
        if found is None:
            return _text("", HTTPStatus.GONE)
        is_valid, now = _is_signed(found.secret), clock()
        # A hub sends it again after 503, so it need not wait for the database for long.
        with store.write(is_hasty=True, is_shared=True) as db:
            if is_valid:
                pushes.mark(db, found.source_id, now)
            else:
                subscriptions.refuse(db, found.id)
        return _text("", HTTPStatus.ACCEPTED)

    return views


def _is_signed(secret: str) -> bool:
    """Whether the body of the request has a valid signature. It is read once, piece by piece, and not kept."""
    field = ",".join(request.headers.getlist("X-Hub-Signature"))[:MAX_SIGNATURES]
    stated = {match[1]: match[2].lower() for one in field.split(",") if (match := SIGNATURE.fullmatch(one))}
    method = next((one for one in METHODS if one in stated), None)
    found = hmac.new(secret.encode(), digestmod=getattr(hashlib, method or "sha256"))
    left = MAX_PUSH
    while left > 0 and (chunk := request.stream.read(min(CHUNK, left))):
        found.update(chunk)
        left -= len(chunk)
    return method is not None and left > 0 and hmac.compare_digest(found.hexdigest(), stated[method])


def _text(text: str, status: int) -> Response:
    """A plain text that no cache keeps, no robot lists, and no browser takes for a page."""
    response = Response(text, status=status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
