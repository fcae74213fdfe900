"""Literals of patterns: what each match has, and nothing that a match may lack."""

import re
from itertools import product

import pytest

from feedsvc.filters.literals import alternatives


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("华为", [("华为",)]), ("华为|小米+", [("华为",), ("小米",)]), ("^华.为.*手机$", [("华", "为", "手机")]),
        ("华为2+|Mate", None), ("华为*", None), ("华为?", None), ("(华为)", None), ("[华为]", None),
        ("华{0,2}为", None),        ("华为|", None), ("77$", None), ("\\Q华为|\\E", None), ("GPU芯片", [("芯片",)]),
    ],
)  # fmt: skip
def test_only_what_every_match_has_is_a_literal(pattern: str, expected: list[tuple[str, ...]] | None) -> None:
    """Optional parts, groups and classes say nothing; nor does an alternative without Chinese characters."""
    assert alternatives(pattern) == expected


def test_each_match_has_the_literals() -> None:
    """Of all short patterns and texts."""
    texts = ["".join(one) for length in range(5) for one in product("甲乙a", repeat=length)]
    for length in range(1, 5):
        for signs in product("甲乙.*+|^$", repeat=length):
            try:
                found = re.compile("".join(signs))
            except re.error:
                continue
            if any(pair in "".join(signs) for pair in ("*+", "++")):  # RE2 refuses them
                continue
            if (literals := alternatives("".join(signs))) is not None:
                fitting = (text for text in texts if found.search(text))
                assert all(any(all(part in text for part in one) for one in literals) for text in fitting), signs
