"""
The guids that feedsvc makes. Pure.

A minted guid does not depend on base_url, host or database. The same seeds, imported into an empty database on another
machine, get the same guids.
"""

import unicodedata
import uuid
from urllib.parse import quote

from feedsvc.identity.hashing import digest

#: Characters of a tag: URI that are not percent-encoded (RFC 4151 allows RFC 3986's pchar, `/` and `?`).
TAG_SAFE = "/!$'()*+,;=~:@"

#: Longest guid that is kept as it is, in bytes. A database's index may hold no more.
MAX_GUID = 2000

UUID_URN = "urn:uuid:"


def mint_guid(tag: str, source: str, path: str) -> str:
    """
    A guid of the form `tag:example.org,2026:source/path/of/the/seed.md` (RFC 4151).

    The path is normalised to NFC, because file systems differ in the Unicode form that they give.
    """
    return f"tag:{tag}:{quote(unicodedata.normalize('NFC', f'{source}/{path}'), safe=TAG_SAFE)}"


def distinct_guid(guid: str, raw_hash: str) -> str:
    """
    A guid for an entry whose first choice, `guid`, belongs to another entry. It is the same in every database.

    For a UUID, the result is another UUID (RFC 9562, 5.5): `urn:uuid:` allows no other form.
    """
    if guid[: len(UUID_URN)].lower() == UUID_URN:
        return f"{UUID_URN}{uuid.uuid5(uuid.NAMESPACE_URL, f'{guid}#{raw_hash}')}"
    return f"{guid}#{raw_hash[:12]}" if "#" not in guid else f"{guid}-{raw_hash[:12]}"


def bounded(guid: str) -> str:
    """The guid itself, or a URN with its digest if it is too long for an index."""
    data = guid.encode("utf-8", "surrogatepass")
    return guid if len(data) <= MAX_GUID else f"urn:x-digest:{digest(data)}"
