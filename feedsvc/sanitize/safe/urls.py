"""The one check of every URL attribute: what is not what it returns does not leave the service. Pure."""

import re
from urllib.parse import unquote, urlsplit

from feedsvc.jumps import is_below
from feedsvc.normalize import web_url
from feedsvc.sanitize import policy

#: Characters of an e-mail address (RFC 5321, 4.5.3.1.3).
MAX_ADDRESS = 254

#: Characters of a `srcset` that are looked at.
MAX_SRCSET = 20_000

DATA_IMAGE = re.compile(rf"data:image/(?:{'|'.join(sorted(policy.DATA_IMAGE_TYPES))});base64,[A-Za-z0-9+/]+={{0,2}}")

#: A candidate of a `srcset`: its address, and its width or density (HTML Standard, 4.8.4.2.1).
CANDIDATE = re.compile(r"\s*+([^\s,]\S*[^\s,]|[^\s,])\s*+(?:(\d+(?:\.\d+)?)[wx])?\s*+(?:,|\Z)")


def link_url(href: str, base: str | None) -> str | None:
    """A link's address: a web URL, or a plain mailto: without headers to fill in."""
    href = href.strip()
    if href[:7].lower() == "mailto:":
        address = href[7:].partition("?")[0]
        plain = len(address) <= MAX_ADDRESS and address.count("@") == 1 and address.isascii() and address.isprintable()
        return f"mailto:{address}" if plain and not set(address) & set(" <>\"'\\") else None
    return web_url(href, base)


def image_url(src: str, base: str | None) -> str | None:
    """A picture's address: a web URL, or a small raster picture itself."""
    src = src.strip()
    if src[:5].lower() == "data:":
        is_picture = policy.DATA_IMAGE_MIN <= len(src) <= policy.DATA_IMAGE_MAX and DATA_IMAGE.fullmatch(src)
        return src if is_picture else None
    return web_url(src, base)


def largest(srcset: str, base: str | None) -> str | None:
    """The largest picture of a `srcset` whose address may be published, each candidate checked by itself."""
    srcset = " ".join(srcset[:MAX_SRCSET].split())
    found = (
        (float(size or 1), url) for address, size in CANDIDATE.findall(srcset) if (url := image_url(address, base))
    )
    return max(found, key=lambda one: one[0], default=(0, None))[1]


def is_frame(src: str, hosts: frozenset[str]) -> bool:
    """Whether a frame may show this address: https, a host that is listed, to the letter, and the path of a player."""
    parts = urlsplit(src)
    paths = policy.PLAYERS.get(parts.netloc, ("/",))
    # A browser takes dots out of a path before it asks for it.
    is_plain = {".", ".."}.isdisjoint(unquote(parts.path).split("/"))
    return parts.scheme == "https" and parts.netloc in hosts and parts.path.startswith(paths) and is_plain


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
    return parts[-3:] if len(parts) > 2 and parts[-2] in policy.PUBLIC_SECONDS else parts[-2:]  # noqa: PLR2004


def number(value: str) -> int | None:
    """A size as an attribute has it, in pixels; None for what is none, or wider than any screen."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 6 else None  # noqa: PLR2004


def is_beacon(url: str) -> bool:
    """Whether a picture's address is one that counts its readers."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    while host:
        if any(is_below(parts.path, path) for path in policy.BEACONS.get(host, ())):
            return True
        host = host.partition(".")[2]
    return False
