"""`{title: {words: [华为, GPU]}}`: one of the words occurs in a field. Pure."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from feedsvc.errors import FilterError
from feedsvc.filters.folding import folded, word_kind
from feedsvc.filters.kinds.bases import Match, texts_of
from feedsvc.filters.readable import Readable

MAX_WORDS = 1000

#: Characters of a word.
MAX_WORD = 200

#: Each word, folded, with its characters.
Wanted = tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Match):
    """
    Words and phrases, as they were written. Width, case and script do not count.

    Latin letters do not match within a longer word, nor digits within a longer number. RE2 is not used:
    thousands of Chinese words are more than its fast machine holds.
    """

    key: ClassVar = "words"
    words: tuple[str, ...]

    def fits(self, entry: Readable) -> bool:
        """Whether a word occurs in a text of the field."""
        wanted = self._wanted()
        return any(_has_any(text, wanted) for text in entry.folded(self.field))

    def test(self) -> dict[str, Any]:
        """The folded words in order, each once."""
        return {"words": sorted(word for word, _ in self._wanted())}

    @classmethod
    def read(cls, field: str, value: dict[str, Any]) -> Self:
        """The words as they are written."""
        try:
            words = texts_of(value["words"], MAX_WORDS, MAX_WORD)
        except FilterError as error:
            raise error.within("words") from error
        if empty := next((word for word in words if not folded(word)), None):
            raise FilterError.at(("words",), f"the word {empty!r} has only invisible characters; leave it out")
        return cls(field=field, words=words)

    def _wanted(self) -> Wanted:
        found: Wanted = self.kept.get(lambda: _with_characters(self.words))
        return found


def _with_characters(words: tuple[str, ...]) -> Wanted:
    return tuple((word, frozenset(word)) for word in dict.fromkeys(map(folded, words)))


def _has_any(text: str, wanted: Wanted) -> bool:
    characters = set(text)
    # Most words have a character that the text has not: they cost no search.
    return any(_occurs(word, text) for word, needed in wanted if needed <= characters)


def _are_one(one: str, other: str) -> bool:
    """Whether two neighbours belong to one word or number. `iPhone15` is a word and a number."""
    return bool(one and other and word_kind(one) and word_kind(one) == word_kind(other))


def _occurs(word: str, text: str) -> bool:
    """Whether a folded word occurs in a folded text, and is not a part of a longer word there."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not (_are_one(text[start - 1 : start], word[0]) or _are_one(word[-1], text[end : end + 1])):
            return True
        start = text.find(word, start + 1)
    return False
