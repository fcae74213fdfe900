"""Stored documents: what they are, and when they last changed."""

from datetime import datetime, timedelta

import pytest

from feedsvc.identity import digest
from feedsvc.model import Document
from feedsvc.render.coding import compressed
from feedsvc.store import Store, documents, feeds
from feedsvc.store.documents import Made
from tests.conftest import NO_FEEDS, NOW

SECOND = timedelta(seconds=1)


@pytest.fixture
def feed_id(store: Store) -> int:
    """The id of the feed `all`."""
    with store.write() as db:
        feeds.define(db, NO_FEEDS, NOW)
        return feeds.list_feeds(db)[0].id


def _save(store: Store, feed_id: int, body: bytes, now: datetime, revision: int = 1, page: int = 0) -> Document:
    document = Document(
        format="rss", coded=compressed(body), digest=digest(body), changed_at=now, made_at=now, max_age=300
    )
    with store.write() as db:
        made = Made(document=document, feed_revision=revision, made_with="settings", page=page)
        return documents.save_all(db, [(feed_id, made)])[0]


def test_a_document_comes_back_as_it_was_saved(store: Store, feed_id: int) -> None:
    """A document is loaded as it was saved, to the byte, with the facts that it was made from."""
    saved = _save(store, feed_id, b"<rss/>", NOW, revision=7)
    with store.read() as db:
        loaded = documents.load(db, feed_id, "rss")

    assert loaded == Made(document=saved, feed_revision=7, made_with="settings")


def test_a_document_that_was_never_made_is_none(store: Store, feed_id: int) -> None:
    """Each format is stored by itself."""
    _save(store, feed_id, b"<rss/>", NOW)

    with store.read() as db:
        assert documents.load(db, feed_id, "atom") is None


@pytest.mark.parametrize(
    ("body", "later", "expected"),
    [
        (b"old", timedelta(hours=1), NOW),
        (b"new", timedelta(hours=1), NOW + timedelta(hours=1)),
        (b"new", timedelta(0), NOW + SECOND),
        (b"new", -timedelta(hours=1), NOW + SECOND),
    ],
    ids=["same bytes", "other bytes", "within a second", "clock set back"],
)
def test_a_document_changed_when_its_bytes_did(
    store: Store, feed_id: int, body: bytes, later: timedelta, expected: datetime
) -> None:
    """`changed_at` moves when the bytes do, only then, and always forward."""
    _save(store, feed_id, b"old", NOW)

    assert _save(store, feed_id, body, NOW + later).changed_at == expected


def test_changing_back_is_a_change(store: Store, feed_id: int) -> None:
    """Bytes that were there before the last ones are newer than the last ones."""
    moments = [_save(store, feed_id, body, NOW).changed_at for body in (b"old", b"new", b"old")]

    assert moments == [NOW, NOW + SECOND, NOW + 2 * SECOND]


def test_versions_tell_what_each_document_was_made_from(store: Store, feed_id: int) -> None:
    """One query returns the revision and settings that each document was made from."""
    _save(store, feed_id, b"<rss/>", NOW, revision=7)

    with store.read() as db:
        assert documents.versions(db) == {(feed_id, "rss"): (7, "settings")}


def test_an_older_document_replaces_no_newer_one(store: Store, feed_id: int) -> None:
    """Whoever was slow to render what was, takes nothing back of what is."""
    _save(store, feed_id, b"new", NOW, revision=4)
    kept = _save(store, feed_id, b"old", NOW + SECOND, revision=3)

    assert (kept.body, kept.changed_at) == (b"new", NOW)


@pytest.mark.parametrize(("revision", "expected"), [(1, NOW), (2, NOW + SECOND)])
def test_a_closed_page_is_later_than_an_older_document_alone(
    store: Store, feed_id: int, revision: int, expected: datetime
) -> None:
    """A page has the date of the feed's document of the same state, and a later date than that of an older state."""
    _save(store, feed_id, b"open", NOW, revision=1)

    assert _save(store, feed_id, b"closed", NOW, revision=revision, page=1).changed_at == expected
