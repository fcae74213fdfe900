"""Bytes to text."""

import codecs

from feedsvc.errors import EntryError

#: Byte order marks, and what they say.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: How many broken sequences for each sound one a file may have and still be meant as UTF-8.
BROKEN_SHARE = 0.2


def decode_seed(data: bytes) -> str:
    """
    The text of a seed file, its byte order mark removed, its line ends unified.

    Read are what a byte order mark says, UTF-8, and GB18030 (which holds GBK and GB2312), as older Chinese blogs saved
    their posts. Raises EntryError for everything else, and for UTF-8 that is broken somewhere.
    """
    mark, encoding = next((one for one in MARKS if data.startswith(one[0])), (b"", "utf-8"))
    text = _decode(data.removeprefix(mark), encoding)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and not _is_meant_as_utf8(data):
            try:
                return data.decode("gb18030")
            except UnicodeDecodeError:
                pass
        line = data.count(b"\n", 0, error.start) + 1
        raise EntryError(f"byte {error.start} is not {encoding.upper()}; save the file as UTF-8", line=line) from error


def _is_meant_as_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8: GB18030 would read almost any bytes, and make nonsense of them."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken <= BROKEN_SHARE * sum(character > "\x7f" and character != "\ufffd" for character in text)
