"""Stored documents when nothing else is to do: they become smaller, and archives stay bounded."""

import sys
from collections.abc import Callable
from datetime import timedelta

import brotli
import pytest
import sqlalchemy as sa

from feedsvc.model import Document, Window
from feedsvc.publish import Publisher, keep_up, upkeep
from feedsvc.store import Store, archives
from feedsvc.store.schema import document
from feedsvc.update import Report
from tests.conftest import NOW, Folder, seed

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TakeIn = Callable[..., Report]
LATER = NOW + timedelta(days=1)


def _never() -> bool:
    return False


@pytest.fixture
def publisher(folder: Folder, store: Store, take_in: TakeIn) -> Publisher:
    """A publisher of one feed with some text, whose documents are made."""
    for number in range(20):
        folder.write(f"{number}.txt", seed(f"第{number}篇", f"<p>{'段落' * number} 与一些别的字 {number}</p>" * 20))
    take_in()
    made = Publisher(store=store, configured=folder.config().catalogue)
    made.refresh(NOW)
    return made


def _rss(publisher: Publisher) -> Document:
    feed = publisher.find("all")
    assert feed
    return publisher.document(feed, "rss", LATER)


def test_a_quiet_document_is_compressed_harder(publisher: Publisher) -> None:
    """The bytes without coding, their ETag and their date stay. The coded bytes are fewer, and have other ETags."""
    before = _rss(publisher)
    done = keep_up(publisher.store, LATER, _never)
    after = _rss(publisher)

    assert done == 6
    assert (after.body, after.tag(None), after.changed_at) == (before.body, before.tag(None), before.changed_at)
    assert {brotli.decompress(after.coded["br"]), zstd.decompress(after.coded["zstd"])} == {before.body}
    assert len(after.coded["br"]) < len(before.coded["br"])
    assert after.tag("br") != before.tag("br")


def test_a_document_that_just_changed_waits(publisher: Publisher) -> None:
    """Hard compression costs a hundred times as much: a document that may change again is not worth it."""
    assert keep_up(publisher.store, NOW + timedelta(minutes=59), _never) == 0


def test_the_work_ends_when_there_is_other_work(publisher: Publisher) -> None:
    """Documents that are left are compressed the next time."""
    answers = iter([False, False, True])
    first = keep_up(publisher.store, LATER, lambda: next(answers))

    assert (first, keep_up(publisher.store, LATER, _never)) == (2, 4)


def test_a_document_with_new_settings_and_equal_bytes_stays_hard(publisher: Publisher) -> None:
    """Equal bytes are not compressed again, so their ETags stay."""
    keep_up(publisher.store, LATER, _never)
    before = _rss(publisher)
    with publisher.store.write() as db:
        db.execute(sa.update(document).values(made_with="former"))

    assert _rss(publisher).coded == before.coded


def test_archives_are_bounded(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages beyond the bound lose their bytes, the page that was made first before others."""
    feed = publisher.find("all")
    assert feed
    with publisher.store.write() as db:
        archives.close(db, feed.id, Window(items=5))
    for number in (1, 2, 3):
        assert publisher.page(feed, number, "rss", NOW + timedelta(minutes=number))
    with publisher.store.read() as db:
        monkeypatch.setattr(upkeep, "ARCHIVE_BYTES", archives.size(db) - 1)
    keep_up(publisher.store, NOW, _never)
    pages = sa.select(document.c.page).where(document.c.page > 0, document.c.gzip.is_not(None))
    with publisher.store.read() as db:
        kept = db.scalars(pages.order_by(document.c.page)).all()

    assert kept == [2, 3]
