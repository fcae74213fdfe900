"""The hot layer: known addresses are answered from memory, and never after they changed."""

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
import sqlalchemy as sa
from flask import Flask

from feedsvc.identity import article_id
from feedsvc.publish import Publisher
from feedsvc.store import Store, open_store
from feedsvc.store.schema import document
from feedsvc.update import Report
from feedsvc.web import create_app
from feedsvc.web.hot import HotLayer
from tests.conftest import CONFIG, NOW, Folder, seed
from tests.data.samples import TAG

TakeIn = Callable[..., Report]
RSS = "/feeds/all.rss"

#: The database is a file there, and has one lock.
ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("database", ["postgresql"], indirect=True)

Wait = Callable[[Callable[[], bool]], bool]


@dataclass(slots=True)
class Got:
    """An answer."""

    status: int
    fields: dict[str, str]
    body: bytes
    #: Whether Flask was asked.
    was_asked: bool


@dataclass(slots=True)
class Site:
    """The application as a WSGI server sees it, with a count of the requests that come to Flask."""

    app: Flask
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        layer = self.layer
        inner = layer.app

        def counted(environ: dict[str, Any], start: Any) -> Any:
            self.asked.append(environ["PATH_INFO"])
            return inner(environ, start)

        layer.app = counted

    @property
    def layer(self) -> HotLayer:
        """The hot layer."""
        layer = self.app.wsgi_app
        assert isinstance(layer, HotLayer)
        return layer

    def get(self, path: str = RSS, method: str = "GET", *, is_looking: bool = True, **fields: str) -> Got:
        """Ask. By default the site looks for changes before, as it does a few times a second."""
        if is_looking:
            self.app.extensions["feedsvc.changes"].look()
        environ: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path.encode().decode("latin-1")}
        environ["PATH_INFO"], _, environ["QUERY_STRING"] = environ["PATH_INFO"].partition("?")
        environ |= {f"HTTP_{name.upper()}": value for name, value in fields.items()}
        setup_testing_defaults(environ)
        said: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Any:
            said[:] = [int(status[:3]), dict(headers)]

        before = len(self.asked)
        body = b"".join(self.app(environ, start))
        return Got(said[0], said[1], body, len(self.asked) > before)


@pytest.fixture
def site(folder: Folder, store: Store, take_in: TakeIn) -> Site:
    """A site with one entry of the category 手机."""
    folder.write("a.txt", seed("第一版", categories="[手机]"))
    take_in()
    return Site(create_app(folder.config(), store, lambda: NOW))


@pytest.mark.parametrize(
    "path", [RSS, "/feeds/all.json", "/feeds/手机.atom", "/atom.xml", "/", "/feeds/all", "/feeds.opml"]
)
def test_a_known_address_is_answered_from_memory(site: Site, path: str) -> None:
    """Flask is asked once. The second answer is the same."""
    for each in ("/feeds/all.rss", "/feeds/手机.rss"):
        site.get(each)  # saves the documents, from which pages take their dates
    site.layer.kept.answers.clear()
    first, again = site.get(path), site.get(path)

    assert (first.status, again.status, first.was_asked, again.was_asked) == (200, 200, True, False)
    assert (again.body, again.fields) == (first.body, first.fields)


def test_every_form_of_a_request_is_answered_from_memory(site: Site) -> None:
    """Once one client has a document, other codings, conditions and HEAD do not come to Flask."""
    tag = site.get().fields["ETag"]
    found = [
        site.get(accept_encoding="br"),
        site.get(method="HEAD", accept_encoding="zstd"),
        site.get(if_none_match=f'"x", W/{tag}'),
        site.get(if_modified_since="Tue, 24 Nov 2026 12:00:00 GMT"),
        site.get(sec_fetch_dest="document"),
    ]

    assert [(one.status, one.was_asked) for one in found] == [
        (200, False), (200, False), (304, False), (304, False), (200, False)
    ]  # fmt: skip
    assert found[-1].fields["Content-Type"] == "application/xml; charset=utf-8"


def test_a_server_may_change_the_fields(site: Site) -> None:
    """A server adds fields to the list that it gets (PEP 3333). The next answer does not have them."""
    site.get()
    for _ in range(2):
        said: list[list[tuple[str, str]]] = []

        def start(_status: str, fields: list[tuple[str, str]], _error: Any = None) -> Any:
            said.append(list(fields))  # noqa: B023 - called at once
            fields.append(("X-Server", "one"))

        environ: dict[str, Any] = {"REQUEST_METHOD": "GET", "PATH_INFO": RSS}
        setup_testing_defaults(environ)
        list(site.app(environ, start))

        assert "X-Server" not in dict(said[0])


def test_other_methods_come_to_flask(site: Site) -> None:
    """A method that is not allowed is refused, also at a known address."""
    site.get()

    assert (site.get(method="POST").status, site.get(method="OPTIONS").status) == (405, 200)


def test_a_change_is_seen(site: Site, folder: Folder, take_in: TakeIn) -> None:
    """After an edit, the next answer has the new entry, the old ETag no longer matches, and it is kept again."""
    before = site.get()
    folder.write("a.txt", seed("改了的第二版", categories="[手机]"))
    take_in(NOW + timedelta(hours=1))
    after = site.get(if_none_match=before.fields["ETag"])

    assert (after.status, after.was_asked, "改了的第二版".encode() in after.body) == (200, True, True)
    assert not site.get().was_asked


def test_a_change_of_another_feed_leaves_a_document_in_memory(site: Site, folder: Folder, take_in: TakeIn) -> None:
    """A commit that does not concern a document costs one query."""
    site.get("/feeds/手机.rss")
    site.get()
    folder.write("b.txt", seed("别的类", categories="[电脑]"))
    take_in(NOW + timedelta(hours=1))

    assert (site.get("/feeds/手机.rss").was_asked, site.get().was_asked) == (False, True)


def test_the_date_of_a_second_change_within_a_second(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """The change has the date of the next second. No answer has a date that is yet to come."""
    now = [NOW]
    site = Site(create_app(folder.config(), store, lambda: now[0]))
    for text in ("第一版", "第二版"):
        folder.write("a.txt", seed(text, categories="[手机]"))
        take_in()
        site.get()
    dates = []
    for now[0] in (NOW, NOW + timedelta(seconds=1)):
        dates.append(
            [
                site.get(path, accept_encoding=coding).fields["Last-Modified"]
                for path in (RSS, "/feeds/all")
                for coding in ("", "br")
            ]
        )

    assert dates == [["Tue, 24 Nov 2026 12:00:00 GMT"] * 4, ["Tue, 24 Nov 2026 12:00:01 GMT"] * 4]


def test_two_processes_send_the_same(site: Site, folder: Folder, take_in: TakeIn) -> None:
    """Another process sees the change of one process, with the same bytes and fields."""
    store = open_store(folder.database_url)
    other = Site(create_app(folder.config(), store, lambda: NOW))
    other.get()
    folder.write("a.txt", seed("改了", categories="[手机]"))
    take_in(NOW + timedelta(hours=1))
    paths = (RSS, "/feeds/手机.atom", "/feeds/all.json", "/feeds/手机", "/feeds.opml", "/")
    found = [[(one.body, one.fields) for one in map(each.get, paths)] for each in (site, other)]
    store.close()

    assert found[0] == found[1]
    assert "改了".encode() in found[1][0][0]


def test_a_withdrawn_article_is_gone_at_once(site: Site, folder: Folder, take_in: TakeIn) -> None:
    """An answer that says that an article is gone takes the place of the kept one."""
    path = "/articles/" + site.get("/feeds/all.json").body.decode().partition("/articles/")[2][:16]
    before = site.get(path)
    (folder.path / "seeds" / "a.txt").unlink()
    take_in(NOW + timedelta(hours=1))

    assert (before.status, site.get(path).status, site.get(path).was_asked) == (200, 410, True)


def test_a_retired_feed_is_gone_at_once(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A feed that leaves the configuration answers 410 in a process that has its document in memory."""
    folder.configure(CONFIG + "feeds: {tech: {categories: [手机]}}\n")
    folder.write("a.txt", seed("一", categories="[手机]"))
    take_in()
    site = Site(create_app(folder.config(), store, lambda: NOW))
    before = site.get("/feeds/tech.rss")
    folder.configure(CONFIG)
    take_in(NOW + timedelta(hours=1))

    assert (before.status, site.get("/feeds/tech.rss").status) == (200, 410)


def test_an_address_that_changes_hands_changes_at_once(folder: Folder, store: Store, take_in: TakeIn) -> None:
    """A process that has the former owner's document in memory sends the new owner's."""
    folder.write("a.txt", seed("手机的", categories="[手机]"))
    folder.write("b.txt", seed("电脑的", categories="[电脑]"))
    take_in()
    site = Site(create_app(folder.config(), store, lambda: NOW))
    before = site.get("/feeds/手机.rss")
    folder.configure(CONFIG + "categories: {手机: {slug: phone}, 电脑: {slug: 手机}}\n")
    take_in(NOW + timedelta(hours=1))
    after = site.get("/feeds/手机.rss")

    assert ("手机的".encode() in before.body, "电脑的".encode() in after.body) == (True, True)


@ON_SQLITE
def test_a_document_is_sent_while_the_database_is_locked(site: Site, folder: Folder, take_in: TakeIn) -> None:
    """A writer that does not end keeps a new document from being saved. Readers get the kept one."""
    before = site.get()
    folder.write("a.txt", seed("改了", categories="[手机]"))
    take_in(NOW + timedelta(hours=1))
    with closing(sqlite3.connect(folder.path / "data" / "feedsvc.sqlite3")) as writer:
        writer.execute("BEGIN IMMEDIATE")
        during = site.get()
        writer.rollback()
    site.layer.kept.answers[RSS].stale_until = 0
    after = site.get()

    assert (during.status, during.body) == (200, before.body)
    assert "改了".encode() in after.body


@ON_SQLITE
def test_kept_answers_are_sent_while_the_database_does_not_answer(site: Site, folder: Folder) -> None:
    """A database that vanished takes no known address with it; an unknown address answers 503."""
    before = {path: site.get(path) for path in (RSS, "/", "/feeds.opml")}
    (folder.path / "data").rename(folder.path / "elsewhere")
    during = {path: site.get(path) for path in before}
    unknown = site.get("/feeds/手机.rss")
    (folder.path / "elsewhere").rename(folder.path / "data")

    assert [(one.status, one.body) for one in during.values()] == [(200, one.body) for one in before.values()]
    assert unknown.status == 503
    assert site.get("/feeds/手机.rss").status == 200


@pytest.fixture
def waited() -> Wait:
    """A function that waits until a condition holds, for ten seconds at most."""

    def wait(condition: Callable[[], bool]) -> bool:
        end = time.monotonic() + 10
        while time.monotonic() < end:
            if condition():
                return True
            time.sleep(0.02)
        return False

    return wait


@contextmanager
def _frozen(store: Store) -> Iterator[None]:
    """Freeze the PostgreSQL server: the processes of its connections, and their parent, which makes new ones."""
    with store.read() as db:
        serving = db.scalars(sa.text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")).all()
    parents = {int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]) for pid in serving}
    found = [*parents, *serving]
    for pid in found:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in found:
            os.kill(pid, signal.SIGCONT)


@ON_POSTGRESQL
def test_a_database_that_hangs(site: Site, store: Store, folder: Folder, take_in: TakeIn, waited: Wait) -> None:
    """One request waits for the server. The others get the kept answer or 503 at once."""
    atom, unknown, changes = "/feeds/all.atom", "/feeds/手机.rss", site.app.extensions["feedsvc.changes"]
    before = {path: site.get(path, is_looking=False) for path in (RSS, atom)}
    folder.write("a.txt", seed("改了", categories="[手机]"))
    take_in(NOW + timedelta(hours=1))
    assert waited(lambda: changes.epoch > max(one.epoch for one in site.layer.kept.answers.values()))
    with ThreadPoolExecutor(1) as pool, _frozen(store):
        first = pool.submit(site.get, RSS, is_looking=False)
        assert waited(lambda: site.layer.is_comparing)
        second = site.get(atom, is_looking=False)
        assert waited(lambda: changes.is_hanging)
        during = {path: site.get(path, is_looking=False) for path in (RSS, atom, unknown, "/readyz", "/livez", "/x")}
        assert not first.done()
    assert waited(lambda: changes.is_reachable)
    site.layer.kept.answers[atom].stale_until = 0

    assert (second.body, during[RSS].body, during[atom].body) == (before[atom].body, before[RSS].body, second.body)
    assert [one.status for one in during.values()] == [200, 200, 503, 503, 200, 404]
    assert [site.get(path, is_looking=False).status for path in (unknown, "/readyz")] == [200, 200]
    # Where the server is frozen for longer than a request waits, that request gets the kept answer.
    assert first.result().status == 200
    assert waited(lambda: all("改了".encode() in site.get(path).body for path in (RSS, atom)))


@ON_POSTGRESQL
def test_requests_that_wait_for_a_database_leave_a_thread(site: Site, store: Store, waited: Wait) -> None:
    """A server has four threads. Three requests may wait for a database that hangs; a further one gets 429."""
    known, unknown = site.get(is_looking=False), [f"/feeds/手机.rss?brief={number}" for number in range(200, 205)]
    with ThreadPoolExecutor(5) as pool, _frozen(store):
        asked = [pool.submit(site.get, path, is_looking=False) for path in unknown]
        assert waited(lambda: sum(one.done() for one in asked) == 2)
        refused = [one.result().status for one in asked if one.done()]
        again = site.get(is_looking=False)

    assert (refused, again.body) == ([429, 429], known.body)
    assert sorted(one.result().status for one in asked) == [200, 200, 200, 429, 429]


def test_a_failure_of_a_view_does_not_reach_a_reader(site: Site, store: Store) -> None:
    """If a page cannot be made again, its kept answer is sent, and Flask is not asked for a while."""
    before = site.get("/")
    inner = site.layer.app

    def failing(_environ: Any, start: Any) -> list[bytes]:
        start("500 Internal Server Error", [])
        return [b"trouble"]

    site.layer.app = failing
    with store.write() as db:
        db.execute(sa.update(document).values(max_age=301))
    during = [site.get("/") for _ in range(3)]
    site.layer.app = inner

    assert [(one.status, one.body) for one in during] == [(200, before.body)] * 3


def test_memory_is_bounded(site: Site) -> None:
    """Answers beyond the bound take the place of those that nobody asked for."""
    paths = [f"/feeds/all.{form}" for form in ("rss", "atom", "json")]
    for path in paths:
        site.get(path)
    site.get(paths[0])
    shelf = site.layer.kept
    shelf.most_bytes = shelf.bytes
    site.get("/feeds/手机.rss")
    kept = set(shelf.answers)

    assert paths[0] in kept
    assert "/feeds/手机.rss".encode().decode("latin-1") in kept
    assert paths[1] not in kept
    assert shelf.bytes <= shelf.most_bytes
    names = [name if isinstance(name, str) else name[0] for name in shelf.answers]
    assert shelf.bytes == sum(one.ready.size for one in shelf.answers.values()) + sum(map(len, names))


@pytest.mark.parametrize(
    "path", ["//feeds/all.rss", "///feeds/all.rss", "/feeds/all/archive/0001.rss", "/feeds/all.rss?limit=1"]
)
def test_another_name_of_a_document_is_not_there(site: Site, path: str) -> None:
    """A document has one address. Otherwise anybody could fill the memory with answers under other names."""
    answer = site.get(path.replace("?", "%3F"))

    assert answer.status == 404
    assert not any(path in name for name in site.layer.kept.answers)


def test_a_query_does_not_fill_the_memory(site: Site) -> None:
    """An address with a query that feedsvc does not know is not kept under this query."""
    for number in range(3):
        assert site.get(f"{RSS}?_={number}").status == 200

    assert len(site.layer.kept.answers) <= 1


def test_views_take_no_room_of_documents(site: Site) -> None:
    """Views have bounds of their own: whoever asks for many of them removes no document from memory."""
    site.get()
    site.layer.views.most_answers = 2
    for number in range(100, 105):
        site.get(f"{RSS}?brief={number}")

    assert (len(site.layer.views.answers), RSS in site.layer.kept.answers) == (2, True)


def test_a_limit_of_requests_brings_no_erased_words_back(site: Site, folder: Folder, take_in: TakeIn) -> None:
    """A view in memory that is out of date is not sent because a client asks for too many views."""
    before = site.get(f"{RSS}?limit=500")
    folder.write("a.txt", seed("改了", categories="[手机]"))
    take_in(NOW + timedelta(hours=1))
    known = [site.get(f"{RSS}?limit=500&brief={number}").status for number in range(100, 105)]
    refused = site.get(f"{RSS}?limit=500")

    assert (before.status, known[-1]) == (200, 429)
    assert (refused.status, before.body in refused.body) == (429, False)


def test_a_site_looks_by_itself(site: Site, folder: Folder, take_in: TakeIn, waited: Wait) -> None:
    """A change is seen without anybody's help."""
    site.get(is_looking=False)
    folder.write("a.txt", seed("自己看到", categories="[手机]"))
    take_in(NOW + timedelta(hours=1))

    assert waited(lambda: "自己看到".encode() in site.get(is_looking=False).body)


@pytest.mark.parametrize("which", ["feed", "article"])
def test_a_change_while_a_page_is_made(
    site: Site, folder: Folder, take_in: TakeIn, which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that was read before a change, and dated after it, would stay: the page is read after its date."""
    path = {"feed": "/feeds/手机", "article": f"/articles/{article_id(f'{TAG}articles/a.txt')}"}[which]
    site.get()
    find, changes = Publisher.latest, [folder]

    def latest(*arguments: Any) -> Any:
        if changes:
            changes.pop().write("a.txt", seed("第二版", categories="[手机]"))
            take_in(NOW + timedelta(hours=1))
        return find(*arguments)

    monkeypatch.setattr(Publisher, "latest", latest)
    site.get(path)

    assert not changes
    assert "第二版".encode() in site.get(path).body
