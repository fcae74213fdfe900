"""Content codings (RFC 9110, 8.4.1), undone within bounds: a bomb is told before it is unpacked. Pure."""

import codecs
import re
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import brotli

from feedsvc.errors import FetchError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

#: What we say we can read.
ACCEPT_ENCODING = "gzip, br, zstd"

#: No feed shrinks to a hundredth; below so many bytes, it does not matter.
MAX_RATIO = 100
SMALL = 1_000_000

#: A body may be several parts, each packed by itself.
MAX_MEMBERS = 1000

#: At once, from a decoder whose limit is not exact.
STEP = 65_536


#: What servers write where they mean none: RFC 2045's, and what is no coding at all.
IDENTITY = frozenset({"", "identity", "none", "binary", "7bit", "8bit", "chunked", "null", "text"})

#: Names that Python has for codings of bytes, not of text.
NO_CHARSETS = frozenset({"base64", "bz2", "hex", "quopri", "rot13", "uu", "zip", "zlib", "quoted-printable"})

#: How what a feed may be written in begins; a body that begins so is not packed, whatever its head says.
TEXT = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\x00\t\n\r ]*[<{\[]")


def decoded(body: bytes, coding: str, limit: int) -> bytes:
    """
    `body` without its content coding (several: the last was applied last), of at most `limit` bytes.

    A coding that is none, or the name of a charset, changes nothing; nor does any on a body that is plain text. A body
    that is gzip is unpacked even if no coding says so. Raises FetchError for a coding that nobody asked for, for what
    is larger, for a bomb, and for what is broken off.
    """
    for name in reversed([one.strip().strip('"').lower() for one in coding.split(",")]):
        if name in IDENTITY or _is_charset(name) or _is_plain(body, name):
            continue
        if name not in CODINGS:
            raise FetchError("in a content coding that was not asked for")
        body = _unpacked(body, CODINGS[name], limit)
    return _unpacked(body, GZIP, limit) if is_packed(body) else body


def is_packed(body: bytes | bytearray) -> bool:
    """Whether a body is gzip, which no feed begins like."""
    return body.startswith(GZIP_HEAD)


def beginning(body: bytes, coding: str, limit: int) -> bytes:
    """The beginning of a page of which `body` is a part, as far as it can be had; it may be anything."""
    names = [one.strip().lower() for one in coding.split(",")]
    found = body
    for name in reversed(names):
        if name in CODINGS and not _is_plain(found, name):
            try:
                found = CODINGS[name].decoder().read(found, limit)
            except (zlib.error, zstd.ZstdError, brotli.error, EOFError):
                return b""
    return found[:limit]


def _is_charset(name: str) -> bool:
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return name not in CODINGS and name not in NO_CHARSETS


def _is_plain(body: bytes, name: str) -> bool:
    """Whether `body` is text, though it is said to be packed. Brotli has no mark of its own: what it reads, it made."""
    if not TEXT.match(body):
        return False
    if name != "br":
        return True
    try:
        return not _brotli().read(body[:STEP], STEP)
    except brotli.error:
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decoder:
    """A library's decoder: at most so many bytes; whether the end was reached; what is behind it."""

    read: Callable[[bytes, int], bytes]
    is_done: Callable[[], bool]
    rest: Callable[[], bytes]


def _unpacked(body: bytes, coding: "Coding", limit: int) -> bytes:
    allowed = min(limit, max(SMALL, MAX_RATIO * len(body)))
    found, rest = bytearray(), body
    try:
        for _ in range(MAX_MEMBERS):
            decoder = coding.decoder()
            while not decoder.is_done():
                piece = decoder.read(rest, STEP)
                if not piece and not decoder.is_done():
                    raise FetchError("broken off in the middle of its content coding")
                found += piece
                rest = b""
                if len(found) > allowed:
                    raise FetchError(_too_large(len(found), limit))
            rest = decoder.rest()
            if not coding.magic or not rest.startswith(coding.magic):
                return bytes(found)
    except (zlib.error, zstd.ZstdError, brotli.error, EOFError) as error:
        raise FetchError("its content coding is broken") from error
    raise FetchError("its content coding is in too many parts")


def _too_large(size: int, limit: int) -> str:
    if size > limit:
        return f"larger than {limit / 1_000_000:g} MB, unpacked"
    return f"unpacks to more than {MAX_RATIO} times what was sent"


def _zlib() -> _Decoder:
    decoder = zlib.decompressobj(47)  # gzip or zlib, whichever its first bytes say
    return _Decoder(
        read=lambda data, limit: decoder.decompress(data or decoder.unconsumed_tail, limit),
        is_done=lambda: decoder.eof,
        rest=lambda: decoder.unused_data,
    )


def _brotli() -> _Decoder:
    decoder = brotli.Decompressor()
    return _Decoder(
        read=lambda data, limit: decoder.process(data, output_buffer_limit=limit),
        is_done=decoder.is_finished,
        rest=lambda: b"",
    )


def _zstd() -> _Decoder:
    decoder = zstd.ZstdDecompressor()
    return _Decoder(
        read=lambda data, limit: decoder.decompress(data, max_length=limit),
        is_done=lambda: decoder.eof,
        rest=lambda: decoder.unused_data,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """How a content coding is undone; what the beginning of another part of the same body looks like."""

    decoder: Callable[[], _Decoder]
    magic: bytes = b""


GZIP_HEAD = b"\x1f\x8b\x08"
GZIP = Coding(decoder=_zlib, magic=GZIP_HEAD[:2])
CODINGS: dict[str, Coding] = {
    "gzip": GZIP, "x-gzip": GZIP, "deflate": Coding(decoder=_zlib), "br": Coding(decoder=_brotli),
    "zstd": Coding(decoder=_zstd, magic=b"\x28\xb5\x2f\xfd"),
}  # fmt: skip
