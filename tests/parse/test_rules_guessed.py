"""Each rule of guessing an encoding alone: what a language says, and the shares that tell one script from another."""

import pytest

from feedsvc.parse.guessed import guessed, is_euc_japanese, is_not_western, is_usual, usual_characters
from tests.parse.test_charset import CHINESE, RUSSIAN, TAIWANESE

#: Bytes of words: without a language they are Cyrillic.
WORDS = RUSSIAN.encode("cp1251")

#: Bytes that are letters in every encoding of one byte each.
SHORT = b"\xe0\xe1\xe2 \xe3\xe4"

#: An encoding → languages that are written in it.
LANGUAGES = {
    "cp1250": "pl cs sk hu sl hr ro", "cp1253": "el", "cp1254": "tr", "cp1255": "he", "cp1256": "ar fa",
    "cp1257": "et lv lt",
    "cp1258": "vi", "cp874": "th", "cp1252": "en de fr es it pt nl sv da fi no nb de-AT pt_BR",
}  # fmt: skip


@pytest.mark.parametrize(("name", "languages"), LANGUAGES.items(), ids=LANGUAGES)
def test_a_language_says_its_encoding(name: str, languages: str) -> None:
    """Of a feed that says nothing else."""
    found = {guessed(b"<language>" + one.encode() + b"</language>" + SHORT) for one in languages.split()}

    assert found == {name}


@pytest.mark.parametrize("language", ["zh-tw", "zh-hk", "zh-hant", "zh-mo", "zh_TW"])
def test_traditional_chinese_is_in_big5(language: str) -> None:
    """GB18030 could be read as well."""
    assert guessed(f'<rss xml:lang="{language}">'.encode() + TAIWANESE.encode("big5")) == "big5hkscs"


@pytest.mark.parametrize(
    ("language", "text", "encoding"),
    [("zh", CHINESE, "gb18030"), ("zh", "新闻", "gb18030"),
        ("zh-cn", CHINESE, "gb18030"), ("ja", "日本", "euc_jp"), ("ja", "テスト", "cp932"),
        ("ko", "속보", "cp949")],
)  # fmt: skip
def test_a_language_of_the_east_says_its_encodings_in_order(language: str, text: str, encoding: str) -> None:
    """The first that fits."""
    assert guessed(f'{{"language": "{language}"}}'.encode() + text.encode(encoding)) == encoding


@pytest.mark.parametrize(("size", "name"), [(50_000, "cp1252"), (50_001, "cp1251")])
def test_the_first_50000_bytes_are_looked_at(size: int, name: str) -> None:
    """A language behind them says nothing."""
    said = b"<language>en"

    assert guessed(WORDS + b"x" * (size - len(said) - len(WORDS)) + said) == name


# --- Chinese ---------------------------------------------------------------------------------------------------------

USUAL, RARE = b"\xb0\xa1", b"\x81\x40"


@pytest.mark.parametrize(("usual", "rare", "expected"), [(4, 1, True), (79, 21, False), (0, 0, False), (1, 0, True)])
def test_four_of_five_pairs_of_chinese_are_usual(usual: int, rare: int, *, expected: bool) -> None:
    """GB 2312 has them."""
    assert is_usual(USUAL * usual + RARE * rare) is expected


def test_a_character_that_nobody_knows_counts_against_a_text() -> None:
    """The private area of Unicode."""
    assert [usual_characters(text) for text in ("的是", "a", "的\ue000", "的\uf8ff", "的\uf900", "\ue000\ue000")] == [
        2, 0, 0, 0, 1, -2,
    ]  # fmt: skip


# --- Japanese and Korean ---------------------------------------------------------------------------------------------

KANA, OTHER, FREQUENT, HANGUL, HANJA = b"\xa4\xa2", b"\xb5\xa1", "이".encode("euc_kr"), b"\xb6\xa1", b"\xca\xa1"


@pytest.mark.parametrize(
    ("data", "text", "expected"),
    [
        (KANA, "ｱｱ日", True), (KANA, "ｱ日", False), (b"\xff\xff\xff", "ｱ", False), (KANA, "ｱabc", True),
        (KANA * 48 + b"\xff \xff ", "ｱ", True), (KANA * 47 + b"\xff \xff ", "ｱ", False), (b"\xff ", "ｱ", True),
    ],
)  # fmt: skip
def test_half_width_kana_is_euc_japanese(data: bytes, text: str, *, expected: bool) -> None:
    """Where it is more than half, and nearly all of the bytes fit: one in fifty, and one more, may be broken."""
    assert is_euc_japanese(data, text) is expected


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param(KANA * 20 + OTHER * 80, "euc_jp", id="a fifth of kana"),
        pytest.param(b"\xa5\xa2" * 20 + OTHER * 80, "euc_jp", id="a fifth of katakana"),
        pytest.param(b"\xa6\xa2" * 20 + OTHER * 80, "gb18030", id="a fifth of Greek"),
        pytest.param(FREQUENT * 12 + b"\xfd\xa1" * 9 + HANGUL * 79, "gb18030", id="the last Chinese characters"),
        pytest.param(FREQUENT * 12 + b"\xfe\xa1" * 9 + HANGUL * 79, "cp949", id="none behind the last"),
        pytest.param(FREQUENT * 12 + b"\xc9\xa1" * 9 + HANGUL * 79, "cp949", id="none before the first"),
        pytest.param(KANA * 19 + OTHER * 81, "gb18030", id="less kana"),
        pytest.param(KANA * 20 + OTHER * 75 + RARE * 5, "euc_jp", id="95 % of an EUC"),
        pytest.param(FREQUENT * 12 + HANGUL * 88, "cp949", id="12 % of frequent syllables"),
        pytest.param(FREQUENT * 11 + HANGUL * 89, "gb18030", id="fewer frequent syllables"),
        pytest.param(FREQUENT * 12 + HANJA * 8 + HANGUL * 80, "cp949", id="8 % of Chinese characters"),
        pytest.param(FREQUENT * 12 + HANJA * 9 + HANGUL * 79, "gb18030", id="more Chinese characters"),
    ],
)
def test_the_shares_of_first_bytes_tell_the_script(data: bytes, name: str) -> None:
    """Of Chinese, Japanese and Korean in pairs of bytes."""
    assert guessed(data) == name


@pytest.mark.parametrize("pair", [RARE, b"\xb0\x40", b"\xb0\xa0"])
def test_with_less_of_an_euc_the_kana_says_nothing(pair: bytes) -> None:
    """A fifth of it is kana. In an EUC, both bytes of a pair are A1 or above."""
    assert guessed(KANA * 20 + OTHER * 74 + pair * 6) != "euc_jp"


# --- alphabets -------------------------------------------------------------------------------------------------------

LETTER, SIGN = b"\xe5", b"\xa0"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([LETTER * 2, LETTER * 3], True), ([LETTER * 2, LETTER * 2], False),
        ([LETTER * 2, LETTER * 2, LETTER * 3], False),
        ([LETTER * 9 + SIGN], True), ([LETTER * 8 + SIGN], False), ([], False),
    ],
)  # fmt: skip
def test_words_of_letters_are_of_an_alphabet(words: list[bytes], *, expected: bool) -> None:
    """Two and a half in a row on average, nine of ten."""
    assert is_not_western(b" ".join(words)) is expected


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("שלום עולם חדש טובה", "cp1255"), ("моя привет мир как дела", "koi8_r"), ("моя привет мир как дела", "cp1251"),
        ("ПРИВЕТ мир как дела", "koi8_r"), ("Привет Мир как дела", "cp1251"),
        ("ПРИВет МИр как дела", "cp1251"), ("ПРИВет МИр как дела", "koi8_r"),
    ],
)  # fmt: skip
def test_the_case_of_most_letters_tells_two_encodings_of_russian(text: str, encoding: str) -> None:
    """Hebrew has no letters in the upper part."""
    assert guessed(text.encode(encoding)) == encoding


@pytest.mark.parametrize("text", ["привет мир как дела", "погода и новости спорта"])
def test_small_russian_letters_are_not_hebrew(text: str) -> None:
    """The letters а to ъ are those of Hebrew. Some forms of Hebrew letters stand only at the end of a word."""
    assert guessed(text.encode("cp1251")) == "cp1251"


def test_hebrew_letters_have_forms_for_the_end_of_a_word() -> None:
    """Each form stands before a space, a hyphen or a quotation mark, and at the end."""
    assert guessed('לך, שלום-עולם "גן" קוף עץ'.encode("cp1255")) == "cp1255"


def test_a_missing_space_does_not_change_the_language() -> None:
    """A final form stands before another letter where two Hebrew words run together."""
    assert guessed("שלום לכולם היום ירדגשם בצפון הארץ".replace("ירד", "ירדן").encode("cp1255")) == "cp1255"
