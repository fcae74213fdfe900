"""Bytes to text."""

from feedsvc.errors import EntryError

UTF8_BOM = b"\xef\xbb\xbf"


def decode_seed(data: bytes) -> str:
    """The text of a seed file: UTF-8, its byte order mark removed, line ends unified. Raises EntryError elsewise."""
    try:
        text = data.removeprefix(UTF8_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise EntryError(f"byte {error.start} is not UTF-8; save the file as UTF-8", line=line) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
