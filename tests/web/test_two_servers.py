"""Two servers and a worker, each a process of its own, on one PostgreSQL: both servers send the same to the byte."""

import html
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence

import pytest

from tests.conftest import Folder, Server, feedsvc, seed
from tests.data.feeds import articles, rss
from tests.data.upstream import Upstream, answer, serving

CONFIG = """\
site: {{title: 站, base_url: "https://feeds.example.org", tag: "feeds.example.org,2026"}}
feeds: {{all: {{window: {{items: 3, hours: 0}}}}}}
sources:
  articles: {{kind: seeds, path: seeds}}
  news: {{kind: upstream, url: "{url}/feed", categories: [新闻], allow_private: true}}
"""
MORE = """\
  more: {{kind: upstream, url: "{url}/more", categories: [新闻], allow_private: true}}
"""

#: Fields that say who answered, and when.
OF_THE_SERVER = {"date", "server", "connection"}

#: Seconds: a machine may be busy.
PATIENCE = 200


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """A server on loopback with a feed."""
    with serving() as one:
        one.answers["/feed"] = answer(rss(articles(5)))
        one.answers["/more"] = answer(rss(articles(3, 1_500_005)))
        yield one


@pytest.fixture
def worker(folder: Folder, upstream: Upstream) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that polls the upstream."""
    folder.configure(CONFIG.format(url=upstream.url))
    assert feedsvc(folder, "db", "upgrade").returncode == 0
    with (folder.path / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "feedsvc", "worker"], env=folder.environ(), cwd=folder.path, stdout=log, stderr=log
        )
    yield process
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=30)


#: Path and coding → status, fields and body.
Everything = dict[tuple[str, str], tuple[int, dict[str, str], bytes]]


def _everything(server: Server) -> Everything:
    """What a server answers at each address that its pages and documents name, in each coding."""
    found: Everything = {}
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        if (path, "identity") in found:
            continue
        for coding in ("identity", "gzip", "br", "zstd"):
            status, fields, body = server.get(path, Accept_Encoding=coding)
            found[path, coding] = status, {k: v for k, v in fields.items() if k not in OF_THE_SERVER}, body
        text = html.unescape(found[path, "identity"][2].decode())
        waiting += re.findall(r"https://feeds\.example\.org(/[^\"<> )]*)", text)
        waiting += re.findall(r'href="(/[^"]*)"', text)
    return found


def _of_one_moment(servers: Sequence[Server]) -> list[Everything]:
    """What two servers send while the worker changes nothing."""
    end = time.monotonic() + PATIENCE
    while True:
        found = [_everything(one) for one in servers]
        if _everything(servers[0]) == found[0]:
            return found
        assert time.monotonic() < end


def _wait_for(server: Server, text: str) -> None:
    end = time.monotonic() + PATIENCE
    while text.encode() not in server.get("/feeds/all.json")[2]:
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_two_servers_send_the_same(
    folder: Folder, upstream: Upstream, worker: subprocess.Popen[bytes], start: Callable[..., Server]
) -> None:
    """All documents, pages and lists have equal bytes and fields, before and after an edit and a poll."""
    for number in range(1, 6):
        folder.write(f"{number}.txt", seed(f"第{number}篇", date=f"2026-01-0{number}", categories="[手机]"))
    assert feedsvc(folder, "update").returncode == 0
    servers = [start("serve"), start("serve")]
    found = []
    for text in ("第1500004号报道", "第1500007号报道"):
        for server in servers:
            _wait_for(server, text)
        found.append(_of_one_moment(servers))
        folder.write("2.txt", seed("第二篇改了", date="2026-01-02", categories="[手机]"))
        assert feedsvc(folder, "update").returncode == 0
        folder.configure(CONFIG.format(url=upstream.url) + MORE.format(url=upstream.url))
        worker.send_signal(signal.SIGHUP)

    (before, same), (after, too) = found
    assert (before, after) == (same, too)
    assert {status for status, _, _ in after.values()} == {200}
    assert {"/feeds.opml", "/feeds/all.rss", "/feeds/all/archive/1.json", "/feeds/all"} <= {path for path, _ in after}
    assert before["/feeds/all/archive/1.json", "br"] != after["/feeds/all/archive/1.json", "br"]
