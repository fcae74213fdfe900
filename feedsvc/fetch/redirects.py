"""Redirects: which there are, and where they lead, as browsers read `Location`. Pure."""

import re
from urllib.parse import urljoin

#: Redirect → whether it is meant for good. 300 and 305 are none that anybody follows (RFC 9110, 15.4).
REDIRECTS = {301: True, 302: False, 303: False, 307: False, 308: True}

#: What may stand around a URL.
AROUND = "".join(map(chr, range(0x21)))

#: Scheme and host, which are never percent-encoded: a host in another script is for IDNA.
AUTHORITY = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*")

#: What a URL holds nowhere as it is: blanks, and everything beyond ASCII.
NOT_IN_URLS = re.compile(r"[^\x21-\x7e]")


def target(asked: str, location: str) -> str:
    """
    Where the answer of `asked` leads to with this `Location` (WHATWG URL, 4.4).

    Blanks around it, tabs and line ends are left out. Other blanks, and bytes beyond ASCII, are percent-encoded byte
    for byte, in whatever encoding they are. The header is text as aiohttp gives it: UTF-8, else surrogates.
    """
    written = re.sub(r"[\t\r\n]", "", location).strip(AROUND)
    match = AUTHORITY.match(written)
    authority = match[0] if match else ""
    return urljoin(asked, authority + NOT_IN_URLS.sub(_encoded, written[len(authority) :]))


def _encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogateescape"))
