"""The rights of sources: the terms that a section declares, and the sources that declare none on a public site."""

import ipaddress
from collections.abc import Iterator
from typing import cast
from urllib.parse import urlsplit

from feedsvc.config.problems import Places
from feedsvc.config.schema import RightsSection, Root
from feedsvc.config.values import TERMS
from feedsvc.errors import Problem
from feedsvc.model import Terms, TermsKind

#: Domains that no public site has: for tests and examples (RFC 2606, RFC 6761), and for networks (RFC 6762, RFC 8375).
RESERVED = (
    "test", "example", "invalid", "localhost", "local", "internal", "home.arpa", "example.com", "example.net",
    "example.org",
)  # fmt: skip


def terms_of(section: RightsSection | None) -> Terms | None:
    """The declared terms of a source; None for a source that declares none, or only a notice."""
    if section is None or section.kind is None:
        return None
    return Terms(kind=cast("TermsKind", section.kind), holder=section.holder, url=section.url, license=section.license)


def notice_of(section: RightsSection | None) -> str | None:
    """The notice of a source that declares no terms. The holder is published with the terms."""
    return section.holder if section is not None and section.kind is None else None


def undeclared(root: Root, place: Places) -> Iterator[Problem]:
    """One warning that names the sources of a public site whose rights are not declared."""
    if root.site.base_url is None or not is_public(root.site.base_url):
        return
    names = [name for name, one in root.sources.items() if terms_of(one.rights) is None]
    if names:
        reason = f"{', '.join(names)}: on a public site, declare what allows to republish"
        remedy = f"write `rights: {TERMS[0]}` (or {', '.join(TERMS[1:])}) below each"
        yield place.problem(("sources",), f"{reason}: {remedy}")


def is_public(base_url: str) -> bool:
    """Whether an address may be one that everybody can reach. Names for examples and networks are not."""
    host = (urlsplit(base_url).hostname or "").rstrip(".")
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not any(host == one or host.endswith(f".{one}") for one in RESERVED)
