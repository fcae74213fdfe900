"""
Hashes of entries: has an entry changed, and can a reader see the change? Pure.

No hash depends on base_url, host or database.
"""

import dataclasses
import hashlib
import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from feedsvc.model import Details, Entry, Filter, RawEntry

DIGEST_BYTES = 16

#: Fields of an entry that never change, or that are derived from other fields.
FOLLOWING = frozenset({"guid", "updated", "fallback", "origins", "is_ours"})

#: The scheme and the query of an address, in the HTML that the sanitiser writes.
SCHEME = re.compile(r'="https?://')
QUERY = re.compile(r'( (?:src|href|poster)="[^"?]*)\?[^"#]*')

#: Numbers, and relative times ("3 minutes ago").
COUNTER = re.compile(
    r"刚刚|[刚剛]才|今天|昨天|前天|[几幾](?=[秒分小天日])|半(?=[小个個])"
    r"|(?:秒[钟鐘]?|分[钟鐘]?|小[时時]|天|日|[周週]|[个個]?月|年)前|\d+(?:[.,:：]\d+)*[百千万萬亿億kKmM]?"
    r"|\b(?:just now|yesterday|today|an?(?= (?:second|minute|hour|day|week|month|year))"
    r"|(?:second|minute|hour|day|week|month|year)s?(?: ago)?)\b",
    re.IGNORECASE,
)

#: Fields that an earlier release did not have. An empty one is left out of the hash, so that older hashes stay valid.
LATER = frozenset({"contributors", "details", "duration", "id", "feed_updated", "is_dated_by_name", "is_cased"})


def digest(data: bytes) -> str:
    """A content hash: 32 hex digits of BLAKE2b."""
    return hashlib.blake2b(data, digest_size=DIGEST_BYTES).hexdigest()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Hashes:
    """The hashes of a published entry. `seen` and `steady` are None in a row of an older release."""

    #: Hash of all published fields.
    published: str
    #: Hash of what a reader can see.
    seen: str | None = None
    #: Hash of what a reader can see, without numbers and relative times.
    steady: str | None = None


def hashes(entry: Entry) -> Hashes:
    """
    The hashes by which two forms of an entry are compared.

    `guid` is left out because it never changes. `updated` and the like are left out because they are derived.
    `seen` ignores white space, and the scheme and the query of addresses: a new session, a new token or a move to https
    changes nothing that a reader sees. It also ignores the entry's own link and its date of publication.
    """
    whole = {name: value for name, value in shallow(entry).items() if name not in FOLLOWING}
    seen = _canonical_json(
        {name: value for name, value in whole.items() if name not in {"link", "published"}}
        | {
            "content": " ".join(QUERY.sub(r"\1", SCHEME.sub('="//', entry.content)).split()),
            "summary": " ".join(entry.summary.split()),
            "image": _without_query(entry.image),
            "enclosures": [(_without_query(one.url), one.type, one.duration) for one in entry.enclosures],
        }
    )
    return Hashes(
        published=digest(_canonical_json(whole).encode()),
        seen=digest(seen.encode()),
        steady=digest(COUNTER.sub("", seen).encode()),
    )


def _canonical_json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, default=plain)


def _without_query(url: str | None) -> str:
    """An address without scheme and query."""
    return (url or "").partition("?")[0].partition(":")[2]


def first_place(urls: Iterable[str]) -> str:
    """The first of some addresses, without scheme and query: a token in the query may differ at every poll."""
    return _without_query(next(iter(urls), None))


def upstream_hash(raw: RawEntry) -> str:
    """The hash of what the upstream says about an entry. Fields that our settings decide are left out."""
    said = shallow(raw)
    del said["guid"], said["categories"], said["rights"], said["key"], said["tags"]
    return digest(json.dumps(said, ensure_ascii=False, sort_keys=True, default=plain).encode("utf-8", "surrogatepass"))


def shallow(value: Any) -> dict[str, Any]:
    """
    A dataclass as a mapping, without the empty fields that an earlier release did not have (`LATER`).

    `dataclasses.asdict` is not used because it copies every text. A field that does not count when two values are
    compared does not count here.
    """
    fields = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value) if field.compare)
    if isinstance(value, Details):
        return {name: held for name, held in fields if held is not None and held != ()}
    return {name: held for name, held in fields if held or name not in LATER}


def plain(value: Any) -> Any:
    """A value that JSON cannot express (a date, a part of an entry), in a form that it can."""
    if isinstance(value, datetime):
        return value.isoformat()
    # An earlier release knew patterns alone, and its digests stay valid.
    kind = type(value).__name__ if isinstance(value, Filter) else ""
    return {**shallow(value), **({"kind": kind} if kind not in {"", "Regex"} else {})}
