"""Bytes to text, whatever encoding their labels state. Pure."""

import codecs
import re

from feedsvc.errors import EntryError
from feedsvc.parse.guessed import guessed, is_euc_japanese, is_not_western, is_usual, usual_characters

#: Byte order marks, each with its encoding.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: Largest number of invalid sequences for each valid one in a file that still counts as UTF-8.
BROKEN_SHARE = 0.2


def decode_seed(data: bytes) -> str:
    r"""
    The text of a seed file, without its byte order mark, with `\n` as line end.

    The encoding is that of the byte order mark, else UTF-8, GB18030 (which includes GBK and GB2312) or Big5: older
    Chinese blogs used them. Raises EntryError for any other encoding, and for invalid UTF-8.
    """
    mark, encoding = next((one for one in BYTE_ORDER_MARKS if data.startswith(one[0])), (b"", "utf-8"))
    text = _decode(data.removeprefix(mark), encoding)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and not _is_meant_as_utf8(data) and (text := _chinese(data)) is not None:
            return text
        line = data.count(b"\n", 0, error.start) + 1
        raise EntryError(f"byte {error.start} is not {encoding.upper()}; save the file as UTF-8", line=line) from error


def _is_meant_as_utf8(data: bytes) -> bool:
    """Whether most non-ASCII bytes are UTF-8. GB18030 would decode almost any bytes, to nonsense."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken <= BROKEN_SHARE * sum(character > "\x7f" and character != "\ufffd" for character in text)


def _chinese(data: bytes) -> str | None:
    """
    The text in GB18030 or Big5; None for bytes that are neither.

    GB18030 can decode nearly all of Big5. The decoding with more usual characters is the right one.
    """
    found = [
        text
        for encoding in ("gb18030", "big5hkscs", "cp950")
        if (text := _decoded_strictly(data, encoding)) is not None
    ]
    return max(found, key=usual_characters, default=None)


# --- feeds -----------------------------------------------------------------------------------------------------------

#: The encoding in an XML declaration (XML 1.0, 4.3.3), which may follow a warning of the server.
XML_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)

#: Number of bytes in which a declaration is searched.
DECLARATION_WITHIN = 8_192

#: Encodings that feeds have, by Python's names.
FEED_ENCODING = re.compile(
    r"utf-(?:8|16|32)(?:-[lb]e)?|iso8859-\d+|cp125\d|cp866|cp874|cp932|cp949|tis-620|koi8-[rut]|mac-(?:roman|cyrillic)"
    r"|shift_jis\w*|euc_\w+|johab|gb18030|big5\w*|iso2022_(?:jp\w*|kr)|hz"
)

#: Labels that mean a larger encoding than their name says (WHATWG Encoding, 4.2).
LARGER_MEANT = {
    "gb2312": "gb18030", "gbk": "gb18030", "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254",
    "iso8859-11": "cp874", "tis-620": "cp874", "big5": "big5hkscs", "cp950": "big5hkscs", "shift_jis": "cp932",
    "euc_kr": "cp949",
}  # fmt: skip
#: Labels that Python does not know.
UNKNOWN_LABELS = {"utf8mb4": "utf-8", "windows-874": "cp874", "windows-31j": "cp932", "windows-949": "cp949"}

#: Supersets of encodings, tried if the encoding itself does not fit.
LARGER = {"euc_jp": "euc_jis_2004", "big5hkscs": "cp950"}

#: Encodings with several bytes for each letter. A text in one has a byte order mark, or zero bytes.
WIDE_ENCODINGS = ("utf-16", "utf-32")
#: The zero bytes among four → the encoding of ASCII letters.
ZEROS = {b"\0\1\0\1": "utf-16-le", b"\1\0\1\0": "utf-16-be", b"\0\1\1\1": "utf-32-le", b"\1\1\1\0": "utf-32-be"}
#: Encodings with one byte for each letter. A text in one is not valid UTF-8 by chance.
NARROW = re.compile(r"cp125\d|cp866|cp874|iso8859.*|koi8.*|mac.*")

#: Encodings in seven bits that Python decodes; labels of those that are refused; marks of a text in UTF-7.
SEVEN_BITS = re.compile(r"iso2022\w*|hz")
REFUSED = re.compile(r".*utf-?7.*|iso-2022-cn.*|scsu|bocu-1", re.IGNORECASE)
SHIFTED = re.compile(rb"\+[A-Za-z0-9+/]{2,}|\x1b\$|~\{|\x0e")
#: The sequences with which ISO-2022 switches to Japanese, Chinese or Korean letters (RFC 1468, 1554, 1557).
ESCAPED = re.compile(rb"\x1b(?:\$[@AB]|\$\([CD]|\([JI])")
KOREAN = b"\x1b$)C"
BLANK_BYTE = 0x20

#: This many characters are not valid UTF-8 by chance.
SURELY_UTF8 = 8
#: The smallest first byte of a character with several bytes in UTF-8.
FIRST_OF_SEVERAL = 0xC0

#: A surrogate pair, each half written as three bytes, as Java and old databases do (CESU-8).
CESU_PAIR = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")


def decode_feed(data: bytes, content_type: str = "") -> str:
    """
    The text of a feed, whatever its labels state and whatever is broken in it.

    In this order: a byte order mark; UTF-8 if there is no doubt; the encoding that HTTP and the document state, if the
    bytes fit; an encoding that fits. Bytes that do not fit are left out. Raises EntryError for an encoding that is
    refused, because its bytes may look like plain words.
    """
    for mark, encoding in (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), *BYTE_ORDER_MARKS:
        if data.startswith(mark):
            data = data.removeprefix(mark)
            if encoding != "utf-8":
                return _lenient(data, encoding)
            break
    if (wide := _wide_encoding(data)) is not None:
        return _lenient(data, wide)
    labels = [match[1] for match in (CHARSET.search(content_type), _declared(data)) if match]
    names = [name for label in labels if (name := _python_name(label)) and not name.startswith(WIDE_ENCODINGS)]
    if (seven := _of_seven_bits(data, labels, names)) is not None:
        return seven
    if len(names) > 1 and names[0] == "cp1252":
        names.reverse()  # HTTP states a server's default, so the document's own label counts more
    plain = _decoded_strictly(data, "utf-8") or _decoded_strictly(_cesu_joined(data), "utf-8")
    if plain is not None and (
        not names
        or "utf-8" in names
        or all(map(NARROW.fullmatch, names))
        or _multibyte(data) >= SURELY_UTF8
        or not is_usual(data)
    ):
        return plain
    return _of_names(data, [name for name in names if not SEVEN_BITS.fullmatch(name)])


def _declared(data: bytes) -> "re.Match[bytes] | None":
    return XML_ENCODING.search(data, 0, DECLARATION_WITHIN)


def _of_names(data: bytes, names: list[str]) -> str:
    """The text in one of the stated encodings, else in the one that fits best."""
    for name in names:
        for one in (name, LARGER.get(name, name)):
            text = _decoded_strictly(data, one)
            if text is not None and not _is_mistaken(data, name, text):
                return text
    for name in (*names, "utf-8"):
        # The stated encoding, with some invalid bytes.
        if _broken_share(data, name) <= BROKEN_SHARE and not _is_mistaken(data, name, data.decode(name, "replace")):
            return _lenient(data, LARGER.get(name, name))
    return _lenient(data, guessed(data))


def _is_mistaken(data: bytes, name: str, text: str) -> bool:
    """
    Whether the bytes are of another encoding, although this one decodes them.

    Nearly all bytes are letters in an encoding with one byte for each letter.
    """
    if name == "cp1252":
        return is_not_western(data)
    return name == "cp932" and is_euc_japanese(data, text)


def _of_seven_bits(data: bytes, labels: "list[str | bytes]", names: list[str]) -> str | None:
    """The text, if it is in an encoding whose bytes look like ASCII."""
    if not data.isascii():
        return None
    for label in labels:
        shown = label if isinstance(label, str) else label.decode("ascii")
        if REFUSED.fullmatch(shown) and SHIFTED.search(data):
            raise EntryError(f"its encoding, {shown[:40]}, is not read; it should be UTF-8")
    stated = [name for name in names if SEVEN_BITS.fullmatch(name)]
    if stated and (text := _decoded_strictly(data, stated[0])) is not None:
        return text
    if KOREAN in data:
        return _lenient(data, "iso2022_kr")
    if not ESCAPED.search(data):
        return None
    for encoding in ("iso2022_jp_2", "iso2022_jp_ext"):
        if (text := _decoded_strictly(data, encoding)) is not None:
            return text
    return _lenient(_as_euc(data), "euc_jis_2004")


def _as_euc(data: bytes) -> bytes:
    """ISO-2022-JP as EUC-JP, whose codec also knows letters that makers of computers added."""
    text, *shifts = re.split(rb"\x1b(\$[@B]|\([A-Z])", data)
    pieces = [text]
    for escape, piece in zip(shifts[::2], shifts[1::2], strict=True):
        high = bytes(byte | 0x80 if byte > BLANK_BYTE else byte for byte in piece)
        kana = b"".join(b"\x8e" + bytes([byte]) for byte in high)
        pieces.append(high if escape[:1] == b"$" else kana if escape == b"(I" else piece)
    return b"".join(pieces)


def _python_name(label: str | bytes) -> str | None:
    """Python's name of an encoding that a feed may have."""
    try:
        name = (label if isinstance(label, str) else label.decode("ascii")).lower()
        found = codecs.lookup(UNKNOWN_LABELS.get(name, name.removeprefix("x-"))).name
    except (LookupError, ValueError):
        return None
    meant = LARGER_MEANT.get(found, found)
    return meant if FEED_ENCODING.fullmatch(meant) else None


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: a document begins with two ASCII characters (XML 1.0, appendix F)."""
    first, second = data[:4], data[4:8]
    zeros = bytes(byte == 0 for byte in first)
    return ZEROS.get(zeros) if zeros == bytes(byte == 0 for byte in second) else None


def _decoded_strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _lenient(data: bytes, encoding: str) -> str:
    return _marked(data, encoding).replace("\ufffd", "")


def _marked(data: bytes, encoding: str) -> str:
    """The text, with U+FFFD in the place of bytes that do not fit the encoding."""
    return (_cesu_joined(data) if encoding == "utf-8" else data).decode(encoding, "replace")


def _cesu_joined(data: bytes) -> bytes:
    """UTF-8 in which surrogate pairs (CESU-8) are whole characters."""
    return CESU_PAIR.sub(
        lambda match: (
            match[0].decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16").encode()
        ),
        data,
    )


def _multibyte(data: bytes) -> int:
    """The number of non-ASCII characters in UTF-8."""
    return sum(1 for byte in data if byte >= FIRST_OF_SEVERAL)


def _broken_share(data: bytes, encoding: str) -> float:
    """The share of non-ASCII characters that do not fit an encoding."""
    text = _marked(data, encoding)
    return text.count("\ufffd") / max(1, sum(character > "\x7f" for character in text))
