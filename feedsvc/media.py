"""
Media types and durations as feeds write them. Pure.

The tables are literal, because the system's own table of types differs between machines.
"""

import math
import re
from typing import Literal
from urllib.parse import unquote, urlsplit

from feedsvc.model import Format

MediaKind = Literal["image", "audio", "video", "flash", "page", "file"]

#: The formats in which feedsvc publishes → their types.
FORMAT_TYPES: dict[Format, str] = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}

#: The type of an unknown file.
UNKNOWN_TYPE = "application/octet-stream"

#: Types that tell nothing about a file.
VAGUE = frozenset({
    UNKNOWN_TYPE, "binary/octet-stream", "application/binary", "application/force-download", "application/download",
    "application/x-download", "unknown/unknown", "application/unknown",
})  # fmt: skip

#: The suffix of a file's name → its type.
SUFFIX_TYPES = {
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "m4b": "audio/mp4", "aac": "audio/aac", "oga": "audio/ogg",
    "ogg": "audio/ogg", "opus": "audio/ogg", "flac": "audio/flac", "wav": "audio/wav", "wma": "audio/x-ms-wma",
    "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "mkv": "video/x-matroska", "mov": "video/quicktime",
    "avi": "video/x-msvideo", "mpg": "video/mpeg", "mpeg": "video/mpeg", "ogv": "video/ogg", "wmv": "video/x-ms-wmv",
    "flv": "video/x-flv", "3gp": "video/3gpp",
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp",
    "avif": "image/avif", "bmp": "image/bmp", "heic": "image/heic", "svg": "image/svg+xml",
    "pdf": "application/pdf", "epub": "application/epub+zip", "zip": "application/zip",
    "torrent": "application/x-bittorrent", "srt": "application/srt", "vtt": "text/vtt", "json": "application/json",
    "swf": "application/x-shockwave-flash",
}  # fmt: skip

#: A medium of Media RSS → the type of most of its files.
MEDIUM_TYPES = {"audio": "audio/mpeg", "video": "video/mp4", "image": "image/jpeg"}

FLASH = frozenset({"application/x-shockwave-flash", "application/vnd.adobe.flash.movie"})
PAGES = frozenset({"text/html", "application/xhtml+xml"})

#: A media type: a type and a subtype of at most 127 characters each (RFC 6838, 4.2).
MEDIA_TYPE = re.compile(r"[a-z0-9][\w.+-]{0,126}/[a-z0-9][\w.+-]{0,126}", re.ASCII)

#: A duration: `3723`, `3723.5`, `62:03`, `01:02:03`.
CLOCK = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,7})(?:[.,]\d{1,9})?", re.ASCII)

#: Types of an episode that iTunes defines.
EPISODE_TYPES = frozenset({"full", "trailer", "bonus"})

#: Longest duration, in seconds.
MAX_DURATION = 1_000_000


def media_type(declared: object, url: str, medium: object = "") -> str:
    """
    The type of the file at `url`, without parameters.

    The declared type counts if it is valid, else the suffix of the file's name, else the medium. A name of an audio or
    video file counts more than a declared type of a picture or text.
    """
    written = str(declared or "")[:300].partition(";")[0].strip().lower()
    by_name = SUFFIX_TYPES.get(_suffix(url))
    if not MEDIA_TYPE.fullmatch(written) or written in VAGUE:
        of_medium = MEDIUM_TYPES.get(str(medium or "").strip().lower())
        return by_name or SUFFIX_TYPES.get(written) or of_medium or MEDIUM_TYPES.get(written) or UNKNOWN_TYPE
    is_recording = by_name is not None and by_name.startswith(("audio/", "video/"))
    return by_name if by_name and is_recording and written.startswith(("image/", "text/")) else written


def kind_of(type_: str) -> MediaKind:
    """The way a reader uses a file of this type."""
    if type_ in FLASH:
        return "flash"
    if type_ in PAGES:
        return "page"
    main = type_.partition("/")[0]
    return main if main in {"image", "audio", "video"} else "file"  # type: ignore[return-value]  # literals, by the set


def is_text(type_: str) -> bool:
    """Whether content of this type is text. An empty type is text."""
    plain = type_.partition(";")[0].strip().lower()
    return plain in {"", "text", "html", "xhtml"} or plain.startswith("text/") or plain.endswith(("+xml", "/xml"))


def file_name(url: str) -> str:
    """The name of the file or page at a URL: the last segment of its path, else its host."""
    parts = urlsplit(url)
    return unquote(parts.path.rstrip("/").rpartition("/")[2]).strip() or parts.hostname or ""


def length(value: object) -> int:
    """A size in bytes; 0 for a value that is not a size."""
    text = str(value if value is not None and not isinstance(value, bool) else "").strip()
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else 0


def seconds(value: object) -> int:
    """A duration in whole seconds; 0 for a value that is not a duration."""
    if isinstance(value, int | float):
        number = 0 if isinstance(value, bool) or not math.isfinite(value) else int(value)
    else:
        match = CLOCK.fullmatch(str(value or "").strip()[:40])
        hours, minutes, rest = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
        number = hours * 3600 + minutes * 60 + rest
    return number if 0 < number < MAX_DURATION else 0


def clock(duration: int) -> str:
    """Seconds as `01:02:03`."""
    return f"{duration // 3600:02}:{duration // 60 % 60:02}:{duration % 60:02}"


def _suffix(url: str) -> str:
    path = url.partition("?")[0].partition("#")[0].partition(";")[0]
    return path.rpartition("/")[2].rpartition(".")[2].lower()
