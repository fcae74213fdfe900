"""The encoding of a text without a label, or with a wrong one. Pure."""

import re
from collections import Counter

import charset_normalizer

#: Number of bytes that are examined.
MAX_SEEN = 50_000

#: Two bytes of GB18030 or EUC; those of the usual Chinese characters (GB 2312); their share in Chinese.
BYTE_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]?")
USUAL_PAIR = re.compile(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]")
USUAL_SHARE = 0.8

#: The most frequent Chinese characters, simplified and traditional: a third of all text. With punctuation.
USUAL_CHARACTERS = re.compile(
    "[，。、：；！？「」“”的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得"
    "于於着著下自之年过過发發后後作里裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還"
    "进進好小部其些主样樣理心她本前开開但因只从從想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三"
    "又关關点點正业業外将將两兩高间間由问問很最重并並物手应應战戰向头頭文体體政美相见見被利什二等产產或新己制身果加]"
)

#: A run of non-ASCII bytes.
NON_ASCII_RUN = re.compile(rb"[\x80-\xff]+")
#: Letters of an alphabet, in an encoding with one byte for each.
UPPER_HALF = re.compile(rb"[\xc0-\xff]")
LETTER_SHARE, WORD_LENGTH = 0.9, 2.5
#: Bytes that are not letters in Hebrew, but frequent letters in other alphabets.
NOT_HEBREW = re.compile(rb"[\xc0-\xdf\xfb-\xff]")
#: Kaf, mem, nun, pe and tsadi have forms that stand only at the end of a word. In Windows-1251, the bytes of these
#: forms are к, н, п, у and х. A missing space puts a final form into a word: Hebrew has one in ten words at most.
FINAL_INSIDE = re.compile(rb"[\xea\xed\xef\xf3\xf5](?=[\xe0-\xfa])")
WORDS_OF_A_FINAL = 10
SURELY_HEBREW = 15

#: The smallest second byte of a pair in EUC.
FIRST_SECOND_BYTE = b"\xa1"

#: First bytes of EUC pairs for kana, and for Chinese characters in Korean.
KANA, HANJA = frozenset({0xA4, 0xA5}), frozenset(range(0xCA, 0xFE))
EUC_SHARE, KANA_SHARE, HANJA_SHARE = 0.95, 0.2, 0.08
#: The most frequent Korean syllables. In Chinese, these bytes are rare characters.
FREQUENT = frozenset(one.encode("euc_kr") for one in "이다는에의을를가고하한은로기사지도인")
FREQUENT_SHARE = 0.12

#: The language that a feed states.
LANGUAGE = re.compile(
    rb"""(?:<language>\s*|xml:lang\s*=\s*["']|"language"\s*:\s*")([A-Za-z]{2}(?:[-_][A-Za-z]{2,4})?)"""
)
TRADITIONAL = frozenset({"zh-tw", "zh-hk", "zh-hant", "zh-mo"})
#: Language → its encodings, the most likely first.
OF_LANGUAGE = {
    "zh": ("gb18030", "big5hkscs"), "ja": ("euc_jp", "cp932"), "ko": ("cp949",),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "ro"), ("cp1250",)), "el": ("cp1253",), "tr": ("cp1254",),
    "he": ("cp1255",), **dict.fromkeys(("ar", "fa"), ("cp1256",)), **dict.fromkeys(("et", "lv", "lt"), ("cp1257",)),
    "vi": ("cp1258",), "th": ("cp874",),
    **dict.fromkeys(("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "fi", "no", "nb"), ("cp1252",)),
}  # fmt: skip

#: Encodings that are tried if a feed states no language.
DETECTED = ("big5", "shift_jis", "euc_jp", "euc_kr", "cp1251", "cp1252", "gb18030")
OF_ALPHABETS = ("cp1251", "koi8_r", "cp1253", "cp1255", "cp1256")

#: Half-width kana of Shift JIS. Bytes of EUC-JP look like these.
HALF_KANA = re.compile("[\uff61-\uff9f]")


def guessed(data: bytes) -> str:
    """The most likely encoding of a text that is not UTF-8."""
    seen = data[:MAX_SEEN]
    for name in _of_language(seen):
        if _is_decodable(seen, name):
            return name
    if (alphabet := _alphabet(seen)) is not None:
        return alphabet
    if (found := _of_pairs(seen)) is not None:
        return found
    best = charset_normalizer.from_bytes(seen, cp_isolation=list(DETECTED)).best()
    return {"shift_jis": "cp932", "euc_kr": "cp949"}.get(best.encoding, best.encoding) if best else "cp1252"


def is_not_western(data: bytes) -> bool:
    """Whether bytes that could be Western letters are words of another alphabet, or pairs as in Chinese."""
    seen = data[:MAX_SEEN]
    return _alphabet(seen) is not None or _of_pairs(seen) is not None


def is_usual(data: bytes) -> bool:
    """Whether nearly all bytes are pairs of usual Chinese characters."""
    pairs = BYTE_PAIR.findall(data[:MAX_SEEN])
    return sum(map(bool, map(USUAL_PAIR.fullmatch, pairs))) >= USUAL_SHARE * max(1, len(pairs))


def usual_characters(text: str) -> int:
    """The number of usual Chinese characters, minus the number of private-use characters."""
    return len(USUAL_CHARACTERS.findall(text)) - sum("\ue000" <= one <= "\uf8ff" for one in text)


def is_euc_japanese(data: bytes, text: str) -> bool:
    """Whether a text in Shift JIS is really EUC-JP: most of it would be half-width kana, which is not usual."""
    others = sum(one > "\x7f" for one in text)
    return len(HALF_KANA.findall(text)) > others / 2 and _is_decodable(data, "euc_jp")


def _of_language(data: bytes) -> tuple[str, ...]:
    match = LANGUAGE.search(data)
    said = match[1].decode("ascii").lower().replace("_", "-") if match else ""
    return ("big5hkscs",) if said in TRADITIONAL else OF_LANGUAGE.get(said[:2], ())


def _is_decodable(data: bytes, name: str) -> bool:
    """Whether an encoding fits. The bytes that are examined may end within a letter."""
    text = data.decode(name, "replace")
    return text.count("\ufffd") <= 1 + sum(one > "\x7f" for one in text) / 50


def _is_hebrew(runs: list[bytes]) -> bool:
    """Whether all bytes are letters of Hebrew, and hardly any word has a final form before its end."""
    misplaced = sum(len(FINAL_INSIDE.findall(run)) for run in runs)
    return not any(map(NOT_HEBREW.search, runs)) and misplaced <= max(1, len(runs) / WORDS_OF_A_FINAL)


def _alphabet(data: bytes) -> str | None:
    """The encoding of Cyrillic, Greek, Hebrew or Arabic words: nearly all bytes are letters, many in a row."""
    runs = NON_ASCII_RUN.findall(data)
    size = sum(map(len, runs))
    if not runs or size / len(runs) < WORD_LENGTH or len(UPPER_HALF.findall(data)) < LETTER_SHARE * size:
        return None
    if size >= SURELY_HEBREW and _is_hebrew(runs):
        return "cp1255"
    best = charset_normalizer.from_bytes(data, cp_isolation=list(OF_ALPHABETS)).best()
    found = best.encoding if best else "cp1251"
    if found in {"cp1251", "koi8_r"}:
        # Most letters are small: upper half of the bytes in Windows-1251, lower half in KOI8-R.
        low = sum(len(re.findall(rb"[\xc0-\xdf]", run)) for run in runs)
        return "koi8_r" if low > size / 2 else "cp1251"
    return found


def _of_pairs(data: bytes) -> str | None:
    """The encoding of Chinese, Japanese or Korean in pairs of bytes. The first byte tells the script."""
    pairs = BYTE_PAIR.findall(data)
    if not pairs:
        return None
    leads = Counter(pair[0] for pair in pairs if pair[1:] >= FIRST_SECOND_BYTE)
    total = leads.total()
    if total >= EUC_SHARE * len(pairs):
        if sum(leads[lead] for lead in KANA) >= KANA_SHARE * total:
            return "euc_jp"
        frequent = sum(pair in FREQUENT for pair in pairs)
        hanja = sum(leads[lead] for lead in HANJA)
        if frequent >= FREQUENT_SHARE * total and hanja <= HANJA_SHARE * total:
            return "cp949"
    return "gb18030" if is_usual(data) else None
