"""Documents: the same content gives the same bytes; a document is made once, and again when its content changes."""

import gzip
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import lxml.html
import pytest
import sqlalchemy as sa

from feedsvc.catalogue import Branch
from feedsvc.identity import article_id
from feedsvc.model import FORMATS, Coding, Document, Format, Window
from feedsvc.parse.opml import parse_opml
from feedsvc.publish import Publisher, cards
from feedsvc.publish.making import made_with
from feedsvc.render import Channel
from feedsvc.store import Store, migrate, open_store, teasers, windows
from feedsvc.store.feeds import Feed
from feedsvc.store.schema import document
from feedsvc.update import Report, update
from tests.conftest import CONFIG, NOW, SANDBOX, Folder, catalogue, seed
from tests.data.samples import client

HOUR = timedelta(hours=1)
TakeIn = Callable[..., Report]


def _publisher(folder: Folder, store: Store, **environ: str) -> Publisher:
    config = folder.config(**environ)
    return Publisher(store=store, configured=config.catalogue)


def _feed(publisher: Publisher, slug: str) -> Feed:
    feed = publisher.find(slug)
    assert feed is not None, slug
    return feed


def _document(publisher: Publisher, slug: str = "all", form: Format = "rss", now: datetime = NOW) -> Document:
    return publisher.document(_feed(publisher, slug), form, now)


def _documents(publisher: Publisher, now: datetime) -> dict[tuple[str, Format], tuple[str, Mapping[Coding, bytes]]]:
    """Digest and coded bytes of every document there is."""
    slugs = [listed.channel.feed.slug for listed in publisher.catalogue()]
    found = {(slug, form): _document(publisher, slug, form, now) for slug in slugs for form in FORMATS}
    return {key: (one.digest, one.coded) for key, one in found.items()}


def _guids(publisher: Publisher) -> list[str]:
    feed = publisher.find("all")
    assert feed is not None
    return [entry.guid for entry in publisher.entries(feed)]


def _imported(folder: Folder, path: Path, now: datetime) -> Store:
    """Another database with the folder's seeds."""
    store = open_store(f"sqlite:///{path}")
    migrate.upgrade(store)
    config = folder.config()
    update(store, SANDBOX, config.sources, catalogue(config), now)
    return store


def _spoil(store: Store) -> None:
    """Change the stored bytes, so that a stored document differs from a new one."""
    with store.write() as db:
        db.execute(sa.update(document).values(gzip=gzip.compress(b"stored")))


@pytest.fixture
def imported(folder: Folder, take_in: TakeIn) -> Folder:
    """A folder whose three seeds, one without a date, are imported."""
    folder.write("a.txt", seed("甲", "<p>一</p>", categories="[手机, C/C++]"))
    folder.write("b.txt", seed("乙", "<p>二</p>", date="2022-07-20"))
    folder.write("c.txt", seed("丙", "<p>三</p>", date=""))
    take_in()
    return folder


def test_two_publishers_give_the_same_bytes(imported: Folder, tmp_path: Path) -> None:
    """A database made again from the same seeds, an hour later, gives every document to the byte, and every ETag."""
    first = _imported(imported, tmp_path / "1.sqlite3", NOW)
    second = _imported(imported, tmp_path / "2.sqlite3", NOW + HOUR)
    found = [_documents(_publisher(imported, first), NOW), _documents(_publisher(imported, second), NOW + HOUR)]
    first.close()
    second.close()

    assert len(found[0]) == 12
    assert found[0] == found[1]


def test_guids_do_not_depend_on_the_host(imported: Folder, tmp_path: Path) -> None:
    """The same seeds on another host, in another database, have the same guids."""
    here = _imported(imported, tmp_path / "1.sqlite3", NOW)
    there = _publisher(imported, here, FEEDSVC_SITE__BASE_URL="https://elsewhere.example/feeds")
    found = [_guids(_publisher(imported, here)), _guids(there)]
    here.close()

    assert found[0] == found[1] == [f"tag:example.org,2026:articles/{name}.txt" for name in "cab"]


def test_a_document_is_made_once(imported: Folder, store: Store) -> None:
    """A document that is current is sent as it is stored."""
    publisher = _publisher(imported, store)
    _document(publisher)
    _spoil(store)

    assert _document(publisher, now=NOW + HOUR).body == b"stored"


def test_a_restart_uses_the_stored_documents(imported: Folder, store: Store) -> None:
    """A process that opens the database finds the stored documents, and makes none of them again."""
    made = _publisher(imported, store).refresh(NOW)
    reopened = open_store(imported.database_url)
    again = _publisher(imported, reopened).refresh(NOW + HOUR)
    reopened.close()

    assert (made, again) == (12, 0)


def test_an_edit_makes_the_documents_of_its_feeds_anew(imported: Folder, store: Store, take_in: TakeIn) -> None:
    """An edit makes the documents of its feeds again, and no others."""
    publisher = _publisher(imported, store)
    publisher.refresh(NOW)
    imported.write("a.txt", seed("甲改", "<p>一</p>", categories="[手机, C/C++]"))
    take_in(NOW + HOUR)

    assert "甲改".encode() in _document(publisher, "手机", now=NOW + HOUR).body
    assert publisher.refresh(NOW + HOUR) == 3 * 3 - 1


def test_an_unchanged_import_makes_nothing_anew(imported: Folder, store: Store, take_in: TakeIn) -> None:
    """An import that finds nothing new leaves every document current."""
    publisher = _publisher(imported, store)
    publisher.refresh(NOW)
    take_in(NOW + HOUR)

    assert publisher.refresh(NOW + HOUR) == 0


def test_a_document_changed_when_its_bytes_did(imported: Folder, store: Store, take_in: TakeIn) -> None:
    """Last-Modified is the moment at which the edit was published."""
    publisher = _publisher(imported, store)
    before = _document(publisher)
    imported.write("a.txt", seed("甲改"))
    take_in(NOW + HOUR)
    after = _document(publisher, now=NOW + HOUR)

    assert (before.changed_at, after.changed_at) == (NOW, NOW + HOUR)


def test_two_changes_in_one_second_have_two_times(imported: Folder, store: Store, take_in: TakeIn) -> None:
    """Nobody who has the first of two quick changes takes it for the second."""
    publisher = _publisher(imported, store)
    moments = [_document(publisher).changed_at]
    for title in ("甲改", "甲又改"):
        imported.write("a.txt", seed(title))
        take_in()
        moments.append(_document(publisher).changed_at)

    assert moments == [NOW, NOW + timedelta(seconds=1), NOW + timedelta(seconds=2)]


def test_an_edit_that_no_reader_of_a_feed_sees_keeps_its_time(imported: Folder, store: Store, take_in: TakeIn) -> None:
    """A feed that is looked at again and has the same bytes keeps its digest and its time."""
    publisher = _publisher(imported, store)
    before = _document(publisher)
    withdrawn = (imported.path / "seeds" / "a.txt").read_text("utf-8")
    (imported.path / "seeds" / "a.txt").unlink()
    take_in(NOW + HOUR)
    imported.write("a.txt", withdrawn)
    take_in(NOW + HOUR)

    after = _document(publisher, now=NOW + HOUR)

    assert (after.digest, after.coded, after.changed_at) == (before.digest, before.coded, before.changed_at)
    assert after.made_at > before.made_at


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("FEEDSVC_SITE__TITLE", "另一站"),
        ("FEEDSVC_SITE__BASE_URL", "https://elsewhere.example"),
        ("FEEDSVC_SITE__LANGUAGE", "zh-Hans-SG"),
        ("FEEDSVC_SITE__RIGHTS", "© 某人"),
        ("FEEDSVC_SITE__IMAGE", "https://elsewhere.example/logo.png"),
    ],
)
def test_a_changed_setting_shows_at_once(imported: Folder, store: Store, key: str, value: str) -> None:
    """A document shows the site's settings of now, although no entry changed."""
    before = _document(_publisher(imported, store)).body.decode()
    after = _document(_publisher(imported, store, **{key: value})).body.decode()

    assert value not in before
    assert value in after


def test_a_feeds_own_texts_are_shown(imported: Folder, store: Store, take_in: TakeIn) -> None:
    """Titles and descriptions of categories and feeds are the configuration's."""
    imported.configure(
        CONFIG + "categories: {手机: {title: 手机天地, description: 关于手机}}\n"
        "feeds: {tech: {title: 技术, categories: [手机]}, all: {title: 全部}}\n"
    )
    take_in()
    texts = [(one.channel.feed.title, one.channel.feed.description) for one in _publisher(imported, store).catalogue()]

    assert {("手机天地", "关于手机"), ("技术", "技术"), ("全部", "全部"), ("C/C++ - 测试站", "C/C++ - 测试站")} <= set(
        texts
    )


def test_a_window_of_the_configuration_is_kept(imported: Folder, store: Store) -> None:
    """A feed shows as many entries as its window says."""
    imported.configure(CONFIG + "feeds: {all: {window: {items: 2, hours: 0}}}\n")
    feed = _publisher(imported, store).find("all")
    assert feed is not None

    assert [entry.title for entry in _publisher(imported, store).entries(feed)] == ["丙", "甲"]


def test_a_category_has_a_window_of_its_own(imported: Folder, store: Store) -> None:
    """A window counts for a category's feed as for `all`."""
    imported.write("d.txt", seed("丁", categories="[手机]"))
    config = CONFIG + "categories: {手机: {window: {items: 1, hours: 0}}}\n"
    imported.configure(config)
    update(store, SANDBOX, imported.config().sources, catalogue(imported.config()), NOW)
    feed = _publisher(imported, store).find("手机")
    assert feed is not None

    assert [entry.title for entry in _publisher(imported, store).entries(feed)] == ["丁"]


@pytest.mark.parametrize("form", FORMATS)
def test_a_feed_has_a_language_of_its_own(imported: Folder, store: Store, form: Format) -> None:
    """A feed states its configured language; another feed states the site's."""
    imported.configure(CONFIG + "categories: {手机: {language: en-GB}}\n")
    publisher = _publisher(imported, store)
    found = [b"en-GB" in _document(publisher, slug, form).body for slug in ("手机", "all")]

    assert found == [True, False]


def _others(value: object) -> Iterator[object]:
    """Copies of a value that differ from it in one place: for a dataclass, in each field of it in turn."""
    if is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            for other in _others(getattr(value, one.name)):
                yield replace(value, **{one.name: other})
    else:
        yield UTC if isinstance(value, tzinfo) else (*value, "x") if isinstance(value, tuple) else f"{value}1"


def test_whatever_shapes_a_document_makes_it_anew(imported: Folder, store: Store) -> None:
    """A document is known by every setting of its site and its feed: none can be forgotten."""
    publisher = _publisher(imported, store)
    channel = publisher.channel(_feed(publisher, "手机"))
    others = [other for other in _others(channel) if isinstance(other, Channel)]
    digests = {made_with(one, "rss") for one in (channel, *others)}

    assert len(digests) == len(others) + 1 > 15
    assert made_with(channel, "atom") not in digests


def test_the_catalogue_counts_what_is_shown(imported: Folder, store: Store, take_in: TakeIn) -> None:
    """The catalogue names every feed, `all` first, with the number of its entries; withdrawn ones do not count."""
    (imported.path / "seeds" / "b.txt").unlink()
    take_in()
    counts = {one.channel.feed.slug: one.entries for one in _publisher(imported, store).catalogue()}

    assert list(counts.items()) == [("all", 2), ("手机", 1), ("C-C++", 1), ("新媒体", 1)]


def test_a_feed_keeps_its_identity_under_a_new_slug(imported: Folder, store: Store, take_in: TakeIn) -> None:
    """A category's feed has the same id whatever its slug, so that readers do not see a new feed."""
    before = _publisher(imported, store)
    imported.configure(CONFIG + "categories: {C/C++: {slug: cpp}}\n")
    take_in()
    ids = []
    for publisher, slug in ((before, "C-C++"), (_publisher(imported, store), "cpp")):
        feed = publisher.find(slug)
        assert feed is not None
        ids.append(publisher.channel(replace(feed, slug=slug)).id)

    assert ids[0] == ids[1]


def test_a_feed_without_entries_has_documents(imported: Folder, store: Store, take_in: TakeIn) -> None:
    """A configured category without any entry is an empty feed, the same at every time."""
    imported.configure(CONFIG + "categories: {空: {}}\n")
    take_in()
    documents = [_document(_publisher(imported, store), "空", form) for form in FORMATS]

    assert all(one.body and b"tag:example.org,2026:articles" not in one.body for one in documents)


TEXTS = "categories: {手机: {title: 手机, description: 一}}\nfeeds: {more: {sources: [articles], title: 更多}}\n"


@pytest.mark.parametrize(
    ("was", "becomes", "slug"),
    [("title: 手机", "title: 电话", "手机"), ("description: 一", "description: 二", "手机"), ("更多", "其他", "more")],
)
def test_a_text_of_a_feed_dates_its_page_and_the_lists(
    folder: Folder, store: Store, take_in: TakeIn, was: str, becomes: str, slug: str
) -> None:
    """After a restart with another text of a feed, the lists and its page have later dates and new ETags."""
    folder.configure(CONFIG + TEXTS)
    folder.write("a.txt", seed("一", categories="[手机]"))
    take_in(NOW)

    def restarted(now: datetime, **asked: str) -> list[tuple[int, str, datetime]]:
        web = client(folder, store, now)
        got = [web.get(path, headers=asked) for path in ("/", "/feeds.opml", f"/feeds/{slug}")]
        return [(one.status_code, one.headers["ETag"], one.last_modified or now) for one in got]

    first, again = restarted(NOW), restarted(NOW + HOUR)
    folder.configure(CONFIG + TEXTS.replace(was, becomes))
    changed, later = restarted(NOW + 2 * HOUR), restarted(NOW + 3 * HOUR)
    by_date = restarted(NOW + 3 * HOUR, **{"If-Modified-Since": f"{NOW:%a, %d %b %Y %H:%M:%S GMT}"})

    assert (again, later, by_date) == (first, changed, changed)
    assert [moment for _, _, moment in first + changed] == [NOW] * 3 + [NOW + 2 * HOUR] * 3
    assert all(old[1] != new[1] for old, new in zip(first, changed, strict=True))


def test_the_settings_of_pages_and_selections_date_them(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A switch that hides former words, or another selection of a feed, gives pages a later date."""
    more = "feeds: {more: {categories: [新媒体], title: 更多}}\n"
    folder.configure(CONFIG + more)
    folder.write("a.txt", seed("甲"))
    take_in(NOW)
    folder.write("a.txt", seed("乙"))
    take_in(NOW + HOUR)
    page = f"/articles/{article_id('tag:example.org,2026:articles/a.txt')}"
    before = {path: client(folder, store, NOW + 2 * HOUR).get(path) for path in ("/", page)}
    folder.configure(CONFIG + more.replace("新媒体", "无") + "web: {revisions: none}\n")
    take_in(NOW + 3 * HOUR)
    web = client(folder, store, NOW + 4 * HOUR)
    after = {
        path: web.get(path, headers={"If-Modified-Since": old.headers["Last-Modified"]}) for path, old in before.items()
    }

    assert [one.status_code for one in after.values()] == [200, 200]
    assert ("甲" in before[page].text, "甲" in after[page].text) == (True, False)


@pytest.mark.parametrize("becomes", ["categories: {手机: {title: 电话}}\n", "categories: {手机: {parent: 电脑}}\n"])
def test_the_first_text_or_parent_dates_the_lists(folder: Folder, store: Store, take_in: TakeIn, becomes: str) -> None:
    """A configuration without categories gets one. Lists change, and so do their dates."""
    folder.write("a.txt", seed("一", categories="[手机, 电脑]"))
    take_in(NOW)

    def restarted(now: datetime) -> list[tuple[str, datetime | None]]:
        web = client(folder, store, now)
        got = [web.get(path) for path in ("/", "/feeds.opml")]
        return [(one.headers["ETag"], one.last_modified) for one in got]

    first = restarted(NOW)
    folder.configure(CONFIG + becomes)
    changed = restarted(NOW + HOUR)

    assert [moment for _, moment in first + changed] == [NOW] * 2 + [NOW + HOUR] * 2
    assert all(old[0] != new[0] for old, new in zip(first, changed, strict=True))


def test_a_page_of_all_reads_no_documents(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """Pages ask for the date of `all`. For that, no compressed bytes are read, also where a feed is configured."""
    folder.configure(CONFIG + TEXTS)
    folder.write("a.txt", seed("一", categories="[手机]"))
    take_in()
    web = client(folder, store)
    web.get("/")
    statements: list[str] = []
    sa.event.listen(store.reader, "before_cursor_execute", lambda _, __, statement, *___: statements.append(statement))
    answers = [web.get(path).status_code for path in ("/feeds.opml", "/articles/nothing", "/feeds/all")]

    assert answers == [200, 404, 200]
    assert statements
    assert not [one for one in statements if "document.zstd" in one]


def test_the_order_of_a_configuration_dates_nothing(folder: Folder) -> None:
    """What lists show of feeds does not depend on the order in which the configuration names them."""
    ways = []
    for names in (("甲", "乙"), ("乙", "甲")):
        folder.configure(CONFIG + f"categories: {{{', '.join(f'{one}: {{title: {one}}}' for one in names)}}}\n")
        ways.append(folder.config().catalogue.listed("all"))

    assert ways[0] == ways[1] != ()


def test_the_catalogue_takes_as_many_statements_for_many_feeds(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A page of the catalogue reads all its feeds together, and neither contents nor documents."""
    folder.write("a.txt", seed("甲", categories="[手机]"))
    take_in()
    statements: list[str] = []
    sa.event.listen(store.reader, "before_cursor_execute", lambda _, __, statement, *___: statements.append(statement))
    cards.cards(_publisher(folder, store), "", 1)
    few = len(statements)
    folder.write("b.txt", seed("乙", categories=str([f"分类{number}" for number in range(40)])))
    take_in(NOW + HOUR)
    statements.clear()
    found = cards.cards(_publisher(folder, store), "", 1).cards

    assert (len(statements), len(found)) == (few, 42)
    assert {one.facts.newest.title for one in found if one.facts.newest} == {"甲", "乙"}
    assert not [one for one in statements if "content" in one or "gzip" in one]


def test_a_list_has_the_entries_of_the_window(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A list without contents ends where the document does, also by the bytes of the contents that it does not read."""
    for number in range(5):
        folder.write(f"{number}.txt", seed(f"第{number}篇", f"<p>{'文' * 100}</p>", date=f"2026-01-0{number + 1}"))
    take_in()
    window = Window(hours=0, max_bytes=1000)
    with store.read() as db:
        document, listed = (read(db, 1, window) for read in (windows.select_window, teasers.in_window))
        few = teasers.in_window(db, 1, window, most=2)

    assert [one.title for one in listed] == [one.title for one in document] == ["第4篇", "第3篇", "第2篇"]
    assert few == listed[:2]


def test_a_feed_can_have_the_order_of_arrival(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """Then an old article that comes late stands on top, in documents, archives, views and lists, and nowhere else."""
    ordered = "window: {items: 2, hours: 0}, order: arrival"
    folder.configure(CONFIG + f"feeds: {{all: {{{ordered}}}, late: {{categories: [新媒体], {ordered}}}}}\n")
    for number in (1, 2, 3):
        folder.write(f"{number}.txt", seed(f"第{number}篇", date=f"2026-01-0{number}"))
    take_in()
    folder.write("0.txt", seed("旧闻", date="2020-01-01"))
    take_in(NOW + HOUR)
    web = client(folder, store, NOW + HOUR)

    def titles(address: str) -> list[str]:
        return [one["title"] for one in web.get(address).json["items"]]  # type: ignore[index]  # of JSON Feed

    for slug in ("all", "late"):
        assert titles(f"/feeds/{slug}.json") == ["旧闻", "第3篇"]
        assert titles(f"/feeds/{slug}.json?limit=3") == ["旧闻", "第3篇", "第2篇"]
        assert titles(f"/feeds/{slug}/archive/2.json") == ["旧闻", "第3篇"]
        shown = lxml.html.document_fromstring(web.get(f"/feeds/{slug}").text)
        assert shown.xpath("//section[@class='entry']/h3/a/text()") == ["旧闻", "第3篇"]
        assert "最近更新：2026-01-03" in str(shown.xpath("string()"))
    assert titles("/feeds/%E6%96%B0%E5%AA%92%E4%BD%93.json") == ["第3篇", "第2篇", "第1篇", "旧闻"]


def test_a_category_stands_below_its_parent(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """The catalogue and its OPML show the tree of categories that the configuration states, also for a search."""
    folder.configure(CONFIG + "categories: {安卓: {parent: 手机}, 平板: {parent: 安卓}, 孤: {parent: 没有}}\n")
    folder.write("a.txt", seed(categories="[平板, 安卓, 车, 手机, 孤]"))
    take_in()
    publisher = _publisher(folder, store)

    def names(branches: Sequence[Branch[cards.Card]]) -> list[object]:
        return [[one.node.channel.category, *names(one.children)] for one in branches]

    found = cards.cards(publisher, "", 1)
    searched = cards.cards(publisher, "平板", 1).cards
    assert names(found.tree) == [[None], ["孤"], ["车"], ["手机", ["安卓", ["平板"]]]]
    assert [one.channel.category for one in found.cards] == [None, "孤", "车", "手机", "安卓", "平板"]
    assert [(one.channel.category, one.parent and one.parent.category) for one in searched] == [("平板", "安卓")]
    assert [one.folder for one in parse_opml(publisher.opml() or b"")[0]][-3:] == [
        "手机", "安卓", "安卓",
    ]  # fmt: skip
