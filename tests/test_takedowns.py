"""Take-downs: what an operator withdraws for good is nowhere any more, and does not come back."""

import gzip
import itertools
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import brotli
import pytest
import sqlalchemy as sa
from flask import Flask

from feedsvc.cli.erasing import take_down
from feedsvc.identity import article_id
from feedsvc.merge.blocks import pattern_of, target_of
from feedsvc.model import FORMATS, Format
from feedsvc.publish import Publisher
from feedsvc.sanitize.policy import POLICY_VERSION
from feedsvc.store import Connection, Store, archives, documents, entries, outdated, sources, takedowns, term_index
from feedsvc.store.erasing import vacuum
from feedsvc.store.schema import document, entry, feed, metadata, revision, seed_file, source, story
from feedsvc.update import Report, update
from feedsvc.update.indexing import fill
from feedsvc.web import create_app
from tests.conftest import CONFIG, NOW, SANDBOX, Folder, catalogue, feedsvc, seed
from tests.data.codings import zstd
from tests.data.feeds import Article, articles, rss
from tests.data.upstream import Upstream, answer, serving
from tests.test_upstreams import NEWS, Polls

TakeIn = Callable[..., Report]
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
GUID = "tag:example.org,2026:articles/secret.txt"
PAGE = f"/articles/{article_id(GUID)}"

#: Pages of two entries.
OF_TWO = CONFIG + "feeds: {all: {window: {items: 2, hours: 0}}}\n"

#: The command works on the database of the folder.
ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

#: Words of the piece that is taken down, in each of its parts. None of them is in its guid.
WORDS = (
    "绝密标题",
    "绝密正文",
    "绝密旧题",
    "绝密初稿",
    "绝密摘要",
    "绝密作者",
    "secret-page",
    "secret-picture",
    "secret-file",
)

#: The way from stored bytes to text.
UNPACK: tuple[Callable[[bytes], bytes], ...] = (gzip.decompress, zlib.decompress, brotli.decompress, zstd.decompress)


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """A server on loopback."""
    with serving() as one:
        yield one


@pytest.fixture
def poll(folder: Folder, store: Store) -> Polls:
    """Polls at a time that the test says."""
    return Polls(folder, store)


def secret(body: str = "绝密正文", title: str = "绝密标题", **fields: str) -> str:
    """The seed of the piece that is taken down."""
    about = {
        "link": "https://news.example/secret-page.htm", "author": "绝密作者", "date": "2026-10-29 20:00",
        "cover": "https://img.example/secret-picture.png", "excerpt": "绝密摘要",
    }  # fmt: skip
    text = f"<p>{body}</p><p><a href='https://files.example/secret-file.zip'>x</a></p>"
    return seed(title, text, **(about | fields))


def erase(folder: Folder, store: Store, *texts: str, is_pattern: bool = False, reason: str | None = None) -> None:
    """Take down what these texts name, as the command does."""
    config = folder.config()
    made = [pattern_of(one) if is_pattern else target_of(one, config.site.base_url) for one in texts]
    take_down(config, store, [one for one in made if one], reason, NOW + 2 * HOUR)
    vacuum(store)


def titles(store: Store) -> list[str]:
    """The titles of all stored entries that are shown."""
    with store.read() as db:
        return sorted(db.scalars(sa.select(entry.c.title).where(entry.c.is_shown)))


def rows(store: Store) -> list[tuple[Any, ...]]:
    """All rows of all tables."""
    with store.read() as db:
        return [tuple(row) for table in metadata.sorted_tables for row in db.execute(sa.select(table))]


def held(store: Store) -> bytes:
    """Everything that the database holds, unpacked; of SQLite, the bytes of its files as well."""
    found = [_plain(value) for row in rows(store) for value in row]
    if store.path is not None:
        found += [one.read_bytes() for one in store.path.parent.iterdir() if one.is_file()]
    return b"\n".join(found)


def _plain(value: Any) -> bytes:
    if not isinstance(value, bytes):
        return (json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)).encode()
    for unpack in UNPACK:
        try:
            return unpack(value)
        except Exception:  # noqa: S112 - of another coding, which the next one is
            continue
    return value


def packed(store: Store, word: str) -> list[bytes]:
    """The stored bytes that hold a word in a compressed form."""
    values = [value for row in rows(store) for value in row if isinstance(value, bytes)]
    return [value for value in values if word.encode() in _plain(value)]


def site(folder: Folder, store: Store) -> Flask:
    """The application. Each look at its clock takes a minute, so that nobody asks too often for views."""
    minutes = itertools.count()
    return create_app(folder.config(), store, lambda: NOW + 3 * HOUR + next(minutes) * HOUR / 60)


#: Ways to ask for a feed.
VIEWS = ("?limit=20", "?after=0-0", "?brief=100", "?mode=full", "?mode=summary", "?since=2026-01-01", "?sorted=true")


def everything(app: Flask) -> dict[str, tuple[int, bytes, str | None]]:
    """What each address answers: status, bytes, ETag. A browser opens the documents as well."""
    app.extensions["feedsvc.changes"].look()
    client = app.test_client()
    paths = ["/", "/?q=新媒体", "/feeds.opml", PAGE, f"/articles/{article_id(GUID.replace('secret', '5'))}"]
    for slug in ("all", "新媒体", "机密"):
        paths += [f"/feeds/{slug}", f"/feeds/{slug}/embed", f"/embed/{slug}", f"/embed/{slug}?items=50&images=1"]
        paths += [f"/feeds/{slug}/archive/{number}" for number in range(1, 4)]
        for form in FORMATS:
            paths += [f"/feeds/{slug}.{form}{query}" for query in ("", *VIEWS)]
            paths += [f"/feeds/{slug}/archive/{number}.{form}" for number in range(1, 4)]
    got = {path: client.get(path) for path in paths}
    opened = {"Sec-Fetch-Dest": "document", "Accept": "text/html"}
    got |= {f"{path} opened": client.get(path, headers=opened) for path in paths if path.endswith((".rss", ".atom"))}
    return {path: (one.status_code, one.data, one.headers.get("ETag")) for path, one in got.items()}


#: The piece is the newest of a category, so that the catalogue shows its title.
OWN = "[新媒体, 机密]"


@pytest.fixture
def imported(folder: Folder, take_in: TakeIn) -> Folder:
    """Five pieces, of which the second is the secret one, edited once, with closed pages of the archive."""
    folder.configure(OF_TWO)
    for number in (1, 3, 4, 5):
        folder.write(f"{number}.txt", seed(f"第{number}篇", date=f"2026-10-{28 + number % 3:02}"))
    # So long that the edit leaves free pages of SQLite with its words.
    folder.write("secret.txt", secret("绝密初稿" * 4_000, title="绝密旧题", categories=OWN))
    take_in()
    folder.write("secret.txt", secret(categories=OWN))
    take_in(NOW + HOUR)
    return folder


# --- complete --------------------------------------------------------------------------------------------------------


def test_nothing_of_it_is_left(imported: Folder, store: Store) -> None:
    """No address shows a word of it, and the database holds none, not even in bytes of deleted rows."""
    app = site(imported, store)
    before = everything(app)
    with store.read() as db:
        assert archives.bounds(db, 1, 2)
        assert db.scalars(sa.select(revision.c.title)).all() == ["绝密旧题"]
        assert zlib.decompress(db.scalars(sa.select(revision.c.text)).one()).startswith("绝密初稿".encode())
    compressed = [value for word in ("绝密正文", "绝密初稿") for value in packed(store, word)]
    assert all(f"[−{word}".encode() in before[PAGE][1] for word in ("旧", "绝密初稿"))
    assert {word for word in WORDS if word.encode() not in held(store)} == set()
    shown = {path for path, one in before.items() if "绝密".encode() in one[1]}
    assert shown >= {PAGE, "/", "/feeds/all", "/embed/all?items=50&images=1", "/feeds/all.rss opened"}
    assert shown >= {f"/feeds/all.json{query}" for query in VIEWS}
    erase(imported, store, GUID)
    vacuum(store)

    after, kept = everything(app), held(store)
    assert [(path, word) for path, one in after.items() for word in WORDS if word.encode() in one[1]] == []
    assert [word for word in WORDS if word.encode() in kept] == []
    if store.path is not None:
        with closing(sqlite3.connect(store.path)) as file:
            assert file.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert len(compressed) > 4
    assert [value for value in compressed if value in kept] == []
    assert titles(store) == ["第1篇", "第3篇", "第4篇", "第5篇"]


def test_nothing_of_it_is_left_in_the_index(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """The index is as that of a database that never had the piece: on SQLite, byte for byte."""
    for number in (1, 3):
        folder.write(f"{number}.txt", seed(f"第{number}篇"))
    for draft in ("绝密旧稿", "绝密初稿", "绝密正文"):
        folder.write("secret.txt", secret(draft * 400))
        take_in()
        assert fill(store, lambda: False)
    erase(folder, store, GUID)
    with store.write() as db:
        before = _index(db)
        term_index._clear(db)
        db.exec_driver_sql("INSERT INTO unindexed SELECT id FROM entry")
    fill(store, lambda: False)
    vacuum(store)
    with store.read() as db:
        assert (_index(db), len(before)) == (before, 1 if store.path else 2)


def _index(db: Connection) -> list[Any]:
    """All that the index holds, but what FTS5 notes about its parts (rows 1 and 10)."""
    if db.dialect.name == "sqlite":
        return list(db.scalars(sa.text("SELECT block FROM entry_terms_data WHERE id > 10 ORDER BY id")))
    return [tuple(row) for row in db.execute(sa.text("SELECT entry_id, terms FROM entry_terms ORDER BY entry_id"))]


def _after(body: bytes) -> str:
    return str(json.loads(body)["_feedsvc"]["after"])


def test_readers_are_told(imported: Folder, store: Store) -> None:
    """The page of the article answers 410, and a reader that follows changes learns that the entry is gone."""
    app = site(imported, store)
    client = app.test_client()
    slugs = ("all", "新媒体")
    cursors = {slug: _after(client.get(f"/feeds/{slug}.json?after=0-0").data) for slug in slugs}
    erase(imported, store, GUID)
    app.extensions["feedsvc.changes"].look()

    assert client.get(PAGE).status_code == 410
    for slug, cursor in cursors.items():
        said = json.loads(client.get(f"/feeds/{slug}.json?after={cursor}").data)
        assert said["items"] == []
        assert GUID in json.dumps(said["_feedsvc"])
    assert GUID.encode() in client.get(f"/feeds/all.atom?after={cursors['all']}").data


@pytest.mark.parametrize("form", FORMATS)
def test_other_pages_of_the_archive_stay(imported: Folder, store: Store, form: Format) -> None:
    """A closed page without the entry keeps its bytes, its ETag and its stored form."""
    app = site(imported, store)
    before = everything(app)
    of = {f"/feeds/all/archive/{number}.{form}" for number in (1, 2)}
    (changed,) = [path for path in of if "绝密".encode() in before[path][1]]
    (same,) = of - {changed}
    erase(imported, store, GUID)
    with store.read() as db:
        feed_id = sa.select(feed.c.id).where(feed.c.slug == "all").scalar_subquery()
        kept = sa.select(document.c.page).where(document.c.feed_id == feed_id, document.c.gzip.is_not(None))
        stored = set(db.scalars(kept.where(document.c.format == form)))
    after = everything(app)

    assert {path for path in of if int(path.removesuffix(f".{form}")[-1]) in stored} == {same}
    assert after[same] == before[same]
    assert after[changed][0] == 200
    assert after[changed][1:] != before[changed][1:]


def test_a_document_that_was_read_before_is_not_saved(imported: Folder, store: Store) -> None:
    """A process that made a document of the former content does not bring that content back into the database."""
    publisher = Publisher(store=store, configured=imported.config().catalogue)
    everything(site(imported, store))
    found = publisher.find("all")
    assert found
    with store.read() as db:
        late = [documents.load(db, found.id, "rss", page) for page in (0, 1, 2)]
    erase(imported, store, GUID)
    saved = publisher._save([(found.id, one) for one in late if one])

    assert [bool(one.coded) for one in saved] == [True, True, True]
    assert "绝密标题".encode() in b"".join(one.document.body for one in late if one)
    assert "绝密标题".encode() not in held(store)


def test_a_page_that_the_entry_left_holds_it_no_more(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """An entry that left a feed and came back later is erased from the page that it was on at first as well."""
    folder.configure(OF_TWO + "categories: {新媒体: {window: {items: 2, hours: 0}}}\n")
    for number in (1, 2):
        folder.write(f"{number}.txt", seed(f"第{number}篇", date=f"2026-10-0{number}"))
    folder.write("secret.txt", secret(date="2026-09-01"))
    take_in()
    app = site(folder, store)
    everything(app)
    for number, categories in enumerate(("[别的]", "[新媒体]"), 1):
        folder.write("secret.txt", secret(categories=categories))
        take_in(NOW + number * HOUR)
    erase(folder, store, GUID)

    assert [word for word in WORDS if word.encode() in held(store)] == []


def test_a_waiting_entry_leaves_nothing(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """An entry that was in no feed yet is erased together with its story."""
    folder.write("secret.txt", secret(date="2027-01-01"))
    take_in()
    erase(folder, store, GUID)

    with store.read() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(story)) == 0
    take_in(NOW + 60 * DAY)
    assert [word for word in WORDS if word.encode() in held(store)] == []


# --- it does not come back -------------------------------------------------------------------------------------------


def _forget_source(store: Store) -> None:
    """As if the rows of the source had been deleted by hand."""
    with store.write() as db:
        db.execute(sa.delete(seed_file))
        db.execute(sa.update(source).values(settings=None, name="former"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("secret.txt", secret()),
        ("secret.txt", secret("另一段绝密正文")),
        ("secret.txt", secret(title="绝密标题改")),
        ("renamed.txt", secret()),
        ("renamed.txt", secret("另一段绝密正文", title="绝密标题改")),
        ("renamed.txt", secret(link="http://www.news.example/secret-page.htm/?utm_source=x")),
        ("renamed.txt", secret("另一段绝密正文", link="")),
        ("renamed.txt", secret("另一段绝密正文", link="", title="另一绝密标题", guid=GUID)),
    ],
)
@pytest.mark.parametrize("is_forgotten", [False, True], ids=["known", "forgotten"])
def test_a_seed_does_not_come_back(
    imported: Folder, store: Store, take_in: TakeIn, name: str, text: str, *, is_forgotten: bool
) -> None:
    """Edited, renamed or imported anew, the seed stays out, and one line says so."""
    erase(imported, store, "https://news.example/secret-page.htm")
    if is_forgotten:
        _forget_source(store)
    (imported.path / "seeds" / "secret.txt").unlink()
    imported.write(name, text)
    report = take_in(NOW + 3 * HOUR)

    assert [one for one in titles(store) if "绝密" in one] == []
    assert [word for word in WORDS[:6] if word.encode() in held(store).replace(b"https://news.example", b"")] in (
        [], ["secret-page"]  # the operator's own words
    )  # fmt: skip
    assert report.problems == ()
    with store.read() as db:
        assert takedowns.counted(db) == {"articles": 1}
    assert take_in(NOW + 4 * HOUR).counts == {}


def test_the_same_seed_in_another_source(imported: Folder, store: Store) -> None:
    """A source of another name with the same file gives nothing of it."""
    erase(imported, store, GUID)
    imported.configure(CONFIG.replace("articles:", "others:"))
    config = imported.config()
    (report,) = update(store, SANDBOX, config.sources, catalogue(config), NOW + 3 * HOUR)

    assert report.counts["blocked"] == 1
    assert "绝密标题" not in titles(store)


@pytest.mark.parametrize("is_first", [False, True], ids=["after", "before"])
def test_a_deleted_seed_leaves_no_row(imported: Folder, store: Store, take_in: TakeIn, *, is_first: bool) -> None:
    """When the operator deletes the file, before or after the take-down, its row goes as well."""
    if is_first:
        (imported.path / "seeds" / "secret.txt").unlink()
        take_in(NOW + HOUR)
    erase(imported, store, GUID)
    (imported.path / "seeds" / "secret.txt").unlink(missing_ok=True)
    report = take_in(NOW + 3 * HOUR)

    with store.read() as db:
        assert "secret.txt" not in set(db.scalars(sa.select(seed_file.c.path)))
        assert takedowns.counted(db) == {}
    assert (report.counts["withdrawn"], report.problems) == (0, ())


def test_an_upstream_does_not_bring_it_back(poll: Polls, upstream: Upstream, folder: Folder, store: Store) -> None:
    """The next polls take in the other items, whether the item is as it was, edited, or has another guid."""
    some = articles(6)
    gone = some[2]
    upstream.answers["/feed"] = answer(rss(some))
    poll.configure(NEWS, upstream)
    assert poll.counts() == {"new": 6}
    erase(folder, store, gone.link)
    text = rss(some)
    answers = [
        text.replace("<channel>", "<channel><!-- again -->"),
        text.replace(gone.teaser, "<p>另一段话，和从前不同。</p>").replace(gone.title, "另一标题"),
        text.replace(f"<guid>{gone.link}", "<guid>urn:another"),
        text.replace(f"<link>{gone.link}", f"<link>{gone.link}?utm_source=rss"),
        text,
        # The item has the mark that it had at the poll before, so it is not parsed.
        rss([*articles(1, 1_500_006), *some]),
    ]
    for body in answers:
        upstream.answers["/feed"] = answer(body)
        (taken,) = poll.run(12 * HOUR)

        assert taken.error is None
        assert gone.title not in [title for title, _, _ in poll.entries()]
        assert len(poll.entries()) in {5, 6}
    with store.read() as db:
        assert takedowns.counted(db) == {"news": 1}
        assert sources.states(db, poll.now)["news"].blocked == 1


def test_the_link_as_the_upstream_wrote_it(poll: Polls, upstream: Upstream, folder: Folder, store: Store) -> None:
    """A link with tracking, through a jump, with another scheme or without one names the entry."""
    some = articles(4)
    upstream.answers["/feed"] = answer(rss(some))
    poll.configure(NEWS, upstream)
    poll.run()
    jump = f"https://link.zhihu.com/?target={some[1].link}"
    bare = some[3].link.removeprefix("https://www.")
    erase(folder, store, f"{some[0].link}?utm_source=x", jump, some[2].link.replace("https:", "http:"), bare)

    assert poll.entries() == []


def test_what_is_not_there_yet_is_blocked(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A take-down of what is not stored blocks it when it comes."""
    erase(folder, store, GUID, "https://news.example/other.htm", f"/articles/{article_id('urn:x:third')}")
    folder.write("secret.txt", secret())
    folder.write("2.txt", seed("第二", link="https://www.news.example/other.htm?spm=1"))
    folder.write("3.txt", seed("第三", guid="urn:x:third"))
    folder.write("4.txt", seed("第四"))
    report = take_in()

    assert (report.counts["new"], report.counts["blocked"]) == (1, 3)
    assert titles(store) == ["第四"]


def test_a_new_policy_brings_nothing_back(imported: Folder, store: Store) -> None:
    """There is nothing that could be sanitised again."""
    erase(imported, store, GUID)

    with store.read() as db:
        assert outdated.count(db, POLICY_VERSION + 1) == 4
        assert [one for one in outdated.after(db, 0, 10, POLICY_VERSION + 1) if "绝密" in one.raw.title] == []


# --- stories of several sources --------------------------------------------------------------------------------------

TWO = NEWS + NEWS.replace("news:", "mirror:").replace("/feed", "/mirror")


def _mirror(some: list[Article]) -> list[Article]:
    return [Article(number=one.number, section="copy", host="https://mirror.example") for one in some]


def test_another_member_is_shown(poll: Polls, upstream: Upstream, folder: Folder, store: Store) -> None:
    """Of a story of two sources, the entry that is left is shown under the guid of the story, with its own link."""
    some = articles(3)
    copies = _mirror(some)
    upstream.answers["/feed"], upstream.answers["/mirror"] = answer(rss(some)), answer(rss(copies))
    poll.configure(TWO, upstream)
    poll.run()
    former = {guid: link for _, guid, link in poll.entries()}
    assert len(former) == 3
    taken = some[1].link if some[1].link in former else copies[1].link
    (left,) = {some[1].link, copies[1].link} - {taken}
    erase(folder, store, taken)

    assert {guid: link for _, guid, link in poll.entries()} == former | {taken: left}
    with store.read() as db:
        assert taken not in {link for link in db.scalars(sa.select(story.c.link)) if link}
    erase(folder, store, left)
    assert len(poll.entries()) == 2
    assert [one for one in poll.documents() if some[1].title.encode() in one] == []


def test_a_story_forgets_the_former_link_of_its_first_member(
    poll: Polls, upstream: Upstream, folder: Folder, store: Store
) -> None:
    """A story shows the link with which it began. With the first member, that link goes as well."""
    some = articles(1)
    moved = [Article(number=one.number, section="moved", host="https://mirror.example") for one in some]
    upstream.answers["/feed"], upstream.answers["/mirror"] = answer(rss(some)), answer(rss(_mirror(some)))
    poll.configure(TWO, upstream)
    poll.run()
    upstream.answers["/mirror"] = answer(rss(moved))
    poll.run(12 * HOUR)
    assert [link for _, _, link in poll.entries()] == [_mirror(some)[0].link]
    erase(folder, store, moved[0].link)

    assert [link for _, _, link in poll.entries()] == [some[0].link]


def test_the_link_that_a_story_shows(poll: Polls, upstream: Upstream, folder: Folder, store: Store) -> None:
    """A link that no entry has any more, and that a story shows, names all members of the story."""
    some = articles(2)
    moved = [Article(number=one.number, section="moved", host="https://mirror.example") for one in some]
    upstream.answers["/feed"] = answer(rss(some))
    upstream.answers["/mirror"] = answer(rss(_mirror(some)).replace("<guid>", "<guid>m "))
    poll.configure(TWO, upstream)
    poll.run()
    upstream.answers["/mirror"] = answer(rss(moved).replace("<guid>", "<guid>m "))
    poll.run(12 * HOUR)
    shown = {title: link for title, _, link in poll.entries()}
    assert shown[some[0].title] == _mirror(some)[0].link
    erase(folder, store, _mirror(some)[0].link)

    assert [title for title, _, _ in poll.entries()] == [some[1].title]


def test_the_page_of_an_article_names_all_members(
    poll: Polls, upstream: Upstream, folder: Folder, store: Store
) -> None:
    """The address of the page here takes down the whole story."""
    some = articles(2)
    upstream.answers["/feed"], upstream.answers["/mirror"] = answer(rss(some)), answer(rss(_mirror(some)))
    poll.configure(TWO, upstream)
    poll.run()
    guid = next(guid for title, guid, _ in poll.entries() if title == some[0].title)
    erase(folder, store, f"https://feeds.example.org/articles/{article_id(guid)}")

    assert [title for title, _, _ in poll.entries()] == [some[1].title]
    with store.read() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(entry)) == 2
        assert entries.by_article(db, article_id(guid)) == (None, True)


def test_another_source_with_the_page_of_it(poll: Polls, upstream: Upstream, folder: Folder, store: Store) -> None:
    """An entry of another source with the same page is taken down as well, and one that comes later is blocked."""
    some = articles(3)
    same = rss(some).replace("<guid>", "<guid>mirror ")
    upstream.answers["/feed"], upstream.answers["/mirror"] = answer(rss(some)), answer(b"", 503)
    poll.configure(TWO, upstream)
    poll.run()
    erase(folder, store, some[0].link)
    upstream.answers["/mirror"] = answer(same)
    poll.run(12 * HOUR)
    with store.read() as db:
        names = db.execute(sa.select(source.c.name, sa.func.count()).join(entry).group_by(source.c.name)).all()

    assert sorted(tuple(row) for row in names) == [("mirror", 2), ("news", 2)]
    erase(folder, store, f"mirror {some[1].link}")
    with store.read() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(entry)) == 2


# --- what is taken down ----------------------------------------------------------------------------------------------


def test_a_pattern(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A pattern takes down all entries whose link or guid it fits, now and later."""
    for number in (1, 2):
        folder.write(f"{number}.txt", seed(f"第{number}篇", link=f"https://a.example/old/{number}.htm"))
    folder.write("3.txt", seed("第3篇", link="https://a.example/new/3.htm"))
    take_in()
    erase(folder, store, "http://www.a.example/old/*", "*articles/no*.txt", is_pattern=True)
    folder.write("4.txt", seed("第4篇", link="https://a.example/old/4.htm"))
    folder.write("note.txt", seed("第5篇"))
    folder.write("6.txt", seed("第6篇"))
    take_in(NOW + 3 * HOUR)

    assert titles(store) == ["第3篇", "第6篇"]


def test_a_shared_page_takes_nothing_else_down(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A page that several entries of a source have is no sign: only the named entry goes, and only this one."""
    for number in (1, 2, 3):
        folder.write(f"{number}.txt", seed(f"第{number}集", f"<p>{number}</p>", link="https://a.example/programme"))
    take_in()
    erase(folder, store, "tag:example.org,2026:articles/2.txt")
    folder.write("4.txt", seed("第4集", link="https://a.example/programme"))
    take_in(NOW + 3 * HOUR)

    assert titles(store) == ["第1集", "第3集", "第4集"]


def test_undo(imported: Folder, store: Store, take_in: TakeIn) -> None:
    """After an undo, the next update takes the piece in again, under its guid and on its page."""
    erase(imported, store, GUID, reason="一封信")
    take_in(NOW + 3 * HOUR)
    with store.write() as db:
        (listed,) = takedowns.listed(db)
        done = takedowns.undo(db, listed.id)
    assert done == listed
    assert (listed.kind, listed.target, listed.reason, listed.erased) == ("guid", GUID, "一封信", 1)
    app = site(imported, store)
    app.extensions["feedsvc.changes"].look()
    assert app.test_client().get(PAGE).status_code == 410
    take_in(NOW + 4 * HOUR)
    app.extensions["feedsvc.changes"].look()

    assert "绝密标题" in titles(store)
    assert app.test_client().get(PAGE).status_code == 200
    assert GUID in app.test_client().get("/feeds/all.rss").text
    with store.read() as db:
        assert (takedowns.listed(db), takedowns.counted(db)) == ([], {})


def test_undo_for_an_upstream(poll: Polls, upstream: Upstream, folder: Folder, store: Store) -> None:
    """After an undo, the next poll takes the item in again, although the answer is as before."""
    some = articles(3)
    upstream.answers["/feed"] = answer(rss(some), etag='"1"')
    poll.configure(NEWS, upstream)
    poll.run()
    before = poll.entries()
    erase(folder, store, some[0].link)
    poll.run(12 * HOUR)
    assert poll.entries() == before[1:]
    with store.write() as db:
        takedowns.undo(db, takedowns.listed(db)[0].id)
    poll.run(12 * HOUR)

    assert poll.entries() == before


def test_a_second_take_down_is_the_same(imported: Folder, store: Store) -> None:
    """The same target again keeps its number, and a new reason replaces the former one."""
    erase(imported, store, GUID)
    erase(imported, store, GUID, reason="新的理由")

    with store.read() as db:
        assert [(one.erased, one.reason) for one in takedowns.listed(db)] == [(1, "新的理由")]


# --- the command -----------------------------------------------------------------------------------------------------


def _run(folder: Folder, *arguments: str) -> tuple[int, str]:
    ended = feedsvc(folder, *arguments)
    return ended.returncode, ended.stdout + ended.stderr


@ON_SQLITE
def test_a_dry_run_changes_nothing(imported: Folder, store: Store) -> None:
    """A dry run prints title, guid, source and feeds of what it finds, and changes nothing."""
    before = rows(store)
    code, said = _run(imported, "takedown", PAGE, "--dry-run")

    assert (code, said) == (0, f"绝密标题 ({GUID}), of source articles, in all, 新媒体, 机密\n")
    assert rows(store) == before


@ON_SQLITE
def test_a_file_names_its_entry(imported: Folder) -> None:
    """The path of a seed file means its entry, as in `explain`. A file without an entry is refused."""
    (imported.path / "new.txt").write_text("新", "utf-8")
    for path in ("secret.txt", "articles/secret.txt", str(imported.path / "seeds" / "secret.txt")):
        code, said = _run(imported, "takedown", path, "--dry-run")
        assert (code, f"({GUID})" in said) == (0, True)

    code, said = _run(imported, "takedown", str(imported.path / "new.txt"), "--yes")
    assert (code, "no entry of this file is stored" in said) == (1, True)


@ON_SQLITE
def test_former_forms_alone_are_erased(imported: Folder, store: Store) -> None:
    """`--former` erases the words of former forms, also from the bytes of the database. The piece stays."""
    code, said = _run(imported, "takedown", PAGE, "--former", "--yes")
    shown = site(imported, store).test_client().get(PAGE)

    assert (code, said.splitlines()[1:]) == (0, ["1 former form erased"])
    assert (shown.status_code, "绝密标题" in shown.text, "绝密旧题" in shown.text) == (200, True, False)
    assert "绝密旧题".encode() not in b"".join(file.read_bytes() for file in (imported.path / "data").glob("*sqlite3*"))


@ON_SQLITE
def test_the_command_says_what_it_does(imported: Folder) -> None:
    """The command erases, lists and undoes. `check`, `update` and `sources` count what is blocked."""
    code, said = _run(imported, "takedown", GUID, "urn:x:nothing", "--yes", "--reason", "一封信")
    assert code == 0
    assert said.splitlines()[1:] == [
        "urn:x:nothing: nothing of it is stored; a take-down blocks it if it comes",
        f"take-down 1: {GUID}: 1 entry erased", "take-down 2: urn:x:nothing: 0 entries erased",
    ]  # fmt: skip
    told = [_run(imported, command)[1] for command in ("update", "check", "sources")]
    assert ["1 blocked by a take-down" in one for one in told] == [True, True, True]
    listed = _run(imported, "takedown", "--list")[1].splitlines()
    assert listed[0].endswith(f"  guid {GUID}, 1 entry erased: 一封信")
    assert _run(imported, "takedown", "--undo", "1")[0] == 0
    assert _run(imported, "takedown", "--undo", "1") == (
        1, "feedsvc: there is no take-down 1; see: feedsvc takedown --list\n"
    )  # fmt: skip
    assert "1 new" in _run(imported, "update")[1]


@ON_SQLITE
@pytest.mark.parametrize("pattern", ["*", "http*", "https://*", "tag:*", "*a*b*"])
def test_a_pattern_for_nearly_everything_is_refused(imported: Folder, pattern: str) -> None:
    """A slip of the keyboard must not erase a whole site."""
    code, said = _run(imported, "takedown", "--pattern", pattern, "--yes")

    assert (code, said.count("\n")) == (1, 1)
    assert _run(imported, "takedown", "--list")[1] == "nothing was taken down\n"


@ON_SQLITE
def test_the_command_wants_one_thing(imported: Folder) -> None:
    """Without a target, and with a target beside --list, the command line cannot be meant."""
    lines = ((), (GUID, "--list"), ("--list", "--undo", "1"))

    assert [_run(imported, "takedown", *more)[0] for more in lines] == [2, 2, 2]
