"""
Who an entry is, for good: minted guids, hashes, and the addresses of what we publish. Pure.

Nothing here depends on base_url, host or database unless its name says url: the same seeds imported into an empty
database elsewhere get the same guids.
"""

import dataclasses
import hashlib
import json
import re
import unicodedata
import uuid
from datetime import datetime
from typing import Any
from urllib.parse import quote

from feedsvc.model import Entry, Format, RawEntry

#: Percent-encoded in a tag: URI are all but these (RFC 4151 allows RFC 3986's pchar, `/` and `?`).
TAG_SAFE = "/!$'()*+,;=~:@"

DIGEST_BYTES = 16

#: Fields that entries did not have at first.
ADDED = ("contributors",)

UUID_URN = "urn:uuid:"

#: What Atom's ids begin with that are made of guids that are no URIs. They must never change.
MADE_ID = "tag:guid.feedsvc.invalid,2026:"

_PCHAR = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_USER = r"(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?"
_HOST = r"(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})"
_REST = rf"(?:\?(?:{_PCHAR}|[/?])*)?(?:\#(?:{_PCHAR}|[/?])*)?"

#: URIs by what their scheme asks for: RFC 3986, 3; RFC 4151, 2.1, in lower case; RFC 8141, 2, without the characters
#: and parts that RFC 2141 did not have, as validators of feeds want it; RFC 9562, 4.
URI = re.compile(
    rf"(?i:https?|ftp)://{_USER}{_HOST}+(?::[0-9]*)?(?:/{_PCHAR}*)*{_REST}"
    rf"|tag:(?:[a-z0-9._-]+@)?[a-z0-9.-]+,\d{{4}}(?:-\d\d(?:-\d\d)?)?:(?:{_PCHAR}|/)*{_REST}"
    r"|(?i:urn:uuid:)[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
    r"|(?i:urn):(?!(?i:uuid):)[A-Za-z0-9][A-Za-z0-9-]{1,31}:(?:[A-Za-z0-9()+,.:=@;$_!*'-]|%[0-9A-Fa-f]{2})+"
    r"|(?!(?i:https?|ftp|tag|urn):)[A-Za-z][A-Za-z0-9+.-]*:"
    rf"(?://{_USER}{_HOST}*(?::[0-9]*)?(?:/{_PCHAR}*)*|/?{_PCHAR}+(?:/{_PCHAR}*)*){_REST}",
    re.ASCII,
)


def digest(data: bytes) -> str:
    """A content hash: 32 hex digits of BLAKE2b."""
    return hashlib.blake2b(data, digest_size=DIGEST_BYTES).hexdigest()


def mint_guid(tag: str, source: str, path: str) -> str:
    """`tag:example.org,2026:source/path/of/the/seed.md` (RFC 4151), whatever form the file system gives the path."""
    return f"tag:{tag}:{quote(unicodedata.normalize('NFC', f'{source}/{path}'), safe=TAG_SAFE)}"


def distinct_guid(guid: str, raw_hash: str) -> str:
    """
    A guid for an entry whose first choice, `guid`, belongs to another: the same in every database.

    Of a UUID it is another one (RFC 9562, 5.5): a URN of that namespace has room for nothing else.
    """
    if guid[: len(UUID_URN)].lower() == UUID_URN:
        return f"{UUID_URN}{uuid.uuid5(uuid.NAMESPACE_URL, f'{guid}#{raw_hash}')}"
    return f"{guid}#{raw_hash[:12]}" if "#" not in guid else f"{guid}-{raw_hash[:12]}"


def atom_id(guid: str) -> str:
    """
    The `id` that an entry has in Atom, which wants an IRI (RFC 4287, 4.2.6): its guid, or one made of that alone.

    Different guids have different ids. A guid stays what it is where it is a URI. An IRI with letters beyond ASCII
    does not: validators of feeds refuse it.
    """
    if URI.fullmatch(guid) and not guid.startswith(MADE_ID):
        return guid
    return MADE_ID + quote(guid, safe="", errors="surrogatepass")


def article_id(guid: str) -> str:
    """The last segment of an article's address: made of the guid alone, so that it never changes either."""
    return digest(guid.encode())[:16]


def published_hash(entry: Entry) -> str:
    """What readers see of an entry. `guid` never changes, `updated` and others follow: they do not count."""
    seen = shallow(entry)
    del seen["guid"], seen["updated"], seen["fallback"], seen["origins"]
    _forget_empty(seen)
    return digest(json.dumps(seen, ensure_ascii=False, sort_keys=True, default=plain).encode())


def upstream_hash(raw: RawEntry) -> str:
    """What an upstream says of an entry; what our settings make of it does not count."""
    said = shallow(raw)
    del said["categories"], said["rights"], said["key"], said["tags"]
    _forget_empty(said)
    return digest(json.dumps(said, ensure_ascii=False, sort_keys=True, default=plain).encode("utf-8", "surrogatepass"))


def _forget_empty(fields: dict[str, Any]) -> None:
    """Leave out fields of later versions where they say nothing: entries keep the hashes that they have."""
    for name in ADDED:
        if not fields[name]:
            del fields[name]


def shallow(value: Any) -> dict[str, Any]:
    """A dataclass as a mapping. Not `asdict`, which copies every text in it."""
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def plain(value: Any) -> Any:
    """What JSON has no form for: dates, and the parts of an entry."""
    return value.isoformat() if isinstance(value, datetime) else shallow(value)


def feed_url(base_url: str, slug: str, format: Format) -> str:  # noqa: A002 - the field's own word
    """The self link of a feed in a format."""
    return f"{feed_page_url(base_url, slug)}.{format}"


def feed_page_url(base_url: str, slug: str) -> str:
    """The page of a feed for a person."""
    return f"{base_url}/feeds/{quote(slug, safe='')}"


def article_url(base_url: str, guid: str) -> str:
    """The page of an entry that has no other."""
    return f"{base_url}/articles/{article_id(guid)}"
