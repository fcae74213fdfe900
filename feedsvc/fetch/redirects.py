"""Redirects: their statuses, and their targets as browsers read `Location`. Pure."""

import re
from urllib.parse import urljoin

#: Status of a redirect → whether it is permanent. Clients do not follow 300 and 305 (RFC 9110, 15.4).
REDIRECTS = {301: True, 302: False, 303: False, 307: False, 308: True}

#: Blanks and control characters that are removed around a URL.
BLANKS = "".join(map(chr, range(0x21)))

#: Scheme and host. They are never percent-encoded: IDNA encodes a host with non-ASCII letters.
AUTHORITY = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*")

#: Characters that must be encoded in a URL: blanks, control characters and non-ASCII characters.
NOT_IN_URLS = re.compile(r"[^\x21-\x7e]")


def target(asked: str, location: str) -> str:
    """
    The URL to which the answer of `asked` redirects with this `Location` (WHATWG URL, 4.4).

    Blanks around it, tabs and line ends are removed. Other blanks and non-ASCII bytes are percent-encoded byte by byte,
    whatever their encoding is. aiohttp gives the header as text: UTF-8, with surrogates for other bytes.
    """
    written = re.sub(r"[\t\r\n]", "", location).strip(BLANKS)
    match = AUTHORITY.match(written)
    authority = match[0] if match else ""
    return urljoin(asked, authority + NOT_IN_URLS.sub(_encoded, written[len(authority) :]))


def _encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogateescape"))
