"""
Which form of an answer a request gets: its content coding, its language, and whether the client has it already. Pure.

Sources: RFC 9110, 12.5.3 (Accept-Encoding), 12.5.4 (Accept-Language), 13.1.2 (If-None-Match), 13.1.3
(If-Modified-Since), 13.2.2 (precedence).
"""

import re
from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from operator import itemgetter

from werkzeug.http import parse_date

from feedsvc.model import CODINGS, Coding
from feedsvc.texts import LANGUAGES, texts_of

#: A header field beyond this length is no answer to any of our ETags, and is not worth the time.
LONGEST_FIELD = 2048

#: A longer text is no date.
LONGEST_DATE = 64

#: One entity tag. RFC 9110, 8.8.3, allows any character in it but a quotation mark and control characters.
TAG = re.compile(r'(?:W/)?"([^"]*)"')

QUALITY = re.compile(r"[01](?:\.\d{0,3})?")


def chosen_coding(accepted: str, stored: tuple[Coding, ...] = CODINGS) -> Coding | None:
    """
    The coding for a value of Accept-Encoding; None is `identity`.

    The highest quality decides, then the order of `stored`. A coding that the client refuses (`q=0`) is never sent.
    Where it refuses everything, it gets `identity`: RFC 9110 prefers an answer to none.
    """
    # The length counts before the memory of the next function, which would keep any text.
    return None if len(accepted) > LONGEST_FIELD else _chosen_coding(accepted, stored)


@lru_cache(maxsize=512)
def _chosen_coding(accepted: str, stored: tuple[Coding, ...]) -> Coding | None:
    qualities = dict(_qualities(accepted))
    others = qualities.get("*", 0.0)
    found = [(qualities.get(coding, others), -place, coding) for place, coding in enumerate(stored)]
    quality, _, coding = max(found, default=(0.0, 0, None))
    # Without a word on identity, a client that names a coding prefers this coding.
    return coding if quality > 0 and quality >= qualities.get("identity", 0.0) else None


def _qualities(accepted: str) -> list[tuple[str, float]]:
    found = []
    for item in accepted.lower().split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        stated = [one[2:].strip() for one in parameters if one.startswith("q=")]
        if not name or (stated and not QUALITY.fullmatch(stated[0])):
            continue
        found.append(("gzip" if name == "x-gzip" else name, min(float(stated[0]), 1.0) if stated else 1.0))
    return found


def chosen_language(accepted: str, usual: str) -> str:
    """
    The language of a page for a value of Accept-Language: a key of LANGUAGES.

    The highest quality decides, then the order in the field. `usual`, a BCP 47 tag, is for a client that wants none of
    our languages.
    """
    return primary(usual) if len(accepted) > LONGEST_FIELD else _chosen_language(accepted, primary(usual))


@lru_cache(maxsize=512)
def _chosen_language(accepted: str, known: str) -> str:
    wanted = [(quality, name) for name, quality in _qualities(accepted) if quality > 0]
    for _, name in sorted(wanted, key=itemgetter(0), reverse=True):
        language = name.partition("-")[0]
        if language == "*":
            return known
        if language in LANGUAGES:
            return language
    return known


def primary(language: str) -> str:
    """The key of LANGUAGES for a BCP 47 tag."""
    return texts_of(language).language.partition("-")[0]


def known_tag(condition: str, tags: Collection[str]) -> str | None:
    """
    The first of the opaque `tags` that If-None-Match names; any of them for `*`. None: the client has none of them.

    The comparison is weak: `W/` makes no difference. A member of the list that is not a tag is left out.
    """
    if len(condition) > LONGEST_FIELD:
        return None
    if condition.strip() == "*":
        return next(iter(tags), None)
    return next((tag for tag in TAG.findall(condition) if tag in tags), None)


def is_unmodified(condition: str, changed_at: datetime) -> bool:
    """Whether If-Modified-Since has a date that is not before the change. Another value is ignored."""
    if len(condition) > LONGEST_DATE:
        return False
    try:
        since = parse_date(condition)
    except (OverflowError, IndexError):  # of a number beyond all bounds; Werkzeug catches ValueError alone
        return False
    return since is not None and changed_at.replace(microsecond=0) <= since
