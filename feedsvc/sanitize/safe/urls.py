"""The one check of every URL attribute: a value that is not its own result does not leave the service. Pure."""

import re
from urllib.parse import unquote, urlsplit

from feedsvc.normalize import web_url
from feedsvc.sanitize.safe import policy

#: Characters of an e-mail address (RFC 5321, 4.5.3.1.3).
MAX_ADDRESS = 254

#: Digits of a size: no screen is wider.
MAX_DIGITS = 6

DATA_IMAGE = re.compile(rf"data:image/(?:{'|'.join(sorted(policy.DATA_IMAGE_TYPES))});base64,[A-Za-z0-9+/]+={{0,2}}")


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


def is_frame(src: str, hosts: frozenset[str]) -> bool:
    """Whether a frame may show this address: https, a host that is listed, to the letter, and the path of a player."""
    parts = urlsplit(src)
    paths = policy.PLAYER_PATHS.get(parts.netloc, ("/",))
    # A browser takes dots out of a path before it asks for it.
    is_plain = {".", ".."}.isdisjoint(unquote(parts.path).split("/"))
    return parts.scheme == "https" and parts.netloc in hosts and parts.path.startswith(paths) and is_plain


def number(value: str) -> int | None:
    """A size as an attribute has it, in pixels; None for what is none, or wider than any screen."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= MAX_DIGITS else None
