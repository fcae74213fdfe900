"""Makes one document: renders it, and compresses it if its bytes are new."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from feedsvc.catalogue import Listed
from feedsvc.identity import digest
from feedsvc.model import Document, Entry, Format
from feedsvc.render import RENDER_VERSION, RENDERERS, Channel
from feedsvc.render.coding import compressed
from feedsvc.render.rhythm import max_age
from feedsvc.store.documents import Made

#: Rises if pages look different for the same content: another template, another text. Pages have the dates of
#: documents, so that a client that asks by date gets the new page (tests/web/test_pages_changed.py).
PAGES_VERSION = 1


def made_with(channel: Channel, form: Format, listed: Listed = ()) -> str:
    """
    A digest of everything that shapes a document besides the feed's entries: a field that is new counts as well.

    `listed` is what the document does not show. Pages show it, and have the document's date.
    """
    return digest(repr((RENDER_VERSION, PAGES_VERSION, form, channel, listed)).encode())


def page_made_with(channel: Channel, form: Format, shown: Sequence[Entry]) -> str:
    """The same for a closed page of the archive, together with a digest of its entries."""
    return f"{made_with(channel, form)} {digest(repr(shown).encode())}"


def rendered(form: Format, channel: Channel, shown: Sequence[Entry], now: datetime, stored: Made | None) -> Document:
    """
    The document of a feed's entries. `stored` is the former document.

    If the bytes are equal, their compressed forms are taken over: they may be compressed harder than new ones.
    """
    body = RENDERERS[form].render(channel, shown)
    moment = now.replace(microsecond=0)
    made = Document(
        format=form,
        coded={},
        digest=digest(body),
        changed_at=moment,
        made_at=moment,
        max_age=max_age(shown),
    )
    if stored and stored.document.digest == made.digest and len(stored.document.coded) > 1:
        return replace(made, coded=stored.document.coded, is_hard=stored.document.is_hard)
    return replace(made, coded=compressed(body))
