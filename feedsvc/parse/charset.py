"""Bytes to text, whatever is said of their encoding. Pure."""

import codecs
import re

from feedsvc.errors import EntryError
from feedsvc.parse.guessed import guessed, is_euc_japanese, is_not_western, is_usual, usual_characters

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

    Read are what a byte order mark says, UTF-8, GB18030 (which holds GBK and GB2312), and Big5, as older Chinese blogs
    saved their posts. Raises EntryError for everything else, and for UTF-8 that is broken somewhere.
    """
    mark, encoding = next((one for one in MARKS if data.startswith(one[0])), (b"", "utf-8"))
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
    """Whether most of what is not ASCII is UTF-8: GB18030 would read almost any bytes, and make nonsense of them."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken <= BROKEN_SHARE * sum(character > "\x7f" and character != "\ufffd" for character in text)


def _chinese(data: bytes) -> str | None:
    """
    Text in GB18030 or Big5; None for what is neither.

    GB18030 reads nearly all that is Big5: what is written with more of the usual characters is the text.
    """
    found = [text for encoding in ("gb18030", "big5hkscs", "cp950") if (text := _strict(data, encoding)) is not None]
    return max(found, key=usual_characters, default=None)


# --- feeds -----------------------------------------------------------------------------------------------------------

#: What XML's declaration says (XML 1.0, 4.3.3), maybe behind a warning of the server.
DECLARATION = re.compile(rb"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)

#: Bytes in which a declaration is looked for.
MAX_BEFORE = 8_192

#: Encodings that feeds are in, by Python's names.
KNOWN = re.compile(
    r"utf-(?:8|16|32)(?:-[lb]e)?|iso8859-\d+|cp125\d|cp866|cp874|cp932|cp949|tis-620|koi8-[rut]|mac-(?:roman|cyrillic)"
    r"|shift_jis\w*|euc_\w+|johab|gb18030|big5\w*|iso2022_(?:jp\w*|kr)|hz"
)

#: What people call by another name than they mean (WHATWG Encoding, 4.2).
MEANT = {
    "gb2312": "gb18030", "gbk": "gb18030", "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254",
    "iso8859-11": "cp874", "tis-620": "cp874", "big5": "big5hkscs", "cp950": "big5hkscs", "shift_jis": "cp932",
    "euc_kr": "cp949",
}  # fmt: skip
#: Names that Python does not know.
LABELS = {"utf8mb4": "utf-8", "windows-874": "cp874", "windows-31j": "cp932", "windows-949": "cp949"}

#: Encodings that hold the same and more, to be tried where one does not fit.
LARGER = {"euc_jp": "euc_jis_2004", "big5hkscs": "cp950"}

#: Encodings of more than one byte a letter: what is in one has a mark, or zeros.
WIDE = ("utf-16", "utf-32")
#: Which of four bytes are zeros → the encoding of letters of ASCII.
ZEROS = {b"\0\1\0\1": "utf-16-le", b"\1\0\1\0": "utf-16-be", b"\0\1\1\1": "utf-32-le", b"\1\1\1\0": "utf-32-be"}
#: Encodings of one byte a letter: nothing but UTF-8 is UTF-8 by chance in them.
NARROW = re.compile(r"cp125\d|cp866|cp874|iso8859.*|koi8.*|mac.*")

#: Encodings in seven bits that Python reads, those it does not, or should not, and what text in UTF-7 has.
SEVEN_BITS = re.compile(r"iso2022\w*|hz")
REFUSED = re.compile(r".*utf-?7.*|iso-2022-cn.*|scsu|bocu-1", re.IGNORECASE)
SHIFTED = re.compile(rb"\+[A-Za-z0-9+/]{2,}|\x1b\$|~\{|\x0e")
#: How ISO-2022 starts letters of Japanese, Chinese or Korean (RFC 1468, 1554, 1557).
ESCAPED = re.compile(rb"\x1b(?:\$[@AB]|\$\([CD]|\([JI])")
KOREAN = b"\x1b$)C"

#: So many characters that are UTF-8 by chance do not happen.
SURELY_UTF8 = 8

#: Halves of one character, each written as three bytes, as Java and old databases do (CESU-8).
HALVES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")


def decode_feed(data: bytes, content_type: str = "") -> str:
    """
    The text of a feed, whatever is said of its encoding, and whatever is broken in it.

    A byte order mark counts most; then UTF-8 where there is no doubt; then what HTTP, and what the document itself
    says, if it is so; then what fits. Bytes that fit nowhere are left out: one never spoils the rest. Raises
    EntryError for an encoding that is not read: bytes of it may look like plain words.
    """
    for mark, encoding in (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), *MARKS:
        if data.startswith(mark):
            data = data.removeprefix(mark)
            if encoding != "utf-8":
                return _lenient(data, encoding)
            break
    if (wide := _wide(data)) is not None:
        return _lenient(data, wide)
    labels = [match[1] for match in (CHARSET.search(content_type), _declared(data)) if match]
    names = [name for label in labels if (name := _known(label)) and not name.startswith(WIDE)]
    if (seven := _of_seven_bits(data, labels, names)) is not None:
        return seven
    if len(names) > 1 and names[0] == "cp1252":
        names.reverse()  # a server's default; the document knows better
    plain = _strict(data, "utf-8") or _strict(_joined(data), "utf-8")
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
    return DECLARATION.search(data, 0, MAX_BEFORE)


def _of_names(data: bytes, names: list[str]) -> str:
    """Text in one of some encodings, else in the one that it looks like."""
    for name in names:
        for one in (name, LARGER.get(name, name)):
            text = _strict(data, one)
            if text is not None and not _is_mistaken(data, name, text):
                return text
    for name in (*names, "utf-8"):
        # A declared encoding, with a byte that is broken.
        if _broken(data, name) <= BROKEN_SHARE and not _is_mistaken(data, name, data.decode(name, "replace")):
            return _lenient(data, LARGER.get(name, name))
    return _lenient(data, guessed(data))


def _is_mistaken(data: bytes, name: str, text: str) -> bool:
    """Whether text can be read in an encoding, and is of another all the same: nearly all bytes are letters in some."""
    if name == "cp1252":
        return is_not_western(data)
    return name == "cp932" and is_euc_japanese(data, text)


def _of_seven_bits(data: bytes, labels: "list[str | bytes]", names: list[str]) -> str | None:
    """Text of an encoding whose bytes look like ASCII."""
    if not data.isascii():
        return None
    for label in labels:
        shown = label if isinstance(label, str) else label.decode("ascii")
        if REFUSED.fullmatch(shown) and SHIFTED.search(data):
            raise EntryError(f"its encoding, {shown[:40]}, is not read; it should be UTF-8")
    stated = [name for name in names if SEVEN_BITS.fullmatch(name)]
    if stated and (text := _strict(data, stated[0])) is not None:
        return text
    if KOREAN in data:
        return _lenient(data, "iso2022_kr")
    if not ESCAPED.search(data):
        return None
    for encoding in ("iso2022_jp_2", "iso2022_jp_ext"):
        if (text := _strict(data, encoding)) is not None:
            return text
    return _lenient(_as_euc(data), "euc_jis_2004")


def _as_euc(data: bytes) -> bytes:
    """ISO-2022-JP as EUC-JP, whose codec knows letters that makers of machines added."""
    text, *shifts = re.split(rb"\x1b(\$[@B]|\([A-Z])", data)
    pieces = [text]
    for escape, piece in zip(shifts[::2], shifts[1::2], strict=True):
        high = bytes(byte | 0x80 if byte > 0x20 else byte for byte in piece)  # noqa: PLR2004 - a blank
        kana = b"".join(b"\x8e" + bytes([byte]) for byte in high)
        pieces.append(high if escape[:1] == b"$" else kana if escape == b"(I" else piece)
    return b"".join(pieces)


def _known(label: str | bytes) -> str | None:
    """Python's name of an encoding that a feed may be in."""
    try:
        name = (label if isinstance(label, str) else label.decode("ascii")).lower()
        found = codecs.lookup(LABELS.get(name, name.removeprefix("x-"))).name
    except (LookupError, ValueError):
        return None
    meant = MEANT.get(found, found)
    return meant if KNOWN.fullmatch(meant) else None


def _wide(data: bytes) -> str | None:
    """UTF-16 and UTF-32 without a mark: a document starts with two characters of ASCII (XML 1.0, appendix F)."""
    first, second = data[:4], data[4:8]
    zeros = bytes(byte == 0 for byte in first)
    return ZEROS.get(zeros) if zeros == bytes(byte == 0 for byte in second) else None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _lenient(data: bytes, encoding: str) -> str:
    if encoding == "utf-8":
        data = _joined(data)
    return data.decode(encoding, "replace").replace("\ufffd", "")


def _joined(data: bytes) -> bytes:
    """UTF-8 in which halves of characters are whole characters."""
    return HALVES.sub(
        lambda match: (
            match[0].decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16").encode()
        ),
        data,
    )


def _multibyte(data: bytes) -> int:
    """How many characters of UTF-8 are not ASCII."""
    return sum(1 for byte in data if byte >= 0xC0)  # noqa: PLR2004 - the first byte of each


def _broken(data: bytes, encoding: str) -> float:
    """How much of what is not ASCII does not fit an encoding."""
    text = data.decode(encoding, "replace")
    return text.count("\ufffd") / max(1, sum(character > "\x7f" for character in text))
