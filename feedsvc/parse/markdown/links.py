"""
Bare addresses in a text as links. Pure, linear time.

comrak reads Chinese punctuation, and the words after it, as part of an address. It does not find `www.` after a Chinese
character, and it percent-encodes such characters in a host. It reads any text with a colon in angle brackets as an
address, also `std::string`.
"""

import re
from html import escape, unescape
from urllib.parse import quote, unquote

from feedsvc import elements
from feedsvc.parse.markdown.page import HTML_TAG

#: Characters that end an address.
PUNCTUATION = "，。；：、！？…“”‘’（）「」『』【】《》〈〉"

#: A bare address that comrak made a link.
LINKED = re.compile(
    rf'<a href="(?P<href>[^"]{{0,6000}})">(?P<address>(?:https?://|ftp://|www\.)[^<{PUNCTUATION}]*+)'
    rf"(?P<rest>[{PUNCTUATION}][^<]*)</a>"
)

#: A host with non-ASCII characters, as comrak writes it.
ENCODED_HOST = re.compile(r'(?P<before><(?:a href|img src)="https?://)(?P<host>[^/?#"%]*+%[^/?#"]*+)')
HOST_AND_PORT = re.compile(r"[\w.-]++(?::\d{1,5})?")

#: A bare address that comrak left as text.
UNLINKED = re.compile(
    r"(?<![A-Za-z0-9@./_=-])"
    r"(?:https?://[\w-]++(?:\.[\w-]++)++|www\.[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)++)(?::\d{1,5}+)?"
    rf"(?:[/?#](?:[^\s<>\"'&{PUNCTUATION}]|&amp;)*+)?",
    re.IGNORECASE,
)
HINT = re.compile(r"https?://|www\.", re.IGNORECASE)

#: Elements in which text does not become a link.
NO_LINKS = elements.with_trait(elements.Trait.HOLDS_NO_LINKS)

#: A text with a colon in angle brackets, which comrak made a link.
IN_BRACKETS = re.compile(r'<a href="(?P<href>[^":]{2,32}+:[^"]{0,6000})">(?P<text>(?P<scheme>[^<:]{2,32}+):[^<]*)</a>')

#: Schemes of addresses without `//`.
SCHEMES = frozenset({
    "mailto", "tel", "sms", "magnet", "urn", "doi", "news", "xmpp", "geo", "bitcoin", "skype", "sip", "sips", "cid",
})  # fmt: skip


def with_links(html: str) -> str:
    """The `html` of comrak, with all addresses as links, and nothing else."""
    html = ENCODED_HOST.sub(_decoded_host, IN_BRACKETS.sub(_bracketed, LINKED.sub(_link_ended, html)))
    if not HINT.search(html):
        return html
    pieces, end, opened = list[str](), 0, dict[str, int]()
    for tag in HTML_TAG.finditer(html):
        text = html[end : tag.start()]
        pieces += text if opened else UNLINKED.sub(_linked, text), tag[0]
        end = tag.end()
        name = (tag["name"] or "").lower()
        if name in NO_LINKS:
            count = opened.get(name, 0) + (-1 if tag["end"] else 1)
            opened = {**opened, name: count} if count > 0 else {key: of for key, of in opened.items() if key != name}
    text = html[end:]
    return "".join((*pieces, text if opened else UNLINKED.sub(_linked, text)))


def _link_ended(link: re.Match[str]) -> str:
    """A link to a bare address, ended where Chinese punctuation begins."""
    address = unescape(link["address"])
    scheme = "http://" if address.startswith("www.") else ""
    if unquote(unescape(link["href"])) != unquote(scheme + address + unescape(link["rest"])):
        return link[0]  # the author's own link, whose text is an address
    href = quote(address, safe="%/?:@&=+$,;#-_.!~*'()[]")
    return f'<a href="{escape(scheme + href)}">{link["address"]}</a>{link["rest"]}'


def _bracketed(link: re.Match[str]) -> str:
    """Text in angle brackets: a name such as `std::string` or `xs:element` is not an address."""
    scheme, said = link["scheme"].lower(), unescape(link["text"])
    if scheme in SCHEMES or said.startswith("//", len(scheme) + 1) or unquote(unescape(link["href"])) != unquote(said):
        return link[0]
    return f"&lt;{link['text']}&gt;"


def _decoded_host(found: re.Match[str]) -> str:
    host = unquote(found["host"])
    return f"{found['before']}{host}" if HOST_AND_PORT.fullmatch(host) else found[0]


def _linked(found: re.Match[str]) -> str:
    """A bare address as a link, without punctuation at its end, and without a bracket that it does not open."""
    address = found[0].rstrip(".,;:!?'*_~")
    if address.endswith(")") and address.count(")") > address.count("("):
        address = address.rstrip(").,;:!?'*_~")
    scheme = "http://" if address[:4].lower() == "www." else ""
    return f'<a href="{escape(scheme + unescape(address))}">{address}</a>{found[0][len(address) :]}'
