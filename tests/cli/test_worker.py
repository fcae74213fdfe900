"""`feedsvc worker`, and the commands around upstream feeds, in real processes."""

import json
import re
import signal
import time
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest

from tests.conftest import Folder, Server
from tests.data.feeds import articles, rss
from tests.data.upstream import Upstream, answer, serving
from tests.running import feedsvc

Start = Callable[..., Server]

CONFIG = """\
site: {{title: {title}, base_url: "https://feeds.example.org", tag: "feeds.example.org,2026"}}
sources:
  news: {{kind: upstream, url: "{url}/feed", categories: [新闻], allow_private: true}}
"""

#: Seconds: a machine may be busy.
PATIENCE = 200


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """A server on loopback with a feed."""
    with serving() as one:
        one.answers["/feed"] = answer(rss(articles(3)))
        yield one


def _comes(is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not (found := is_so()) and time.monotonic() < end:
        time.sleep(0.2)
    return found


def _feed(server: Server, slug: str) -> tuple[str, int]:
    """Title and number of entries of a feed."""
    status, _, body = server.get(f"/feeds/{quote(slug)}.json")
    if status != 200:
        return "", 0
    feed = json.loads(body)
    return feed["title"], len(feed["items"])


def test_up_polls_serves_and_reads_its_configuration_again(folder: Folder, start: Start, upstream: Upstream) -> None:
    """On SIGHUP, all parts of `up` use a valid new configuration. A broken one is named, and the old one stays."""
    folder.configure(CONFIG.format(title="甲站", url=upstream.url))
    server = start()
    served = _comes(lambda: _feed(server, "all") == ("甲站", 3))
    folder.configure("site: {titel: x}")
    server.process.send_signal(signal.SIGHUP)
    log = folder.path / "up.log"
    named = _comes(lambda: "did you mean 'title'?" in log.read_text() and "stays in use" in log.read_text())
    still = _feed(server, "all")
    folder.configure(
        CONFIG.format(title="乙站", url=upstream.url)
        + f"  more: {{kind: upstream, url: '{upstream.url}/more', categories: [更多], allow_private: true}}\n"
    )
    upstream.answers["/more"] = answer(rss(articles(2, 1_600_000)))
    server.process.send_signal(signal.SIGHUP)
    reloaded = _comes(lambda: _feed(server, "all") == ("乙站", 5) and _feed(server, "更多")[1] == 2)

    assert (served, named, still, reloaded) == (True, True, ("甲站", 3), True)
    in_use = re.compile(r"the new configuration is in use: (0 folders of seeds|2 upstreams|\S+ is read again by all)")
    assert _comes(lambda: len(set(in_use.findall(log.read_text()))) == 3)
    assert sorted(upstream.targets) == ["/feed", "/more"]


def test_poll_asks_once_what_is_due(folder: Folder, upstream: Upstream) -> None:
    """A second time nothing is due; what fails is one line, and the exit code."""
    folder.configure(CONFIG.format(title="站", url=upstream.url))
    feedsvc(folder, "db", "upgrade")
    ended = [feedsvc(folder, "poll") for _ in range(2)]
    listed = feedsvc(folder, "sources").stdout

    assert [(one.returncode, one.stdout) for one in ended] == [
        (0, ""), (0, "nothing is due; feedsvc sources says what is next\n"),
    ]  # fmt: skip
    assert upstream.targets == ["/feed"]
    assert listed.startswith("news: 3 published, 0.0 a day; polled ")
    assert ", next in " in listed


def test_a_failing_source_says_what_is_wrong_and_what_mends_it(folder: Folder, upstream: Upstream) -> None:
    """In `feedsvc sources`, for people and for programs; a private address names the line that allows it."""
    upstream.answers["/feed"] = answer("no", 403)
    folder.configure(
        CONFIG.format(title="站", url=upstream.url) + f"  home: {{kind: upstream, url: '{upstream.url}/home'}}\n"
    )
    feedsvc(folder, "db", "upgrade")
    ended = feedsvc(folder, "poll")
    lines = feedsvc(folder, "sources").stdout.splitlines()
    listed = json.loads(feedsvc(folder, "sources", "--json").stdout)

    assert ended.returncode == 1
    assert "failing (1 time in a row, never good yet)" in lines[0]
    assert "the server answers 403; it refuses us" in lines[0]
    assert f"allow_ports: [{upstream.port}]" in lines[1] or "allow_private: true" in lines[1]
    assert [one["failures"] for one in listed] == [1, 1]
    assert upstream.targets == ["/feed"]


def test_a_poll_of_nothing_says_so(folder: Folder, upstream: Upstream) -> None:
    """The first one asks for all there is, however many; the second has nothing to do."""
    upstream.answers["/feed"] = answer(rss(articles(2)))
    sources = "".join(
        f"  s{n}: {{kind: upstream, url: '{upstream.url}/feed', allow_private: true}}\n" for n in range(25)
    )
    folder.configure(f'site: {{tag: "e.org,2026"}}\nsources:\n{sources}')
    feedsvc(folder, "db", "upgrade")
    first, second = (feedsvc(folder, "poll") for _ in range(2))

    assert (first.returncode, first.stdout) == (0, "")
    assert "nothing is due" in second.stdout
    assert upstream.targets == ["/feed"]


OPML = """\
<opml version="2.0"><body>
<outline text="科技"><outline type="rss" text="甲&amp;乙" xmlUrl="https://a.example/f?x=1&amp;y=2"/>
<outline type="rss" title="甲&amp;乙" xmlUrl="feed://b.example/"/></outline>
<outline type="rss" text="坏" xmlUrl="javascript:alert(1)"/><outline type="rss" text="又" xmlUrl="https://a.example/f?x=1&amp;y=2"/>
</body></opml>
"""


def test_a_readers_list_becomes_sources(folder: Folder) -> None:
    """The command prints a configuration. It names each address that is no feed's."""
    file = folder.path / "list.opml"
    file.write_text(OPML, "utf-8")
    ended = feedsvc(folder, "opml", "import", "list.opml")
    folder.configure('site: {tag: "e.org,2026"}\n' + ended.stdout)
    specs = folder.config().upstreams

    assert ended.returncode == 0
    assert [(one.title, one.url, one.rules.categories) for one in specs] == [
        ("甲&乙", "https://a.example/f?x=1&y=2", ("科技",)), ("甲&乙", "http://b.example/", ("科技",)),
    ]  # fmt: skip
    assert len({one.name for one in specs}) == 2
    assert ended.stderr == "list.opml: 坏: its address is no plain http(s) URL\n"


@pytest.mark.parametrize("content", ["<html/>", "", "x", "\x00"])
def test_what_is_no_list_is_named(folder: Folder, content: str) -> None:
    """`opml import` refuses a file that is no OPML with a message and exit code 1."""
    (folder.path / "list.opml").write_text(content)
    ended = feedsvc(folder, "opml", "import", "list.opml")

    assert ended.returncode == 1
    assert ended.stderr.startswith("feedsvc: list.opml: not ")


@pytest.mark.parametrize("content", ["<opml><body><outline", "<opml><body/></opml>"])
def test_a_list_of_nothing_is_named(folder: Folder, content: str) -> None:
    """`opml import` refuses a list that breaks off or is empty, and prints no configuration."""
    (folder.path / "list.opml").write_text(content)
    ended = feedsvc(folder, "opml", "import", "list.opml")

    assert (ended.returncode, ended.stdout) == (1, "")


def test_a_feed_names_itself(folder: Folder, upstream: Upstream) -> None:
    """A feed that is given itself is found. Relative addresses are relative to `base`."""
    upstream.answers["/feed"] = answer(rss(articles(1)))
    upstream.answers["/"] = answer(
        '<html><head><base href="/blog/"><link rel="alternate" type="application/rss+xml" href="feed.xml">'
    )
    itself = feedsvc(folder, "discover", f"{upstream.url}/feed", "--allow-private")
    page = feedsvc(folder, "discover", f"{upstream.url}/", "--allow-private")
    refused = feedsvc(folder, "discover", f"{upstream.url}/")

    assert f'url: "{upstream.url}/feed"' in itself.stdout
    assert f'url: "{upstream.url}/blog/feed.xml"' in page.stdout
    assert "feedsvc discover --allow-private" in refused.stderr


def test_a_page_names_its_feeds(folder: Folder, upstream: Upstream) -> None:
    """`discover` prints the feeds that a page links as its own. A page without such a link is an error."""
    upstream.answers["/"] = answer(
        '<html><head><link rel="alternate" type="application/rss+xml" title="新闻" href="/feed">'
        '<link rel="alternate" type="text/html" href="/en"><link rel="stylesheet" href="/x.css"></head></html>'
    )
    upstream.answers["/none"] = answer("<html></html>")
    found = feedsvc(folder, "discover", f"{upstream.url}/", "--allow-private")
    none = feedsvc(folder, "discover", f"{upstream.url}/none", "--allow-private")
    refused = feedsvc(folder, "discover", f"{upstream.url}/")

    assert found.stdout == (
        f'sources:\n  "新闻":\n    kind: upstream\n    url: "{upstream.url}/feed"\n    allow_private: true\n'
        '    title: "新闻"\n'
    )
    assert (none.returncode, refused.returncode) == (1, 1)
    assert "names no feed" in none.stderr
