"""Atom ids, which must be IRIs (RFC 4287, 4.2.6), made of guids, which may be any text. Pure."""

import re
from urllib.parse import quote

#: Beginning of an Atom id that is made of a guid that is not a URI. It must never change.
MADE_ID = "tag:guid.feedsvc.invalid,2026:"

_PCHAR = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_USER = r"(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?"
_HOST = r"(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})"
_REST = rf"(?:\?(?:{_PCHAR}|[/?])*)?(?:\#(?:{_PCHAR}|[/?])*)?"

#: A URI that follows the rules of its scheme: RFC 3986, 3; RFC 4151, 2.1, in lower case; RFC 9562, 4; RFC 8141, 2.
#: Feed validators accept only the characters and parts of a URN that RFC 2141 already had.
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
    The Atom `id` of an entry, an IRI (RFC 4287, 4.2.6). It depends on the guid alone.

    Different guids have different ids. A guid that is a URI is used as it is. A guid that is an IRI with non-ASCII
    letters is encoded: the W3C feed validator counts such an id as an error.
    """
    if URI.fullmatch(guid) and not guid.startswith(MADE_ID):
        return guid
    return MADE_ID + quote(guid, safe="", errors="surrogatepass")
