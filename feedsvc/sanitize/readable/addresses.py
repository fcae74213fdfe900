"""Addresses that an article is better without, or better with: of pictures, players and counters. Pure."""

import re
from urllib.parse import unquote, urlsplit

from feedsvc.jumps import is_below
from feedsvc.sanitize.readable import policy
from feedsvc.sanitize.safe.urls import image_url

#: Characters of a `srcset` that are looked at.
MAX_SRCSET = 20_000

#: Parts of a host that has a name of its own below a public one: `example.com.cn`.
DEEP = 3

#: A candidate of a `srcset`: its address, and its width or density (HTML Standard, 4.8.4.2.1).
CANDIDATE = re.compile(r"\s*+([^\s,]\S*[^\s,]|[^\s,])\s*+(?:(\d+(?:\.\d+)?)[wx])?\s*+(?:,|\Z)")


def largest(srcset: str, base: str | None) -> str | None:
    """The largest picture of a `srcset` whose address may be published, each candidate checked by itself."""
    srcset = " ".join(srcset[:MAX_SRCSET].split())
    found = (
        (float(size or 1), url) for address, size in CANDIDATE.findall(srcset) if (url := image_url(address, base))
    )
    return max(found, key=lambda one: one[0], default=(0, None))[1]


def player_url(src: str | None) -> str | None:
    """An address for a frame, over https, of a host under its usual name."""
    if src is None:
        return None
    parts = urlsplit(src)
    return parts._replace(scheme="https", netloc=policy.PLAYER_ALIASES.get(parts.netloc, parts.netloc)).geturl()


def is_picture(url: str) -> bool:
    """Whether a URL is that of a picture, by its suffix: not of a page about it, as GitHub and Wikipedia have."""
    path = urlsplit(url).path
    is_page = "/blob/" in path or ":" in unquote(path.rpartition("/")[2])
    return path.rpartition(".")[2].lower() in policy.PICTURE_SUFFIXES and not is_page


def is_one_site(url: str, other: str) -> bool:
    """Whether two URLs are of one site: what anybody can register of their hosts is the same."""
    host = url.split("/", 3)[2:3]
    if host and host == other.split("/", 3)[2:3]:
        return True
    return _site(url) == _site(other)


def _site(url: str) -> list[str]:
    parts = (urlsplit(url).hostname or "").split(".")
    return parts[-3:] if len(parts) >= DEEP and parts[-2] in policy.PUBLIC_SECONDS else parts[-2:]


def is_beacon(url: str) -> bool:
    """Whether a picture's address is one that counts its readers."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    while host:
        if any(is_below(parts.path, path) for path in policy.BEACONS.get(host, ())):
            return True
        host = host.partition(".")[2]
    return False
