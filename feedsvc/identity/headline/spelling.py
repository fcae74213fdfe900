"""
One spelling for the many of one headline: characters, width, spaces and marks. Pure.

What makes another piece stays: signs beside numbers and names, units, currencies, the points within numbers.
"""

import re
import unicodedata

from feedsvc.normalize.simplified import SIMPLIFIED

#: Characters of a headline that are read; the rest says nothing more.
MAX_HEADLINE = 1000

#: One character for each of a kind. Dashes keep apart: `—` joins two halves of a sentence, `-` may be a minus.
MARKS = {
    **dict.fromkeys(map(ord, "丨｜│┃∣¦❘▏‖»›"), "|"),
    **dict.fromkeys(map(ord, "‐‑‒–−﹣－"), "-"),
    **dict.fromkeys(map(ord, "—―─━"), "—"),
    **dict.fromkeys(map(ord, "•‧・∙●▪"), "·"),
    **dict.fromkeys(map(ord, "〜∼"), "~"),
    **dict.fromkeys(map(ord, "×✕✖"), "x"),
    **dict.fromkeys(map(ord, "【〖［〔﹝"), "["),
    **dict.fromkeys(map(ord, "】〗］〕﹞"), "]"),
    **dict.fromkeys(map(ord, "、，﹐､"), ","),
    **dict.fromkeys(map(ord, "“”„‟«「」『』《》〈〉＂"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛`´′＇"), "'"),
    ord("○"): "〇",
    # Space of no width, joiners, marks of direction, variation selectors, soft hyphen.
    **dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0xFE00, 0xFE10)]),
    0xFEFF: None,
    0x00AD: None,
}

#: How `str.translate` writes a headline: traditional characters simplified, and marks of a kind alike. Words that are
#: others in Taiwan (軟體, 软件) stay: a site that rewrites words tells its own story.
SPELLING: dict[int, str | None] = {**SIMPLIFIED, **MARKS}

#: Of no meaning, where compatibility forms would make letters of them.
SIGNS = dict.fromkeys(map(ord, "™℠®©"))

#: A comma between groups of three digits.
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")

#: Units in which the case of a letter tells: bits and bytes, milliwatts and megawatts.
BITS = re.compile(r"(?<=\d)\s?(?:([KMGT])b|([kmgt])b(?=ps))(?=ps|/s|(?![A-Za-z]))")
MILLIWATT = re.compile(r"(?<=\d)\s?mW(?![A-Za-z])")

#: Letters and digits; or what stands between them.
TOKEN = re.compile(r"[^\W_]+|[\W_]+")

#: Signs that say something wherever they stand, those that do so before a digit, and those between two digits.
KEPT = re.compile(r"[+%‰°$€¥£₩₹₽]")
BESIDE = re.compile(r"[+%‰°$€¥£₩₹₽±↑↓▲▼≥≤≠<>]")
WITHIN = {".": ".", ":": ":", "/": "/", "⁄": "/", "-": "-", "~": "-", "—": "-", "*": "x", "·": ""}


def plain(title: str) -> str:
    """A headline in one script and one width, with one mark of each kind and single spaces; its case stays."""
    text = title[:MAX_HEADLINE].translate(SIGNS)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)[:MAX_HEADLINE].translate(SPELLING)
    return " ".join(text.split())


def key(text: str) -> str:
    """Letters and digits of a plain headline, and the signs that matter; equal for two spellings of one."""
    text = MILLIWATT.sub("milliw", BITS.sub(r"\1\2bit", THOUSANDS.sub("", text)))
    tokens = TOKEN.findall(text.casefold())
    last = len(tokens) - 1
    return "".join(
        token
        if token[0].isalnum()
        else _signs(token, tokens[number - 1][-1] if number else "", tokens[number + 1][0] if number < last else "")
        for number, token in enumerate(tokens)
    )


def _signs(gap: str, before: str, after: str) -> str:
    """The rest of the marks and spaces between two characters."""
    if gap == " " and not (before.isdigit() and after.isdigit()):
        return ""
    kept = "".join((BESIDE if after.isdigit() else KEPT).findall(gap))
    if before.isdigit() and after.isdigit():
        # `5 10` is not `510`.
        return kept or WITHIN.get(gap.strip(), " ")
    if gap[0] == "#" and before.isascii() and before.isalpha():
        return f"#{kept}"
    return f"{kept}-" if _is_minus(gap, before, after) else kept


def _is_minus(gap: str, before: str, after: str) -> bool:
    """Whether a dash is a sign: before a number (`-5°`), or behind a name or number at a word's end (`A-`)."""
    follows, leads = (one.isascii() and one.isalnum() for one in (before, after))
    is_before = gap[-1] == "-" and after.isdigit() and not (follows and gap == "-")
    return is_before or (gap[0] == "-" and gap[:2] != "--" and follows and not leads)
