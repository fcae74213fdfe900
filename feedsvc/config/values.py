"""The kinds of values in the configuration. Each checks a text, and its message says what to write."""

import base64
import difflib
import ipaddress
import re
from typing import Annotated, Any, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, PlainValidator

from feedsvc.errors import FilterError
from feedsvc.filters import forms
from feedsvc.filters.rules import REFUSED
from feedsvc.language import registered
from feedsvc.model import Filter, Quota, TermsKind, Window
from feedsvc.normalize import one_line, slug, web_feed_url, web_url

TAG_FORM = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?:@[A-Za-z0-9.-]+)?,\d{4}(?:-\d\d(?:-\d\d)?)?")

#: A site that may show a page in a frame (CSP 3, 2.3.1): an origin, a host with a wildcard, or 'self'.
ANCESTOR = re.compile(r"'self'|(?:https?://)?(?:\*\.)?[A-Za-z0-9.-]+(?::(?:\d+|\*))?")

#: A document never has more entries.
MOST_QUOTA = Window().max_items

#: First parts of feedsvc's own paths: an alias cannot begin with one of them.
OWN_PATHS = frozenset({
    "", "articles", "embed", "explain", "feeds", "feeds.opml", "healthz", "hub", "livez", "metrics", "page", "readyz",
    "robots.txt", "search", "search.atom", "search.json", "search.rss", "static", "status",
    "websub",
})  # fmt: skip

#: In an alias and its target: the slug of any feed.
ANY_FEED = "<name>"

#: Headers that every request has already.
OWN_HEADERS = frozenset({
    "host", "user-agent", "accept-encoding", "if-none-match", "if-modified-since", "connection", "content-length",
    "transfer-encoding",
})  # fmt: skip

#: Before the key in a secret of a webhook (Standard Webhooks 1.0), and the length of the key in bytes.
SECRET_PREFIX = "whsec_"  # noqa: S105 - no secret itself
KEY_BYTES = range(24, 65)

#: Slips in the scheme of an address.
SLIP = re.compile(
    r"(?i)(?:https?:/?(?=[^/])|htt?ps?://|ttps?://|https?//:?|//)?(?P<rest>(?:localhost|[\w-]+(?:\.[\w-]+)+)(?::(?P<port>\d+))?(?:/\S*)?)"
)


def _base_url(value: str) -> str:
    checked = web_url(value)
    if checked is None or "?" in checked or "#" in checked:
        raise ValueError("write the public address, e.g. https://feeds.example.org or https://example.org/feeds")
    checked = checked.rstrip("/")
    if {"", ".", ".."} & set(urlsplit(checked).path.split("/")[1:]):
        raise ValueError("its path must have no // and no dots alone; write e.g. https://example.org/feeds")
    return checked


def meant(value: str) -> str:
    """
    A hint for an address without a scheme, or with a misspelt one; empty where there is no guess.

    An address with a port other than 443 is rarely https.
    """
    found = SLIP.fullmatch(value.strip())
    is_plain = found and (found["port"] or "443") != "443" and not value.strip().lower().startswith("https")
    address = found and web_url(f"{'http' if is_plain else 'https'}://{found['rest']}")
    return f"; did you mean {address}?" if address else ""


def _web_address(value: str) -> str:
    checked = web_url(value)
    if checked is None:
        raise ValueError(f"write a whole http:// or https:// URL{meant(value)}")
    return checked


def _quota(value: Any) -> Quota | None:
    if value is None:
        return None
    if value == "fair":
        return "fair"
    if not re.fullmatch("[1-9][0-9]{0,2}", str(value)) or int(value) > MOST_QUOTA:
        raise ValueError(f"write the most entries of one source, from 1 to {MOST_QUOTA}, or fair")
    return int(value)


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("no such time zone; write a name such as Asia/Shanghai or UTC") from error
    return value


def _tag(value: str) -> str:
    if not TAG_FORM.fullmatch(value):
        raise ValueError("write a domain of yours and a year, e.g. example.org,2026")
    return value


def _language(value: str) -> str:
    if not (tag := registered(value)):
        raise ValueError("no registered language; write one such as zh-CN or en")
    return tag


def _slug(value: str) -> str:
    if slug(value) != value or not value:
        raise ValueError(f"not usable in a URL; write it as {slug(value) or 'name'}")
    return value


def _some(value: str) -> str:
    if not value:
        raise ValueError("write something here, or leave the key out")
    return value


def _path(value: str) -> str:
    # `<name>` stands for the slug of any feed.
    plain = value.replace(f"/{ANY_FEED}", "/name", 1) if f"{value}/".count(f"/{ANY_FEED}/") == 1 else value
    if not value.startswith("/") or set(plain) & set("?#%\\ <>") or "//" in value:
        raise ValueError(
            "write a path from the root, e.g. /atom.xml, or with <name> as one whole part of it, "
            "e.g. /categories/<name>/feed"
        )
    if value.strip("/").partition("/")[0] in OWN_PATHS or "/." in value:
        raise ValueError(f"this path is feedsvc's own; these are: {', '.join(sorted(filter(None, OWN_PATHS)))}")
    return value


def _permalink(value: str) -> str:
    if not re.fullmatch(r"https?://[^/]+/.*:[a-z_]+.*", value) or web_url(value) is None:
        raise ValueError("write a whole address with Hexo's tokens, e.g. https://blog.example.org/:year/:title/")
    return value


def _ancestor(value: str) -> str:
    if not ANCESTOR.fullmatch(value):
        raise ValueError("write an origin, e.g. https://www.example.org, or 'self'")
    return value


def _host(value: str) -> str:
    if web_url(f"https://{value}/") != f"https://{value}/":
        raise ValueError("write a host alone, e.g. player.example.org")
    return value


def _feed_url(value: str) -> str:
    if web_url(web_feed_url(value)) is None:
        raise ValueError(f"write the whole http:// or https:// URL of a feed, without user and password{meant(value)}")
    return value


def _pattern(value: str) -> str:
    import regex  # noqa: PLC0415 - only rules of sources need it

    try:
        regex.compile(value)
    except regex.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return value


class FilterFaultsError(ValueError):
    """The faults of a list of filters. pydantic has one place for them all; `problems_of` names the place of each."""

    def __init__(self, error: FilterError) -> None:
        super().__init__(str(error))
        self.faults = error.faults


def _rules(value: Any) -> tuple[Filter, ...]:
    try:
        return forms.read(value, refused=REFUSED)
    except FilterError as error:
        raise FilterFaultsError(error) from error


def _filters(value: Any) -> list[Any]:
    """The forms of filters, which can be read. Their dates are read later, in the zone of the site."""
    try:
        forms.read(value)
    except FilterError as error:
        raise FilterFaultsError(error) from error
    return list(value)


def _header_name(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]+", value) or value.lower() in OWN_HEADERS:
        raise ValueError(f"not a header that can be set; feedsvc's own are: {', '.join(sorted(OWN_HEADERS))}")
    return value


def _header(value: str) -> str:
    if not value or not value.isascii() or not value.isprintable():
        raise ValueError("write one line of ASCII")
    return value


def _secret(value: str) -> str:
    try:
        key = base64.b64decode(value.removeprefix(SECRET_PREFIX), validate=True)
    except ValueError:
        key = b""
    if not value.startswith(SECRET_PREFIX) or len(key) not in KEY_BYTES:
        raise ValueError(
            "write whsec_ and 24 to 64 random bytes in base64; make one: echo whsec_$(openssl rand -base64 32)"
        )
    return value


def _proxy(value: str) -> str:
    if not re.fullmatch(r"http://(?:[^\s/@]+@)?[^\s/@]+/?", value):
        raise ValueError("write the proxy as http://host:port")
    return value


def _fingerprint(value: str) -> str:
    plain = value.replace(":", "").lower()
    if not re.fullmatch(r"[0-9a-f]{64}", plain):
        raise ValueError("write the certificate's SHA-256, 64 hex digits: openssl x509 -fingerprint -sha256 -noout")
    return plain


def _network(value: str) -> str:
    try:
        return str(ipaddress.ip_network(value))
    except ValueError as error:
        raise ValueError("write a network such as 198.18.0.0/15") from error


def _file(value: str) -> str:
    if re.match(r"~[^/]*(?:/|$)", value):
        raise ValueError(
            "'~' is not your home here; write the whole path, from / on, or one from this file's folder on"
        )
    return value


#: The words that declare the rights of a source.
TERMS = get_args(TermsKind)

#: The uses of content that a Content-Signal allows or refuses (contentsignals.org), in the order of the line.
SIGNALS = ("search", "ai-input", "ai-train")


def meant_terms(value: str) -> str:
    """A hint for a misspelt word of TERMS; empty for another text."""
    close = difflib.get_close_matches(value.casefold(), TERMS, n=1, cutoff=0.75)
    return f"; did you mean {close[0]!r}?" if close else ""


def _terms(value: str) -> str:
    if value not in TERMS:
        raise ValueError(f"write one of: {', '.join(TERMS)}{meant_terms(value)}")
    return value


def _signal(value: str) -> str:
    if value not in SIGNALS:
        raise ValueError(f"no such signal; there are: {', '.join(SIGNALS)}")
    return value


#: The value of `site.hub` for our own hub.
OWN_HUB = "own"


def _hub(value: str) -> str:
    checked = web_url(value)
    if value != OWN_HUB and checked is None:
        raise ValueError(f"write {OWN_HUB} for the hub of feedsvc, or the whole URL of another hub{meant(value)}")
    return checked or value


def _agent(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_.-]+", value):
        raise ValueError("write the name of a robot, e.g. GPTBot; for all robots, write `allow: false` beside it")
    return value


Text = Annotated[str, AfterValidator(one_line), AfterValidator(_some)]
FilePath = Annotated[Text, AfterValidator(_file)]
BaseUrl = Annotated[str, AfterValidator(_base_url)]
Url = Annotated[str, AfterValidator(_web_address)]
FeedUrl = Annotated[str, AfterValidator(_feed_url)]
Zone = Annotated[str, AfterValidator(_zone)]
Tag = Annotated[str, AfterValidator(_tag)]
Language = Annotated[str, AfterValidator(_language)]
Slug = Annotated[str, AfterValidator(_slug)]
AliasPath = Annotated[str, AfterValidator(_path)]
Permalink = Annotated[str, AfterValidator(_permalink)]
Ancestor = Annotated[str, AfterValidator(_ancestor)]
Host = Annotated[str, AfterValidator(_host)]
Pattern = Annotated[str, AfterValidator(_pattern)]
QuotaValue = Annotated[Any, PlainValidator(_quota)]
FeedFilters = Annotated[list[Any], PlainValidator(_filters)]
SourceRules = Annotated[tuple[Filter, ...], PlainValidator(_rules)]
HeaderName = Annotated[str, AfterValidator(_header_name)]
Header = Annotated[str, AfterValidator(_header)]
Secret = Annotated[str, AfterValidator(_secret)]
Proxy = Annotated[str, AfterValidator(_proxy)]
Fingerprint = Annotated[str, AfterValidator(_fingerprint)]
Network = Annotated[str, AfterValidator(_network)]
TermsWord = Annotated[str, AfterValidator(_terms)]
Signal = Annotated[str, AfterValidator(_signal)]
Hub = Annotated[str, AfterValidator(_hub)]
Agent = Annotated[str, AfterValidator(_agent)]
