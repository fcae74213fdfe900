"""
Proxies that scrapers and themes put in front of a picture's own address. Pure.

Sites use such a proxy because a host refuses requests with a foreign referrer. Our pages send no referrer, so the
picture's own address works. Only proxies whose target is certain are listed.
"""

import re
from urllib.parse import unquote

#: A proxy whose address is followed by the target's.
IN_FRONT = re.compile(
    r"https?://(?:cors\.zfour\.workers\.dev/\?|cors-anywhere\.herokuapp\.com/|corsproxy\.io/\?"
    r"|pic1\.xuehuaimg\.com/proxy/)(?=(?:https?(?::|%3a))?(?:/|%2f){2})",
    re.IGNORECASE,
)

#: A proxy that has the target as a parameter. The target may lack its scheme.
IN_QUERY = re.compile(
    r"https?://(?:(?:images\.weserv\.nl|wsrv\.nl)/\?(?:[^#]{0,300}&)?url|api\.allorigins\.win/raw\?url"
    r"|(?:proxy|external-content)\.duckduckgo\.com/iu/\?u)=([^&#]{4,2000})",
    re.IGNORECASE,
)

#: The proxy of WordPress, which has the target's host as the first part of its path.
PHOTON = re.compile(
    r"https?://i[0-3]\.wp\.com/([a-z0-9-]{1,63}+(?:\.[a-z0-9-]{1,63}+)+/[^?#]+)(\?[^#]*)?", re.IGNORECASE
)

WITH_SCHEME = re.compile(r"(?:https?:)?//", re.IGNORECASE)

#: An address in a `srcset`.
SRCSET_ADDRESS = re.compile(r"(?<!\S)https?://\S*[^\s,]", re.IGNORECASE)

#: Proxies may be nested to this depth.
MAX_PROXIES = 3


def unproxied(url: str) -> str:
    """The address of a picture without the proxies in front of it; `url` itself if there is no proxy."""
    for _ in range(MAX_PROXIES):
        target = _proxied(url)
        if target is None:
            break
        url = target
    return url


def unproxied_set(candidates: str) -> str:
    """A `srcset` with each address without its proxies."""
    return SRCSET_ADDRESS.sub(lambda found: unproxied(found[0]), candidates)


def _proxied(url: str) -> str | None:
    if match := IN_FRONT.match(url):
        rest = url[match.end() :]
        return rest if WITH_SCHEME.match(rest) else unquote(rest)
    if match := IN_QUERY.match(url):
        target = unquote(match[1])
        if target.lower().startswith("ssl:"):
            return f"https://{target[4:].lstrip('/')}"
        return target if WITH_SCHEME.match(target) else f"{_scheme(url)}{target}"
    if match := PHOTON.fullmatch(url):
        return f"{'https://' if 'ssl=1' in (match[2] or '') else _scheme(url)}{match[1]}"
    return None


def _scheme(url: str) -> str:
    """The proxy's own scheme: a page with https shows no picture with http."""
    return f"{url.partition(':')[0].lower()}://"
