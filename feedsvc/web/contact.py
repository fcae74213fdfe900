"""`site.contact` as a link with a name."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from feedsvc.normalize import web_url

#: `Name <address>`, as e-mail programs write it.
NAME_AND_ADDRESS = re.compile(r"\s*(?P<name>[^<>]*?)\s*<\s*(?P<address>[^<>]+?)\s*>\s*")

#: An e-mail address. RFC 6068 allows more forms, which are not used in practice.
MAIL = re.compile(r"[^\s@<>\"'(),:;?&#%/\\]+@[^\s@<>\"'(),:;?&#%/\\]+\.[^\s@<>\"'(),:;?&#%/\\]+")

#: Header fields that a `mailto:` link may set. RFC 6068, 4: other fields, such as recipients, are not safe.
FIELDS = re.compile(r"(?:subject|body)=[^&#\s\"'<>]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The publisher's name and address."""

    name: str
    #: None for a text that is not an address.
    href: str | None = None


def contact_of(said: str | None) -> Contact | None:
    """
    `site.contact` as pages show it.

    An e-mail address or a page without a name is shown as its address. Other text is shown as it is, without a link.
    """
    if not said:
        return None
    parts = NAME_AND_ADDRESS.fullmatch(said)
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
