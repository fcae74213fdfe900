"""
The texts that people read in pages, errors and notices, by language.

A further language is one module beside `zh.py` and `en.py`, and one line here.
"""

from functools import lru_cache

from feedsvc.texts import en, zh
from feedsvc.texts.table import Texts

__all__ = ["LANGUAGES", "Texts", "texts_of"]

#: Primary language (BCP 47) → its texts.
LANGUAGES: dict[str, Texts] = {"zh": zh.TEXTS, "en": en.TEXTS}

#: The language for people whose own is not here.
OTHERS = "en"


@lru_cache(maxsize=256)
def texts_of(language: str) -> Texts:
    """The texts for a BCP 47 tag; English where there are none in this language."""
    return LANGUAGES.get(language.lower().partition("-")[0], LANGUAGES[OTHERS])
