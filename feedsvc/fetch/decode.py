"""Decoding of content codings (RFC 9110, 8.4.1) within bounds: a decompression bomb is refused early. Pure."""

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

#: Value of the request's Accept-Encoding.
ACCEPT_ENCODING = "gzip, br, zstd"

#: A body that grows by more than MAX_RATIO is refused as a bomb, if it grows beyond SMALL_BODY bytes.
MAX_RATIO = 100
SMALL_BODY = 1_000_000

#: Largest number of members of one body: gzip and zstd allow several, each compressed by itself.
MAX_MEMBERS = 1000

#: Number of bytes that a decoder returns at once. Brotli may return more.
STEP = 65_536

#: Names that servers send for a body without coding: those of RFC 2045, and others that are not codings.
IDENTITY = frozenset({"", "identity", "none", "binary", "7bit", "8bit", "chunked", "null", "text"})

#: Python codecs that are not charsets.
NO_CHARSETS = frozenset({"base64", "bz2", "hex", "quopri", "rot13", "uu", "zip", "zlib", "quoted-printable"})

#: The beginning of XML, HTML or JSON. A body that begins like this is not compressed, whatever its head says.
BEGINNING_OF_TEXT = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\x00\t\n\r ]*[<{\[]")


def decoded(body: bytes, coding: str, limit: int) -> bytes:
    """
    `body` without its content codings, of at most `limit` bytes. `coding` is a list; the last one was applied last.

    A name of no coding or of a charset is ignored. A coding is also ignored if the body is plain text. A gzip body is
    decoded even without a coding. Raises FetchError for a coding that was not requested, a body that is too large or
    cut off, and a bomb.
    """
    for name in reversed([one.strip().strip('"').lower() for one in coding.split(",")]):
        if name in IDENTITY or _is_charset(name) or _is_uncompressed(body, name):
            continue
        if name not in CODINGS:
            raise FetchError("in a content coding that was not asked for")
        body = _unpacked(body, CODINGS[name], limit)
    return _unpacked(body, GZIP, limit) if is_packed(body) else body


def is_packed(body: bytes | bytearray) -> bool:
    """Whether a body is gzip. No feed begins with these bytes."""
    return body.startswith(GZIP_HEAD)


def beginning(body: bytes, coding: str, limit: int) -> bytes:
    """The decoded beginning of a page, of which `body` is the first part; empty if it cannot be decoded."""
    names = [one.strip().lower() for one in coding.split(",")]
    found = body
    for name in reversed(names):
        if name in CODINGS and not _is_uncompressed(found, name):
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


def _is_uncompressed(body: bytes, name: str) -> bool:
    """
    Whether `body` is text, although its head says that it is compressed.

    Brotli has no magic number, so a body may look like text. If Brotli can decode it, it is compressed.
    """
    if not BEGINNING_OF_TEXT.match(body):
        return False
    if name != "br":
        return True
    try:
        return not _brotli().read(body[:STEP], STEP)
    except brotli.error:
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decoder:
    """A library's decoder: `read` returns at most `limit` bytes, `rest` the bytes after the end of the stream."""

    read: Callable[[bytes, int], bytes]
    is_done: Callable[[], bool]
    rest: Callable[[], bytes]


def _unpacked(body: bytes, coding: "Coding", limit: int) -> bytes:
    allowed = min(limit, max(SMALL_BODY, MAX_RATIO * len(body)))
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
    decoder = zlib.decompressobj(47)  # 32 + 15: gzip or zlib, by its first bytes
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
    """The decoder of a content coding, and the magic number of a further member of the same body."""

    decoder: Callable[[], _Decoder]
    magic: bytes = b""


GZIP_HEAD = b"\x1f\x8b\x08"
GZIP = Coding(decoder=_zlib, magic=GZIP_HEAD[:2])
CODINGS: dict[str, Coding] = {
    "gzip": GZIP, "x-gzip": GZIP, "deflate": Coding(decoder=_zlib), "br": Coding(decoder=_brotli),
    "zstd": Coding(decoder=_zstd, magic=b"\x28\xb5\x2f\xfd"),
}  # fmt: skip
