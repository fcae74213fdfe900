"""The table of simplified characters says the same as OpenCC."""

import unicodedata

from opencc import OpenCC

from feedsvc.normalize.simplified import GROUPS, SIMPLIFIED

#: CJK ideographs of the basic plane, with extension A and the compatibility forms.
IDEOGRAPHS = (range(0x3400, 0xA000), range(0xF900, 0xFB00))

#: Characters that OpenCC leaves as they are, because only the words around tell.
VARIANTS = {"著": "着", "瞭": "了", "妳": "你", "牠": "它", "祂": "他", "藉": "借", "馀": "余", "汚": "污", "汙": "污"}


def test_the_table_is_that_of_opencc() -> None:
    """Each character becomes what OpenCC makes of it, until nothing changes. Those that NFKC replaces are not here."""
    characters = [chr(code) for codes in IDEOGRAPHS for code in codes]
    table: dict[str, str] = {}
    for name in ("hk2s", "tw2s", "t2s"):
        made = OpenCC(name).convert("\n".join(characters)).split("\n")
        table |= {one: other for one, other in zip(characters, made, strict=True) if one != other}
    table |= VARIANTS
    expected = {}
    for one in table:
        if unicodedata.normalize("NFKC", one) == one:
            other, seen = table[one], {one}
            while other in table and other not in seen:
                seen.add(other)
                other = table[other]
            expected[ord(one)] = other

    assert expected == SIMPLIFIED


def test_a_simplified_character_stays() -> None:
    """No character is both a simplified one and the variant of another, or stands in two groups."""
    characters = "".join(GROUPS.split())

    assert len(characters) == len(set(characters))
