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
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from feedsvc.model import Details, Entry, Format, RawEntry

#: Percent-encoded in a tag: URI are all but these (RFC 4151 allows RFC 3986's pchar, `/` and `?`).
TAG_SAFE = "/!$'()*+,;=~:@"

DIGEST_BYTES = 16

#: Bytes of a guid that is kept as it is: a database's index may hold no more.
MAX_GUID = 2000

#: Fields of an entry that never change, or that follow from others.
FOLLOWING = frozenset({"guid", "updated", "fallback", "origins"})

#: In HTML of the sanitiser: the scheme, and the query, of an address.
SCHEME = re.compile(r'="https?://')
QUERY = re.compile(r'( (?:src|href|poster)="[^"?]*)\?[^"#]*')

#: Numbers, and words for how long ago something was.
COUNTER = re.compile(
    r"刚刚|[刚剛]才|今天|昨天|前天|[几幾](?=[秒分小天日])|半(?=[小个個])"
    r"|(?:秒[钟鐘]?|分[钟鐘]?|小[时時]|天|日|[周週]|[个個]?月|年)前|\d+(?:[.,:：]\d+)*[百千万萬亿億kKmM]?"
    r"|\b(?:just now|yesterday|today|an?(?= (?:second|minute|hour|day|week|month|year))"
    r"|(?:second|minute|hour|day|week|month|year)s?(?: ago)?)\b",
    re.IGNORECASE,
)

#: Fields that an earlier release did not have: left out where they are empty, so that its hashes stay valid.
LATER = frozenset({"contributors", "details", "duration", "id", "feed_updated", "is_dated_by_name"})

UUID_URN = "urn:uuid:"


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


def bounded(guid: str) -> str:
    """A guid that an index can hold: a longer one is known by its digest."""
    data = guid.encode("utf-8", "surrogatepass")
    return guid if len(data) <= MAX_GUID else f"urn:x-digest:{digest(data)}"


def article_id(guid: str) -> str:
    """The last segment of an article's address: made of the guid alone, so that it never changes either."""
    return digest(guid.encode())[:16]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Hashes:
    """Of a published entry. `seen` and `steady` are None in a row of an older release."""

    #: Of everything that is published.
    published: str
    #: Of what a reader can see.
    seen: str | None = None
    #: Of what a reader can see besides counters.
    steady: str | None = None


def hashes(entry: Entry) -> Hashes:
    """
    What an entry's form is compared by. `guid` never changes, `updated` and others follow: they do not count.

    The scheme and the query of an address, and white space, show nowhere: a session, a token or a move to https is no
    news. An entry's own link leads a reader, who does not read it; a date of publication is no text.
    """
    whole = {name: value for name, value in shallow(entry).items() if name not in FOLLOWING}
    seen = _as_text(
        {name: value for name, value in whole.items() if name not in {"link", "published"}}
        | {
            "content": " ".join(QUERY.sub(r"\1", SCHEME.sub('="//', entry.content)).split()),
            "summary": " ".join(entry.summary.split()),
            "image": _place(entry.image),
            "enclosures": [(_place(one.url), one.type, one.duration) for one in entry.enclosures],
        }
    )
    return Hashes(
        published=digest(_as_text(whole).encode()),
        seen=digest(seen.encode()),
        steady=digest(COUNTER.sub("", seen).encode()),
    )


def _as_text(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, default=plain)


def _place(url: str | None) -> str:
    """An address without scheme and query."""
    return (url or "").partition("?")[0].partition(":")[2]


def first_place(urls: Iterable[str]) -> str:
    """The first of some addresses, without scheme and query: where a piece is heard, whatever token it takes today."""
    return _place(next(iter(urls), None))


def upstream_hash(raw: RawEntry) -> str:
    """What an upstream says of an entry; what our settings make of it does not count."""
    said = shallow(raw)
    del said["guid"], said["categories"], said["rights"], said["key"], said["tags"]
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
