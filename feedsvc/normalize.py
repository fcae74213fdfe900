"""Dates to UTC, URLs absolute and safe, text legal in XML, names to slugs. Pure: knows no clock and no disk."""

import email.utils
import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

import idna

#: What XML 1.0 (section 2.2) does not allow, lone surrogates included; and what it does, but is no text: other control
#: characters but U+0085, which ends a line, noncharacters (Unicode, 23.7), and U+FFFD, which stands for what is lost.
XML_ILLEGAL = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffc\U00010000-\U0010fffd]"
    f"|[{''.join(chr(plane << 16 | last) for plane in range(1, 16) for last in (0xFFFE, 0xFFFF))}]"
)

#: Control characters that XML allows; no line of text has a use for them.
CONTROLS = re.compile("[\x7f-\x84\x86-\x9f]")

#: Direction overrides and isolates: invisible in a title, and able to turn the text around it.
BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

WEB_SCHEMES = frozenset({"http", "https"})

#: What a URL is written with in front, where it means a feed.
FEED_SCHEME = re.compile(r"\Afeed:(?://)?(?=https?://)|\Afeed(?=://)", re.IGNORECASE)

#: What RFC 3986 lets stand in a path, query and fragment; everything else is percent-encoded.
PATH_SAFE = "%/:@!$&'()*+,;=~"
QUERY_SAFE = PATH_SAFE + "?"

#: Characters of a URL that is worth remembering.
MAX_KEPT_URL = 2000

#: Characters of a host's name, and between two dots of it (RFC 1035, 2.3.4).
MAX_HOST, MAX_LABEL = 253, 63

#: What no part of a URL may hold before it is encoded: a reader could cut or reinterpret the URL there.
URL_ILLEGAL = re.compile(r"[\x00-\x1f\x7f\\]")

#: Characters of a name that mean something in a URL's path.
SLUG_BREAKS = re.compile(r"[/\\?#%.\s]+")

#: `2022年7月25日 14:48:32`, `… 下午2:48`, `… 14:48 +0800`; the clock time optional.
CHINESE_DATE = re.compile(
    r"(\d{4})年(\d{1,2})月(\d{1,2})日(?:\s*(上午|下午|晚上|凌晨)?\s*(\d{1,2})[:：时点](\d{1,2})(?:[:：分](\d{1,2})秒?)?分?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?",
    re.IGNORECASE,
)

#: A name of a zone behind a date: `CST` is China's in China, and America's elsewhere.
NAMED_ZONE = re.compile(r"(.*\d)\s+([A-Z]{3,5})")

#: `2022-07-25 14:48:32`, `2013/7/14 17:01`, `2022-07-25T14:48:32.123+08:00`: ISO 8601 and the loose forms around it.
NUMERIC_DATE = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[T\s]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?",
    re.IGNORECASE,
)

#: What generators write when they had no date.
NO_DATE = frozenset({"", "invalid date", "null", "none", "undefined", "nan"})


def xml_safe(text: str) -> str:
    """`text` without what XML cannot hold. Such characters are removed, not replaced: U+FFFD is a fault in a feed."""
    return XML_ILLEGAL.sub("", text).replace("\x85", "\n")


def one_line(text: str) -> str:
    """`text` as one line of plain text: NFC, no control or direction characters, runs of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", CONTROLS.sub("", BIDI_CONTROLS.sub("", xml_safe(text)))).split())


def web_url(url: str, base: str | None = None) -> str | None:
    """
    `url` as an absolute, percent-encoded http(s) URL; None when it is not one that may be published.

    Relative and protocol-relative URLs are resolved against `base` (protocol-relative ones without base: https).
    Refused: other schemes, no host, user information, backslashes, control characters.
    """
    # An article names a picture three times, and each is checked where it is used. What is huge is not kept.
    return _web_url_once(url, base) if len(url) <= MAX_KEPT_URL else _web_url(url, base)


def _web_url(url: str, base: str | None) -> str | None:
    # A browser strips tabs and line breaks from a URL before it reads it (WHATWG URL, 4.4); then so do we.
    url = re.sub(r"[\t\n\r]", "", url.strip())
    if not url or URL_ILLEGAL.search(url):
        return None
    if url.startswith("//") and base is None:
        url = "https:" + url
    try:
        parts = urlsplit(urljoin(base, url) if base else url)
        port, host = parts.port, _host(parts.netloc)
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
    """`part` percent-encoded; a `%` that starts no escape is itself encoded."""
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part), safe=safe)


def _host(netloc: str) -> str:
    """
    The host of an authority in ASCII: mapped by UTS #46, non-transitional, so that `faß.de` is not `fass.de`.

    Labels are not validated. The dot at the end that a name may have goes: no table of hosts has it.
    """
    host = re.sub(r":\d*\Z", "", netloc).removesuffix(".")
    if host.startswith("["):
        return urlsplit(f"//{netloc}").hostname or ""  # IPv6
    if len(host) > MAX_HOST:
        raise ValueError("the host is too long")
    plain = host.lower() if host.isascii() else idna.uts46_remap(host, std3_rules=False, transitional=False)
    labels = plain.split(".")
    if "" in labels or max(map(len, labels)) > MAX_LABEL:
        raise ValueError("a label of the host is empty, or too long")
    return ".".join(one if one.isascii() else f"xn--{one.encode('punycode').decode('ascii')}" for one in labels)


def _is_host(host: str) -> bool:
    return re.fullmatch(r"[a-z0-9_.-]+|[0-9a-f:.]+", host) is not None


def web_feed_url(url: str) -> str:
    """`feed://host/path` and `feed:https://host/path` as the web URLs that they mean."""
    return FEED_SCHEME.sub(lambda match: "http" if match[0].lower() == "feed" else "", url.strip(" "), count=1)


def parse_date(text: str, zone: tzinfo) -> datetime | None:
    """
    A date as seeds and feeds write it, in UTC and whole seconds; None when `text` says that there is none.

    Read are RFC 5322 dates, ISO 8601 and its loose relatives, and Chinese dates. A date without zone takes `zone`.
    An unreadable date raises ValueError: a guess would be worse than a question.
    """
    text = one_line(text)
    if text.lower() in NO_DATE:
        return None
    if match := NUMERIC_DATE.fullmatch(text):
        *numbers, offset = match.groups()
        return _utc(text, numbers, _zone(text, offset) if offset else zone)
    if match := CHINESE_DATE.fullmatch(text):
        year, month, day, half, hour, minute, second, offset = match.groups()
        if half in {"下午", "晚上"} and int(hour) < 12:  # noqa: PLR2004 - noon
            hour = str(int(hour) + 12)
        return _utc(text, [year, month, day, hour, minute, second], _zone(text, offset) if offset else zone)
    if (match := NAMED_ZONE.fullmatch(text)) and zone.tzname(datetime(2026, 1, 1)) == match[2]:  # noqa: DTZ001
        text = match[1]
    try:
        parsed = email.utils.parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        parsed = None
    if parsed is None:
        raise _unreadable(text)
    return _whole(parsed if parsed.tzinfo else parsed.replace(tzinfo=zone))


def _unreadable(text: str) -> ValueError:
    return ValueError(f"cannot read the date {text[:40]!r}; write it as 2022-07-25 14:48:32 +0800")


def _utc(text: str, numbers: tuple[str | None, ...] | list[str | None], zone: tzinfo) -> datetime:
    year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
    try:
        return _whole(datetime(year, month, day, hour, minute, second, tzinfo=zone))
    except ValueError as error:
        raise _unreadable(text) from error


def _whole(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC).replace(microsecond=0)
    except OverflowError as error:
        raise ValueError("the date is out of range") from error


def _zone(text: str, offset: str) -> tzinfo:
    if offset.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    sign = -1 if offset[0] == "-" else 1
    try:
        return timezone(sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[3:].lstrip(":") or 0)))
    except ValueError as error:
        raise _unreadable(text) from error


def slug(name: str) -> str:
    """A name as one segment of a URL's path, in the script it is written in: `C/C++ 语言` → `C-C++-语言`."""
    return SLUG_BREAKS.sub("-", one_line(name)).strip("-")


def slug_key(text: str) -> str:
    """What two slugs share when they differ only in case, width or composition."""
    return unicodedata.normalize("NFKC", text).casefold()


def link_key(url: str) -> str:
    """What two spellings of one page's address share: scheme, `www.`, escapes and a final slash do not count."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = f"/{unicodedata.normalize('NFC', unquote(parts.path))}".removesuffix("/index.html").strip("/")
    query, fragment = (f"{mark}{part}" if part else "" for mark, part in (("?", parts.query), ("#", parts.fragment)))
    return f"{host}/{path}{query}{fragment}"


def title_key(title: str) -> str:
    """What two spellings of one headline share: letters and digits, whatever their case and width; may be empty."""
    return "".join(one for one in unicodedata.normalize("NFKC", title).casefold() if one.isalnum())


def display_width(text: str) -> int:
    """Columns in a terminal or a list: a wide character (Unicode UAX #11) counts two, a combining one none."""
    return sum(_width(character) for character in text)


@lru_cache(maxsize=10_000)  # as many as a language is written with
def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, width: int) -> str:
    """`text` within `width` columns; what is cut off leaves an ellipsis, and nothing hangs before it."""
    if 2 * len(text) <= width:
        return text
    used = end = 0
    for index, character in enumerate(text):
        used += _width(character)
        if used < width:
            end = index + 1
        elif used > width:
            break
    else:
        return text
    return text[:end].rstrip(" \u200d，、；：（“《") + "…"
