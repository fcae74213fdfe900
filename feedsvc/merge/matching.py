"""
Which stored entry of its source an item of an answer is. Pure.

A source may give an item another guid, another link, another headline or another date than before; rarely all at once.
The signs that entries have in common are tried from the surest to the least sure. Each stored entry is one item at
most, so that two items never become one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from feedsvc.identity.headline import are_strangers, numbers

#: Characters of a text that are compared, and so few that they tell nothing.
MAX_TEXT = 4000
MIN_TEXT = 50

#: Of 100: two texts that are so alike are one text, mended.
NEARLY_ALL = 90

#: Of 100: two headlines that are so alike may be one headline, mended.
ALIKE = 60

TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What an entry is known by within its source. An empty sign is none."""

    #: The source's own guid, as the source gives it now.
    own_guid: str = ""
    #: What stays the same in the links of one article.
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
    #: Of its raw form.
    hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an answer says of all entries of its source."""

    #: Guids of the items, and names of what it holds besides.
    guids: frozenset[str]
    others: Collection[str]
    #: Guids and pages that several entries have, so that these tell none of them from the others.
    shared_guids: frozenset[str]
    shared_pages: frozenset[str]
    is_whole: bool

    def has_lost(self, stored: Signs) -> bool:
        """Whether it may lack a stored entry under the entry's own guid, or, without a guid that tells, page."""
        if stored.own_guid and stored.own_guid not in self.shared_guids:
            return self.is_whole and stored.own_guid not in self.guids and stored.own_guid not in self.others
        return stored.page not in self.others

    def has_renumbered(self, stored: Signs) -> bool:
        """Whether it gives the guid of a stored entry to an item: the entry itself, or another one in its place."""
        return stored.own_guid in self.guids


def match(
    items: Sequence[Signs], stored: Sequence[Signs], others: Collection[str] = frozenset(), *, is_whole: bool = True
) -> dict[int, int]:
    """
    The index in `stored` of the entry that each item is, by the item's index; an item that is missing is a new entry.

    `others` are the guids and pages of what the same answer holds besides: these entries did not get another guid. A
    guid that several entries share does not say which of them is still there; their pages do.
    `stored` begins with the oldest. Of an answer that is not whole nobody can say which entries are gone from it.
    """
    answer = Answer(
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
    """The values that several entries of one of two lists have."""
    counts = (Counter(getattr(one, name) for one in listed) for listed in both)
    return frozenset(value for counted in counts for value, number in counted.items() if number > 1 and value)


def _likeness(item: Signs, stored: Signs) -> int:
    """How many signs two entries have in common."""
    names = ("hash", "own_guid", "page", "title_key", "published", "enclosure")
    return sum(bool(value := getattr(item, name)) and value == getattr(stored, name) for name in names)


# --- the steps -------------------------------------------------------------------------------------------------------


def _have_other_keys(item: Signs, stored: Signs) -> bool:
    return bool(item.key and stored.key) and item.key != stored.key


def _differ(one: object, other: object) -> bool:
    return bool(one) and bool(other) and one != other


def is_another(item: Signs, stored: Signs) -> bool:
    """
    Whether so little that an article keeps is as it was that its guid alone says nothing.

    Its title and its text are others, and so are its date and its place. A source that states no date, no page and no
    file has nothing but the guid to tell its entries by: there the guid counts.
    """
    if _have_other_keys(item, stored):
        return True
    if item.title_key == stored.title_key or is_nearly(item.content, stored.content):
        return False
    is_dated = bool(item.published and stored.published)
    if is_dated and item.published == stored.published:
        # Feeds that number their items by place give two pieces of one day one guid.
        return _differ(item.page, stored.page) and are_strangers(item.content, stored.content)
    is_heard = _differ(item.enclosure, stored.enclosure)
    if item.page and item.page == stored.page:
        # A page that is the programme's has another episode each week, or another text.
        return is_dated and (is_heard or are_strangers(item.content, stored.content))
    if is_heard or _differ(item.page, stored.page):
        return True
    return is_dated and (not _are_alike(item.title, stored.title) or are_strangers(item.content, stored.content))


def _are_alike(one: str, other: str) -> bool:
    """Whether a headline may be the other one, mended: most of its letters, and all of its numbers, are the same."""
    return numbers(one) == numbers(other) and ratio(one, other, score_cutoff=ALIKE) > 0


def _is_mended(item: Signs, stored: Signs) -> bool:
    """Whether nothing but a headline was mended, above a text that is long enough to tell."""
    is_heard = _differ(item.enclosure, stored.enclosure)
    is_long = len(_words(item.content)) >= MIN_TEXT
    return not is_heard and is_long and _are_alike(item.title, stored.title) and is_nearly(item.content, stored.content)


def _by_guid(item: Signs, stored: Signs, answer: Answer) -> bool:
    if item.own_guid not in answer.shared_guids:
        return not is_another(item, stored)
    return not _have_other_keys(item, stored) and _is_one_of_several(item, stored)


def _is_one_of_several(item: Signs, stored: Signs) -> bool:
    """Whether two entries that share a guid or a page with others are one: nothing that tells those apart differs."""
    if _differ(item.enclosure, stored.enclosure) or _differ(item.published, stored.published):
        return False
    return item.title_key == stored.title_key or (bool(item.published) and is_nearly(item.content, stored.content))


def _by_page(item: Signs, stored: Signs, answer: Answer) -> bool:
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


def _by_headline(item: Signs, stored: Signs, answer: Answer) -> bool:  # noqa: ARG001 - one form for all steps
    return not _have_other_keys(item, stored) and not are_strangers(item.content, stored.content)


def _by_text(item: Signs, stored: Signs, answer: Answer) -> bool:  # noqa: ARG001 - one form for all steps
    if _have_other_keys(item, stored) or numbers(item.title) != numbers(stored.title):
        return False
    return is_nearly(item.content, stored.content)


def _by_words(item: Signs, stored: Signs, answer: Answer) -> bool:
    if item.published is not None:
        return False
    is_bare = not _words(item.content) and not _words(stored.content) and not _have_other_keys(item, stored)
    return is_bare or _by_text(item, stored, answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One way to recognise an entry."""

    #: What both must share; empty for nothing.
    sign: Callable[[Signs], object]
    #: What else must hold.
    is_same: Callable[[Signs, Signs, Answer], bool]
    #: Which stored entries it may recognise.
    may_be: Callable[[Answer, Signs], bool] = lambda *_: True
    #: What so many entries share says nothing, and would cost too much to compare.
    most: int = 20


def _exactly(*names: str) -> Callable[[Signs], object]:
    """Several signs together, where there is each of them."""

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
    # Feeds that number their items by place give an article another article's guid at each answer.
    Step(sign=_exactly("page", "title_key", "published"), is_same=_by_page, may_be=Answer.has_renumbered),
    Step(sign=_without_page, is_same=_by_headline, may_be=Answer.has_renumbered),
    Step(sign=lambda one: one.own_guid, is_same=_by_guid),
    Step(sign=_exactly("page", "title_key"), is_same=_by_page, may_be=Answer.has_lost),
    Step(sign=lambda one: one.page, is_same=_by_page, may_be=Answer.has_lost),
)

#: The same for an entry that has another guid and another page.
MOVES = (
    Step(sign=_exactly("published", "title_key"), is_same=_by_headline, may_be=Answer.has_lost),
    Step(sign=lambda one: one.published, is_same=_by_text, may_be=Answer.has_lost),
    Step(sign=lambda one: one.title_key, is_same=_by_words, may_be=Answer.has_lost),
)


def is_nearly(one: str, other: str) -> bool:
    """Whether two texts in HTML, long enough to tell, are nearly the same."""
    text, others = _words(one), _words(other)
    if text == others:
        return bool(text)
    return min(len(text), len(others)) >= MIN_TEXT and ratio(text, others, score_cutoff=NEARLY_ALL) > 0


@lru_cache(maxsize=4096)
def _words(content: str) -> str:
    return " ".join(TAG.sub(" ", content[: 2 * MAX_TEXT]).split())[:MAX_TEXT]
