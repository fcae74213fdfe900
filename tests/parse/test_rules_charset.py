"""Each rule of reading bytes alone: marks, labels, and the thresholds between one encoding and another."""

import codecs

import pytest

from feedsvc.errors import EntryError
from feedsvc.parse.charset import decode_feed, decode_seed
from tests.parse.test_charset import CHINESE, JAPANESE, KOREAN, RUSSIAN, TAIWANESE, document

MARKED = {
    "utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE, "utf-32-be": codecs.BOM_UTF32_BE,
}  # fmt: skip

# --- seeds -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_mark_says_how_a_seed_is_written(encoding: str) -> None:
    """A byte order mark is no part of the text, and all forms of line ends become one."""
    assert decode_seed(MARKED[encoding] + "甲\r\n乙\r丙\n".encode(encoding)) == "甲\n乙\n丙\n"


def test_a_seed_that_breaks_its_mark_is_refused() -> None:
    """No other encoding is tried."""
    with pytest.raises(EntryError, match="byte 2 is not UTF-16-LE; save the file as UTF-8"):
        decode_seed(codecs.BOM_UTF16_LE + "国".encode("utf-16-le") + b"\x00")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "gbk"),
        (f"㐀{CHINESE}", "gb18030"),
        (TAIWANESE, "big5"),
        (f"€{TAIWANESE}", "cp950"),
        (f"㗎{TAIWANESE}", "big5hkscs"),
    ],
)
def test_a_seed_in_an_encoding_of_chinese_is_read(text: str, encoding: str) -> None:
    """As older blogs saved their posts."""
    assert decode_seed(text.encode(encoding)) == text


def test_a_seed_is_meant_as_utf_8_where_five_characters_of_six_are() -> None:
    """A seed whose characters are UTF-8 in five cases of six is refused, and not read as GB18030."""
    broken = b"\xe6\x96A"

    assert decode_seed(("文" * 4).encode() + broken[:2]) != ""
    with pytest.raises(EntryError, match="byte 19 is not UTF-8; save the file as UTF-8") as caught:
        decode_seed(b"a\nb\n" + ("文" * 5).encode() + broken)
    assert caught.value.line == 3
    assert decode_seed(b"plain words\n" * 9 + ("文" * 4).encode() + broken[:2]).startswith("plain")
    assert decode_seed(b"a\nb\n" + ("文" * 4).encode() + broken[:2])[:4] == "a\nb\n"


def test_a_seed_in_no_encoding_is_refused() -> None:
    """The message says which byte, and on which line."""
    with pytest.raises(EntryError, match="byte 0 is not UTF-8") as caught:
        decode_seed(b"\xff\xff\xff\n")
    assert caught.value.line == 1
    with pytest.raises(EntryError) as caught:
        decode_seed(b"\n\xff\xff")
    assert caught.value.line == 2


# --- feeds -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", MARKED)
@pytest.mark.parametrize("is_marked", [True, False])
def test_wide_letters_are_known_by_a_mark_or_by_zeros(encoding: str, *, is_marked: bool) -> None:
    """Whatever the document says of itself."""
    text = document(JAPANESE, "gb2312" if encoding != "utf-8" else "")
    data = text.encode(encoding)

    assert decode_feed((MARKED[encoding] if is_marked else b"") + data) == text


@pytest.mark.parametrize("label", ["utf-16", "utf-32", "utf-16le"])
def test_a_wide_encoding_that_is_only_said_does_not_count(label: str) -> None:
    """The bytes show that it is not so."""
    assert JAPANESE in decode_feed(document(JAPANESE, label).encode())
    assert JAPANESE in decode_feed(document(JAPANESE).encode(), f"text/xml; charset={label}")


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("gb2312", "gb18030", f"㐀{CHINESE}"), ("gbk", "gb18030", f"㐀{CHINESE}"),
        ("us-ascii", "cp1252", "“quoted” words"),
        ("iso-8859-1", "cp1252", "“quoted” words"), ("iso-8859-9", "cp1254", "“İstanbul”"),
        ("iso-8859-11", "cp874", "“ข่าว”…"), ("tis-620", "cp874", "“ข่าว”…"), ("big5", "big5hkscs", f"㗎{TAIWANESE}"),
        ("cp950", "big5hkscs", f"㗎{TAIWANESE}"), ("shift_jis", "cp932", f"①{JAPANESE}"),
        ("euc-kr", "cp949", f"똠{KOREAN}"),
        ("big5", "cp950", f"€{TAIWANESE}"), ("euc-jp", "euc_jis_2004", f"①{JAPANESE}"),
        ("utf8mb4", "utf-8", "é"), ("windows-874", "cp874", "ข่าว"), ("windows-31j", "cp932", f"①{JAPANESE}"),
        ("windows-949", "cp949", "똠방"), ("x-gbk", "gbk", CHINESE), ("ibm866", "cp866", RUSSIAN),
        ("koi8-u", "koi8_u", "Новини дня: їжак і ґава"), ("macintosh", "mac_roman", "“déjà” été"),
        ("iso-8859-2", "iso8859_2", "łódź, żółć"),
    ],
)  # fmt: skip
def test_a_label_means_what_people_mean_by_it(label: str, encoding: str, text: str) -> None:
    """WHATWG Encoding, 4.2; said by the document, or by its server."""
    assert text in decode_feed(document(text, label).encode(encoding))
    assert text in decode_feed(document(text).encode(encoding), f"text/xml; charset={label}")


@pytest.mark.parametrize(("more", "is_read"), [(0, True), (1, False)])
def test_a_declaration_is_looked_for_in_8192_bytes(more: int, *, is_read: bool) -> None:
    """A declaration is found within the first 8192 bytes, also behind a warning of the server."""
    declared = '<?xml version="1.0" encoding="IBM866"'
    text = f"{'x' * (8192 - len(declared) + more)}{declared}?><rss>{RUSSIAN}</rss>"

    assert (RUSSIAN in decode_feed(text.encode("cp866"))) is is_read


@pytest.mark.parametrize("letter", ["é", "ÿ"])
@pytest.mark.parametrize(
    ("number", "declared", "said", "is_utf8"),
    [
        (7, "gb2312", "", False), (8, "gb2312", "", True), (7, "", "", True), (7, "gb2312", "utf-8", True),
        (7, "gb2312", "utf8mb4", True),
        (7, "utf-8", "gbk", True), (7, "iso-8859-1", "", True), (7, "iso-8859-1", "koi8-r", True),
        (7, "iso-8859-1", "gbk", False),
    ],
)  # fmt: skip
def test_eight_characters_of_utf_8_are_no_chance(
    letter: str, number: int, declared: str, said: str, *, is_utf8: bool
) -> None:
    """Fewer are, where GB is declared, and the bytes could be so; an encoding of one byte a letter is not."""
    whole = letter.encode() * number
    data = document("T", declared).encode().replace(b"T<", whole + b"<")
    found = decode_feed(data, f"text/xml; charset={said}" if said else "")

    assert f"<title>{whole.decode('utf-8' if is_utf8 else 'gb18030')}</title>" in found


POLISH = "łódź, żółć, gęś"


@pytest.mark.parametrize(
    ("declared", "said"),
    [("iso-8859-2", "iso-8859-1"), ("iso-8859-1", "iso-8859-2"), ("iso-8859-2", ""), ("", "iso-8859-2"),
        ("koi8-r", "iso-8859-2")],
)  # fmt: skip
def test_a_server_counts_more_than_a_document_but_for_its_default(declared: str, said: str) -> None:
    """ISO 8859-1 is what servers say of everything."""
    data = document(POLISH, declared).encode("iso8859_2")

    assert POLISH in decode_feed(data, f"text/xml; charset={said}" if said else "")


@pytest.mark.parametrize(("sound", "is_declared"), [(4, True), (3, False)])
def test_a_declared_encoding_holds_where_a_fifth_is_broken(sound: int, *, is_declared: bool) -> None:
    """Bytes that are broken are left out; where more are, another encoding is looked for."""
    data = document("", "euc-kr").encode().replace(b"<title>", b"<title>" + "똠".encode("cp949") * sound + b"\xff ")

    assert ("<title>" + "똠" * sound + " </title>" in decode_feed(data)) is is_declared


def test_a_broken_byte_of_utf_8_spoils_nothing() -> None:
    """A broken byte is left out, and two halves of a character are joined."""
    halves = "\ud83d\ude00".encode("utf-8", "surrogatepass")
    data = document(JAPANESE).encode().replace(b"</title>", halves + b"\xff</title>")

    assert f"{JAPANESE}😀</title>" in decode_feed(data)


@pytest.mark.parametrize(("sound", "is_utf8"), [(4, True), (3, False)])
def test_joined_halves_of_a_character_are_not_broken(sound: int, *, is_utf8: bool) -> None:
    """UTF-8 may have a broken byte for each four characters. A character in two halves (CESU-8) counts as one."""
    halves = "\ud83d\ude00".encode("utf-8", "surrogatepass")
    data = document("", "utf-8").encode().replace(b"<title>", b"<title>" + halves * sound + b"\xff ")

    assert ("<title>" + "😀" * sound + " </title>" in decode_feed(data)) is is_utf8


def test_halves_of_a_character_are_utf_8() -> None:
    """Halves of a character are read as UTF-8, also if the document states an encoding of one byte a letter."""
    halves = "\ud83d\ude00".encode("utf-8", "surrogatepass")
    data = document("", "iso-8859-2").encode().replace(b"<title>", b"<title>" + halves)

    assert "<title>😀<" in decode_feed(data)


@pytest.mark.parametrize(
    ("label", "data"),
    [("scsu", b"a\x0eb"), ("bocu-1", b"a~{b"), ("iso-2022-cn", b"a\x1b$b"), ("utf-7", b"+ZeVnLA-"),
        ("unicode-1-1-utf-7", b"+ZeVnLA-")],
)  # fmt: skip
def test_an_encoding_that_looks_like_plain_words_is_refused(label: str, data: bytes) -> None:
    """The message names it; bytes that are no such text are read."""
    whole = document("T", label).encode()
    with pytest.raises(EntryError, match=f"its encoding, {label}, is not read"):
        decode_feed(whole.replace(b">T<", b">" + data + b"<"))
    assert ">T<" in decode_feed(whole)


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (JAPANESE, "iso2022_jp", ""), ("ｶﾅ日本", "iso2022_jp_ext", ""), ("¡日本", "iso2022_jp_2", ""),
        (KOREAN, "iso2022_kr", ""), (KOREAN, "iso2022_kr", "iso-2022-kr"), (CHINESE, "hz", "hz-gb-2312"),
        ("plain", "ascii", "iso-2022-jp"), ("plain", "ascii", "hz-gb-2312"),
    ],
)  # fmt: skip
def test_an_encoding_in_seven_bits_is_read(text: str, encoding: str, declared: str) -> None:
    """By its label, or by the way in which it starts letters."""
    assert text in decode_feed(document(text, declared).encode(encoding))


def test_letters_that_makers_of_machines_added_are_read_with_half_width_kana() -> None:
    """No codec of ISO-2022-JP knows both."""
    data = document("T").encode().replace(b"T<", b"\x1b$B-!\x1b(I1 2\x1b(B \x1b$BF|K\\\x1b(Bx<")

    assert "①ｱ ｲ 日本x<" in decode_feed(data)
