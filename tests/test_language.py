"""Languages are registered ones."""

import pytest

from feedsvc.language import COMMON, _registered, first, registered

TAGS = {
    "zh-CN": "zh-CN", "zh_CN": "zh-CN", "zh-cn": "zh-CN", "zh-hant-tw": "zh-Hant-TW", "en-us": "en-US", "EN": "en",
    "eng": "en", "iw": "he", "in": "id", "en-uk": "en-GB", "es-419": "es-419", "de-DE-1901": "de-DE-1901",
    "i-klingon": "tlh", "art-lojban": "jbo", "cmn": "cmn", " fr ": "fr",
    # a region that is none
    "en-EN": "en", "ja_JA": "ja", "xx-US": None,
    # for private use: nobody else understands it
    "en-x-private": "en", "en-XX": "en", "x-klingon": None, "qaa": None,
    # registered, but no language
    "und": None, "zxx": None,
    # written as people do, and registered by nobody
    "chinese": None, "en-utf8": None, "pt_BR.UTF-8": None, "C": None, "xx": None,
    "cz": None, "Deutsch": None, "中文": None, "": None,
    "en" * 50: None, "-": None, "en-": None, "<b>": None,
}  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), TAGS.items(), ids=lambda one: repr(one)[:20])
def test_a_language_has_its_registered_tag(written: str, expected: str | None) -> None:
    """Other spellings become the preferred one; what is not in the registry is no language."""
    assert registered(written) == expected


@pytest.mark.parametrize("tag", sorted(COMMON))
def test_a_common_tag_is_registered_as_it_is(tag: str) -> None:
    """The registry agrees with the table of common tags."""
    assert _registered(tag) == tag


def test_the_first_that_is_registered_counts() -> None:
    """An entry's own language may be none: then its feed's counts."""
    assert first(None, "chinese", "zh_CN", "en") == "zh-CN"
    assert first("und", None) is None
