"""A Hexo blog moves here: its subscribers notice nothing."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from feedsvc.store import Store, migrate, open_store
from feedsvc.store.identities import listed
from feedsvc.update import update
from feedsvc.update.adopt import adopt
from tests.conftest import NOW, SANDBOX, Folder, Server, catalogue, feedsvc, free_port, seed
from tests.data import hexo_site
from tests.data.newsboat import Newsboat
from tests.data.tools import tool

BLOG = """\
site: {title: 新站, base_url: "https://feeds.example.org", tag: "example.org,2026", timezone: Asia/Shanghai}
sources:
  blog: {kind: seeds, hexo_config: blog/_config.yml}
feeds:
  all: {window: {items: 500}}
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def old_site(tmp_path: Path) -> Iterator[tuple[Path, int, Callable[[], None]]]:
    """A folder that a real server serves, its port, and how to end it."""
    folder = tmp_path / "public"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", free_port()), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def end() -> None:
        server.shutdown()
        server.server_close()

    yield folder, server.server_address[1], end
    end()


def guids(store: Store) -> list[str]:
    """All guids, in order."""
    with store.read() as db:
        return sorted(one.guid for one in listed(db))


def imported(folder: Folder) -> list[str]:
    """The guids of a database made anew."""
    shutil.rmtree(folder.path / "data", ignore_errors=True)
    store = open_store(folder.database_url)
    migrate.upgrade(store)
    config = folder.config()
    update(store, SANDBOX, config.sources, catalogue(config), NOW)
    found = guids(store)
    store.close()
    return found


def test_subscribers_of_the_old_feed_find_nothing_new(
    folder: Folder, start: Callable[..., Server], old_site: tuple[Path, int, Callable[[], None]]
) -> None:
    """Newsboat has read all 500 posts; where the old feed was is ours now: nothing new, nothing unread."""
    tool("newsboat")
    public, port, end = old_site
    (public / "atom.xml").write_text(hexo_site.write(folder.path / "blog", 500), "utf-8")
    folder.configure(BLOG)
    (folder.path / "reader").mkdir()
    reader = Newsboat(path=folder.path / "reader", url=f"http://127.0.0.1:{port}/atom.xml")
    reader.reload()
    reader.read_all()
    before = reader.items("guid, url, unread")
    end()
    server = start("up", port)
    reader.reload()

    assert len(before) == 500
    assert server.get("/atom.xml")[2].count(b"<entry") == 500
    assert reader.items("guid, url, unread") == before


def test_guids_are_those_of_the_old_feed_whatever_happens(folder: Folder) -> None:
    """Equal to the old feed's, from a database made anew, and from another host."""
    feed = hexo_site.write(folder.path / "blog", 500)
    folder.configure(BLOG)
    found = imported(folder)
    again = imported(folder)
    folder.configure(BLOG.replace("feeds.example.org", "elsewhere.example.net"))

    assert found == sorted(re.findall("<entry>.*?<id>(.*?)</id>", feed, re.DOTALL))
    assert again == found
    assert imported(folder) == found


def test_a_pattern_is_enough(folder: Folder) -> None:
    """A user without a _config.yml writes the pattern."""
    feed = hexo_site.write(folder.path / "blog", 20)
    pattern = f"permalink: '{hexo_site.URL}/:year/:month/:day/:title/'"
    folder.configure(BLOG.replace("hexo_config: blog/_config.yml", f"path: blog/source/_posts, {pattern}"))

    assert imported(folder) == sorted(re.findall("<entry>.*?<id>(.*?)</id>", feed, re.DOTALL))


# --- adopting --------------------------------------------------------------------------------------------------------

PLAIN = """\
site: {title: 新站, base_url: "https://feeds.example.org", tag: "example.org,2026", timezone: Asia/Shanghai}
sources:
  blog: {kind: seeds, path: blog/source/_posts}
"""


def test_adopting_takes_guids_and_links_over(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """Nobody knows how the old site made its links: its feed does. Edits and renames keep what was taken over."""
    feed = hexo_site.write(folder.path / "blog", 30)
    folder.configure(PLAIN)
    take_in()
    done = adopt(store, SANDBOX, "atom.xml", feed.encode())
    take_in()
    posts = sorted((folder.path / "blog" / "source" / "_posts").rglob("*.md"))
    posts[0].write_text(posts[0].read_text("utf-8") + "\n改过 ![](a.png)\n", "utf-8")
    posts[1].rename(posts[1].with_name("renamed.md"))
    take_in()
    with store.read() as db:
        found = {one.guid: one.link for one in listed(db)}
    links = re.findall("<entry>.*?<id>(.*?)</id>", feed, re.DOTALL)

    assert (done.adopted, done.same, done.missing, done.unknown) == (30, 0, (), 0)
    assert found == {link: link for link in links}


def test_adopting_twice_changes_nothing(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """Entries are recognised by this sign, and taken over."""
    feed = hexo_site.write(folder.path / "blog", 5).encode()
    folder.configure(PLAIN)
    take_in()
    first = adopt(store, SANDBOX, "atom.xml", feed)
    take_in()
    again = adopt(store, SANDBOX, "atom.xml", feed)

    assert (first.adopted, again.adopted, again.same) == (5, 0, 5)


def test_a_dry_run_takes_nothing(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """A dry run reports the entries that it would adopt, and changes nothing."""
    feed = hexo_site.write(folder.path / "blog", 5).encode()
    folder.configure(PLAIN)
    take_in()
    before = guids(store)

    assert adopt(store, SANDBOX, "atom.xml", feed, is_dry=True).adopted == 5
    assert guids(store) == before


RSS = """<rss version="2.0"><channel><title>旧</title><link>https://old.example.org/</link>{}</channel></rss>"""
ITEM = "<item><title>{}</title><link>{}</link><guid>{}</guid><pubDate>{}</pubDate></item>"
DATE = "Mon, 25 Jul 2022 14:48:32 GMT"


@pytest.mark.parametrize(
    ("title", "item", "expected"),
    [
        pytest.param("甲_乙", ITEM.format("甲：乙", "http://o.example/1", "1", DATE), 1, id="title and date"),
        pytest.param("甲", ITEM.format("甲", "http://o.example/1", "1", "Mon, 25 Jul 2022 22:48:32"), 1, id="no zone"),
        pytest.param("甲", ITEM.format("甲", "http://o.example/1", "1", "Mon, 01 Aug 2022 00:00:00 GMT"), 0,
                     id="another date"),
        pytest.param("甲", ITEM.format("乙", "http://o.example/1", "1", DATE), 0, id="another title"),
        pytest.param("甲 &amp; 乙", ITEM.format("甲 &amp;amp; &lt;b&gt;乙&lt;/b&gt;", "http://o.example/1", "1", DATE),
                     1, id="markup in the title"),
    ],
)  # fmt: skip
def test_an_entry_is_known_by_its_title_and_date(
    folder: Folder, store: Store, take_in: Callable[..., object], title: str, item: str, expected: int
) -> None:
    """Seeds of scraped news have no link: their headline and its date are what there is."""
    folder.write("a.txt", seed(title))
    take_in()
    done = adopt(store, SANDBOX, "rss.xml", RSS.format(item).encode())

    assert (done.adopted, len(done.missing)) == (expected, 1 - expected)
    assert guids(store) == (["1"] if expected else ["tag:example.org,2026:articles/a.txt"])


def test_an_entry_is_known_by_its_link_however_it_is_spelt(
    folder: Folder, store: Store, take_in: Callable[..., object]
) -> None:
    """Scheme, www, escapes and the final slash differ between feeds of one site."""
    folder.write("a.txt", seed("今天的标题", link="https://www.o.example/路/"))
    take_in()
    adopt(store, SANDBOX, "rss.xml", RSS.format(ITEM.format("旧标题", "http://o.example/%E8%B7%AF", "7", "")).encode())

    assert guids(store) == ["7"]


def test_two_articles_of_one_page_are_told_apart(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """The part of the page that they are counts, and nothing that only one of two has is taken for the other's."""
    for name in ("甲", "乙"):
        folder.write(f"{name}.txt", seed(name, link=f"https://o.example/digest#{name}"))
    take_in()
    items = "".join(ITEM.format(name, f"http://o.example/digest#{name}", f"old-{name}", DATE) for name in ("甲", "乙"))
    adopt(store, SANDBOX, "rss.xml", RSS.format(items).encode())
    with store.read() as db:
        found = {one.title: one.guid for one in listed(db)}

    assert found == {"甲": "old-甲", "乙": "old-乙"}


@pytest.mark.parametrize(
    "feed",
    [
        (
            '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.example/x/"><entry><id>{}</id>'
            '<title>甲</title><link href="https://o.example/a"/></entry></feed>'
        ),
        RSS.format("<item><guid>{}</guid><title>甲</title><link>https://o.example/a</link></item>"),
    ],
    ids=["atom", "rss"],
)
@pytest.mark.parametrize("guid", ["12345", "https://b.example/a#", "https://b.example/e\u0301", "a  b", "https:///b/z"])
def test_guids_are_taken_over_to_the_letter(
    folder: Folder, store: Store, take_in: Callable[..., object], feed: str, guid: str
) -> None:
    """Not resolved, not composed, not folded: a reader compares them letter by letter."""
    folder.write("a.txt", seed("甲", link="https://o.example/a"))
    take_in()
    adopt(store, SANDBOX, "feed", feed.format(guid).encode())

    assert guids(store) == [guid]


@pytest.mark.parametrize(
    "data",
    [
        RSS.format(
            "<item><guid>x</guid><title>坏</title><pubDate>9999-12-31T23:59:59-08:00</pubDate></item>"
            "<item><guid>1</guid><title>甲</title><link>https://o.example/a</link></item>"
        ),
        '{"items": [null, {"id": "1", "title": "甲", "url": "https://o.example/a"}]}',
    ],
    ids=["date", "item"],
)
def test_one_bad_item_costs_the_others_nothing(
    folder: Folder, store: Store, take_in: Callable[..., object], data: str
) -> None:
    """The readable part of an old feed is taken over."""
    folder.write("a.txt", seed("甲", link="https://o.example/a"))
    take_in()
    adopt(store, SANDBOX, "feed", data.encode())

    assert guids(store) == ["1"]


def test_guids_can_be_exchanged_and_are_never_shared(
    folder: Folder, store: Store, take_in: Callable[..., object]
) -> None:
    """Two entries whose guids went astray get their own back; one that a third entry keeps is nobody else's."""
    for name, guid in (("甲", "a"), ("乙", "b"), ("丙", "3")):
        folder.write(f"{name}.txt", seed(name, guid=guid, link=f"https://o.example/{name}"))
    take_in()
    items = "".join(
        ITEM.format(name, f"https://o.example/{name}", guid, DATE) for name, guid in (("甲", "1"), ("乙", "2"))
    )
    exchanged = adopt(store, SANDBOX, "rss.xml", RSS.format(items).encode())
    stolen = adopt(store, SANDBOX, "rss.xml", RSS.format(ITEM.format("甲", "https://o.example/甲", "3", DATE)).encode())
    with store.read() as db:
        found = {one.title: one.guid for one in listed(db)}

    assert (exchanged.adopted, stolen.taken) == (2, ())
    assert found == {"甲": "1", "乙": "2", "丙": "3"}


JSON_FEED = (
    '{"version": "https://jsonfeed.org/version/1.1", "title": "旧", '
    '"items": [{"id": 5, "url": "https://o.example/a", "title": "甲"}]}'
)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(JSON_FEED, ["5"], id="JSON Feed"),
        pytest.param(RSS.format("<item><title>甲</title><link>https://o.example/a</link></item>"),
                     ["https://o.example/a"], id="no guid: the link is it"),
        pytest.param('<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:x</id><title>甲</title>'
                     '<link href="https://o.example/a"/></entry></feed>', ["urn:x"], id="Atom"),
    ],
)  # fmt: skip
def test_any_format_will_do(
    folder: Folder, store: Store, take_in: Callable[..., object], data: str, expected: list[str]
) -> None:
    """Whatever the old feed was written in."""
    folder.write("a.txt", seed("甲", link="https://o.example/a"))
    take_in()
    adopt(store, SANDBOX, "feed", data.encode())

    assert guids(store) == expected


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("", "neither a feed in XML nor a JSON Feed"),
        ("<html><p>404</p></html>", "a web page, not a feed"),
        ("{}", "neither a feed in XML nor a JSON Feed"),
        ('{"items": 5}', "neither a feed in XML nor a JSON Feed"),
        ("\x00\xff", "neither a feed in XML nor a JSON Feed"),
        (RSS.format("<item><guid>1</guid><title>甲</title></item>")[:-40], "only a part of a feed"),
    ],
)
def test_what_is_no_whole_feed_is_said_to_be_none(folder: Folder, data: str, words: str) -> None:
    """`adopt` refuses a file that is no whole feed, with one line and exit code 1."""
    (folder.path / "feed").write_text(data, "utf-8")
    ended = feedsvc(folder, "adopt", "feed")

    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].startswith("feedsvc: feed: ")
    assert words in ended.stderr.splitlines()[-1]


def test_an_undated_article_is_known_by_a_title_that_is_only_its_own(
    folder: Folder, store: Store, take_in: Callable[..., object]
) -> None:
    """An undated article is matched by a title that no other article has. A title of two articles matches none."""
    folder.write("a.txt", seed("甲", date=""))
    folder.write("b.txt", seed("乙", date=""))
    folder.write("c.txt", seed("乙", date=""))
    take_in()
    items = "".join(ITEM.format(name, f"https://o.example/{name}", f"old-{name}", DATE) for name in ("甲", "乙"))
    done = adopt(store, SANDBOX, "rss.xml", RSS.format(items).encode())

    assert (done.adopted, [one.guid for one in done.missing]) == (1, ["old-乙"])
    assert "old-甲" in guids(store)


@pytest.mark.parametrize(
    ("front", "expected"), [("", 1), ("date: 2022-07-25\n", 0)], ids=["its name's date", "its own date"]
)
def test_a_date_in_a_name_is_a_guess(
    folder: Folder, store: Store, take_in: Callable[..., object], front: str, expected: int
) -> None:
    """The old site dated an undated article by its file: its title tells which one it is, whatever its name says."""
    folder.write("2022-07-25-a.md", f"---\ntitle: 甲\n{front}---\n文")
    take_in()
    feed = RSS.format(ITEM.format("甲", "http://o.example/1", "1", "Mon, 01 Aug 2022 00:00:00 GMT"))

    assert adopt(store, SANDBOX, "rss.xml", feed.encode()).adopted == expected


def test_a_guid_that_two_items_share_is_nobodys(folder: Folder, store: Store, take_in: Callable[..., object]) -> None:
    """The owner of the guid cannot be found: both entries are named."""
    for name in ("甲", "乙"):
        folder.write(f"{name}.txt", seed(name, link=f"https://o.example/{name}"))
    take_in()
    items = "".join(ITEM.format(name, f"https://o.example/{name}", "1", DATE) for name in ("甲", "乙"))
    done = adopt(store, SANDBOX, "rss.xml", RSS.format(items).encode())

    assert (done.adopted, [one.title for one in done.taken]) == (0, ["甲", "乙"])


def test_the_command_tells_what_it_did(folder: Folder, old_site: tuple[Path, int, Callable[[], None]]) -> None:
    """From a URL: how many were taken over, and each that was not."""
    public, port, _ = old_site
    feed = hexo_site.write(folder.path / "blog", 4)
    next((folder.path / "blog" / "source" / "_posts").rglob("*.md")).unlink()
    (public / "atom.xml").write_text(feed, "utf-8")
    folder.configure(PLAIN)
    url = f"http://127.0.0.1:{port}/atom.xml"
    refused = feedsvc(folder, "adopt", url)
    ended = feedsvc(folder, "adopt", url, "--allow-private")
    lines = ended.stdout.splitlines()

    assert refused.returncode == 1
    assert "--allow-private" in refused.stderr
    assert ended.returncode == 0
    assert lines[0].startswith("not here: ")
    assert lines[-1] == f"{url}: 3 identities taken over, 0 the same, 1 not; 0 entries here are not in it"
