"""Names of months and weekdays in the languages that feeds are written in. Babel's one home. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june",
            "jul july", "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip

WEEKDAYS = frozenset({
    "mon", "monday", "tue", "tues", "tuesday", "wed", "weds", "wednesday", "thu", "thur", "thurs", "thursday",
    "fri", "friday", "sat", "saturday", "sun", "sunday",
})  # fmt: skip

#: The languages (CLDR's names) whose letters have a name in Unicode that begins with the key. Languages in which next
#: to nobody writes feeds are left out: their short names take those of others away, as Taroko's `Mai` (August).
LANGUAGES = {
    "LATIN": (
        "af az bs ca cs cy da de de_AT eo es es_MX es_PE et eu fi fil fo fr fr_CA ga gd gl hr hu id is it lb lt lv"
        " ms mt nb nl nn oc pl pt pt_PT rm ro sk sl sq sr_Latn sv sw tr uz vi"
    ),
    "CYRILLIC": "be bg bs_Cyrl kk ky mk mn ru sr tg tt uk uz_Cyrl",
    "GREEK": "el",
    "HEBREW": "he",
    "ARABIC": "ar ar_DZ ar_IQ ar_MA ar_SY fa ps ur",
    "DEVANAGARI": "hi mr ne",
    "BENGALI": "as bn",
    "GURMUKHI": "pa",
    "GUJARATI": "gu",
    "TAMIL": "ta",
    "TELUGU": "te",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "SINHALA": "si",
    "THAI": "th",
    "LAO": "lo",
    "MYANMAR": "my",
    "KHMER": "km",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "ETHIOPIC": "am",
    "CJK": "zh",
}

#: Widths of names; `narrow` ones are single letters.
WIDTHS = ("wide", "abbreviated", "short")

#: Letters of the shortest beginning of a name that stands for it.
SHORTEST = 3

#: Names, each with the months that it means.
Meanings = dict[str, frozenset[int]]

#: What stands between the words of a name.
JOINTS = re.compile(r"[\s.\-]+")


def month(name: str) -> int | None:
    """The month (1 to 12) that a name means; None where no language has it, or two have it for different months."""
    key = name_key(name)
    if key in MONTHS or key in WEEKDAYS or not key:
        return MONTHS.get(key)
    months, weekdays, beginnings = _tables(_script(key))
    found = months.get(key) or (frozenset() if key in weekdays else beginnings.get(key, frozenset()))
    return next(iter(found)) if len(found) == 1 else None


def is_weekday(name: str) -> bool:
    """Whether some language calls a day of the week so."""
    key = name_key(name)
    return key in WEEKDAYS or (bool(key) and key in _tables(_script(key))[1])


def name_key(name: str) -> str:
    """What two spellings of a name share: case, accents, apostrophes, dots and hyphens do not count."""
    letters = unicodedata.normalize("NFKD", name.casefold()).replace("ı", "i")
    plain = "".join(one for one in letters if not unicodedata.combining(one) and one not in "'’ʼʹ`´\u200c\u200d")
    return JOINTS.sub(" ", plain).strip()


def _script(key: str) -> str:
    return unicodedata.name(key[0], "").partition(" ")[0]


@cache  # one table a script; a process that meets no such name makes none
def _tables(script: str) -> tuple[Meanings, frozenset[str], Meanings]:
    """Names of months, each with the months that it means; names of weekdays; beginnings of names of months."""
    months: Meanings = {}
    beginnings: Meanings = {}
    weekdays: set[str] = set()
    for language in LANGUAGES.get(script, "").split():
        for kind, number, name in _names(language):
            key = name_key(name)
            if not key or any(one.isdigit() for one in key):
                continue
            if kind == "days":
                weekdays.add(key)
            else:
                months[key] = months.get(key, frozenset()) | {number}
    # Programs cut names off: `Lok` is October in Finnish.
    for key, numbers in months.items():
        for end in range(SHORTEST, len(key)):
            beginnings[key[:end]] = beginnings.get(key[:end], frozenset()) | numbers
    return months, frozenset(weekdays), beginnings


def _names(language: str) -> Iterator[tuple[str, int, str]]:
    from babel import Locale  # noqa: PLC0415 - of the few dates that need it

    locale = Locale.parse(language)
    for kind, contexts in (("months", locale.months), ("days", locale.days)):
        for widths in contexts.values():
            for width in WIDTHS:
                for number, name in dict(widths.get(width, {})).items():
                    yield kind, number, name
