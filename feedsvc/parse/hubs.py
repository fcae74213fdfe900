"""
The hubs that an upstream names, in the header fields of its answer or in its feed (WebSub, 4). Pure.

    Link: <https://hub.example/>; rel="hub", <https://news.example/feed>; rel="self"

The header fields count before the document. The feed of an upstream is never a page, so HTML is not searched.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from feedsvc.model import Announced
from feedsvc.normalize import web_url
from feedsvc.parse.addresses import is_shareable

#: One link of a `Link` field: its target, then its parameters (RFC 8288, 3). Quoted text may hold `,` and `;`.
LINK = re.compile(r'<([^<>]{0,2000})>((?:\s*;\s*[\w!#$%&\'*+.^`|~-]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s";,]*))?)*)')
PARAMETER = re.compile(r';\s*([\w!#$%&\'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s";,]*))')

#: Longest `Link` fields that are read, in characters, and the most hubs that count.
MAX_FIELD, MAX_HUBS = 20_000, 4

#: Longest address of a hub or a topic, in characters.
MAX_ADDRESS = 2000


def announced(link: str, url: str, hubs: Iterable[str], self_link: str | None, *, is_open: bool) -> Announced:
    """
    The hubs of an upstream that answered at `url` with the field `link`, and with a document that states the others.

    Without a `self` link, the topic is `url`, if `is_open` says that everybody may know that address.
    """
    told = list(links(link, url))
    named = [target for relation, target in told if relation == "hub"] or list(hubs)
    stated = next((target for relation, target in told if relation == "self"), self_link)
    topic = stated or (url if is_open and is_shareable(url) else None)
    return Announced(topic=topic if topic and len(topic) <= MAX_ADDRESS else None, hubs=_distinct(named))


def links(field: str, url: str) -> Iterator[tuple[str, str]]:
    """The relations and targets in `Link` fields that are joined by commas. A link to another context is left out."""
    for match in LINK.finditer(field[:MAX_FIELD]):
        said: dict[str, str] = {}
        for name, quoted, plain in PARAMETER.findall(match[2]):
            said.setdefault(name.lower(), re.sub(r"\\(.)", r"\1", quoted) or plain)
        target = web_url(match[1].strip(), url)
        if target and "anchor" not in said:
            yield from ((relation, target) for relation in said.get("rel", "").lower().split())


def _distinct(hubs: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in hubs if len(one) <= MAX_ADDRESS))[:MAX_HUBS]
