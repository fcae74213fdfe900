"""
Which stored entry an item of an answer is. Both are of the same source. Pure.

A source may change an item's guid, link, headline or date, but rarely all at once. The signs are compared from the
surest to the least sure. Each stored entry matches at most one item, so two items never become one entry.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from feedsvc.identity.headline import are_strangers, numbers

#: Number of characters of a text that are compared; a text shorter than MIN_TEXT is not compared.
COMPARED_TEXT = 4000
MIN_TEXT = 50

#: Similarity from 0 to 100. From here on, two texts are versions of one text.
NEARLY_ALL = 90

#: Similarity from 0 to 100. From here on, two headlines may be versions of one headline.
ALIKE = 60

ANY_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """The signs by which an entry is recognised within its source. An empty sign is never compared."""

    #: The guid that the source gives, in its latest form.
    own_guid: str = ""
    #: The article key: the part of the link that the configured pattern matches.
    key: str = ""
    #: `normalize.link_key` of its page.
    page: str = ""
    #: Plain text.
    title: str = ""
    #: `normalize.title_key` of its title.
    title_key: str = ""
    published: datetime | None = None
    #: The address of its first enclosure, without the query.
    enclosure: str = ""
    #: HTML of the sanitiser.
    content: str = ""
    #: Hash of its raw form.
    hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSigns:
    """The signs in an answer about all entries of its source."""

    #: Guids of the items.
    guids: frozenset[str]
    #: Guids and pages of the entries in the answer that are not among the items.
    others: Collection[str]
    #: Guids and pages that several entries share. They do not identify an entry.
    shared_guids: frozenset[str]
    shared_pages: frozenset[str]
    is_whole: bool

    def has_lost(self, stored: Signs) -> bool:
        """Whether a stored entry may be gone from the answer, by its guid if that identifies it, else by its page."""
        if stored.own_guid and stored.own_guid not in self.shared_guids:
            return self.is_whole and stored.own_guid not in self.guids and stored.own_guid not in self.others
        return stored.page not in self.others

    def has_renumbered(self, stored: Signs) -> bool:
        """Whether an item has the guid of a stored entry. The item may be that entry, or another in its place."""
        return stored.own_guid in self.guids


def match(
    items: Sequence[Signs], stored: Sequence[Signs], others: Collection[str] = frozenset(), *, is_whole: bool = True
) -> dict[int, int]:
    """
    A mapping from the index of an item to the index in `stored` of the same entry. An item that is missing is new.

    `others` are the guids and pages of the other entries in the answer: they did not get another guid. If several
    entries share a guid, their pages tell which of them are still in the answer.
    `stored` begins with the oldest entry. If the answer is not whole, no entry counts as gone from it.
    """
    answer = AnswerSigns(
        guids=frozenset(one.own_guid for one in items if one.own_guid), others=others, is_whole=is_whole,
        shared_guids=_repeated((items, stored), "own_guid"), shared_pages=_repeated((items, stored), "page"),
    )  # fmt: skip
    found: dict[int, int] = {}
    taken: set[int] = set()
    for step in (*STEPS, *(MOVES if is_whole else ())):
        pool = defaultdict[object, list[int]](list)
        for index, one in enumerate(stored):
            if index not in taken and (value := step.sign(one)) and step.may_be(answer, one):
                pool[value].append(index)
        for number, item in enumerate(items):
            if number in found or not (value := step.sign(item)) or len(pool[value]) > step.most:
                continue
            fitting = [at for at in pool[value] if at not in taken and step.is_same(item, stored[at], answer)]
            if fitting:
                best = max(fitting, key=lambda at: (_likeness(item, stored[at]), -at))
                found[number] = best
                taken.add(best)
    return found


def _repeated(both: Iterable[Sequence[Signs]], name: str) -> frozenset[str]:
    """The values that several entries of the same list share."""
    counts = (Counter(getattr(one, name) for one in listed) for listed in both)
    return frozenset(value for counted in counts for value, number in counted.items() if number > 1 and value)


def _likeness(item: Signs, stored: Signs) -> int:
    """The number of signs that two entries have in common."""
    names = ("hash", "own_guid", "page", "title_key", "published", "enclosure")
    return sum(bool(value := getattr(item, name)) and value == getattr(stored, name) for name in names)


# --- the steps -------------------------------------------------------------------------------------------------------


def _have_other_keys(item: Signs, stored: Signs) -> bool:
    return bool(item.key and stored.key) and item.key != stored.key


def _differ(one: object, other: object) -> bool:
    return bool(one) and bool(other) and one != other


def is_another(item: Signs, stored: Signs) -> bool:
    """
    Whether an item with the guid of a stored entry is another article, because nearly everything else differs.

    That is so if title and text differ, and date and page differ too. If a source states no date, no page and no
    enclosure, only the guid can identify its entries, so the guid counts.
    """
    if _have_other_keys(item, stored):
        return True
    if item.title_key == stored.title_key or is_nearly(item.content, stored.content):
        return False
    is_dated = bool(item.published and stored.published)
    if is_dated and item.published == stored.published:
        # Feeds that number their items by position give the same guid to two pieces of one day.
        return _differ(item.page, stored.page) and are_strangers(item.content, stored.content)
    is_heard = _differ(item.enclosure, stored.enclosure)
    if item.page and item.page == stored.page:
        # All episodes of a programme may have the page of the programme.
        return is_dated and (is_heard or are_strangers(item.content, stored.content))
    if is_heard or _differ(item.page, stored.page):
        return True
    return is_dated and (not _are_alike(item.title, stored.title) or are_strangers(item.content, stored.content))


def _are_alike(one: str, other: str) -> bool:
    """Whether two headlines may be versions of one: most letters and all numbers are the same."""
    return numbers(one) == numbers(other) and _are_similar(one, other, ALIKE)


def _is_mended(item: Signs, stored: Signs) -> bool:
    """Whether only the headline was corrected: the text is nearly the same, and long enough to be compared."""
    is_heard = _differ(item.enclosure, stored.enclosure)
    is_long = len(_visible_text(item.content)) >= MIN_TEXT
    are_alike = _are_alike(item.title, stored.title) and is_nearly(item.content, stored.content)
    return not is_heard and is_long and are_alike


def _by_guid(item: Signs, stored: Signs, answer: AnswerSigns) -> bool:
    if item.own_guid not in answer.shared_guids:
        return not is_another(item, stored)
    return not _have_other_keys(item, stored) and _is_one_of_several(item, stored)


def _is_one_of_several(item: Signs, stored: Signs) -> bool:
    """Whether two entries are the same, if their guid or page is shared with others: every other sign agrees."""
    if _differ(item.enclosure, stored.enclosure) or _differ(item.published, stored.published):
        return False
    return item.title_key == stored.title_key or (bool(item.published) and is_nearly(item.content, stored.content))


def _by_page(item: Signs, stored: Signs, answer: AnswerSigns) -> bool:
    if _have_other_keys(item, stored):
        return False
    if item.page in answer.shared_pages:
        return _is_one_of_several(item, stored)
    if item.published and item.published == stored.published:
        return True
    if _is_mended(item, stored):
        return True
    is_titled = bool(item.title_key) and item.title_key == stored.title_key
    return is_titled and not are_strangers(item.content, stored.content)


def _by_headline(item: Signs, stored: Signs, _: AnswerSigns) -> bool:
    return not _have_other_keys(item, stored) and not are_strangers(item.content, stored.content)


def _by_text(item: Signs, stored: Signs, _: AnswerSigns) -> bool:
    if _have_other_keys(item, stored) or numbers(item.title) != numbers(stored.title):
        return False
    return is_nearly(item.content, stored.content)


def _by_words(item: Signs, stored: Signs, answer: AnswerSigns) -> bool:
    if item.published is not None:
        return False
    is_bare = (
        not _visible_text(item.content) and not _visible_text(stored.content) and not _have_other_keys(item, stored)
    )
    return is_bare or _by_text(item, stored, answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One way to recognise an entry."""

    #: The value that both entries must share. An empty value is not compared.
    sign: Callable[[Signs], object]
    #: The further condition.
    is_same: Callable[[Signs, Signs, AnswerSigns], bool]
    #: The stored entries that this step may recognise.
    may_be: Callable[[AnswerSigns, Signs], bool] = lambda *_: True
    #: If more stored entries share the value, it identifies none, and comparing them would cost too much.
    most: int = 20


def _exactly(*names: str) -> Callable[[Signs], object]:
    """Several signs together; empty if any of them is missing."""

    def sign(one: Signs) -> object:
        values = tuple(getattr(one, name) for name in names)
        return values if all(values) else ()

    return sign


def _without_page(one: Signs) -> object:
    """Headline and date of an entry that has no page."""
    return (one.title_key, one.published) if one.title_key and one.published and not one.page else ()


STEPS = (
    Step(sign=lambda one: one.key, is_same=lambda *_: True),
    Step(sign=lambda one: one.hash, is_same=lambda *_: True),
    Step(sign=_exactly("own_guid", "title_key", "published"), is_same=_by_guid),
    # Feeds that number their items by position give an article the guid of another article at each poll.
    Step(sign=_exactly("page", "title_key", "published"), is_same=_by_page, may_be=AnswerSigns.has_renumbered),
    Step(sign=_without_page, is_same=_by_headline, may_be=AnswerSigns.has_renumbered),
    Step(sign=lambda one: one.own_guid, is_same=_by_guid),
    Step(sign=_exactly("page", "title_key"), is_same=_by_page, may_be=AnswerSigns.has_lost),
    Step(sign=lambda one: one.page, is_same=_by_page, may_be=AnswerSigns.has_lost),
)

#: Steps for an entry whose guid and page both changed.
MOVES = (
    Step(sign=_exactly("published", "title_key"), is_same=_by_headline, may_be=AnswerSigns.has_lost),
    Step(sign=lambda one: one.published, is_same=_by_text, may_be=AnswerSigns.has_lost),
    Step(sign=lambda one: one.title_key, is_same=_by_words, may_be=AnswerSigns.has_lost),
)


def is_nearly(one: str, other: str) -> bool:
    """Whether two texts in HTML are nearly the same. Short texts must be equal."""
    text, others = _visible_text(one), _visible_text(other)
    if text == others:
        return bool(text)
    return min(len(text), len(others)) >= MIN_TEXT and _are_similar(text, others, NEARLY_ALL)


def _are_similar(one: str, other: str, least: float) -> bool:
    """Whether two texts are alike to at least `least` of 100."""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - listings import this module, and compare nothing

    return ratio(one, other, score_cutoff=least) > 0


@lru_cache(maxsize=4096)
def _visible_text(content: str) -> str:
    return " ".join(ANY_TAG.sub(" ", content[: 2 * COMPARED_TEXT]).split())[:COMPARED_TEXT]
