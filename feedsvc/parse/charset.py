"""Bytes to text."""

import codecs
import re

import charset_normalizer

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


# --- feeds -----------------------------------------------------------------------------------------------------------

#: What XML's declaration says (XML 1.0, 4.3.3).
DECLARATION = re.compile(rb"""\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)

#: Encodings that feeds are in. Others are an attack, or a mistake.
KNOWN = re.compile(
    r"utf-(?:8|16|32)(?:-[lb]e)?|iso8859-\d+|cp125\d|cp932|cp949|cp950|koi8-[ru]|shift_jis\w*|euc_\w+|gb18030|big5\w*"
)

#: What people call by another name than they mean (WHATWG Encoding, 4.2).
MEANT = {"gb2312": "gb18030", "gbk": "gb18030", "ascii": "cp1252", "iso8859-1": "cp1252", "big5": "big5hkscs"}

#: Encodings of more than one byte a letter: what is in one has a mark, or zeros.
WIDE = ("utf-16", "utf-32")

#: What else feeds without a word on it are in, and how much of one is looked at.
DETECTED = ("big5", "shift_jis", "euc_jp", "euc_kr", "cp1251", "cp1252", "gb18030")
MAX_DETECTED = 50_000

#: Two bytes of GB18030; those of the marks and the characters that nearly all of Chinese is written with (GB 2312).
PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]?")
USUAL_PAIR = re.compile(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]")
USUAL_SHARE = 0.8

#: So many characters that are UTF-8 by chance do not happen.
SURELY_UTF8 = 8


def decode_feed(data: bytes, content_type: str = "") -> str:
    """
    The text of a feed, whatever is said of its encoding, and whatever is broken in it.

    A byte order mark counts most; then UTF-8 where there is no doubt; then what HTTP, and what the document itself
    says, if it is so; then what fits. Bytes that fit nowhere are left out: one never spoils the rest.
    """
    for mark, encoding in (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), *MARKS:
        if data.startswith(mark):
            return _lenient(data.removeprefix(mark), encoding)
    if (wide := _wide(data)) is not None:
        return _lenient(data, wide)
    said = [CHARSET.search(content_type), DECLARATION.match(data)]
    names = [one for match in said if match and (one := _known(match[1])) and not one.startswith(WIDE)]
    plain = _strict(data, "utf-8")
    if plain is not None and (not names or "utf-8" in names or _multibyte(data) >= SURELY_UTF8):
        return plain
    for name in names:
        if (text := _strict(data, name)) is not None:
            return text
    for name in (*names, "utf-8", "gb18030"):
        # Of a declared encoding or a likely one, with a byte that is broken.
        if _fits(data, name):
            return _lenient(data, name)
    found = charset_normalizer.from_bytes(data[:MAX_DETECTED], cp_isolation=list(DETECTED)).best()
    return _lenient(data, found.encoding if found else "cp1252")


def _fits(data: bytes, name: str) -> bool:
    """Whether nearly all that is not ASCII makes sense in an encoding."""
    if name == "gb18030":
        pairs = PAIR.findall(data)
        return len(pairs) > 0 and sum(map(bool, map(USUAL_PAIR.fullmatch, pairs))) >= USUAL_SHARE * len(pairs)
    return _broken(data, name) <= BROKEN_SHARE


def _known(name: str | bytes) -> str | None:
    """Python's name of an encoding that a feed may be in."""
    try:
        found = codecs.lookup(name if isinstance(name, str) else name.decode("ascii")).name
    except (LookupError, ValueError):
        return None
    meant = MEANT.get(found, found)
    return meant if KNOWN.fullmatch(meant) else None


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark, by how `<?` looks in it (XML 1.0, appendix F)."""
    return {b"<\0?\0": "utf-16-le", b"\0<\0?": "utf-16-be"}.get(data[:4])


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _lenient(data: bytes, encoding: str) -> str:
    return data.decode(encoding, "replace").replace("\ufffd", "")


def _multibyte(data: bytes) -> int:
    """How many characters of UTF-8 are not ASCII."""
    return sum(1 for byte in data if byte >= 0xC0)  # noqa: PLR2004 - the first byte of each


def _broken(data: bytes, encoding: str) -> float:
    """How much of what is not ASCII does not fit an encoding."""
    text = data.decode(encoding, "replace")
    return text.count("\ufffd") / max(1, sum(character > "\x7f" for character in text))
