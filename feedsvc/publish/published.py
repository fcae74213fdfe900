"""What a publisher hands out: documents and views, each with the stored facts by which it is recognised later."""

from dataclasses import dataclass

from feedsvc.model import Document
from feedsvc.publish import views
from feedsvc.render import Channel
from feedsvc.store.documents import Made, State
from feedsvc.store.feeds import Feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A feed in the catalogue."""

    channel: Channel
    #: The number of all its entries.
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A document, and the stored facts that it was published with."""

    document: Document
    feed_id: int
    page: int
    state: State
    #: Whether a newer document could not be made.
    is_stale: bool = False


def published_as(feed: Feed, made: Made, *, is_stale: bool = False) -> Published:
    """A stored document of a feed, published with the present facts of the feed."""
    document = made.document
    state = State(
        slug=feed.slug,
        is_retired=feed.is_retired,
        revision=feed.revision,
        closed_pages=feed.closed_pages,
        digest=document.digest,
        is_hard=document.is_hard,
    )
    return Published(document=document, feed_id=feed.id, page=made.page, state=state, is_stale=is_stale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewed:
    """
    A view of a feed.

    It changes only when the feed does, so it has the Last-Modified and the rhythm of the feed's document, and is right
    as long as that document is. A change of the feed that leaves the view's bytes alone also leaves its ETag.
    """

    #: The feed's document in the same format.
    of: Published
    #: The settings that the view shows: its address and its links.
    channel: Channel
    body: bytes

    @property
    def document(self) -> Document:
        """The view in all codings."""
        return views.document(self.body, self.of.document)
