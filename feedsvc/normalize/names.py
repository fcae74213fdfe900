"""Names of months and weekdays in the languages of feeds. Only this module uses Babel. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
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

#: Languages (CLDR's names), by the beginning of the Unicode names of their letters. They are loaded in this order until
#: one has the name. Languages with very few feeds are left out, because their short names would conflict with those of
#: others: Taroko's `Mai` is August.
LANGUAGES = {
    "LATIN": (
        "de fr es it pt nl pl tr sv cs da nb fi hu ro id vi sk hr ca lt lv et sl sq eu gl is af az bs cy eo fil ga gd"
        " lb ms mt nn oc rm sr_Latn sw uz de_AT es_MX es_PE fr_CA pt_PT"
    ),
    "CYRILLIC": "ru uk bg sr be mk kk ky mn tg tt bs_Cyrl uz_Cyrl",
    "GREEK": "el",
    "HEBREW": "he",
    "ARABIC": "ar fa ur ps ar_DZ ar_IQ ar_MA ar_SY",
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

#: Names that mean different months in Polish or Czech and in Croatian.
AMBIGUOUS = frozenset({"lip", "lis", "listopad", "listopada", "srp"})

#: Widths of names. `narrow` names are single letters, so they are left out.
WIDTHS = ("wide", "abbreviated", "short")

#: Shortest abbreviation of a name, in letters.
SHORTEST = 3

#: Separators between the words of a name.
NAME_JOINTS = re.compile(r"[\s.\-]+")


def month(name: str) -> int | None:
    """The month (1 to 12) that a name means; None if it names no month, or several."""
    key = name_key(name)
    if key in MONTHS or key in WEEKDAYS or not key:
        return MONTHS.get(key)
    if key in AMBIGUOUS:
        return None
    for language in _languages(key):
        months, weekdays = _names_in(language)
        if key in months:
            return months[key]
        if key in weekdays:
            return None
    found = _beginnings(_script_of(key)).get(key, frozenset())
    return next(iter(found)) if len(found) == 1 else None


def is_weekday(name: str) -> bool:
    """Whether the name is a weekday in some language."""
    key = name_key(name)
    return key in WEEKDAYS or any(key in _names_in(language)[1] for language in _languages(key))


def name_key(name: str) -> str:
    """The common key of two spellings of a name: case, accents, apostrophes, dots and hyphens do not count."""
    letters = unicodedata.normalize("NFKD", name.casefold()).replace("ı", "i")
    plain = "".join(one for one in letters if not unicodedata.combining(one) and one not in "'’ʼʹ`´\u200c\u200d")
    return NAME_JOINTS.sub(" ", plain).strip()


def _script_of(key: str) -> str:
    return unicodedata.name(key[0], "").partition(" ")[0] if key else ""


def _languages(key: str) -> list[str]:
    return LANGUAGES.get(_script_of(key), "").split()


@cache  # a language takes about 5 ms to load, so it is loaded at first use
def _names_in(language: str) -> tuple[dict[str, int], frozenset[str]]:
    """A language's names of months with their numbers, and its names of weekdays."""
    from babel import Locale  # noqa: PLC0415 - of the few dates that need it

    locale = Locale.parse(language)
    return dict(_cldr_names(locale.months)), frozenset(key for key, _ in _cldr_names(locale.days))


def _cldr_names(contexts: Mapping[str, Mapping[str, Mapping[int, str]]]) -> Iterator[tuple[str, int]]:
    """The names in all widths and cases, without those that contain a number."""
    for widths in contexts.values():
        for width in WIDTHS:
            for number, name in dict(widths.get(width, {})).items():
                key = name_key(name)
                if key and not any(one.isdigit() for one in key):
                    yield key, number


@cache
def _beginnings(script: str) -> Mapping[str, frozenset[int]]:
    """Beginnings of names of months, because programs cut names: `Lok` is October in Finnish."""
    found: dict[str, frozenset[int]] = {}
    for language in LANGUAGES.get(script, "").split():
        for key, number in _names_in(language)[0].items():
            for end in range(SHORTEST, len(key)):
                found[key[:end]] = found.get(key[:end], frozenset()) | {number}
    return found
