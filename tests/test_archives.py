"""Archives of feeds (RFC 5005): every entry is on a closed page or in the document that readers subscribe to."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from lxml import etree

from feedsvc.model import FORMATS, Document, Format, Window
from feedsvc.publish import Publisher
from feedsvc.store import Store, archives
from feedsvc.update import Report
from tests.conftest import CONFIG, NOW, Folder, seed

TakeIn = Callable[..., Report]
HOUR = timedelta(hours=1)
BASE = "https://feeds.example.org/feeds/all"

#: Pages of three entries.
OF_THREE = CONFIG + "feeds: {all: {window: {items: 3, hours: 0}}}\n"

LINK = {"rss": "channel/atom:link", "atom": "atom:link"}
NS = {"atom": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def publisher(folder: Folder, store: Store) -> Publisher:
    """A publisher whose feed `all` has pages of three entries."""
    folder.configure(OF_THREE)
    return Publisher(store=store, configured=folder.config().catalogue)


def _write(folder: Folder, *names: str, body: str = "<p>正文</p>") -> None:
    """Seeds, each a day older than the one before it."""
    for name in names:
        day = 28 - int(name)
        folder.write(f"{name}.txt", seed(f"第{name}篇", body, date=f"2026-0{1 + day // 28}-{1 + day % 28:02}"))


def _current(publisher: Publisher, form: Format = "rss") -> Document:
    feed = publisher.find("all")
    assert feed
    return publisher.document(feed, form, NOW + HOUR)


def _page(publisher: Publisher, number: int, form: Format = "rss") -> Document | None:
    feed = publisher.find("all")
    assert feed
    found = publisher.page(feed, number, form, NOW + HOUR)
    return found.document if found else None


def _links(document: Document) -> dict[str, str]:
    """Relation → address, of the links of an archive."""
    wanted = {"self", "prev-archive", "next-archive", "current"}
    if document.format == "json":
        said = json.loads(document.body)
        own = said.get("_feedsvc", {}).get("archive", {})
        found = {
            "self": said["feed_url"],
            "prev-archive": said.get("next_url"),
            "next-archive": own.get("next_archive"),
            "current": own.get("current"),
        }
        return {rel: href for rel, href in found.items() if href}
    links = etree.fromstring(document.body).iterfind(LINK[document.format], NS)
    return {str(one.get("rel")): str(one.get("href")) for one in links if one.get("rel") in wanted}


def _titles(document: Document) -> list[str]:
    """The titles of a document's entries, in its order."""
    if document.format == "json":
        return [item["title"] for item in json.loads(document.body)["items"]]
    path = "channel/item/title" if document.format == "rss" else "atom:entry/atom:title"
    return [str(one.text) for one in etree.fromstring(document.body).iterfind(path, NS)]


def _walk(publisher: Publisher, form: Format) -> list[list[str]]:
    """The titles of the document that readers subscribe to, and of each page that `prev-archive` leads to."""
    document = _current(publisher, form)
    walked = [_titles(document)]
    while href := _links(document).get("prev-archive"):
        number = int(href.removeprefix(f"{BASE}/archive/").removesuffix(f".{form}"))
        found = _page(publisher, number, form)
        assert found
        document = found
        assert _links(document)["self"] == href
        walked.append(_titles(document))
    return walked


@pytest.mark.parametrize("form", FORMATS)
def test_a_walk_finds_every_entry(folder: Folder, take_in: TakeIn, publisher: Publisher, form: Format) -> None:
    """The links lead from the newest entries to the oldest, in all formats."""
    _write(folder, *map(str, range(1, 9)))
    take_in()

    newest, *pages = _walk(publisher, form)

    assert pages == [["第3篇", "第4篇", "第5篇"], ["第6篇", "第7篇", "第8篇"]]
    assert newest == ["第1篇", "第2篇", "第3篇"]


@pytest.mark.parametrize("form", FORMATS)
def test_a_page_links_to_its_neighbours(folder: Folder, take_in: TakeIn, publisher: Publisher, form: Format) -> None:
    """A closed page links to the page before it, to the page after it, and to the feed."""
    _write(folder, *map(str, range(1, 9)))
    take_in()
    _current(publisher, form)
    found = [_page(publisher, number, form) for number in (1, 2)]

    assert [_links(one) if one else {} for one in found] == [
        {
            "self": f"{BASE}/archive/1.{form}",
            "next-archive": f"{BASE}/archive/2.{form}",
            "current": f"{BASE}.{form}",
        },
        {
            "self": f"{BASE}/archive/2.{form}",
            "prev-archive": f"{BASE}/archive/1.{form}",
            "next-archive": f"{BASE}/archive/3.{form}",
            "current": f"{BASE}.{form}",
        },
    ]


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_closed_page_is_marked(folder: Folder, take_in: TakeIn, publisher: Publisher, form: Format) -> None:
    """`fh:archive` stands in closed pages alone (RFC 5005, 4)."""
    _write(folder, "1", "2", "3")
    take_in()
    current, page = _current(publisher, form), _page(publisher, 1, form)
    assert page

    assert [len(list(etree.fromstring(one.body).iter("{*}archive"))) for one in (current, page)] == [0, 1]


def test_a_page_that_is_open_is_no_document(folder: Folder, take_in: TakeIn, publisher: Publisher) -> None:
    """Only closed pages are documents of their own."""
    _write(folder, "1", "2", "3", "4")
    take_in()
    _current(publisher)

    assert [_page(publisher, number) is None for number in (0, 1, 2)] == [True, False, True]


def test_a_feed_of_one_page_has_no_archive(folder: Folder, take_in: TakeIn, publisher: Publisher) -> None:
    """A document with all entries has no links of an archive."""
    _write(folder, "1", "2")
    take_in()

    assert _links(_current(publisher)) == {"self": f"{BASE}.rss"}


def test_later_entries_change_no_closed_page(folder: Folder, take_in: TakeIn, publisher: Publisher) -> None:
    """Entries that arrive later, also with older dates, come to later pages. Closed pages keep bytes and dates."""
    _write(folder, *map(str, range(4, 10)))
    take_in()
    _current(publisher)
    before = [_page(publisher, number) for number in (1, 2)]
    _write(folder, "1", "2", "3", "20")
    take_in(NOW + HOUR)
    newest, *pages = _walk(publisher, "rss")

    assert [_page(publisher, number) for number in (1, 2)] == before
    assert [len(page) for page in pages] == [3, 3, 3]
    assert set(newest) | {title for page in pages for title in page} == {
        f"第{number}篇" for number in (*range(1, 10), 20)
    }


def test_an_edit_changes_its_page_alone(folder: Folder, take_in: TakeIn, publisher: Publisher) -> None:
    """An entry that is edited or withdrawn changes the page that holds it, and no other page."""
    _write(folder, *map(str, range(1, 10)))
    take_in()
    _current(publisher)
    before = [_page(publisher, number) for number in (1, 2, 3)]
    _write(folder, "5", body="<p>改了</p>")
    (folder.path / "seeds" / "8.txt").unlink()
    take_in(NOW + HOUR)
    _current(publisher)
    after = [_page(publisher, number) for number in (1, 2, 3)]

    assert [old == new for old, new in zip(before, after, strict=True)] == [False, False, True]
    assert after[0]
    assert _titles(after[0]) == ["第7篇", "第9篇"]
    assert all(
        old and new and (new.changed_at > old.changed_at) is (old.digest != new.digest)
        for old, new in zip(before, after, strict=True)
    )


@pytest.mark.parametrize("form", FORMATS)
def test_a_page_that_is_closed_is_newer(folder: Folder, take_in: TakeIn, publisher: Publisher, form: Format) -> None:
    """The address of an open page has the feed's own document. A page closed in the same second has a later date."""
    _write(folder, "3", "4", "5", "6")
    take_in()
    while_open = _current(publisher, form)
    _write(folder, "1", "2")
    take_in()
    _current(publisher, form)
    page = _page(publisher, 2, form)

    assert page
    assert page.body != while_open.body
    assert page.changed_at > while_open.changed_at


def test_a_page_without_a_change_is_not_read(
    folder: Folder, store: Store, take_in: TakeIn, publisher: Publisher
) -> None:
    """Later entries raise the revision of the feed. A closed page without a change costs no look at its entries."""
    _write(folder, "1", "2", "3")
    take_in()
    _current(publisher)
    first = _page(publisher, 1)
    _write(folder, "4")
    take_in(NOW + HOUR)
    asked: list[str] = []
    sa.event.listen(store.reader, "before_cursor_execute", lambda *given: asked.append(given[2]))
    again = _page(publisher, 1)

    assert first
    assert again
    assert again.body == first.body
    assert asked
    assert not [statement for statement in asked if "entry.content" in statement]


def test_the_document_reaches_back_to_a_closed_page(folder: Folder, take_in: TakeIn, publisher: Publisher) -> None:
    """Entries that came long before the newest arrival are in the document until their page is closed."""
    _write(folder, *map(str, range(1, 6)))
    take_in()
    folder.configure(OF_THREE.replace("items: 3", "items: 1"))
    narrow = Publisher(store=publisher.store, configured=folder.config().catalogue)
    _current(publisher)

    assert _titles(_current(publisher)) == ["第1篇", "第2篇", "第3篇"]
    # Two entries are on no closed page. Pages of one entry are closed before a document of one entry is made.
    assert _walk(narrow, "rss") == [["第1篇"], ["第1篇"], ["第2篇"], ["第3篇", "第4篇", "第5篇"]]


def test_long_texts_close_a_page_early(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A page is closed when a quarter of the window's bytes is full, so the open entries fit into a document."""
    publisher = Publisher(store=store, configured=folder.config().catalogue)
    _write(folder, *map(str, range(1, 8)), body=f"<p>{'长' * 400}</p>")
    take_in()
    feed = publisher.find("all")
    assert feed
    with store.write() as db:
        archives.close(db, feed.id, Window(items=50, max_bytes=4000))

    assert [len(page) for page in _walk(publisher, "rss")[1:]] == [3, 3]


def test_a_first_import_closes_the_pages_of_many_entries(
    folder: Folder, store: Store, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Positions are read in batches; a page that begins in one batch may end in another."""
    monkeypatch.setattr(archives, "OPEN", archives.OPEN.limit(2))
    monkeypatch.setattr(archives, "BATCH", 2)
    folder.configure(OF_THREE)
    publisher = Publisher(store=store, configured=folder.config().catalogue)
    _write(folder, *map(str, range(1, 9)))
    take_in()

    assert [len(page) for page in _walk(publisher, "rss")] == [3, 3, 3]


def test_removed_bytes_are_made_again(folder: Folder, store: Store, take_in: TakeIn, publisher: Publisher) -> None:
    """Pages that nobody asks for lose their bytes when archives are too large. Digest and dates stay."""
    _write(folder, *map(str, range(1, 9)))
    take_in()
    _current(publisher)
    before = [_page(publisher, number) for number in (1, 2)]
    with store.write() as db:
        removed = archives.remove_bytes(db, most=0)

    assert removed == 2
    assert [_page(publisher, number) for number in (1, 2)] == before
