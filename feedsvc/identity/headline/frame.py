"""
A headline, and what a site sets around it: its name, sections, labels, lead-ins. Pure.

Certain parts (`[独家]`, `- cnBeta.COM`, `据报道，`) are left out. The form of others says only that they may be a name
or a section: the core is without these too, and `doubtful` keeps them for a comparison of two headlines.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from feedsvc.identity.headline.learnt import NOTHING, Decorations
from feedsvc.identity.headline.spelling import key, plain
from feedsvc.identity.headline.words import (
    CLAUSE,
    FIRST,
    HAN,
    LABEL,
    LABELS,
    MEDIUM,
    NO_MEDIA,
    PORTALS,
    SECTION,
    SIDES,
    SITE_SECTIONS,
    TELLING,
    media,
    site,
    wire,
)

#: Parts that are taken off one headline, and characters of one.
MAX_PARTS = 8
MAX_PART = 40
MAX_TAIL = 60

#: A possible name is at most so wide (an ideograph is two), and the headline without it at least so wide.
MAX_NAME = 24
MIN_CORE = 8

#: Between a headline and a name: a bar or line, two dashes, a mark between spaces, a dash beside an ideograph.
BEHIND = re.compile(
    rf"\s*(?P<mark>\|+|--+|—+|_+|(?<=\s)[-—·•/:]+(?=\s)|(?<=\s)-(?={HAN})|"
    rf"(?:(?<={HAN})|(?<=[\"!?)]))-(?=\d{{0,3}}(?:{HAN}|[a-zA-Z]))|(?<=[a-zA-Z0-9])-(?={HAN}))\s*"
)
MARK = re.compile(r"[|_—·•/:-]")
BEFORE = re.compile(r"\s*(?P<mark>\|+|(?<=\s)[-—·/]+(?=\s)|:+)\s*")

#: Words in names of sites that begin with no capital.
SMALL = frozenset({"of", "the", "and", "on", "for", "in", "at", "to", "by", "de", "la", "le"})

DIGIT = re.compile(r"\d")
HEAD_BRACKET = re.compile(rf"\[([^\[\]]{{1,{MAX_PART}}})\]\s*|[(#]([^()#]{{1,{MAX_PART}}})[)#]\s*")
TAIL_BRACKET = re.compile(rf"\s*\[([^\[\]]{{1,{MAX_PART}}})\]$|\s*\(([^()]{{1,{MAX_PART}}})\)$")


@cache
def lead() -> re.Pattern[str]:
    """Lead-ins that name who says so, before a headline, with a comma or without."""
    return re.compile(
        r"(?:独家(?:报道|首发)?\s*[,:!|]?|\w{2,10}获悉\s*[,:]|"
        r"据(?:[^,:|]{0,16}?(?:报道|消息|日电|透露|爆料|披露)|[悉传称闻报]|了解)(?:[称指]出?)?\s*[,:]?|"
        r"(?:(?:有|最新|多方|坊间)?(?:消息(?:人士|源)?|知情(?:人士|者)|爆料(?:人士?|者)?|网友|业内(?:人士)?|供应链|机构|分析师)|"
        rf"\"?(?P<medium>{MEDIUM})\"?)(?:独家)?(?:报道|消息)?"
        r"(?:(?P<says>称|指(?![数标控责定导南])|表示|透露|爆料|曝料|(?<=报道)|(?<=消息)(?=[,:]))|(?=[,:]))\s*[,:]?|"
        r"(?:[网疯盛风再又]|有)?传(?:闻|出|言|(?![音统奇媒播感祺输承递说世真单送动导热教记神家染销达授]))\s*[,:]?|"
        r"(?:外媒|网友)?(?:曝(?:光|料|出)?|爆(?:光|料|出))\s*[,:]?)\s*",
        re.IGNORECASE,
    )


#: As agencies date a report: `IT之家 11 月 26 日消息，`, `新华社北京11月26日电`; and `本报讯`.
DATELINE = re.compile(
    r"(?:[^\W\d]{2,6}?\s?){0,2}\d{1,2}\s?月\s?\d{1,2}\s?日\s?(?:消息|电|讯|报道)\s*[,:]?\s*|"
    rf"(?:本[报刊网台]|(?:{PORTALS})网?(?:{SITE_SECTIONS})?)讯\s*[,:]?\s*"
)
#: `UPDATE 1-` and its like, as agencies number their versions; other labels stand before a colon.
LATIN_LEAD = re.compile(r"(?:UPDATE|WRAPUP|RPT|EXCLUSIVE|BRIEF|CORRECTED|REFILE)(?: \d)?-(?=[A-Z])")
LABEL_LEAD = re.compile(rf"(?:{LABELS})(?:\s*[|:·!/]+\s*|\s+-+\s+)|(?:快讯|突发|重磅|独家)\s+", re.IGNORECASE)


@cache
def said() -> re.Pattern[str]:
    """The same behind a headline."""
    return re.compile(
        rf"\s*[,:-]+\s*(?:(?:new )?(?:reports?|sources?|{MEDIUM})(?: (?:says?|reports?|claims?|suggests?))?)$",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline as its parts. `core` is plain text, `doubtful` keys of what may be names of sites or sections."""

    core: str
    doubtful: frozenset[str]


@lru_cache(maxsize=512)
def read(title: str, learnt: Decorations = NOTHING) -> Headline:
    """The parts of a headline, without what most headlines of its source begin or end with."""
    text = learnt.without(plain(title))
    doubtful = set()
    for _ in range(MAX_PARTS):
        shorter, name = _shorter(text)
        if shorter == text:
            break
        text = shorter
        if name:
            doubtful.add(key(name))
    return Headline(core=text, doubtful=frozenset(doubtful))


def _shorter(text: str) -> tuple[str, str]:
    """`text` without one part at an end, and that part where its meaning is not certain."""
    for take in (_tail, _bracket, _lead, _head):
        shorter, name = take(text)
        if shorter != text and _width(shorter) >= MIN_CORE:
            return shorter, name
    return text, ""


def _bracket(text: str) -> tuple[str, str]:
    head, tail = HEAD_BRACKET.match(text), TAIL_BRACKET.search(text, max(0, len(text) - MAX_PART - 3))
    for found, rest in ((head, text[head.end() :] if head else ""), (tail, text[: tail.start()] if tail else "")):
        if found is None:
            continue
        inner = (found[1] or found[2]).strip()
        if LABEL.fullmatch(inner) or _is_site(inner):
            return rest, ""
        # Round brackets hold a part of the headline as often as not.
        if found[1] and _may_be_name(inner, rest):
            return rest, inner
    return text, ""


def _lead(text: str) -> tuple[str, str]:
    for pattern in (LABEL_LEAD, LATIN_LEAD, lead(), DATELINE):
        found = pattern.match(text)
        if found and _is_signed(found):
            return text[found.end() :], ""
    found = said().search(text, max(0, len(text) - MAX_PART))
    return (text[: found.start()], "") if found else (text, "")


def _is_signed(found: re.Match[str]) -> bool:
    """Whether a medium that a lead-in names says so: `某报称`, or an agency before a colon."""
    groups = found.groupdict()
    medium = groups.get("medium")
    if not medium:
        return True
    return NO_MEDIA.match(medium) is None and (groups["says"] is not None or wire().fullmatch(medium) is not None)


def _tail(text: str) -> tuple[str, str]:
    start = max(1, len(text) - MAX_TAIL)
    if not MARK.search(text, start):
        return text, ""
    marks = list(BEHIND.finditer(text, start))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for found, end in zip(marks, ends, strict=False):
        # Behind a site's name stands at most its slogan.
        rest, slogan = text[: found.start()], text[end:]
        is_tail = _is_site(text[found.end() : end]) and not DIGIT.search(slogan)
        if is_tail and _width(slogan) <= min(MAX_NAME, _width(rest)):
            return _without_section(rest, found["mark"]), ""
    if not marks or not marks[-1].start():
        return text, ""
    rest, name, mark = text[: marks[-1].start()], text[marks[-1].end() :], marks[-1]["mark"]
    if not name or LABEL.fullmatch(name) or (mark == ":" and _is_medium(name)):
        return rest, ""
    # A long dash and a colon join two halves of a sentence.
    is_joint = mark == ":" or (mark.startswith("—") and text[marks[-1].start()] != " ")
    return (rest, name) if not is_joint and not SIDES.search(name) and _may_be_name(name, rest) else (text, "")


def _without_section(text: str, mark: str) -> str:
    """The rest of `text` before a site's name: a section, or keywords behind bars, may stand between."""
    core, *keywords = text.split("|")
    if len(keywords) > 1 and all(0 < 2 * _width(one) <= _width(core) for one in keywords):
        return core.rstrip()
    rest, found, section = text.rpartition(mark)
    section = section.strip()
    is_path = mark.startswith("_") and not SIDES.search(section) and _may_be_name(section, rest)
    return rest.rstrip() if found and rest and (SECTION.fullmatch(section) or is_path) else text


def _head(text: str) -> tuple[str, str]:
    for found in BEFORE.finditer(text, 0, MAX_PART):
        name, rest, mark = text[: found.start()].strip('"'), text[found.end() :], found["mark"]
        if not name or LABEL.fullmatch(name) or ("|" in mark and FIRST.fullmatch(name)):
            return rest, ""
        if _is_medium(name):
            return rest, "" if ":" not in mark or wire().match(name) else name
        if "|" in mark:
            return (rest, name) if not SIDES.search(name) and _may_be_name(name, rest) else (text, "")
    return text, ""


def _is_site(name: str) -> bool:
    name = name.strip('"')
    if found := TAIL_BRACKET.search(name):
        return _is_site(found[1] or found[2])
    is_named = site().fullmatch(name) is not None and NO_MEDIA.match(name) is None
    return is_named and _width(name) <= MAX_NAME and CLAUSE.search(name) is None


def _is_medium(name: str) -> bool:
    return media().fullmatch(name) is not None and NO_MEDIA.match(name) is None


def _may_be_name(name: str, rest: str) -> bool:
    """Whether the form allows a name or a section: short beside the rest, no clause, nothing that tells a piece."""
    width = _width(name)
    if width > MAX_NAME or width >= _width(rest):
        return False
    if CLAUSE.search(name) or TELLING.search(name) or name[-1] in ")]":
        return False
    # Latin names begin with capitals, each word, unless another spelling stands before (`爱范儿 ifanr`).
    return not name.isascii() or all(not word.islower() or word in SMALL for word in name.split())


def _width(text: str) -> int:
    """Letters and digits; an ideograph counts two."""
    return sum(2 if one > "\u2e80" else 1 for one in text if one.isalnum())
