"""URLs, made absolute and safe. Pure."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from feedsvc.normalize.text import xml_safe

WEB_SCHEMES = frozenset({"http", "https"})

#: A prefix of a URL that means "feed".
FEED_SCHEME = re.compile(r"\Afeed:(?://)?(?=https?://)|\Afeed(?=://)", re.IGNORECASE)

#: Characters that RFC 3986 allows in a path, query and fragment. All others are percent-encoded.
PATH_SAFE = "%/:@!$&'()*+,;=~"
QUERY_SAFE = PATH_SAFE + "?"

#: Longest URL that is cached, in characters.
MAX_KEPT_URL = 2000

#: Longest host name, and longest label of it, in characters (RFC 1035, 2.3.4).
MAX_HOST, MAX_LABEL = 253, 63

#: Characters that no part of a URL may contain before it is encoded, because a reader could cut or reinterpret the URL
#: there.
URL_ILLEGAL = re.compile(r"[\x00-\x1f\x7f\\]")


#: Bytes of characters beyond ASCII, percent-encoded.
BEYOND_ASCII = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")

#: Percent-encoded `"$()*,:^|`: they have no meaning in a path or query.
PLAIN_ASCII = re.compile(r"%(?:2[2489AC]|3A|5E|7C)", re.IGNORECASE)


def legible(url: str) -> str:
    """
    A URL as people read it: Chinese is not percent-encoded.

    It stays the same address: signs that have a meaning stay encoded, and so do blanks, marks of direction, and bytes
    that are no text.
    """
    return BEYOND_ASCII.sub(_decoded, PLAIN_ASCII.sub(lambda found: unquote(found[0]), url))


def _decoded(found: re.Match[str]) -> str:
    text = unquote(found[0], errors="replace")
    is_shown = "\N{REPLACEMENT CHARACTER}" not in text and text.isprintable()
    return text if is_shown else found[0]


def web_url(url: str, base: str | None = None) -> str | None:
    """
    `url` as an absolute, percent-encoded http(s) URL; None when it is not one that may be published.

    Relative and protocol-relative URLs are resolved against `base` (protocol-relative ones without base: https).
    Refused: other schemes, no host, user information, backslashes, control characters.
    """
    # An article contains the address of a picture three times, and each one is checked. Long URLs are not cached.
    return _web_url_once(url, base) if len(url) <= MAX_KEPT_URL else _web_url(url, base)


def _web_url(url: str, base: str | None) -> str | None:
    # Browsers remove tabs and line breaks from a URL before they parse it (WHATWG URL, 4.4), so we do too.
    url = re.sub(r"[\t\n\r]", "", url.strip())
    if not url or URL_ILLEGAL.search(url):
        return None
    if url.startswith("//") and base is None:
        url = "https:" + url
    try:
        parts = urlsplit(urljoin(base, url) if base else url)
        port, host = parts.port, _ascii_host(parts.netloc)
    except (ValueError, UnicodeError):
        return None
    if parts.scheme.lower() not in WEB_SCHEMES or not host or "@" in parts.netloc or not _is_host(host):
        return None
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port is not None else "")
    path, query, fragment = (xml_safe(part) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit(
        (
            parts.scheme.lower(),
            netloc,
            _encode(path or "/", PATH_SAFE),
            _encode(query, QUERY_SAFE),
            _encode(fragment, QUERY_SAFE),
        )
    )


_web_url_once = lru_cache(maxsize=2048)(_web_url)


def _encode(part: str, safe: str) -> str:
    """`part`, percent-encoded. A `%` that starts no escape is encoded too."""
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part), safe=safe)


def _ascii_host(netloc: str) -> str:
    """
    The host of an authority in ASCII: UTS #46, non-transitional, so that `faß.de` is not `fass.de`.

    Labels are not validated. A final dot is removed, because no table of hosts has it.
    """
    host = re.sub(r":\d*\Z", "", netloc).removesuffix(".")
    if host.startswith("["):
        return urlsplit(f"//{netloc}").hostname or ""  # IPv6
    if len(host) > MAX_HOST:
        raise ValueError("the host is too long")
    plain = host.lower() if host.isascii() else _remapped(host)
    labels = plain.split(".")
    if "" in labels or max(map(len, labels)) > MAX_LABEL:
        raise ValueError("a label of the host is empty, or too long")
    return ".".join(one if one.isascii() else f"xn--{one.encode('punycode').decode('ascii')}" for one in labels)


def _remapped(host: str) -> str:
    import idna  # noqa: PLC0415 - its tables are needed for few hosts

    return idna.uts46_remap(host, std3_rules=False, transitional=False)


def _is_host(host: str) -> bool:
    return re.fullmatch(r"[a-z0-9_.-]+|[0-9a-f:.]+", host) is not None


def web_feed_url(url: str) -> str:
    """The web URL for `feed://host/path` or `feed:https://host/path`; another URL as it is."""
    return FEED_SCHEME.sub(lambda match: "http" if match[0].lower() == "feed" else "", url.strip(" "), count=1)


def link_key(url: str) -> str:
    """The common key of two spellings of a page's address: scheme, `www.`, escapes and a final slash do not count."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = f"/{unicodedata.normalize('NFC', unquote(parts.path))}".removesuffix("/index.html").strip("/")
    query, fragment = (f"{mark}{part}" if part else "" for mark, part in (("?", parts.query), ("#", parts.fragment)))
    return f"{host}/{path}{query}{fragment}"


def without_secrets(url: str) -> str:
    """A URL as messages show it: without user, password and query, which may be secret."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "the URL"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
