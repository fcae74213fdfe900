"""Filters: every kind and their combinations against a plain model, on 120 entries."""

import json
import pickle
import random
from datetime import UTC, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.errors import FilterError
from feedsvc.filters.deciding import decide
from feedsvc.filters.folding import folded
from feedsvc.filters.forms import canonical, read
from feedsvc.filters.kinds.bases import Combination, Match
from feedsvc.filters.readable import FIELDS, Readable
from feedsvc.filters.table import COMBINATIONS, FILTERS
from feedsvc.model import Filter
from tests.data.filters import ENTRIES, FORMS, LEAVES, NOON, fits, readable

SEEN = [readable(entry) for entry in ENTRIES]


def chosen(*forms: Any) -> list[bool]:
    """Whether all filters fit, of each entry."""
    filters = read(list(forms))
    return [all(decide(one, entry).fits for one in filters) for entry in SEEN]


def test_every_kind_and_field_is_tried() -> None:
    """A new kind, or a new field, needs its cases in LEAVES, and its meaning in the model."""
    tests = [test for form in LEAVES for test in form.values() if isinstance(test, dict)]
    tried = {key for form in LEAVES for key in form} | {key for test in tests for key in test}

    assert tried == {*FIELDS, *(one.key for one in FILTERS if one.key not in COMBINATIONS), "case"}


def test_every_condition_fits_what_the_model_says() -> None:
    """Every kind with every field, and both answers of many of them."""
    answers = [chosen(form) for form in LEAVES]

    assert [
        form for form, found in zip(LEAVES, answers, strict=True) if found != [fits(form, one) for one in ENTRIES]
    ] == []
    assert sum(len(set(found)) == 2 for found in answers) > len(LEAVES) / 3


@given(form=FORMS)
def test_a_combination_fits_what_the_model_says(form: dict[str, Any]) -> None:
    """Combinations of the conditions, in each other."""
    assert chosen(form) == [fits(form, entry) for entry in ENTRIES]


def _answer(one: Filter, known: dict[int, bool], other: bool) -> bool:  # noqa: FBT001
    if isinstance(one, Combination):
        answers = [_answer(inner, known, other) for inner in one.filters]
        return {"all": all(answers), "any": any(answers), "none": not any(answers)}[one.key]
    return known.get(id(one), other)


@given(form=FORMS, number=st.integers(0, len(ENTRIES) - 1))
def test_the_named_conditions_are_enough(form: dict[str, Any], number: int) -> None:
    """Whatever the other conditions say, the named ones decide."""
    (one,) = read([form])
    decision = decide(one, SEEN[number])
    known = {id(condition): answer for condition, answer in decision.by}

    assert [_answer(one, known, other) for other in (True, False)] == [decision.fits] * 2
    assert all(condition.fits(SEEN[number]) is answer for condition, answer in decision.by)


@given(forms=st.lists(FORMS, max_size=4), seed=st.integers(0, 9))
def test_a_canonical_form_is_read_back(forms: list[dict[str, Any]], seed: int) -> None:
    """It means the same, stays as it is, and does not depend on order, repetition and needless lists."""
    written = canonical(read(forms))
    other = [*forms, *forms[:1], *([{"all": forms}] if forms else [])]
    random.Random(seed).shuffle(other)  # noqa: S311 - an order, no secret

    assert canonical(read(json.loads(written))) == written == canonical(read(other))
    assert chosen(*json.loads(written)) == chosen(*forms)


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ([], "[]"),
        ([{"title": "a"}], '[{"title":{"regex":"a"}}]'),
        ([{"title": {"words": ["華為", "ＧＰＵ", "华为"]}}], '[{"title":{"words":["gpu","华为"]}}]'),
        ([{"all": [{"has": "text"}, {"any": [{"longer": "5"}]}]}], '[{"has":"text"},{"longer":5}]'),
        ([{"none": [{"any": [{"has": "text"}, {"shorter": 5}]}]}], '[{"none":[{"has":"text"},{"shorter":5}]}]'),
        ([{"newer": "168h"}, {"older": "1w"}], '[{"newer":"7d"},{"older":"7d"}]'),
        ([{"newer": "2026-03-01T08:00:00+08:00"}], '[{"newer":"2026-03-01T00:00:00+00:00"}]'),
        ([{"any": {"regex": "A", "case": True}}], '[{"any":{"case":true,"regex":"A"}}]'),
    ],
)
def test_filters_of_one_meaning_have_one_form(forms: list[Any], expected: str) -> None:
    """The form is short, and says everything."""
    assert canonical(read(forms, UTC)) == expected


@pytest.mark.parametrize("test", ["x=广告", "x=%E5", {"words": "廣告"}, {"equals": "https://a.example/?x=广告"}])
@pytest.mark.parametrize("name", ["link", "any"])
def test_a_link_fits_as_people_read_it(name: str, test: Any) -> None:
    """Chinese in a filter is found in a link that has it percent-encoded."""
    (one,) = read([{name: test}])
    entry = Readable(title="", link="https://a.example/?x=%E5%B9%BF%E5%91%8A", authors=(), tags=(), text=str)

    assert decide(one, entry).fits


@given(text=st.text())
def test_folding_ends(text: str) -> None:
    """A folded text is folded."""
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("华为", "華為發布新機", True), ("華為", "华为发布", True), ("ｇｐｕ", "新GPU", True), ("GPU", "GPUs", False),
        ("gpu", "国产GPU显卡", True), ("5G", "15G", False), ("5G", "5Ghz", False), ("C++", "C++11", True),
        ("c", "C++", True), ("café", "CAFE\u0301", True), ("caf", "café", False), ("ana", "banana ana", True),
        ("free gift", "a free\u00a0 gift", True), ("赌博", "赌\u200b博", True), ("news", "新闻news新闻", True),
        ("iphone", "iPhone15Pro", True), ("15", "iPhone15Pro", True), ("5", "iPhone15Pro", False),
        ("软体", "軟體", True), ("软件", "軟體", False), ("STRASSE", "Straße", True), ("word", "soft\u00adword", False),
    ],
)  # fmt: skip
def test_a_word_is_found(word: str, text: str, expected: bool) -> None:  # noqa: FBT001
    """Whatever its width, case and script; a Latin word only as a whole."""
    (one,) = read([{"content": {"words": word}}])
    entry = Readable(title="", link="", authors=(), tags=(), text=lambda: text)

    assert decide(one, entry).fits is expected


@pytest.mark.parametrize("test", [{"regex": "新品{}"}, {"words": ["新品{}"]}, {"equals": ["新品{}"]}])
def test_each_of_many_filters_keeps_its_form(test: dict[str, Any]) -> None:
    """However many filters look at an entry, each makes its form once. A filter can be sent to another process."""
    written = [json.dumps(test).replace("{}", str(number)) for number in range(200)]
    filters = read([{"title": json.loads(one)} for one in written])
    used = [decide(one, SEEN[0]).fits for one in filters]
    forms = [one.kept.form for one in filters if isinstance(one, Match)]
    again = [decide(one, SEEN[0]).fits for one in filters]
    sent = pickle.loads(pickle.dumps(filters))  # noqa: S301 - our own bytes

    assert len(forms) == 200
    assert all(one.kept.form is form for one, form in zip(filters, forms, strict=True) if isinstance(one, Match))
    assert [decide(one, SEEN[0]).fits for one in sent] == used == again
    assert sent == filters


def test_what_costs_time_is_asked_for_once_and_only_if_needed() -> None:
    """The text of an article is read by no filter of titles, and once by several filters of the content."""
    calls = []

    def text() -> str:
        calls.append(1)
        return "text"

    entry = Readable(title="a", link="", authors=(), tags=(), text=text)
    by_title = read([{"any": [{"title": "a"}, {"content": "b"}]}, {"any": "a"}])
    assert [decide(one, entry).fits for one in by_title] == [True, True]
    assert calls == []
    by_text = read([{"content": "tex"}, {"longer": 3}, {"content": {"words": "text"}}, {"has": "text"}])
    assert [decide(one, entry).fits for one in by_text] == [True] * 4
    assert calls == [1]


@pytest.mark.parametrize(
    ("form", "hours", "expected"),
    [
        ({"newer": "7d"}, -168, True), ({"newer": "7d"}, -169, False), ({"older": "7d"}, -168, False),
        ({"older": "7d"}, -169, True), ({"newer": "2026-03-01T12:00"}, 0, True),
        ({"older": "2026-03-01T12:00"}, 0, False), ({"newer": "7d"}, None, True),
        ({"newer": "2026-03-02"}, None, False),
    ],
)  # fmt: skip
def test_the_age_of_an_entry_is_counted_from_its_arrival(
    form: dict[str, Any],
    hours: int | None,
    expected: bool,  # noqa: FBT001
) -> None:
    """An old article that arrives late is old for good. The limit itself is new."""
    (one,) = read([form])
    published = None if hours is None else NOON + timedelta(hours=hours)
    entry = Readable(title="", link="", authors=(), tags=(), text=str, published=published, arrived=NOON)

    assert decide(one, entry).fits is expected


# --- what is wrong ---------------------------------------------------------------------------------------------------

WRONG: list[tuple[Any, tuple[str | int, ...], str]] = [
    ({"title": "a"}, (), "write a list of filters"),
    (["a"], (0,), "write one field and its pattern"),
    ([{"title": "a", "link": "b"}], (0,), "more filters are more items"),
    ([{"titel": "a"}], (0, "titel"), "did you mean 'title'?"),
    ([{"title": "a(?=b)"}], (0, "title"), "at character 2, `(?=`"),
    ([{"title": {"regex": "(i?)a"}}], (0, "title", "regex"), "`(?i)`"),
    ([{"title": {"regex": "a", "case": "no"}}], (0, "title", "case"), "true or false"),
    ([{"title": {"regex": "a", "words": ["b"]}}], (0, "title"), "write one of regex, words"),
    ([{"title": {"word": ["b"]}}], (0, "title", "word"), "did you mean 'words'?"),
    ([{"title": {"words": []}}], (0, "title", "words"), "write 1 to"),
    ([{"title": {"words": ["a", ["b"]]}}], (0, "title", "words", 1), "write a text"),
    ([{"title": {"words": "\u200b"}}], (0, "title", "words"), "invisible"),
    ([{"title": {"case": True}}], (0, "title", "case"), "beside regex"),
    ([{"title": {"words": ["a"], "case": True}}], (0, "title", "case"), "beside regex"),
    ([{"title": {"cse": True, "regex": "a"}}], (0, "title", "cse"), "did you mean 'case'"),
    ([{"title": {}}], (0, "title"), "write a pattern, or one of"),
    ([{"title": None}], (0, "title"), "write a pattern, or one of"),
    ([{"author": {"equals": ""}}], (0, "author", "equals"), "write a text"),
    ([{"newer": "soon"}], (0, "newer"), "a duration"),
    ([{"older": "0d"}], (0, "older"), "a duration"),
    ([{"has": "video"}], (0, "has"), "enclosure, picture, text"),
    ([{"longer": "many"}], (0, "longer"), "whole number"),
    ([{"any": []}], (0, "any"), "write a list of filters"),
    ([{"none": {"title": "a"}}], (0, "none"), "write a list of filters"),
    ([{"all": [{"any": [{"link": "["}]}]}], (0, "all", 0, "any", 0, "link"), "at character 1"),
    ([{"title": "a"}] * 501, (), "at most 500 filters"),
]


@pytest.mark.parametrize(("form", "path", "words"), WRONG)
def test_a_fault_has_its_place_and_its_remedy(form: Any, path: tuple[str | int, ...], words: str) -> None:
    """The path leads to the wrong part of the form."""
    with pytest.raises(FilterError) as error:
        read(form)
    (fault,) = error.value.faults

    assert fault.path == path
    assert words in fault.reason


def test_all_faults_are_named_at_once() -> None:
    """One fault hides no other."""
    with pytest.raises(FilterError) as error:
        read([{"title": "("}, {"none": [{"has": "x"}, {"link": ")"}]}, {"source": "a"}], refused={"source": "not here"})

    assert [one.path for one in error.value.faults] == [
        (0, "title"), (1, "none", 0, "has"), (1, "none", 1, "link"), (2, "source"),
    ]  # fmt: skip


def test_lists_in_lists_have_a_bound() -> None:
    """A definition cannot be deeper than what reads it."""
    form: Any = {"title": "a"}
    for _ in range(8):
        form = {"none": [form]}
    assert read([form])
    with pytest.raises(FilterError, match="in each other"):
        read([{"none": [form]}])
