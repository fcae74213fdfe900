"""Terms of texts: a text that holds a word has all terms of the word."""

import hashlib
import re
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.filters.folding import folded, word_kind
from feedsvc.filters.kinds.words import Words
from feedsvc.filters.readable import Readable
from feedsvc.filters.terms import LATIN, TERMS_VERSION, terms_needed, terms_of

#: The digest of the terms of SAMPLES, by TERMS_VERSION. If it changes, the version rises.
DIGEST = {1: "e3f1e1d7ae83cf75"}
SAMPLES = (
    "ＧＰＵ與晶片",
    "iPhone15 Pro",
    "𠮷野家",
    "ไทย",
    "Москва",
    "ÉCOLE straße",
    "C++ 😀",
    "한국어 かな カナ",
    "x",
    "芯",
    "々〇",
    "",
)

#: Scripts, and what stands between words.
TEXT = st.text(st.sampled_from("芯片手机かナ한ไย𠮷😀aBzÉßéЖжΩ0159٣Ａ１，。 -+'\u0301\u200d々〇國国"), max_size=30)


def _pair(two: str) -> int:
    return int.from_bytes(two.encode("utf-16-le"), "little")


def test_runs_characters_and_pairs() -> None:
    """A run of Latin letters, one of digits, each other character and each pair of neighbours; no pair over a gap."""
    words = {crc32(b"iphone"), crc32(b"15")}

    assert terms_of(["iphone15,芯片好 片"]) == words | {*map(ord, "芯片好"), _pair("芯片"), _pair("片好")}
    assert terms_of(["芯", "片"]) == {ord("芯"), ord("片")}
    assert terms_of(["", "、。+ -"]) == set()


def test_the_terms_that_are_needed() -> None:
    """A character that is in a pair need not be looked for by itself."""
    assert terms_needed(["芯片", "手"]) == {_pair("芯片"), ord("手")}


@given(TEXT, TEXT, TEXT)
def test_a_text_has_the_terms_of_each_word_that_occurs(before: str, word: str, after: str) -> None:
    """Whatever stands around the word, and however both are written."""
    text = before + word + after
    entry = Readable(title=text, link="", authors=(), tags=(), text=str)
    if folded(word) and Words(field="title", words=(word,)).fits(entry):
        assert terms_needed([folded(word)]) <= terms_of([folded(text)])


def test_letters_of_runs_are_letters_of_words() -> None:
    """Otherwise, filters would find a part of a run."""
    letters = re.compile(f"[{LATIN}0-9]")

    assert [one for one in map(chr, range(0x3000)) if letters.match(one) and not word_kind(one)] == []


@pytest.mark.parametrize("version", DIGEST)
def test_other_terms_of_the_same_text_raise_the_version(version: int) -> None:
    """Entries are indexed again where TERMS_VERSION differs."""
    made = repr([sorted(terms_of([folded(one)])) for one in SAMPLES])

    assert (version, DIGEST[version]) == (TERMS_VERSION, hashlib.sha256(made.encode()).hexdigest()[:16])
