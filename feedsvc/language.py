"""Languages by their registered tags (BCP 47, IANA's registry of subtags). langcodes' one home. Pure."""

import re
from functools import lru_cache

#: Characters; the longest registered tags are far shorter.
MAX_TAG = 35

#: Registered, but no language: undetermined, uncoded, no linguistic content.
NONE = frozenset({"und", "mis", "zxx"})

#: A language and a region, which people make of the language's own code.
WITH_REGION = re.compile("[A-Za-z]{2,3}-[A-Za-z]{2}")

#: Registered tags in their preferred form, as most configurations and feeds have them: the registry need not be loaded.
COMMON = frozenset({
    "ar", "bg", "cs", "da", "de", "de-AT", "de-CH", "de-DE", "el", "en", "en-AU", "en-CA", "en-GB", "en-IN", "en-US",
    "es", "es-ES", "es-MX", "fa", "fi", "fr", "fr-CA", "fr-FR", "he", "hi", "hu", "id", "it", "it-IT", "ja", "ja-JP",
    "ko", "ko-KR", "nb", "nl", "nl-NL", "no", "pl", "pl-PL", "pt", "pt-BR", "pt-PT", "ro", "ru", "ru-RU", "sk", "sv",
    "sv-SE", "th", "tr", "uk", "vi", "zh", "zh-CN", "zh-HK", "zh-Hans", "zh-Hant", "zh-SG", "zh-TW",
})  # fmt: skip

#: Subtags for private use: nobody else understands these languages, scripts and regions, and what follows an `x`.
PRIVATE_LANGUAGE = re.compile("q[a-t][a-z]|x")
PRIVATE_SUBTAGS = re.compile(r"-(?:Qa[ab][a-x]|AA|ZZ|X[A-Z]|Q[M-Z])(?=-|\Z)|-[0-9a-z]-.*")


def registered(written: str | None) -> str | None:
    """
    The registered tag for `written`, in the form that BCP 47 (RFC 5646, 4.5) prefers; None where there is none.

    `zh_CN` is `zh-CN`, `en-us` is `en-US`, `iw` is `he`, and `en-EN`, whose region is none, is `en`. `chinese`,
    `en-utf8`, `und` and `x-klingon` are none.
    """
    tag = (written or "").strip().replace("_", "-")
    if tag in COMMON:
        return tag
    if not tag.isascii() or len(tag) > MAX_TAG:
        return None
    return _registered(tag) or (_registered(tag[:-3]) if WITH_REGION.fullmatch(tag) else None)


def first(*written: str | None) -> str | None:
    """The first of them that is registered."""
    return next((tag for one in written if (tag := registered(one))), None)


@lru_cache(maxsize=1024)
def _registered(tag: str) -> str | None:
    import langcodes  # noqa: PLC0415 - its registry takes 40 ms to load, and most tags are common ones

    try:
        standard = langcodes.standardize_tag(tag) if langcodes.tag_is_valid(tag) else ""
    except ValueError:
        return None
    language = standard.partition("-")[0]
    if not language or language in NONE or PRIVATE_LANGUAGE.fullmatch(language):
        return None
    return PRIVATE_SUBTAGS.sub("", standard)
