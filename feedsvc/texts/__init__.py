"""
The texts that people read in pages, errors and notices, by language.

A further language is one module beside `zh.py` and `en.py`, and one line here.
"""

from functools import lru_cache

from feedsvc.texts import en, zh
from feedsvc.texts.table import Texts

__all__ = ["LANGUAGES", "Texts", "texts_of", "texts_of_first"]

#: Primary language (BCP 47) → its texts.
LANGUAGES: dict[str, Texts] = {"zh": zh.TEXTS, "en": en.TEXTS}

#: The language for people whose own is not here.
OTHERS = "en"


def texts_of(language: str) -> Texts:
    """The texts for a BCP 47 tag; English where there are none in this language."""
    return texts_of_first(language)


@lru_cache(maxsize=256)
def texts_of_first(*languages: str | None) -> Texts:
    """The texts for the first of these BCP 47 tags that has texts; English where none has. None is no tag."""
    known = (LANGUAGES.get(one.lower().partition("-")[0]) for one in languages if one)
    return next((texts for texts in known if texts), LANGUAGES[OTHERS])
