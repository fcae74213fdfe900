"""Differences between two forms of an article: what a person reads of a change, and how much that may cost."""

import random
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.publish.alignment import MOST_CHARACTERS, MOST_STEPS, Budget
from feedsvc.publish.differences import WORD, Difference, Kind, Line, difference, differences
from feedsvc.sanitize.lines import Form

MARKS = {Kind.SAME: "{}", Kind.GONE: "[-{}-]", Kind.NEW: "[+{}+]"}


def said(line: Line) -> str:
    """A line in one text."""
    return "".join(MARKS[piece.kind].format(piece.text) for piece in line)


def changes(old: str, new: str) -> list[str | int]:
    """The lines of the difference between two texts."""
    found = difference(Form(title="x", text=old), Form(title="x", text=new), Budget())
    return [line if isinstance(line, int) else said(line) for line in found.lines]


CASES = {
    "a word of Chinese": (
        "国家云正式上线，央企同台。", "国家云昨天上线，央企同台。", ["国家云[-正式-][+昨天+]上线，央企同台。"],
    ),
    # The end of the addition is the end of the text before it, too.
    "an addition in a sentence": ("飞行正常。", "今天飞行正常，没有异常。", ["[+今天+]飞行正常[+，没有异常+]。"]),
    "a number": ("有 3 人受伤。", "有 5 人受伤。", ["有 [-3-][+5+] 人受伤。"]),
    "a price": ("Price: 4,999.50 yuan", "Price: 5,299.50 yuan", ["Price: [-4,999.50-][+5,299.50+] yuan"]),
    "words of English": ("The quick brown fox.", "The quick red fox.", ["The quick [-brown-][+red+] fox."]),
    "a sentence": ("甲来了。乙走了。丙在这里。", "甲来了。丙在这里。", ["甲来了。[-乙走了。-]丙在这里。"]),
    "another sentence": ("甲来了。天气很好。", "甲来了。股票大跌！", ["甲来了。[-天气很好。-][+股票大跌！+]"]),
    "a paragraph": ("甲\n乙\n丙", "甲\n丙", ["甲", "[-乙-]", "丙"]),
    "unchanged paragraphs": ("1\n2\n3\n旧\n4", "1\n2\n3\n新\n4", [3, "[-旧-]", "[+新+]", "4"]),
    "paragraphs that moved": ("甲甲\n乙乙\n丙丙丙", "丙丙丙\n甲甲\n乙乙", ["[+丙丙丙+]", 2, "[-丙丙丙-]"]),
    "a sign between two changes": (
        "一二，三四五六七八", "甲乙，丙丁五六七八", ["[-一二，三四-][+甲乙，丙丁+]五六七八"],
    ),
    "a character of several code points": ("e\u0301 甲乙丙", "e\u0300 甲乙丙", ["[-e\u0301-][+e\u0300+] 甲乙丙"]),
    "a long text beside the change": (
        "甲" * 300 + "一" + "乙" * 300,
        "甲" * 300 + "二" + "乙" * 300,
        [f"…{'甲' * 60}[-一-][+二+]{'乙' * 60}…"],
    ),
    "all": ("", "甲\n乙", ["[+甲+]", "[+乙+]"]),
    "nothing": ("甲\n乙", "甲\n乙", []),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_a_difference_is_readable(old: str, new: str, expected: list[str | int]) -> None:
    """A reader sees the changed words, in the paragraph where they stand."""
    assert changes(old, new) == expected


TEXTS = st.text(alphabet="甲乙丙 ab1.。，\n", max_size=40).map(lambda text: "\n".join(filter(None, text.split("\n"))))


def _side(found: Difference, text: str, kind: Kind) -> str:
    """One of the two texts, out of the difference and what `text` has where paragraphs are folded."""
    lines: list[str] = []
    for line in found.lines:
        if isinstance(line, int):
            lines += text.split("\n")[len(lines) : len(lines) + line]
        elif kept := "".join(piece.text for piece in line if piece.kind in {Kind.SAME, kind}):
            lines.append(kept)
    return "\n".join(lines) if found.lines else text


@given(old=TEXTS, new=TEXTS)
def test_no_word_is_lost(old: str, new: str) -> None:
    """Without the new words, a difference is the former text; without the removed words, it is the new text."""
    found = difference(Form(title="", text=old), Form(title="", text=new), Budget())

    assert (_side(found, old, Kind.GONE), _side(found, new, Kind.NEW)) == (old, new)
    assert found.is_empty is (old == new)


def _calls(run: Callable[[], Any]) -> int:
    """The number of calls of functions of Python."""
    number = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal number
        number += event == "call"

    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(None)
    return number


def _characters(number: int, seed: int) -> str:
    chosen = random.Random(seed)  # noqa: S311 - a text
    return "".join(chr(chosen.randrange(0x4E00, 0x9FA5)) for _ in range(number))


def _lines(number: int, seed: int, width: int = 1) -> str:
    text = _characters(number * width, seed)
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


#: Shapes of which a comparison without bounds would take very long.
HOSTILE = {
    "lines": (_lines(2_000, 1), _lines(2_000, 2)),
    "equal lines": ("\n".join("甲乙" * 5_000), "\n".join("乙甲" * 5_000)),
    "alike lines": (_lines(300, 1, 300), _lines(300, 1, 299)),
    "words": (_characters(90_000, 1), _characters(90_000, 2)),
    "equal words": ("甲乙" * 45_000, "乙甲" * 45_000),
    "ends of sentences": ("。" * 90_000, "." * 90_000),
    "lines that come": ("", "x\n" * 49_000),
    "flags": ("甲" + "\U0001f1e6" * 48_000 + "丙", "乙" + "\U0001f1e6" * 48_000 + "丁"),
    "sentences": ("甲。乙。" * 20_000, "乙。甲。" * 20_000),
}


@pytest.mark.parametrize(("old", "new"), HOSTILE.values(), ids=HOSTILE)
def test_the_steps_are_bounded(old: str, new: str) -> None:
    """A page of such forms takes no more steps than it may, and shows no more characters."""
    forms = [Form(title="x", text=text) for text in (old, new) * 5]
    found = list[Difference | None]()
    calls = _calls(lambda: found.extend(differences(forms)))

    assert calls < MOST_STEPS
    shown = sum(len(said(line)) for one in found if one for line in one.lines if not isinstance(line, int))
    assert shown < MOST_CHARACTERS


def test_words_are_found_in_linear_time() -> None:
    """With a search in quadratic time, 90,000 flags take 20 s. The bound ends such a search."""
    assert len(WORD.findall("\U0001f1e6" * 90_000, timeout=10)) == 45_000
    assert [one for one in WORD.findall("e\u0301t\u00e9 \U0001f1e8\U0001f1f3甲\u0301") if one.strip()] == [
        "e\u0301t\u00e9", "\U0001f1e8\U0001f1f3", "甲\u0301",
    ]  # fmt: skip


def test_too_many_paragraphs_are_not_compared() -> None:
    """Of so many changed paragraphs, the page says that they are too many. A new title is shown all the same."""
    found = difference(
        Form(title="旧题目", text=_lines(2_000, 1)), Form(title="新题目", text=_lines(2_000, 2)), Budget()
    )

    assert (found.is_too_large, found.lines, said(found.title)) == (True, (), "[-旧-][+新+]题目")


def test_beyond_the_words_sentences_are_compared() -> None:
    """A sentence of too many words is shown as a whole; the sentences beside it are not."""
    old = _characters(700, 1)
    new = "".join("新" if at % 5 == 0 else one for at, one in enumerate(old))

    assert changes(f"甲来了。{old}。", f"甲来了。{new}。") == [f"甲来了。[-{old}。-][+{new}。+]"]


def test_changes_beyond_the_bound_are_left_out() -> None:
    """A page says that changes are missing, and still has room for those of older forms."""
    texts = [_lines(100, number, 400) for number in range(3)]
    found = differences([Form(title="x", text=text) for text in texts])

    assert all(one and one.is_cut and one.lines for one in found)
