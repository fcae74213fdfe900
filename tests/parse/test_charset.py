"""Bytes to text, whatever is said of them: each in the letters that it was written in, or refused."""

from collections.abc import Callable

import pytest

from feedsvc.errors import EntryError
from feedsvc.parse.charset import decode_feed

JAPANESE = "日本語のニュースです。新しいスマートフォンが発表されました"
KOREAN = "한국어 뉴스입니다. 새로운 스마트폰이 발표되었습니다"
RUSSIAN = "Новости дня: в Москве открылась новая выставка"
TAIWANESE = "臺灣新聞：國產大模型公布季度財報，更多細節"
CHINESE = "国产大模型公布季度财报"
HEBREW = "חדשות היום מהעולם"


def document(text: str, declared: str = "", language: str = "") -> str:
    """A feed as it is written."""
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    said = f"<language>{language}</language>" if language else ""
    return f"{head}<rss><channel>{said}<title>{text}</title></channel></rss>"


#: Each with the text, its encoding, the encodings that the document and its server state, and the language.
TEXTS = {
    "ISO-2022-JP": (JAPANESE, "iso2022_jp", "iso-2022-jp", "", ""),
    "ISO-2022-JP, undeclared": (JAPANESE, "iso2022_jp", "", "", ""),
    "ISO-2022-JP that says UTF-8": (JAPANESE, "iso2022_jp", "utf-8", "text/xml; charset=utf-8", ""),
    "ISO-2022-KR": (KOREAN, "iso2022_kr", "iso-2022-kr", "", ""),
    "HZ": (CHINESE, "hz", "hz-gb-2312", "", ""),
    "Shift_JIS as Windows has it": (f"①㈱髙島 ～{JAPANESE}", "cp932", "shift_jis", "", ""),
    "x-sjis": (JAPANESE, "cp932", "x-sjis", "", ""),
    "Windows-31J": (JAPANESE, "cp932", "Windows-31J", "", ""),
    "Shift_JIS, undeclared": (JAPANESE, "cp932", "", "", ""),
    "EUC-JP": (JAPANESE, "euc_jp", "EUC-JP", "", ""),
    "EUC-JP with letters of makers": (f"①{JAPANESE}", "euc_jis_2004", "euc-jp", "", ""),
    "EUC-JP, undeclared": (JAPANESE, "euc_jp", "", "", ""),
    "EUC-JP that says Shift_JIS": (JAPANESE, "euc_jp", "shift_jis", "", ""),
    "Shift_JIS that says EUC-JP": (JAPANESE, "cp932", "euc-jp", "", ""),
    "EUC-KR, undeclared": (KOREAN, "euc_kr", "", "", ""),
    "EUC-KR, undeclared and short": ("한국 기사", "euc_kr", "", "", ""),
    "EUC-KR by its language": ("속보", "euc_kr", "", "", "ko"),
    "EUC-KR that says UTF-8": (KOREAN, "euc_kr", "utf-8", "", ""),
    "EUC-KR as Windows has it": (f"똠방각하 {KOREAN}", "cp949", "ks_c_5601-1987", "", ""),
    "EUC-KR that says ISO-8859-1": (KOREAN, "euc_kr", "iso-8859-1", "", ""),
    "Big5, undeclared": (TAIWANESE, "big5", "", "", ""),
    "Big5 by its language": ("臺灣", "big5", "", "", "zh-tw"),
    "Big5 as Windows has it": (f"€{TAIWANESE}", "cp950", "big5", "", ""),
    "KOI8-R": (RUSSIAN, "koi8_r", "KOI8-R", "", ""),
    "KOI8-R, undeclared": (RUSSIAN, "koi8_r", "", "", ""),
    "Windows-1251, undeclared": (RUSSIAN, "cp1251", "", "", ""),
    "Windows-1251 that says UTF-8": (RUSSIAN, "cp1251", "utf-8", "", ""),
    "Windows-1251 that says ISO-8859-1": (RUSSIAN, "cp1251", "iso-8859-1", "", ""),
    "IBM866": (RUSSIAN, "cp866", "IBM866", "", ""),
    "Windows-1250 by its language": ("Zażółć gęślą jaźń", "cp1250", "", "", "pl"),
    "Windows-1253, undeclared": ("Καλημέρα κόσμε, νέα της ημέρας", "cp1253", "", "", ""),
    "Windows-1254 as Latin 5": ("Türkiye'de İstanbul “şehri”", "cp1254", "iso-8859-9", "", ""),
    "Windows-1255, undeclared": (HEBREW, "cp1255", "", "", ""),
    "Windows-874": ("ข่าววันนี้", "cp874", "tis-620", "", ""),
    "one letter of UTF-8 that says Latin": ("Café", "utf-8", "iso-8859-1", "", ""),
    "two characters of UTF-8 that say GB": ("编辑", "utf-8", "gb2312", "", ""),
    "GB that its server calls Latin": (CHINESE, "gbk", "gbk", "text/xml; charset=ISO-8859-1", ""),
    "GB that nothing but a server's default names": (CHINESE, "gbk", "", "text/xml; charset=ISO-8859-1", ""),
    "GB that its server knows": (CHINESE, "gbk", "utf-8", "text/xml; charset=gbk", ""),
    "Latin": ("déjà vu, été à la plage, Noël", "latin-1", "", "", ""),
    "plain words in UTF-7": ("abc", "ascii", "utf-7", "", ""),
    "UTF-8 that says UTF-7": ("日本", "utf-8", "utf-7", "", ""),
    "a colour of a terminal": ("a \x1b[31mred", "utf-8", "", "", ""),
    "UTF-16": (JAPANESE, "utf-16-be", "utf-16", "", ""),
    "UTF-32": (JAPANESE, "utf-32-le", "", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_is_read_in_its_own_letters(name: str) -> None:
    """The right encoding is used if it is declared, not declared, or declared wrongly."""
    text, encoding, declared, content_type, language = TEXTS[name]

    assert text in decode_feed(document(text, declared, language).encode(encoding), content_type)


#: The bytes of a text.
BYTES: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "a mark of UTF-8 before GB": (CHINESE, lambda whole: b"\xef\xbb\xbf" + whole.encode("gbk")),
    "halves of UTF-16 in UTF-8": (
        "😀x", lambda whole: whole.replace("😀", "\ud83d\ude00").encode("utf-8", "surrogatepass"),
    ),
    "a declaration behind a warning": (
        RUSSIAN, lambda whole: b"<br />\n<b>Notice</b><br />\n" + whole.encode("cp1251"),
    ),
    "a circled number of ISO-2022-JP": (
        "①日本", lambda whole: whole.encode().replace("①日本".encode(), b"\x1b$B-!F|K\\\x1b(B"),
    ),
    "a byte that is broken": (RUSSIAN, lambda whole: whole.encode().replace(b"<title>", b"<title>\xff")),
}  # fmt: skip
DECLARED = {"a mark of UTF-8 before GB": "gb2312", "a declaration behind a warning": "windows-1251"}


@pytest.mark.parametrize("name", BYTES)
def test_odd_bytes_are_read(name: str) -> None:
    """Faulty bytes of servers and databases are read."""
    text, encode = BYTES[name]

    assert text in decode_feed(encode(document(text, DECLARED.get(name, ""))))


@pytest.mark.parametrize(
    ("declared", "content_type"), [("utf-7", ""), ("", "text/xml; charset=UTF-7"), ("x-unicode-2-0-utf-7", "")]
)
def test_what_looks_like_plain_words_is_refused(declared: str, content_type: str) -> None:
    """UTF-7 is refused, because `+ZeVnLA-` would become a title."""
    with pytest.raises(EntryError, match="is not read; it should be UTF-8"):
        decode_feed(document("日本", declared).encode("utf-7"), content_type)
