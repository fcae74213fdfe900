"""The address of an upstream's feed that readers may see: never an address that only its subscriber knows. Pure."""

import ipaddress
import re
from urllib.parse import unquote, urlsplit

#: Parameters that select a feed or its format. Any other parameter may be a secret key.
PLAIN_PARAMETERS = frozenset({
    "feed", "format", "type", "alt", "output", "cat", "category", "tag", "lang", "language", "channel_id",
    "playlist_id", "fid", "post_type", "paged", "page", "section", "mod", "action", "rss", "q",
    "withoutcomments",
})  # fmt: skip

#: Longest value of a parameter, in characters. A longer one may be a secret key.
MAX_VALUE = 40

#: Parameters whose values look random but are public.
PUBLIC_IDS = frozenset({"channel_id", "playlist_id"})

#: Suffixes of the names of feeds.
SUFFIX = re.compile(r"\.(?:xml|rss2?|atom|rdf|json|php|aspx?|html?)\Z", re.IGNORECASE)

#: Letters and digits in a row. They are random if at least MIN_KEY of both kinds, or at least MIN_CASED in mixed case,
#: are together.
LETTERS_AND_DIGITS = re.compile(r"[0-9A-Za-z]+")
MIN_KEY, MIN_CASED = 12, 20

#: A UUID, or a key in hex digits.
HEX_KEY = re.compile(r"(?=.*[0-9])[0-9a-fA-F][0-9a-fA-F-]{19,80}")

#: Segments of a path below which each subscriber has a personal address.
PRIVATE_SEGMENTS = frozenset({"private", "secret", "token", "auth"})

#: Suffixes of names that are known in one network only.
LOCAL_NAMES = (".local", ".localhost", ".lan", ".internal", ".intranet", ".home", ".home.arpa", ".onion")


def own_address(self_link: str | None, asked: str, *, is_private: bool) -> str | None:
    """
    The address of an upstream's feed for readers: the one that the feed states, else the requested one.

    `is_private` says that the requested address may be on our own network. None if no address may be shown.
    """
    if self_link and is_shareable(self_link):
        return self_link
    return asked if not is_private and not urlsplit(asked).query and is_shareable(asked) else None


def is_shareable(url: str) -> bool:
    """Whether a feed's address may be published: its host is public, and no part of it may be a secret key."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or "@" in unquote(url):
        return False
    pairs = [part.partition("=")[::2] for part in parts.query.split("&") if part]
    is_plain = all(
        name.lower() in PLAIN_PARAMETERS
        and len(value) <= MAX_VALUE
        and (name.lower() in PUBLIC_IDS or not _is_random(unquote(value)))
        for name, value in pairs
    )
    segments = [unquote(one) for one in parts.path.split("/")]
    is_open = PRIVATE_SEGMENTS.isdisjoint(one.lower() for one in segments) and not any(map(_is_random, segments))
    return is_plain and is_open and _is_public(parts.hostname or "")


def _is_random(segment: str) -> bool:
    """Whether a segment of a path, or a value, looks like a random key."""
    name = SUFFIX.sub("", segment)
    return HEX_KEY.fullmatch(name) is not None or any(map(_is_key, LETTERS_AND_DIGITS.findall(name)))


def _is_key(word: str) -> bool:
    has_digit, has_letter = any(map(str.isdigit, word)), any(map(str.isalpha, word))
    is_cased = len(word) >= MIN_CASED and not word.islower() and not word.isupper() and not word.istitle()
    return (len(word) >= MIN_KEY and has_digit and has_letter) or (is_cased and has_letter)


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(LOCAL_NAMES)
