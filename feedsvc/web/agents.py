"""The name that a program gives itself in User-Agent, and the number of subscribers that an aggregator states. Pure."""

import re
from functools import lru_cache
from typing import NamedTuple

#: `16 subscribers`, `3 readers`, `subscribers=5`.
SUBSCRIBERS = re.compile(r"(?i)\b(\d{1,9})[ _+](?:subscribers?|readers?)\b|\bsubscribers?\s?[:=]\s?(\d{1,9})\b")

#: A robot that calls itself a browser: `Mozilla/5.0 (compatible; Name/1.0; …)`.
COMPATIBLE = re.compile(r"(?i)^Mozilla/[\d.]+ \(compatible; ([^;()/]{1,80})")

#: A name ends where a version, a remark or a number begins.
NAME = re.compile(r"^([^/;()\[\]{}<>,]{1,80}?)(?: - |[/;()\[\]{}<>,]|$)")

#: Readers that name themselves at the end of a browser's User-Agent.
IN_BROWSERS = re.compile(r"\b(Thunderbird|Vivaldi|SeaMonkey|NetNewsWire|Reeder|Feedbro|QuiteRSS|RSSOwl)/")

#: Words that are no part of a name: numbers, versions, identifiers, addresses.
NO_WORD = re.compile(r"^v?[\d.]*$|[:=@]|\d+\.\d+\.\d+")

MOST_WORDS, WIDTH = 4, 40

#: Names of programs without a name of their own, of browsers, and of all programs beyond the bounds.
UNNAMED, BROWSER, OTHER = "unnamed", "browser", "other"


class Agent(NamedTuple):
    """A program that asks for feeds."""

    name: str
    #: None for a program that is no aggregator.
    subscribers: int | None = None


@lru_cache(maxsize=1000)
def agent_of(text: str) -> Agent:
    """The program that sends this User-Agent. Its name has no number, address or e-mail address of a person."""
    found = SUBSCRIBERS.search(text)
    return Agent(_name(text), int(found[1] or found[2]) if found else None)


def _name(text: str) -> str:
    plain = " ".join(text.encode("ascii", "ignore").decode().split())
    if found := COMPATIBLE.match(plain):
        plain = found[1]
    elif plain.startswith("Mozilla/"):
        inside = IN_BROWSERS.search(plain)
        return inside[1] if inside else BROWSER
    found = NAME.match(plain)
    words = [word for word in (found[1] if found else "").split() if not NO_WORD.search(word)]
    return " ".join(words[:MOST_WORDS])[:WIDTH].strip(" -+.") or UNNAMED
