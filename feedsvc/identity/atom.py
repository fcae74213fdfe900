"""The ids of Atom: IRIs, whatever guids upstreams give (RFC 4287, 4.2.6). Pure."""

import re
from urllib.parse import quote

#: What Atom's ids begin with that are made of guids that are no URIs. They must never change.
MADE_ID = "tag:guid.feedsvc.invalid,2026:"

_PCHAR = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_USER = r"(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?"
_HOST = r"(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})"
_REST = rf"(?:\?(?:{_PCHAR}|[/?])*)?(?:\#(?:{_PCHAR}|[/?])*)?"

#: URIs by what their scheme asks for: RFC 3986, 3; RFC 4151, 2.1, in lower case; RFC 8141, 2, without the characters
#: and parts that RFC 2141 did not have, as validators of feeds want it; RFC 9562, 4.
URI = re.compile(
    rf"(?i:https?|ftp)://{_USER}{_HOST}+(?::[0-9]*)?(?:/{_PCHAR}*)*{_REST}"
    rf"|tag:(?:[a-z0-9._-]+@)?[a-z0-9.-]+,\d{{4}}(?:-\d\d(?:-\d\d)?)?:(?:{_PCHAR}|/)*{_REST}"
    r"|(?i:urn:uuid:)[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
    r"|(?i:urn):(?!(?i:uuid):)[A-Za-z0-9][A-Za-z0-9-]{1,31}:(?:[A-Za-z0-9()+,.:=@;$_!*'-]|%[0-9A-Fa-f]{2})+"
    r"|(?!(?i:https?|ftp|tag|urn):)[A-Za-z][A-Za-z0-9+.-]*:"
    rf"(?://{_USER}{_HOST}*(?::[0-9]*)?(?:/{_PCHAR}*)*|/?{_PCHAR}+(?:/{_PCHAR}*)*){_REST}",
    re.ASCII,
)


def atom_id(guid: str) -> str:
    """
    The `id` that an entry has in Atom, which wants an IRI (RFC 4287, 4.2.6): its guid, or one made of that alone.

    Different guids have different ids. A guid that is a URI stays as it is. An IRI with letters beyond ASCII does not:
    the feed validator of the W3C counts such an id as an error.
    """
    if URI.fullmatch(guid) and not guid.startswith(MADE_ID):
        return guid
    return MADE_ID + quote(guid, safe="", errors="surrogatepass")
