"""Guids, hashes and addresses: how an entry is recognised for good. Pure."""

from feedsvc.identity.addresses import (
    archive_url,
    article_id,
    article_url,
    feed_page_url,
    feed_url,
    page_key,
    view_query,
)
from feedsvc.identity.guids import MAX_GUID, bounded, distinct_guid, mint_guid
from feedsvc.identity.hashing import Hashes, digest, first_place, hashes, plain, shallow, upstream_hash

__all__ = [
    "MAX_GUID",
    "Hashes",
    "archive_url",
    "article_id",
    "article_url",
    "bounded",
    "digest",
    "distinct_guid",
    "feed_page_url",
    "feed_url",
    "first_place",
    "hashes",
    "mint_guid",
    "page_key",
    "plain",
    "shallow",
    "upstream_hash",
    "view_query",
]
