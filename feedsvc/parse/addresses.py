"""Which address of an upstream's feed readers may see: never one that only its subscriber knows. Pure."""

import ipaddress
from urllib.parse import urlsplit

#: Parameters that say which feed is meant, and how it is written. Any other may be somebody's key to it.
PLAIN_PARAMETERS = frozenset({
    "feed", "format", "type", "alt", "output", "cat", "category", "tag", "lang", "language", "channel_id",
    "playlist_id", "user", "id", "fid", "post_type", "paged", "page", "section", "mod", "action", "rss", "q",
    "withoutcomments",
})  # fmt: skip

#: Characters of a parameter's value: a longer one may be a key.
MAX_VALUE = 40

#: Segments of a path below which a subscriber has an address of their own.
PRIVATE_SEGMENTS = frozenset({"private", "secret", "token", "auth"})

#: Ends of names that are known in one network alone.
LOCAL_NAMES = (".local", ".localhost", ".lan", ".internal", ".intranet", ".home", ".home.arpa", ".onion")


def own_address(self_link: str | None, asked: str, *, is_private: bool) -> str | None:
    """
    The address of an upstream's feed for readers: the one that it states, else the one that was asked.

    `is_private` says that the asked address may be one of the own network. None where there is none to be shown.
    """
    if self_link and is_shareable(self_link):
        return self_link
    return asked if not is_private and not urlsplit(asked).query and is_shareable(asked) else None


def is_shareable(url: str) -> bool:
    """Whether anybody may know a feed's address: a public host, and nothing in it that may be a key."""
    parts = urlsplit(url)
    pairs = [part.partition("=")[::2] for part in parts.query.split("&") if part]
    is_plain = all(name.lower() in PLAIN_PARAMETERS and len(value) <= MAX_VALUE for name, value in pairs)
    segments = {segment.lower() for segment in parts.path.split("/")}
    return is_plain and "@" not in parts.netloc and not segments & PRIVATE_SEGMENTS and _is_public(parts.hostname or "")


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(LOCAL_NAMES)
