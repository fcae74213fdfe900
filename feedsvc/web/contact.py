"""How to reach the publisher, as a link with a name."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from feedsvc.normalize import web_url

#: `Name <address>`, as e-mail programs write it; or an address alone.
NAMED = re.compile(r"\s*(?P<name>[^<>]*?)\s*<\s*(?P<address>[^<>]+?)\s*>\s*")

#: An address of e-mail. RFC 6068 has more forms, which nobody publishes.
MAIL = re.compile(r"[^\s@<>\"'(),:;?&#%/\\]+@[^\s@<>\"'(),:;?&#%/\\]+\.[^\s@<>\"'(),:;?&#%/\\]+")

#: What a `mailto:` link may ask a mail program to fill in (RFC 6068, 4: a link must not choose recipients or senders).
FIELDS = re.compile(r"(?:subject|body)=[^&#\s\"'<>]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who is asked, and where."""

    name: str
    #: None for text that is no address.
    href: str | None = None


def contact_of(said: str | None) -> Contact | None:
    """`site.contact` as pages show it: an address of e-mail by itself, a page by its address, other text as it is."""
    if not said:
        return None
    parts = NAMED.fullmatch(said)
    name, address = (parts["name"], parts["address"]) if parts else ("", said.strip())
    is_mail = address[:7].lower() == "mailto:"
    mail, _, query = (address[7:] if is_mail else address).partition("?")
    mail = unquote(mail)
    if MAIL.fullmatch(mail) and (is_mail or not query):
        kept = "&".join(field for field in query.split("&") if FIELDS.fullmatch(field))
        return Contact(name=name or mail, href=f"mailto:{quote(mail, safe='@')}{'?' if kept else ''}{kept}")
    if page := web_url(address):
        shown = urlsplit(page)
        return Contact(name=name or f"{shown.netloc}{shown.path}".rstrip("/"), href=page)
    return Contact(name=said)
