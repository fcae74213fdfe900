"""Content codings of documents and pages (RFC 9110, 8.4.1). Pure: equal bytes give equal coded bytes, with no date."""

import gzip
import sys
from collections.abc import Callable, Mapping

import brotli

from feedsvc.model import Coding

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

#: A larger window of Brotli and zstd finds repetitions between articles; these levels take a few milliseconds.
USUAL: Mapping[Coding, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5, lgwin=20),
    "zstd": lambda body: zstd.compress(body, 6),
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
}

#: For views, which are made while a reader waits, and are seldom asked for twice: some ten percent more bytes, a third
#: of the work.
QUICK: Mapping[Coding, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=2, lgwin=20),
    "zstd": lambda body: zstd.compress(body, 3),
    "gzip": lambda body: gzip.compress(body, 4, mtime=0),
}

#: For documents that did not change for a while: some ten percent fewer bytes, a hundred times the work.
HARD: Mapping[Coding, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=11, lgwin=22),
    "zstd": lambda body: zstd.compress(body, 19),
    "gzip": USUAL["gzip"],
}


def compressed(body: bytes, *, is_hard: bool = False) -> dict[Coding, bytes]:
    """The body in all codings."""
    return {coding: compress(body) for coding, compress in (HARD if is_hard else USUAL).items()}
