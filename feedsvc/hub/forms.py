"""The form that a subscriber sends to the hub (WebSub, 5.1), and its limits. Pure."""

from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import parse_qsl

from feedsvc.normalize import web_url

#: Limits of a form: bytes, and fields.
MOST_BYTES = 8_192
MOST_FIELDS = 50

#: Characters of a callback, and of a topic.
MOST_URL = 2_048

#: The first length in bytes that a secret must not have (WebSub, 5.1).
SECRET_BOUND = 200

#: In seconds: the shortest and the longest lease, and the one of a subscriber that asks for none.
LEASES = (86_400, 30 * 86_400)
USUAL_LEASE = 10 * 86_400

#: Digits of a number of seconds.
MOST_DIGITS = 12

Mode = Literal["subscribe", "unsubscribe", "publish"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The wish of a subscriber, or the news of a publisher."""

    mode: Mode
    topic: str
    #: Empty with `publish`.
    callback: str = ""
    lease_seconds: int = USUAL_LEASE
    secret: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A status, and a sentence that says what is wrong."""

    status: int
    reason: str


def read(body: bytes) -> Asked | Refused:
    """The wish in a body of type `application/x-www-form-urlencoded`. Unknown fields do not count."""
    if len(body) > MOST_BYTES:
        return Refused(status=413, reason=f"a request has at most {MOST_BYTES} bytes")
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        return _bad(f"the body must be a form in UTF-8 with at most {MOST_FIELDS} fields")
    fields = dict(pairs)
    doubled = [name for name in KNOWN if sum(one == name for one, _ in pairs) > 1]
    mode = next((one for one in get_args(Mode) if one == fields.get("hub.mode")), None)
    if doubled:
        return _bad(f"{doubled[0]} must stand there once")
    if mode is None:
        return _bad("hub.mode must be subscribe or unsubscribe")
    topic = fields.get("hub.topic") or (fields.get("hub.url", "") if mode == "publish" else "")
    if not 0 < len(topic) <= MOST_URL:
        return _bad(f"hub.topic must be the address of a feed, with at most {MOST_URL} characters")
    return Asked(mode=mode, topic=topic) if mode == "publish" else _wish(mode, topic, fields)


#: The fields that the hub reads.
KNOWN = ("hub.mode", "hub.topic", "hub.callback", "hub.lease_seconds", "hub.secret")


def _wish(mode: Mode, topic: str, fields: dict[str, str]) -> Asked | Refused:
    callback = fields.get("hub.callback", "")
    if not callback.isascii() or len(callback) > MOST_URL or web_url(callback) is None or "#" in callback:
        return _bad(f"hub.callback must be a whole http(s) URL in ASCII, without #, of at most {MOST_URL} characters")
    seconds = fields.get("hub.lease_seconds", "") or str(USUAL_LEASE)
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= MOST_DIGITS):
        return _bad("hub.lease_seconds must be a number of seconds")
    secret = fields.get("hub.secret") or None
    if secret is not None and len(secret.encode()) >= SECRET_BOUND:
        return _bad(f"hub.secret must have less than {SECRET_BOUND} bytes")
    if "\0" in topic + callback + (secret or ""):
        return _bad("no field may have a character NUL")
    lease = min(max(int(seconds), LEASES[0]), LEASES[1])
    return Asked(mode=mode, topic=topic, callback=callback, lease_seconds=lease, secret=secret)


def _bad(reason: str) -> Refused:
    return Refused(status=400, reason=reason)
