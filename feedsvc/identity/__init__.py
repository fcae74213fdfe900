"""
Who an entry is, for good: minted guids, hashes, and the addresses of what we publish. Pure.

Nothing here depends on base_url, host or database unless its name says url: the same seeds imported into an empty
database elsewhere get the same guids.
"""

import dataclasses
import hashlib
import json
import unicodedata
from datetime import datetime
from typing import Any
from urllib.parse import quote

from feedsvc.model import Details, Entry, Format, RawEntry

#: Percent-encoded in a tag: URI are all but these (RFC 4151 allows RFC 3986's pchar, `/` and `?`).
TAG_SAFE = "/!$'()*+,;=~:@"

DIGEST_BYTES = 16

#: Fields that an earlier release did not have: left out where they are empty, so that its hashes stay valid.
LATER = frozenset({"details", "duration", "id", "feed_updated"})


def digest(data: bytes) -> str:
    """A content hash: 32 hex digits of BLAKE2b."""
    return hashlib.blake2b(data, digest_size=DIGEST_BYTES).hexdigest()


def mint_guid(tag: str, source: str, path: str) -> str:
    """`tag:example.org,2026:source/path/of/the/seed.md` (RFC 4151), whatever form the file system gives the path."""
    return f"tag:{tag}:{quote(unicodedata.normalize('NFC', f'{source}/{path}'), safe=TAG_SAFE)}"


def distinct_guid(guid: str, raw_hash: str) -> str:
    """A guid for an entry whose first choice, `guid`, belongs to another: the same in every database."""
    return f"{guid}#{raw_hash[:12]}" if "#" not in guid else f"{guid}-{raw_hash[:12]}"


def article_id(guid: str) -> str:
    """The last segment of an article's address: made of the guid alone, so that it never changes either."""
    return digest(guid.encode())[:16]


def published_hash(entry: Entry) -> str:
    """What readers see of an entry. `guid` never changes, `updated` and others follow: they do not count."""
    seen = shallow(entry)
    del seen["guid"], seen["updated"], seen["fallback"], seen["origins"]
    return digest(json.dumps(seen, ensure_ascii=False, sort_keys=True, default=plain).encode())


def upstream_hash(raw: RawEntry) -> str:
    """What an upstream says of an entry; what our settings make of it does not count."""
    said = shallow(raw)
    del said["categories"], said["rights"], said["key"], said["tags"]
    return digest(json.dumps(said, ensure_ascii=False, sort_keys=True, default=plain).encode("utf-8", "surrogatepass"))


def shallow(value: Any) -> dict[str, Any]:
    """A dataclass as a mapping. Not `asdict`, which copies every text in it. Later fields only where they are set."""
    fields = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
    if isinstance(value, Details):
        return {name: held for name, held in fields if held is not None and held != ()}
    return {name: held for name, held in fields if held or name not in LATER}


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
