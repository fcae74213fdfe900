"""
Names of people as they may be published, without their e-mail addresses. Pure.

A name is not split: `Ann Lee, Bob Ray and Carl Day` is one author, because formats name several authors by several
elements. Only a list of addresses (RFC 5322, 3.4) names several people.
"""

import html
import re
import unicodedata
from collections.abc import Iterable

from feedsvc.model import Author

#: Number of characters of a field about people that are read.
MAX_FIELD = 1000

#: Full-width forms of `@`, of the dot and of brackets; and invisible characters.
FULL_WIDTH = str.maketrans("＠﹫．｡。＜＞（）", "@@...<>()")
TWICE = re.compile("@{2,}")
UNSEEN = re.compile("[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")

_LOCAL = r"""(?:"[^"@]{1,64}"|(?:[\w.!#$%&'*+=?^`|~-]{1,64}@)?[\w.!#$%&'*+=?^`|~-]{1,64})"""
_HOST_LABEL = r"[\w-]{1,63}"
_DOMAIN = rf"(?:{_HOST_LABEL}(?:\.{_HOST_LABEL})+|\[[0-9A-Fa-f:.]{{2,45}}\])"

#: An e-mail address. Without a dot in its domain, it counts only if it cannot mean anything else.
MAIL_ADDRESS = re.compile(
    rf"(?:mailto:\s*)?(?:(?<!\w)@)?(?:({_LOCAL})@{_DOMAIN}|(?:(?<=[<(‹])|\A)({_LOCAL})@{_HOST_LABEL}(?=\s*(?:[>)›(]|\Z)))(?:\?[^\s<>()]*)?",
    re.IGNORECASE,
)

ENCODED = re.compile(r"(?<=\w)%40(?=\w)")

#: `ann [at] example.org`, `ann at example dot org`. `Ann at Example.org` may name her employer.
_DOT = r"\s{0,3}[\[({<]\s?(?:dot|\.)\s?[\])}>]\s{0,3}|\s{1,3}dot\s{1,3}"
SPELT = re.compile(
    rf"([\w.+-]{{1,64}})(?:\s{{0,3}}[\[({{<]\s?(?:at|@)\s?[\])}}>]\s{{0,3}}({_HOST_LABEL}(?:(?:{_DOT}|\.){_HOST_LABEL})+)"
    rf"|\s{{1,3}}at\s{{1,3}}({_HOST_LABEL}(?:(?:{_DOT}){_HOST_LABEL})+))",
    re.IGNORECASE,
)
DOT = re.compile(_DOT, re.IGNORECASE)

#: `Ann @ example.org`, `ann @ example . org`. The word before `@` may be the whole name or its end.
APART = re.compile(rf"(?<=\w)\s+@\s+{_HOST_LABEL}(?:(?:\.|\s+\.\s+){_HOST_LABEL})+")
#: `ann @example.org` as the whole text. After a name, it would be a handle.
ALONE = re.compile(rf"\A\s*([a-z0-9._+-]{{1,64}})(?:\s+@|@\s+)({_HOST_LABEL}(?:\.{_HOST_LABEL})+)\s*\Z")
#: `joe#at#example.com`, alone or in brackets.
MASKED = re.compile(rf"(?:\A|(?<=[(<\[]))([\w.+-]{{1,64}}?)([#_])at\2({_HOST_LABEL}(?:\.{_HOST_LABEL})+)(?=\Z|[)>\]])")
#: `ann at example.org (Ann Lee)`, `… <Ann Lee>`. The name in brackets shows that an address precedes it.
NAMED = re.compile(
    rf"\A\s*([a-z0-9._+-]{{1,64}})\s+at\s+({_HOST_LABEL}(?:\.{_HOST_LABEL})*\.[a-z]+)(?=\s*[(<][^()<>]+[)>]\s*\Z)"
)

#: A label of an address.
ADDRESS_LABEL = re.compile(r"\A(?:e-?mail|mail|contact|邮箱|電郵|电邮)\s*[:：]?\s*\Z", re.IGNORECASE)

#: `Bob [bob at example.com]`: the text in the brackets is an address.
BRACKETED_AT = re.compile(
    rf"(?<=[\[({{<])\s*([\w.+-]{{1,64}})\s+at\s+({_HOST_LABEL}(?:\.{_HOST_LABEL})+)\s*(?=[\])}}>])", re.IGNORECASE
)

#: Replaces an address.
_MARK = "\0"
_BETWEEN = re.compile(rf"([-–—|/·•,;])\s*{_MARK}\s*\1")
_EMPTY = re.compile(r"[<(‹\[{]\s*[>)›\]}]")
_ENCLOSED = re.compile(rf"[<(‹\[{{]\s*{_MARK}\s*[>)›\]}}]")
_PAIRS = {"(": ")", "<": ">", "‹": "›", "[": "]", "{": "}", '"': '"', "'": "'", "“": "”"}
_EDGES = " \t\r\n,;:|/·•–—-，；：、"

#: `a@b.example (Name)` in a text that is not about people.
_IN_TEXT = re.compile(rf"(?:mailto:\s*)?({_LOCAL})@{_DOMAIN}(?:\?[^\s<>()]*)?", re.IGNORECASE)
_WITH_NAME = re.compile(rf"{_IN_TEXT.pattern}\s*\(([^()@]{{1,200}})\)", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"\s*[<(‹\[]\s*{_IN_TEXT.pattern}\s*[>)›\]]", re.IGNORECASE)

#: Local parts that are not names.
NOBODY = frozenset({"noreply", "donotreply", "nobody", "mailerdaemon", "postmaster", "undisclosedrecipients"})


def names_of(written: str) -> list[str]:
    """The names in a field about people. An address without a name gives the part before its `@`."""
    text = _without_marks(html.unescape(html.unescape(written[:MAX_FIELD])))
    text = MASKED.sub(r"\1@\3", ALONE.sub(r"\1@\2", NAMED.sub(r"\1@\2", text)))
    return [name for one in _mailboxes(text) if (name := _person_name(one))]


def without_addresses(text: str) -> str:
    """A line that is not about people: `a@b.example (Name)` becomes the name, an address the part before its `@`."""
    plain = _without_marks(text)
    if not any(at in plain for at in "@＠﹫"):
        return text[:MAX_FIELD]
    text = _WITH_NAME.sub(lambda found: found[2], plain)
    text = _IN_BRACKETS.sub("", text)
    return " ".join(_IN_TEXT.sub(lambda found: _local_part(found[1]), text).split())


def has_address(text: str) -> bool:
    """Whether `text` contains an e-mail address."""
    return MAIL_ADDRESS.search(_without_marks(text)) is not None


def distinct(people: Iterable[Author]) -> tuple[Author, ...]:
    """The people without duplicates: case and white space of names do not count. A known page address is kept."""
    found: dict[str, Author] = {}
    for one in people:
        key = unicodedata.normalize("NFKC", " ".join(one.name.split())).casefold()
        known = found.setdefault(key, one)
        if known.url is None and one.url is not None:
            found[key] = Author(name=known.name, url=one.url)
    return tuple(found.values())


def _without_marks(written: str) -> str:
    text = written[:MAX_FIELD]
    if any(at in text for at in "@＠﹫"):
        text = TWICE.sub("@", UNSEEN.sub("", text.translate(FULL_WIDTH)))
    text = BRACKETED_AT.sub(r"\1@\2", ENCODED.sub("@", text))
    return SPELT.sub(lambda found: f"{found[1]}@{DOT.sub('.', found[2] or found[3])}", text)


def _mailboxes(text: str) -> list[str]:
    """The parts of a list of addresses; another `text` as a whole."""
    if len(MAIL_ADDRESS.findall(text)) <= 1:
        return [text]
    parts, begun = list[str](), ""
    for piece in re.split(r"(\s*[,;、]\s*|\s+(?:and|&)\s+|(?<=\))\s+(?=[^\s()<>@]+@))", text):
        begun += piece
        is_balanced = begun.count("(") == begun.count(")") and begun.count("<") == begun.count(">")
        if MAIL_ADDRESS.search(begun) and is_balanced:
            parts.append(begun)
            begun = ""
    return [*parts, begun]


def _person_name(text: str) -> str:
    found = MAIL_ADDRESS.search(text)
    text = MAIL_ADDRESS.sub(f" {_MARK} ", text) if found else text
    if found or "@" in text:
        text = _BETWEEN.sub(r"\1", _ENCLOSED.sub(" ", text))
        text = APART.sub("", text).replace(_MARK, " ")
        text = _unwrapped(_EMPTY.sub(" ", text))
    text = ADDRESS_LABEL.sub("", " ".join(text.split()))
    # A name may be a symbol, but not punctuation only.
    if any(unicodedata.category(one)[0] not in "PZC" for one in text):
        return text
    return _local_part(found[1] or found[2]) if found else ""


def _unwrapped(text: str) -> str:
    """The name beside an address, without the brackets and separators."""
    before = None
    while text != before:
        before = text
        text = text.strip(_EDGES).lstrip(".")
        if text[:1] in {")", ">", "›", "]", "}"}:
            text = text[1:]
        if text[-1:] in {"(", "<", "‹", "[", "{"}:
            text = text[:-1]
        close = _PAIRS.get(text[:1])
        if close and len(text) > 1 and text.endswith(close) and close not in text[1:-1]:
            text = text[1:-1]
    return text


def _local_part(local: str) -> str:
    name = local.strip("\"'.").partition("@")[0].partition("+")[0].strip()
    letters = "".join(one for one in name.casefold() if one.isalnum())
    return "" if letters in NOBODY else name
